"""The chair's report of a centre: what every exercise came to and why, and what was decided."""
