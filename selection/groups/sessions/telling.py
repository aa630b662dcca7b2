"""Who hears that sessions moved, came or went: who has, had or gets a place at them, sits in, or supervises then."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import select

from selection.core import clock
from selection.core.db import db
from selection.groups.loading import days_of
from selection.groups.sessions.diary import Diary
from selection.models.people import Staff
from selection.models.sessions import Trainee
from selection.notices.queue import News, body_of, queue_all
from selection.rules.roles import Actor
from selection.rules.schedule import Shift

NOBODY: Mapping[int, Staff] = MappingProxyType({})


def who_is_there(known: Diary, shifts: Iterable[Shift]) -> dict[int, Staff]:
    """Return who has a place or sits in at the sessions that change, or supervises on their days, by staff id.

    It is asked before the change, so that those are among them who lose their places by it. One query, if any.
    """
    ids = {one.id for one in shifts if one.changes and one.id is not None}
    changing = [at for at in known.sessions if at.id in ids]
    people = {place.facilitator_id: place.facilitator for at in changing for place in at.places}
    people |= {one.id: one for at in changing for one in _supervising(known, at.day)}
    if ids:
        sit_in = select(Staff).join(Trainee, Trainee.staff_id == Staff.id).where(Trainee.session_id.in_(ids))
        people |= {one.id: one for one in db.session.scalars(sit_in.distinct())}
    return people


def _who_comes(known: Diary, shifts: Iterable[Shift]) -> dict[int, Staff]:
    """Return who supervises on the days that sessions come to, or has a spell on those of new ones, by staff id."""
    people: dict[int, Staff] = {}
    for one in shifts:
        if one.now is None or not one.changes:
            continue
        people |= {each.id: each for each in _supervising(known, one.now.day)}
        if one.id is None:
            spells = (spell for spell in known.group.assignments if one.now.day in days_of(spell))
            people |= {spell.facilitator_id: spell.facilitator for spell in spells}
    return people


def _supervising(known: Diary, day: date) -> Iterator[Staff]:
    return (link.supervisor for link in known.group.supervisions if day in days_of(link))


def of_shifts(
    known: Diary, shifts: Iterable[Shift], *, before: Mapping[int, Staff] = NOBODY, reason: str, by: Actor
) -> None:
    """Queue one letter to each person about the sessions that changed, to those who were there `before` as well."""
    changed = [one for one in shifts if one.changes]
    people = {**before, **_who_comes(known, changed)}
    when = clock.now().isoformat()
    queue_all(
        News(
            key=f"group:{known.group.id}:sessions:{when}:{person.email}",
            to=person.email,
            staff_id=staff_id,
            subject=f"{known.group.reference}: sessions on other days",
            body=body_of("sessions_moved", name=person.name, group=known.group, shifts=changed, reason=reason),
        )
        for staff_id, person in sorted(people.items())
        if staff_id != by.staff_id
    )
