"""The waiting list of a full event, which fills itself in order."""
