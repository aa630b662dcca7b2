"""The forms that begin, entitle and delete a draft."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from selection.models.standards import Standard
from selection.standards.fields import button, line, named
from selection.web.fields import row_key
from selection.web.forms import BaseForm, VersionedForm

NOTHING = 0


class BeginForm(BaseForm):
    """What a new draft starts from, and its title."""

    source = SelectField("What does it start from?", widget=GovSelect(), coerce=row_key, default=NOTHING)
    title = line(
        "Title",
        "For a copy you may leave this empty: it is then the next version of the same standard.",
    )
    submit = button("Begin the draft")

    def offer(self, standards: Iterable[Standard]) -> None:
        """Let these versions be copied."""
        copies = [SelectChoice(one.id, f"A copy of {named(one)}") for one in standards]
        self.source.choices = [SelectChoice(NOTHING, "Nothing: an empty draft"), *copies]


class TitleForm(VersionedForm):
    """Another title."""

    title = line("Title", "Versions of the same title are numbered one after the other.")
    submit = button("Save the title")


class GoForm(VersionedForm):
    """The word that something be done, to what was on screen."""
