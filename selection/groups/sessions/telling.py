"""Who hears that sessions moved: the team that has places at them, and whoever supervises on those days."""

from collections.abc import Iterable

from selection.core import clock
from selection.groups.sessions.diary import Diary
from selection.models.people import Staff
from selection.notices.queue import body_of, queue
from selection.rules.roles import Actor
from selection.rules.schedule import Shift


def of_shifts(known: Diary, shifts: Iterable[Shift], *, reason: str, by: Actor) -> None:
    """Queue one letter to each person about all of the sessions of theirs that moved; new ones are told too."""
    moved = [one for one in shifts if one.changes and one.now is not None]
    if not moved:
        return
    numbers = {(one.kind, one.number) for one in moved}
    people: dict[int, Staff] = {}
    for at in known.sessions:
        if (at.kind, at.number) in numbers:
            people |= {place.facilitator_id: place.facilitator for place in at.places}
            people |= {
                link.supervisor_id: link.supervisor
                for link in known.group.supervisions
                if link.starts_on <= at.day <= link.ends_on
            }
    when = clock.now().isoformat()
    for staff_id, person in sorted(people.items()):
        if staff_id == by.staff_id:
            continue
        queue(
            f"group:{known.group.id}:sessions:{when}:{person.email}",
            to=person.email,
            staff_id=staff_id,
            subject=f"{known.group.reference}: sessions on other days",
            body=body_of("sessions_moved", name=person.name, group=known.group, shifts=moved, reason=reason),
        )
