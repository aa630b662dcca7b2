"""What an auditor asks when the trail is checked."""

import re

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextInput
from wtforms import StringField, SubmitField, ValidationError

from selection.web.forms import BaseForm

LEAST = 8
"""Figures that a noted fingerprint must have at least: fewer may be met by chance."""

FIGURES = re.compile(f"[0-9a-fA-F]{{{LEAST},64}}")


class CheckForm(BaseForm):
    """A fingerprint that was noted, or how it begins, if one is to be looked for."""

    expected = StringField("A fingerprint that you noted (optional)", widget=GovTextInput())
    submit = SubmitField("Seal and check now", widget=GovSubmitInput())

    def validate_expected(self, field: StringField) -> None:
        """Refuse what can be no fingerprint."""
        field.data = (field.data or "").replace(" ", "")
        if field.data and not FIGURES.fullmatch(field.data):
            raise ValidationError(f"Enter at least the first {LEAST} figures of the fingerprint: 0 to 9 and a to f.")
