"""The forms about a group's schedule and its sessions."""

import hashlib
from collections.abc import Iterable

from govuk_frontend_wtf.wtforms_widgets import (
    GovCheckboxesInput,
    GovCheckboxInput,
    GovRadioInput,
    GovSelect,
    GovSubmitInput,
    GovTextArea,
    GovTextInput,
)
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from selection.groups.sessions.actions import Layout
from selection.groups.sessions.diary import Diary, module_plan
from selection.models.programmes import EditionModule
from selection.models.sessions import GroupSession
from selection.rules.schedule import Shift, WeeklySlot, When, later, minutes_of
from selection.rules.sessions import NATION_NAMES, Nation, Sitting
from selection.web.fields import DayField, TimeOfDayField, row_key
from selection.web.forms import BaseForm

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NO_WEEKDAY = -1
MOST_SLOTS = 3
FOLLOWING, ALONE = "following", "alone"
THIS, MODULE = "this", "module"


def mark_of(shifts: Iterable[Shift], *more: object) -> str:
    """Return a word that changes when the shifts do, so that nobody confirms what they have not seen."""
    said = repr(([(one.id, one.number, one.was, one.now) for one in shifts], more))
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def _weekday(label: str, none: str = "No more") -> SelectField:
    choices = [SelectChoice(NO_WEEKDAY, none), *(SelectChoice(at, name) for at, name in enumerate(WEEKDAYS))]
    return SelectField(label, widget=GovSelect(), coerce=int, choices=choices, default=NO_WEEKDAY)


def _said(module: EditionModule) -> str:
    alone = ", in a closed group of its own" if module.separate_closed_group else ""
    return f"{module.title}, {module.sessions} sessions{alone}"


def _without() -> BooleanField:
    return BooleanField(
        "Go on without people whose days on the group do not reach so far: they lose their places at those sessions",
        widget=GovCheckboxInput(),
    )


class ScheduleForm(BaseForm):
    """Which modules, at what times of the week, by whose bank holidays, from which day on."""

    modules = SelectMultipleField("Modules", widget=GovCheckboxesInput(), coerce=row_key)
    open_modules = SelectMultipleField(
        "Participants may join at the beginning of",
        widget=GovCheckboxesInput(),
        coerce=row_key,
        description="Leave all empty for a closed group.",
    )
    weekday_1, starts_1 = _weekday("Meets on", none="Choose a day"), TimeOfDayField("At")
    weekday_2, starts_2 = _weekday("And on"), TimeOfDayField("At")
    weekday_3, starts_3 = _weekday("And on"), TimeOfDayField("At")
    nation = SelectField(
        "Bank holidays of",
        widget=GovSelect(),
        choices=[SelectChoice(str(key), name) for key, name in NATION_NAMES.items()],
    )
    first = DayField("From which day", required="Enter the first day")
    fit = BooleanField(
        "Let the group run until its last session, under whoever supervises it last",
        widget=GovCheckboxInput(),
    )
    without = _without()
    seen = HiddenField()
    submit = SubmitField("Show what this does", widget=GovSubmitInput())

    def offer(self, modules: Iterable[EditionModule]) -> None:
        """Let the modules of the group's edition be chosen."""
        self.modules.choices = [SelectChoice(one.module_id, _said(one)) for one in modules]
        self.open_modules.choices = [
            SelectChoice(one.module_id, one.title) for one in modules if not one.separate_closed_group
        ]

    def fill(self, known: Diary) -> None:
        """Put what the group has into the boxes, as long as nothing was sent."""
        chosen = known.modules
        self.modules.data = [one.module_id for one in chosen] or [
            one.module_id for one in known.group.edition.modules if not one.separate_closed_group
        ]
        self.open_modules.data = [one.module_id for one in chosen if one.is_open]
        self.nation.data = known.nation
        for number, slot in enumerate(known.slots[:MOST_SLOTS], start=1):
            self[f"weekday_{number}"].data, self[f"starts_{number}"].data = slot.weekday, slot.starts_at

    def layout(self, modules: Iterable[EditionModule]) -> Layout:
        """Return what was entered; only of a form that is valid."""
        chosen, opened = set(self.modules.data or ()), set(self.open_modules.data or ())
        return Layout(
            modules=tuple(
                module_plan(one, is_open=one.module_id in opened) for one in modules if one.module_id in chosen
            ),
            slots=tuple(self._slots()),
            nation=Nation(self.nation.data),
            first=self.first.entered,
            fit=self.fit.data,
            without=self.without.data,
        )

    def _slots(self) -> Iterable[WeeklySlot]:
        for number in range(1, MOST_SLOTS + 1):
            weekday, starts_at = self[f"weekday_{number}"].data, self[f"starts_{number}"].data
            if weekday != NO_WEEKDAY and starts_at is not None:
                yield WeeklySlot(weekday=weekday, starts_at=starts_at)


