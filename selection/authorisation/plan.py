"""What a withdrawal would touch, listed before anything ends.

Days that are over keep the people and the certificates that covered them; only days from the first day of the
withdrawal on are ended. A session that has begun today or was called off keeps who has a place at it, and a record that
a supervisor made today keeps whom it is on: what they stand on then ends with today, and not the day before, while
every later session loses them at once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from selection.authorisation.places import wall_clock
from selection.core.db import db
from selection.models.authorisations import Appointment, Authorisation, Certificate
from selection.models.groups import Assignment, Group, Supervision
from selection.models.sessions import GroupSession, Place
from selection.models.supervision import RecordSubject, SupervisorRecord, WellbeingContact
from selection.rules.sessions import SessionState
from selection.rules.validity import day_after, day_before


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a withdrawal from a day on touches: the authorisations that end, and the spells that lean on them.

    `last` is the last day that everything touched keeps. `sat_in` are the groups that lose a trainee who sits in; they
    are known once the decision is made.
    """

    from_day: date
    last: date
    authorisations: tuple[Authorisation, ...]
    supervisions: tuple[Supervision, ...]
    assignments: tuple[Assignment, ...]
    places: tuple[Place, ...]
    sat_in: tuple[Group, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups touched, each once, in the order of their references."""
        touched = {link.group.id: link.group for link in self.supervisions}
        touched |= {spell.group.id: spell.group for spell in self.assignments}
        touched |= {group.id: group for group in self.sat_in}
        return tuple(sorted(touched.values(), key=lambda group: group.reference))

    def mark(self) -> str:
        """Return a word that changes when the plan does, so that nobody confirms what they have not seen."""
        rows: tuple[Authorisation | Supervision | Assignment, ...]
        rows = (*self.authorisations, *self.supervisions, *self.assignments)
        sessions = "-".join(f"{place.session_id}" for place in self.places)
        return "-".join([*(f"{row.id}.{row.version}" for row in rows), sessions]) if rows else "nothing"

    def is_own(self, row: Supervision | Assignment) -> bool:
        """True if the row leans on an authorisation that ends, rather than on somebody's supervision that does."""
        return row.authorisation_id in {right.id for right in self.authorisations}


def plan_for_certificate(certificate: Certificate, from_day: date) -> Plan:
    """Return what ending the certificate from the day on would touch; changes nothing."""
    leaning = or_(
        Authorisation.selection_id == certificate.id,
        Authorisation.fundamental_id == certificate.id,
        Authorisation.training_id == certificate.id,
    )
    return _plan(leaning, from_day)


def plan_for_stop(staff_id: int, programme_id: int | None, from_day: date) -> Plan:
    """Return what stopping the person from the day on would touch, on one programme or (None) on all."""
    whose = Authorisation.staff_id == staff_id
    return _plan(whose if programme_id is None else whose & (Authorisation.programme_id == programme_id), from_day)


def plan_for_appointment(appointment: Appointment, from_day: date) -> Plan:
    """Return what ending the appointment from the day on would touch; changes nothing."""
    return _plan(Authorisation.appointment_id == appointment.id, from_day)


def plan_for_leaving(staff_id: int, last_day: date) -> Plan:
    """Return what it would touch if the day were the person's last in the service; changes nothing."""
    return _plan(Authorisation.staff_id == staff_id, day_after(last_day))


def _plan(leaning: ColumnElement[bool], from_day: date) -> Plan:
    rights, links, written_on_links = _rights_and_links(leaning, from_day)
    spells, places, written_on_spells = _spells_and_places(rights, _each(links), from_day)
    now = wall_clock()
    begun = [place for place in places if _is_fixed(place.session, now)]
    last = from_day if begun or written_on_links or written_on_spells else day_before(from_day)
    # What ends by then anyway is not touched, nor what follows it.
    supervisions = _each((own, later) for own, later in links if own.ends_on > last)
    authorisations = tuple(right for right in rights if right.valid_to > last)
    leaned_on = ({right.id for right in authorisations}, {link.id for link in supervisions})
    ended = tuple(
        spell
        for spell in spells
        if spell.ends_on > last and (spell.authorisation_id in leaned_on[0] or spell.supervision_id in leaned_on[1])
    )
    of_ended = {spell.id for spell in ended}
    return Plan(
        from_day=from_day,
        last=last,
        authorisations=authorisations,
        supervisions=supervisions,
        assignments=ended,
        places=tuple(place for place in places if place not in begun and place.assignment_id in of_ended),
    )


def _is_fixed(session: GroupSession, now: datetime) -> bool:
    """True of a session that has begun, and of one that was called off before it would have."""
    planned = session.state == SessionState.PLANNED
    return not planned or (session.day, session.starts_at) <= (now.date(), now.time())


Links = Sequence[tuple[Supervision, Supervision | None]]
"""A supervision that leans on what ends, with one that follows it on its group, if any does."""


def _each(links: Iterable[tuple[Supervision, Supervision | None]]) -> tuple[Supervision, ...]:
    """Return each of the supervisions once: first those that lean on what ends, then those that follow them."""
    pairs = list(links)
    own = dict.fromkeys(one for one, _ in pairs)
    return (*own, *dict.fromkeys(later for _, later in pairs if later is not None and later not in own))


def _rights_and_links(leaning: ColumnElement[bool], from_day: date) -> tuple[tuple[Authorisation, ...], Links, bool]:
    """Return the authorisations that lean on it, their supervisions with what follows, and whether one was used today.

    A chain has no hole, so the links that follow an ended one end with it. One query.
    """
    own, later = aliased(Supervision), aliased(Supervision)
    query = (
        select(Authorisation, own, later, _recorded_under(own, from_day), _recorded_under(later, from_day))
        .outerjoin(own, and_(own.authorisation_id == Authorisation.id, own.ends_on >= from_day))
        .outerjoin(later, and_(later.group_id == own.group_id, later.starts_on > own.starts_on))
        .where(leaning, Authorisation.valid_to >= from_day)
        .order_by(Authorisation.id, own.id, later.id)
        .options(
            joinedload(Authorisation.staff),
            *(joinedload(link.group) for link in (own, later)),
            *(joinedload(link.supervisor) for link in (own, later)),
        )
    )
    found: Sequence[Any] = db.session.execute(query).all()
    rights = dict.fromkeys(row[0] for row in found)
    links = [(row[1], row[2]) for row in found if row[1] is not None]
    written = any((row[1] is not None and row[3]) or (row[2] is not None and row[4]) for row in found)
    return tuple(rights), links, written


def _recorded_under(link: type[Supervision], day: date) -> ColumnElement[bool]:
    contact, row = WellbeingContact, SupervisorRecord
    return or_(
        exists().where(row.supervision_id == link.id, row.held_on >= day),
        exists().where(contact.supervision_id == link.id, contact.on_day >= day),
    )


def _spells_and_places(
    rights: Iterable[Authorisation], links: Iterable[Supervision], from_day: date
) -> tuple[tuple[Assignment, ...], tuple[Place, ...], bool]:
    """Return the assignments that end, their places from the day on, and whether one was recorded on. One query."""
    on_it, contact = RecordSubject, WellbeingContact
    written = or_(
        exists().where(on_it.assignment_id == Assignment.id, on_it.on_day >= from_day),
        exists().where(contact.assignment_id == Assignment.id, contact.on_day >= from_day),
    )
    touched = or_(
        Assignment.authorisation_id.in_([right.id for right in rights]),
        Assignment.supervision_id.in_([link.id for link in links]),
    )
    query = (
        select(Assignment, Place, written)
        .outerjoin(Place, and_(Place.assignment_id == Assignment.id, Place.session_day >= from_day))
        .where(touched, Assignment.ends_on >= from_day)
        .order_by(Place.session_day, Place.id)
        .options(
            *(joinedload(Assignment.group), joinedload(Assignment.facilitator)),
            *(joinedload(Place.session), joinedload(Place.facilitator)),
        )
    )
    found: Sequence[Any] = db.session.execute(query, execution_options={"populate_existing": True}).all()
    spells = sorted(dict.fromkeys(row[0] for row in found), key=lambda spell: spell.id)
    return tuple(spells), tuple(row[1] for row in found if row[1] is not None), any(row[2] for row in found)
