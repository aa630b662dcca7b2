"""Which version to compare with."""

from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import GovSelect
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice

from selection.core.errors import NotHere
from selection.models.standards import Standard
from selection.standards.fields import button, named
from selection.web.fields import row_key
from selection.web.forms import BaseForm


class CompareForm(BaseForm):
    """The other version, chosen from all that there are."""

    other = SelectField("Compare with", widget=GovSelect(), coerce=row_key, validate_choice=False)
    submit = button("Compare")

    def offer(self, standards: Iterable[Standard], this_id: int) -> None:
        """Let every other version be chosen; what this one was made from comes first."""
        known = {one.id: one for one in standards}
        this = known.pop(this_id, None)
        if this is None:
            raise NotHere
        others = list(known.values())
        others.sort(key=lambda one: (one.id != this.based_on_id, one.title != this.title, one.title, -one.number))
        self.other.choices = [SelectChoice(one.id, named(one)) for one in others]

    def chosen(self) -> int | None:
        """Return the version that was asked for, or the nearest one there is; None if there is no other."""
        offered: list[int] = [choice.value for choice in self.other.choices]
        if self.other.data not in offered:
            self.other.data = offered[0] if offered else None
        chosen: int | None = self.other.data
        return chosen
