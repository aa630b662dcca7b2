"""What is asked of who types a form from paper, beside the form itself."""

from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from selection.core.columns import NAME_LENGTH
from selection.rules.names import kept
from selection.web.forms import BaseForm


def _kept(text: str | None) -> str:
    return kept(text or "")


class PaperForm(BaseForm):
    """Where the paper is kept: the paper stays the original."""

    paper_kept = StringField(
        "Where is the paper form kept?",
        widget=GovTextInput(),
        description="The paper stays the original. For example, the folder of this centre, Court Street.",
        validators=[
            DataRequired("Say where the paper form is kept"),
            Length(max=NAME_LENGTH, message=f"Use at most {NAME_LENGTH} characters"),
        ],
        filters=[_kept],
    )
