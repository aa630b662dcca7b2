"""Authorisations are made where the certificates justify them, and nowhere else."""

from typing import Any

from selection.authorisation import gather
from selection.core import clock
from selection.core.db import add_rows
from selection.models.authorisations import Authorisation
from selection.rules.due import Due, authorisations_due
from selection.rules.eligibility import SUPERVISING, ActingRole, Person, Step
from selection.rules.roles import Actor
from selection.trail.record import entry, record_many

APART = ("staff_id", "programme_id", "role", "valid_from")
"""What tells authorisations apart that are made together: they do not overlap."""


def authorise_where_due(*staff_ids: int, by: Actor) -> None:
    """Make every authorisation that the people's certificates and appointments justify and that is not there yet."""
    made = [
        _made(person.staff_id, programme_id, role, due, by)
        for person in gather.people(staff_ids).values()
        for programme_id in sorted({step.programme_id for step in person.steps if step.programme_id is not None})
        for role in _roles(person, programme_id)
        for due in authorisations_due(person, role, programme_id)
    ]
    told = ("programme_id", "role", "valid_from", "valid_to")
    record_many(
        [
            entry(
                "authorisation.made",
                by=by,
                subject_id=key,
                staff_id=row["staff_id"],
                after={column: row[column] for column in told},
            )
            for key, row in zip(add_rows(Authorisation, made, by=APART), made, strict=True)
        ]
    )


def _roles(person: Person, programme_id: int) -> list[ActingRole]:
    supervising = (role for role in sorted(SUPERVISING) if person.appointments_as(role, programme_id))
    return [ActingRole.FACILITATOR, *supervising]


def _made(staff_id: int, programme_id: int, role: ActingRole, due: Due, by: Actor) -> dict[str, Any]:
    appointed = due.appointment
    return {
        "staff_id": staff_id,
        "programme_id": programme_id,
        "role": role,
        "valid_from": due.days.first,
        "valid_to": due.days.last,
        **_leaning("selection", due.selection),
        **_leaning("fundamental", due.fundamental),
        **_leaning("training", due.programme),
        "appointment_id": appointed.id if appointed else None,
        "appointment_from": appointed.days.first if appointed else None,
        "appointment_to": appointed.days.last if appointed else None,
        "made_at": clock.now(),
        "made_by_id": by.account_id,
    }


def _leaning(by: str, step: Step) -> dict[str, Any]:
    return {f"{by}_id": step.id, f"{by}_stage": step.stage, f"{by}_from": step.days.first, f"{by}_to": step.days.last}
