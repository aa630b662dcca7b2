"""The form of an area."""

from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovSubmitInput, GovTextInput
from wtforms import HiddenField, SelectField, StringField, SubmitField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from selection.rules.names import kept
from selection.rules.sessions import NATION_NAMES
from selection.web.forms import BaseForm


class AreaForm(BaseForm):
    """Its name and its nation; `seen` is what they were when the page was opened."""

    name = StringField(
        "Name",
        widget=GovTextInput(),
        filters=[lambda text: kept(text or "")],
        validators=[DataRequired("Enter a name"), Length(max=200, message="The name has at most 200 letters")],
    )
    nation = SelectField(
        "Nation",
        widget=GovSelect(),
        choices=[SelectChoice(str(key), name) for key, name in NATION_NAMES.items()],
        description="Its groups skip the bank holidays of this nation, unless a schedule says otherwise.",
    )
    seen = HiddenField()
    submit = SubmitField("Save the area", widget=GovSubmitInput())
