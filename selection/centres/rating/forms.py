"""The form with which the chair opens a sealed form again."""

from selection.centres.fields import button, prose
from selection.web.forms import BaseForm


class ReopenForm(BaseForm):
    """Why a sealed form is opened again."""

    why = prose("Why is the form opened again?")
    submit = button("Open the form again")
