"""The form by which a group passes to another edition."""

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovTextArea
from wtforms import BooleanField, HiddenField, TextAreaField
from wtforms.validators import Length

from selection.web.forms import BaseForm


class EditionForm(BaseForm):
    """Whether the group may run longer for it, and why it is moved; `seen` marks the preview that was on screen."""

    fit = BooleanField(
        "Let the group run until its last session, under whoever supervises it last", widget=GovCheckboxInput()
    )
    without = BooleanField(
        "Go on without people whose days on the group do not reach so far: they lose their places at those sessions",
        widget=GovCheckboxInput(),
    )
    reason = TextAreaField(
        "Why",
        widget=GovTextArea(),
        description="It is kept on the audit trail and told to the team.",
        filters=[lambda text: (text or "").strip()],
        validators=[Length(max=2000, message="Use at most 2,000 letters")],
        render_kw={"params": {"rows": 2}},
    )
    seen = HiddenField()