class _At(BaseForm):
    day = DayField("Day", required="Enter the day")
    starts_at = TimeOfDayField("Begins at", required="Enter when it begins")

    def when(self, like: Sitting) -> When:
        """Return the day and times entered, as long as the session is; only of a form that is valid."""
        starts_at = self.starts_at.entered
        return When(day=self.day.entered, starts_at=starts_at, ends_at=later(starts_at, minutes_of(like)))


class MoveForm(_At):
    """Another day or time of a session, and what becomes of those that follow."""

    following = RadioField(
        "What follows",
        widget=GovRadioInput(),
        choices=[
            SelectChoice(ALONE, "Stays where it is"),
            SelectChoice(FOLLOWING, "Moves too, onto the next weekly times"),
        ],
        default=ALONE,
    )
    without = _without()
    reason = TextAreaField(
        "Why",
        widget=GovTextArea(),
        description="It is kept on the audit trail and told to the team.",
        validators=[Length(max=2000, message="Use at most 2,000 letters")],
        render_kw={"params": {"rows": 2}},
    )
    seen = HiddenField()
    submit = SubmitField("Show what this does", widget=GovSubmitInput())


class AddForm(_At):
    """A catch-up of a session, or another day for one that was not held."""

    session_id = SelectField("Of which session", widget=GovSelect(), coerce=row_key)
    submit = SubmitField("Add the session", widget=GovSubmitInput())

    def offer(self, sessions: Iterable[GroupSession]) -> None:
        """Let regular sessions be chosen."""
        self.session_id.choices = [SelectChoice(one.id, f"{one.number}. {one.title}") for one in sessions]


class RoomForm(BaseForm):
    """Who of the team is in the room; `seen` is who had a place when the page was opened."""

    in_room = SelectMultipleField("In the room", widget=GovCheckboxesInput(), coerce=row_key)
    seen = HiddenField()
    save = SubmitField("Save who is in the room", widget=GovSubmitInput())

    def offer(self, at: GroupSession) -> None:
        """Let everybody with a place be chosen."""
        self.in_room.choices = [
            SelectChoice(one.facilitator_id, one.facilitator.name + (", cover" if one.role == "cover" else ""))
            for one in at.places
        ]


class TraineeForm(BaseForm):
    """A trainee who sits in, at one session or at every coming one of its module."""

    number = StringField(
        "Staff number",
        widget=GovTextInput(),
        filters=[lambda text: (text or "").strip()],
        validators=[DataRequired("Enter the trainee's staff number"), Length(max=20, message="At most 20 signs")],
        render_kw={"params": {"classes": "govuk-input--width-10"}},
    )
    extent = RadioField(
        "At",
        widget=GovRadioInput(),
        choices=[SelectChoice(THIS, "This session"), SelectChoice(MODULE, "Every coming session of the module")],
        default=THIS,
    )
    sit_in = SubmitField("Let them sit in", widget=GovSubmitInput())


class SureForm(BaseForm):
    """Nothing but the yes."""
