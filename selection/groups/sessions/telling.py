"""Who hears that sessions moved, came or went: who has or had a place at them, and whoever supervises on those days."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from selection.core import clock
from selection.groups.sessions.diary import Diary
from selection.models.people import Staff
from selection.notices.queue import News, body_of, queue_all
from selection.rules.roles import Actor
from selection.rules.schedule import Shift

NOBODY: Mapping[int, Staff] = MappingProxyType({})


def who_is_there(known: Diary, shifts: Iterable[Shift]) -> dict[int, Staff]:
    """Return who has a place at the sessions that change, or supervises on their days, by staff id.

    Asked before the change it names those too who lose their places by it.
    """
    changing = [one for one in shifts if one.changes]
    ids = {one.id for one in changing}
    new = {(one.kind, one.number, one.now.day) for one in changing if one.id is None and one.now is not None}
    people: dict[int, Staff] = {}
    for at in known.sessions:
        if at.id not in ids and (at.kind, at.number, at.day) not in new:
            continue
        people |= {place.facilitator_id: place.facilitator for place in at.places}
        people |= {
            link.supervisor_id: link.supervisor
            for link in known.group.supervisions
            if link.starts_on <= at.day <= link.ends_on
        }
    return people


def of_shifts(
    known: Diary, shifts: Iterable[Shift], *, before: Mapping[int, Staff] = NOBODY, reason: str, by: Actor
) -> None:
    """Queue one letter to each person about the sessions that changed, to those who were there `before` as well."""
    changed = [one for one in shifts if one.changes]
    people = {**before, **who_is_there(known, changed)}
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
