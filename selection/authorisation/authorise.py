"""Authorisations are made where the certificates justify them, and nowhere else."""

from selection.authorisation import gather
from selection.core import clock
from selection.core.db import db
from selection.models.authorisations import Authorisation
from selection.rules.eligibility import SUPERVISING, ActingRole, Due, Person, authorisations_due
from selection.rules.programmes import Stage
from selection.rules.roles import Actor
from selection.trail.record import entry, record_many


def authorise_where_due(*staff_ids: int, by: Actor) -> tuple[Authorisation, ...]:
    """Make every authorisation that the people's certificates and appointments justify and that is not there yet."""
    db.session.flush()
    made = tuple(
        _made(person, programme_id, role, due, by)
        for person in gather.people(staff_ids).values()
        for programme_id in sorted({step.programme_id for step in person.steps if step.programme_id is not None})
        for role in _roles(person, programme_id)
        for due in authorisations_due(person, role, programme_id)
    )
    db.session.flush()
    columns = ("programme_id", "role", "valid_from", "valid_to")
    record_many(
        [
            entry(
                "authorisation.made",
                by=by,
                subject_id=one.id,
                staff_id=one.staff_id,
                after={key: getattr(one, key) for key in columns},
            )
            for one in made
        ]
    )
    return made


def _roles(person: Person, programme_id: int) -> list[ActingRole]:
    supervising = (role for role in sorted(SUPERVISING) if person.appointments_as(role, programme_id))
    return [ActingRole.FACILITATOR, *supervising]


def _made(person: Person, programme_id: int, role: ActingRole, due: Due, by: Actor) -> Authorisation:
    authorisation = Authorisation(
        staff_id=person.staff_id,
        programme_id=programme_id,
        role=role,
        valid_from=due.days.first,
        valid_to=due.days.last,
        selection_id=due.selection.id,
        selection_stage=Stage.SELECTION,
        selection_from=due.selection.days.first,
        selection_to=due.selection.days.last,
        fundamental_id=due.fundamental.id,
        fundamental_stage=Stage.FUNDAMENTAL,
        fundamental_from=due.fundamental.days.first,
        fundamental_to=due.fundamental.days.last,
        training_id=due.programme.id,
        training_stage=Stage.PROGRAMME,
        training_from=due.programme.days.first,
        training_to=due.programme.days.last,
        made_at=clock.now(),
        made_by_id=by.account_id,
    )
    if due.appointment is not None:
        authorisation.appointment_id = due.appointment.id
        authorisation.appointment_from = due.appointment.days.first
        authorisation.appointment_to = due.appointment.days.last
    db.session.add(authorisation)
    return authorisation
