"""A question as an address asks it, the same for people and programs: who, on which programme, as what, which days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from selection.authorisation.find import meant
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.scope import within
from selection.models.people import Staff
from selection.rules.eligibility import ActingRole
from selection.rules.explanation import Question, reasons_against_asking
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.validity import Span
from selection.web.choices import ProgrammeChoice

FIELDS = ("person", "programme", "role", "first", "last")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question about a person who is there and within the asker's reach."""

    person: Staff
    programme: ProgrammeChoice
    question: Question


def read(given: Mapping[str, str], programmes: Sequence[ProgrammeChoice], *, by: Actor) -> Asked:
    """Return what is asked; raises Refused with every reason why it cannot be read, each at its field.

    `person` is a staff number or a whole name, of a person whose record the asker may read, or the asker's own.
    `programme` is the code of one of the programmes, `role` one of ActingRole, `first` and `last` are days as in
    2027-03-31.
    """
    wrong: list[Reason] = []
    person = _person(given.get("person", "").strip(), by, wrong)
    programme = _programme(given.get("programme", "").strip(), programmes, wrong)
    role = _role(given.get("role", ""), wrong)
    first, last = _day(given, "first", wrong), _day(given, "last", wrong)
    if first and last:
        wrong += reasons_against_asking(Span(first=first, last=last))
    if wrong or not (person and programme and role and first and last):
        raise Refused(*wrong)
    question = Question(role=role, programme_id=programme.id, days=Span(first=first, last=last))
    return Asked(person=person, programme=programme, question=question)


def _person(words: str, by: Actor, wrong: list[Reason]) -> Staff | None:
    whose = or_(within(Staff.area_id, by.reach(Permission.PEOPLE_READ)), Staff.id == by.staff_id)
    try:
        return meant(words, whose, field="person")
    except Refused as refusal:
        wrong += refusal.reasons
        return None


def _programme(code: str, programmes: Sequence[ProgrammeChoice], wrong: list[Reason]) -> ProgrammeChoice | None:
    found = next((one for one in programmes if one.code == code), None)
    if found is None:
        wrong.append(Reason(code="programme.unknown", message="Choose a programme that there is.", field="programme"))
    return found


def _role(word: str, wrong: list[Reason]) -> ActingRole | None:
    if word in set(ActingRole):
        return ActingRole(word)
    wrong.append(Reason(code="role.unknown", message=f"Choose one of {', '.join(ActingRole)}.", field="role"))
    return None


def _day(given: Mapping[str, str], field: str, wrong: list[Reason]) -> date | None:
    try:
        day = date.fromisoformat(given.get(field, ""))
    except ValueError:
        day = None
    if day is None or not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        wrong.append(Reason(code=f"{field}.unknown", message=f"Enter the {field} day, as in 2027-03-31.", field=field))
        return None
    return day


def own_number(by: Actor) -> str:
    """Return the staff number of whoever asks, for a question about themselves; empty if they have none."""
    number = db.session.scalar(select(Staff.number).where(Staff.id == by.staff_id))
    return number or ""
