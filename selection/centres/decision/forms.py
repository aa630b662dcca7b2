"""The form with which the chair signs."""

from selection.centres.fields import button, prose
from selection.web.forms import BaseForm


class SignForm(BaseForm):
    """The chair's signature; there is nothing to choose, the outcomes decide."""

    note = prose("Note for the record", "You can leave it empty. It changes nothing of the decision.")
    submit = button("Sign the decision")
