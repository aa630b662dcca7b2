"""The form with which a device is given up as lost."""

from selection.centres.fields import button, prose
from selection.web.forms import BaseForm


class GiveUpForm(BaseForm):
    """What became of the device."""

    why = prose(
        "What became of the device?", "Whatever it had not sent is lost with it. The reason stays on the trail."
    )
    submit = button("Give the device up as lost")
