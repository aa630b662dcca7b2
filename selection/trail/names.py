"""What the ids on the trail stand for, so that an entry says whom and what it is about years later."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from sqlalchemy import Select, SQLColumnExpression, String, cast, func, literal, select, union_all

from selection.core.db import db
from selection.models.centres import Centre, Sitting
from selection.models.courses import Course, CourseVersion
from selection.models.groups import Group
from selection.models.people import Account, Area, Staff
from selection.models.programmes import Edition, Programme
from selection.models.scoring import RatingForm
from selection.models.sessions import GroupSession
from selection.models.standards import Competency, Standard
from selection.models.training import Event
from selection.trail.words import Names

PEOPLE = frozenset(
    {
        *("staff_id", "chair_id", "nominated_by_id", "assessor_id", "resolved_by_id", "seconded_by_id", "other_id"),
        *("supervisor_id", "facilitator_id", "deputises_for_id", "requested_by_id", "approved_by_id"),
    }
)


class Told(Protocol):
    """An entry of the trail, as far as it holds ids."""

    staff_id: int | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def _numbered(title: SQLColumnExpression[str], word: str, number: SQLColumnExpression[int]) -> SQLColumnExpression[str]:
    return title + literal(f", {word} ") + cast(number, String)


_OF: dict[str, Select[int, str]] = {
    **dict.fromkeys(PEOPLE, select(Staff.id, Staff.name)),
    "proposed_by_id": select(Account.id, Account.name),
    "area_id": select(Area.id, Area.name),
    **dict.fromkeys(("programme_id", "from_programme_id"), select(Programme.id, Programme.code)),
    "edition_id": select(Edition.id, cast(Edition.number, String)),
    "group_id": select(Group.id, Group.reference),
    "session_id": select(GroupSession.id, GroupSession.title),
    "centre_id": select(Centre.id, Centre.title),
    "sitting_id": select(Sitting.id, func.replace(Sitting.kind, "_", " ")),
    "third_form_id": select(RatingForm.id, Staff.name).join(Staff, Staff.id == RatingForm.assessor_id),
    **dict.fromkeys(
        ("standard_id", "based_on_id"), select(Standard.id, _numbered(Standard.title, "version", Standard.number))
    ),
    "competency_id": select(Competency.id, Competency.title),
    "event_id": select(Event.id, Event.title),
    "course_id": select(Course.id, Course.title),
    "course_version_id": select(CourseVersion.id, cast(CourseVersion.number, String)),
}
"""How the name of what a key's ids stand for is found."""


def names_in(entries: Iterable[Told]) -> Names:
    """Return what every id in the entries stands for, as far as it is still there; one query, or none for no ids."""
    wanted: defaultdict[str, set[int]] = defaultdict(set)
    for entry in entries:
        for key, row_id in _ids(entry):
            if key in _OF:
                wanted[key].add(row_id)
    if not wanted:
        return {}
    parts = [_named(key, ids) for key, ids in sorted(wanted.items())]
    found: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for key, row_id, name in db.session.execute(union_all(*parts)):
        found[key][row_id] = name
    return found


def _ids(entry: Told) -> Iterator[tuple[str, int]]:
    if entry.staff_id is not None:
        yield "staff_id", entry.staff_id
    for values in (entry.before, entry.after):
        for key, value in (values or {}).items():
            if key.endswith("_id") and isinstance(value, int):
                yield key, value


def _named(key: str, ids: set[int]) -> Select[Any]:
    query = _OF[key]
    row_id, name = query.selected_columns
    found = query.where(row_id.in_(sorted(ids)))
    return found.with_only_columns(literal(key, String), row_id, cast(name, String))
