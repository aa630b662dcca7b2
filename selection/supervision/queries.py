"""What of supervision waits for a person: as a supervisor, as who oversees an area, as who is supervised."""

from collections.abc import Iterator
from datetime import date

from flask import url_for

from selection.rules.records import KIND_NAMES, RecordKind
from selection.rules.roles import Actor, Permission
from selection.rules.supervising import Due
from selection.rules.words import day_in_words
from selection.supervision.agreed.queries import open_of
from selection.supervision.caseload import queries
from selection.web.waiting import Waiting


def waiting_for(by: Actor, today: date) -> tuple[Waiting, ...]:
    """Return what supervision asks of the person."""
    return tuple(_waiting(by, today))


def _waiting(by: Actor, today: date) -> Iterator[Waiting]:
    if by.staff_id is not None:
        yield from _own(by.staff_id, today)
        yield from _agreed(by.staff_id, today, by)
    oversees = by.reach(Permission.SUPERVISION_READ)
    if oversees and (overdue := queries.how_many_overdue(oversees, today)):
        yield Waiting(
            title="Somebody is overdue for supervision" if overdue == 1 else f"{overdue} are overdue for supervision",
            detail="In your areas, whoever supervises them.",
            url=url_for("supervision.index"),
        )


def _own(staff_id: int, today: date) -> Iterator[Waiting]:
    for draft in queries.drafts_of(staff_id):
        yield Waiting(
            title=f"Sign the {KIND_NAMES[RecordKind(draft.kind)]} of {draft.group.reference}",
            detail=f"You began it for {day_in_words(draft.held_on)}.",
            url=url_for("supervision.record", record_id=draft.id),
        )
    for charge in queries.of_or_under(staff_id, today):
        if charge.supervisor_id == staff_id and charge.standing(today) is not Due.IN_TIME:
            yield Waiting(
                title=f"Supervise {charge.name}",
                detail=_since(charge),
                url=url_for("supervision.record_supervision", group_id=charge.group_id),
                due=charge.due_on,
            )
        elif charge.staff_id == staff_id and charge.next_on is not None:
            yield Waiting(
                title=f"Supervision with {charge.supervisor}",
                detail=f"Agreed for {charge.reference}.",
                url=url_for("supervision.own"),
                due=charge.next_on,
            )


def _agreed(staff_id: int, today: date, by: Actor) -> Iterator[Waiting]:
    for one in (each for each in open_of(staff_id, today, by=by) if each.who_id == staff_id):
        yield Waiting(
            title="Something agreed on in supervision",
            detail=f"{one.reference}, with {one.supervisor}: say when it is done.",
            url=url_for("supervision.action_done", action_id=one.id),
            due=one.due_on,
        )


def _since(charge: queries.Charge) -> str:
    last = "not yet supervised" if charge.last is None else f"last supervised on {day_in_words(charge.last)}"
    return f"{charge.reference}: {last}."
