"""The form that changes after how many months without delivery a right lapses."""

from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextArea
from wtforms import HiddenField, SubmitField, TextAreaField
from wtforms.validators import DataRequired, Length

from selection.rules.practice import MOST_MONTHS
from selection.web.fields import CountField, DayField
from selection.web.forms import BaseForm


class LapseForm(BaseForm):
    """How many months, from which day, and why; `seen` is the mark of the plan that was on screen."""

    months = CountField("Months without delivery, after which a right lapses", least=1, most=MOST_MONTHS)
    from_day = DayField(
        "From which day",
        required="Enter the first day",
        description="Tomorrow at the earliest. Whoever has been without delivery for longer by then lapses on its eve;"
        " who has lapsed before stays lapsed.",
    )
    reason = TextAreaField(
        "Why",
        widget=GovTextArea(),
        description="It stays on record and is read by auditors.",
        filters=[lambda text: (text or "").strip()],
        validators=[DataRequired("Say why it changes"), Length(max=2000, message="At most 2,000 characters")],
        render_kw={"params": {"rows": 3}},
    )
    seen = HiddenField()
    submit = SubmitField("Show what it would change", widget=GovSubmitInput())
