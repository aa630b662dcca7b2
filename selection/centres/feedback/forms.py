"""The form with which the chair releases feedback."""

from selection.centres.fields import button, prose
from selection.web.forms import BaseForm


class ReleaseForm(BaseForm):
    """A word of the chair's own, and the release."""

    note = prose("A word to the candidate", "It stands at the top of the feedback. You can leave it empty.")
    submit = button("Release the feedback")
