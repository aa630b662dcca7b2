"""The form of a new edition: its numbers, the modules of the one before it, and one that is new."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from govuk_frontend_wtf.wtforms_widgets import GovCheckboxesInput, GovSelect, GovSubmitInput, GovTextArea, GovTextInput
from wtforms import (
    BooleanField,
    Field,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from selection.rules.editions import LOCAL, NAMES, ModuleTerms, Terms
from selection.rules.names import kept
from selection.rules.programmes import PERIODS, Risk
from selection.web.fields import CountField
from selection.web.forms import BaseForm

LEFT_OUT = 0
MOST_MODULES = 40
FROM_TO = {
    "group_min": (1, 99),
    "group_max": (1, 99),
    "team_size": (1, 20),
    "in_room": (1, 20),
    "experienced_needed": (0, 20),
    "experience_months": (0, 120),
    "groups_at_once": (1, 50),
    "supervisor_groups": (1, 200),
    "weeks_between_supervision": (1, 52),
    "due_soon_days": (0, 90),
}
ROW = ("place", "sessions", "minutes", "separate", "routes")
PERIOD_CHOICES = [SelectChoice(months, f"{months} month{'s' if months > 1 else ''}") for months in PERIODS]


def _prose(label: str, hint: str) -> TextAreaField:
    return TextAreaField(
        label,
        widget=GovTextArea(),
        description=hint,
        filters=[lambda text: (text or "").strip()],
        validators=[Length(max=2000, message=f"{label}: at most 2,000 letters")],
        render_kw={"params": {"rows": 2}},
    )


class EditionFormBase(BaseForm):
    """What every form of an edition has; `edition_form` adds the numbers and the modules.

    `based_on` is the number of the edition that it was begun from, `seen` the mark of what was shown before the yes.
    """

    titles: tuple[str, ...] = ()

    new_title = StringField(
        "Title of a new module",
        widget=GovTextInput(),
        description="Leave it empty if none comes to it. A module with another title is another module.",
        filters=[lambda text: kept(text or "")],
        validators=[Length(max=200, message="The title has at most 200 letters")],
    )
    new_aim = _prose("What it is for", "")
    reason = _prose("Why does the programme change?", "It is shown in the programme's history.")
    based_on = HiddenField()
    seen = HiddenField()
    submit = SubmitField("Show what this changes", widget=GovSubmitInput())

    @property
    def numbers(self) -> list[Field]:
        """The fields of the numbers, in their order."""
        return [self[key] for key in NAMES]

    @property
    def rows(self) -> list[tuple[str, dict[str, Field]]]:
        """Each module's title and fields; the last is the new one, without a title."""
        return [(title, {name: self[f"{name}-{row}"] for name in ROW}) for row, title in enumerate((*self.titles, ""))]

    def terms(self) -> Terms:
        """Return what was entered; only of a form that is valid."""
        placed = sorted(self._placed(), key=lambda one: one[0])
        return Terms(**{key: int(self[key].data) for key in NAMES}, modules=tuple(one for _, one in placed))

    def _placed(self) -> Iterator[tuple[int, ModuleTerms]]:
        for title, of in self.rows:
            named = title or self.new_title.data
            # A new module comes last unless it says where.
            place = of["place"].data or (MOST_MODULES + 1 if named and not title else LEFT_OUT)
            if named and place != LEFT_OUT:
                yield (
                    place,
                    ModuleTerms(
                        title=named,
                        sessions=of["sessions"].data,
                        minutes=of["minutes"].data,
                        is_separate=of["separate"].data,
                        routes=frozenset(Risk(risk) for risk in of["routes"].data),
                    ),
                )


def edition_form(before: Terms, number: int) -> Any:
    """Return the form of the edition after one that says these terms and has this number, filled with them."""
    fields: dict[str, Any] = {key: _number(key) for key in NAMES}
    data: dict[str, Any] = asdict(before) | {"based_on": str(number)}
    for row, one in enumerate((*before.modules, None)):
        title = one.title if one else "the new module"
        fields[f"place-{row}"] = _small(f"Place of {title}", least=LEFT_OUT, most=MOST_MODULES, width=2)
        fields[f"sessions-{row}"] = _small(f"Sessions of {title}", least=1, most=200, width=3)
        fields[f"minutes-{row}"] = _small(f"Minutes a session of {title}", least=15, most=600, width=3)
        fields[f"separate-{row}"] = BooleanField(f"{title} is a separate closed group")
        fields[f"routes-{row}"] = SelectMultipleField(
            f"Who attends {title}",
            widget=GovCheckboxesInput(),
            choices=[SelectChoice(risk.value, risk.value) for risk in Risk],
        )
        data |= {
            f"place-{row}": row + 1 if one else LEFT_OUT,
            f"sessions-{row}": one.sessions if one else 1,
            f"minutes-{row}": one.minutes if one else before.modules[-1].minutes if before.modules else 150,
            f"separate-{row}": one.is_separate if one else False,
            f"routes-{row}": [risk.value for risk in (one.routes if one else Risk)],
        }
    titles = tuple(one.title for one in before.modules)
    return type("EditionForm", (EditionFormBase,), fields | {"titles": titles})(data=data)


def _number(key: str) -> Field:
    local = "A local setting." if key in LOCAL else ""
    if key == "review_months":
        return SelectField(NAMES[key], widget=GovSelect(), coerce=int, choices=PERIOD_CHOICES, description=local)
    least, most = FROM_TO[key]
    return CountField(NAMES[key], least=least, most=most, description=local)


def _small(label: str, *, least: int, most: int, width: int) -> CountField:
    classes = {"params": {"classes": f"govuk-input--width-{width}"}, "inputmode": "numeric"}
    return CountField(label, least=least, most=most, render_kw=classes)
