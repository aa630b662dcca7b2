"""Who hears that they are put on a group, that their last day there is another, or that they are not on it after all.

Why is not said: what managers give as their reasons is on the trail.
"""

from selection.core import clock
from selection.groups.assignments.stays import Stay
from selection.groups.loading import Known, Named
from selection.models.groups import Group
from selection.models.people import Staff
from selection.notices.queue import body_of, queue
from selection.rules.roles import Actor
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span
from selection.rules.words import day_in_words


def of_assignment(group: Known, person: Named, kind: AssignmentKind, days: Span, *, by: Actor) -> None:
    """Queue a letter to who is assigned."""
    under = list(dict.fromkeys(link.supervisor_name for link in group.facts.chain if link.days.meets(days)))
    subject = f"{group.reference}: you are on it from {day_in_words(days.first)}"
    _tell(group, person, subject, by, days=days, was=None, kind=kind, under=under)


def of_change(group: Group, stay: Stay, days: Span | None, *, was: Span, by: Actor) -> None:
    """Queue a letter to whose stay has other days now, or (None) none."""
    what = "your assignment is cancelled" if days is None else "another last day"
    _tell(group, stay.facilitator, f"{group.reference}: {what}", by, days=days, was=was)


def _tell(group: Group | Known, person: Staff | Named, subject: str, by: Actor, **given: object) -> None:
    if person.id == by.staff_id:
        return
    queue(
        f"group:{group.id}:assignment:{clock.now().isoformat()}:{person.email}",
        to=person.email,
        staff_id=person.id,
        subject=subject,
        body=body_of("assignment", name=person.name, reference=group.reference, **given),
    )
