"""Decisions computed once more from the stored facts, to say whether they would come out the same."""
