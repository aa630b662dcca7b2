"""The record of each session: held or not, by whom, for how long, with how many."""
