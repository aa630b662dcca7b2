"""The columns of a file of earlier training."""

from selection.spreadsheets.columns import Layout

LAYOUT = Layout(needed=("number", "course", "passed_on"), optional=("valid_until", "name", "evidence"))

SELECTION = "Selection"
"""What stands below `course` for an assessment centre, which is no course."""
