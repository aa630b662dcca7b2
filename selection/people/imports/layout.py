"""The columns of a file of staff."""

from selection.spreadsheets.columns import Layout

LAYOUT = Layout(
    needed=("number", "name", "email", "area", "joined_on"), optional=("job_title", "left_on", "line_manager")
)
DAYS = frozenset({"joined_on", "left_on"})
