"""Withdrawal as a plan: what it touches is listed first, then everything ends together or nothing does.

Days that are over keep the people and the certificates that covered them; only days from the first day of the
withdrawal on are ended. A session that has begun today keeps who began it, and a record that a supervisor made today
keeps whom it is on: what they stand on then ends with today, and not the day before, while every later session loses
them at once.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from flask import current_app
from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import joinedload

from selection.authorisation import tell
from selection.authorisation.authorise import authorise_where_due
from selection.authorisation.delivered import reckon_practice
from selection.authorisation.places import release_places, wall_clock
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Appointment, Authorisation, Certificate, Stop
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Staff
from selection.models.sessions import Place
from selection.models.stops import StopRole
from selection.models.supervision import RecordSubject, SupervisorRecord, WellbeingContact
from selection.rules.calendar import NO_END
from selection.rules.eligibility import StopKind
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.stops import StopPart, reasons_against_panel
from selection.rules.supervision import GroupState
from selection.rules.validity import day_after, day_before
from selection.trail.record import record


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What a withdrawal from a day on touches: the authorisations that end, and the spells that lean on them."""

    from_day: date
    last: date
    authorisations: tuple[Authorisation, ...]
    supervisions: tuple[Supervision, ...]
    assignments: tuple[Assignment, ...]
    places: tuple[Place, ...]

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups touched, each once, in the order of their references."""
        touched = {link.group.id: link.group for link in self.supervisions}
        touched |= {spell.group.id: spell.group for spell in self.assignments}
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


def withdraw_certificate(certificate: Certificate, plan: Plan, *, reason: str, by: Actor) -> None:
    """End a certificate and, in the same transaction, all that leans on it; raises Refused without a reason."""
    _insist_on_reason(reason, plan)
    before = certificate.valid_to
    _carry_out(plan, reason, by)
    certificate.valid_to = min(before, plan.last)
    certificate.withdrawn_on = plan.from_day
    certificate.withdrawn_reason = reason.strip()
    db.session.flush()
    reckon_practice([certificate.staff_id])
    record(
        "certificate.withdrawn",
        by=by,
        subject_id=certificate.id,
        staff_id=certificate.staff_id,
        before={"valid_to": before},
        after={"number": certificate.number, "valid_to": certificate.valid_to, "withdrawn_on": plan.from_day},
        reason=reason,
    )
    _tell(f"certificate:{certificate.id}:withdrawn", plan, certificate.staff_id)
    db.session.expire_all()
    authorise_where_due(certificate.staff_id, by=by)


def stop(
    staff_id: int,
    plan: Plan,
    *,
    kind: StopKind,
    programme_id: int | None,
    until: date | None,
    reason: str,
    by: Actor,
    panel: Collection[int] = (),
) -> Stop:
    """Suspend or deselect a person from the plan's day on, and end what leans on their authorisations.

    `panel` are the staff ids of those who decided; a deselection takes as many as the service asks for. Raises Refused.
    """
    needed = current_app.config["DESELECTION_PANEL"]
    against = reasons_against_panel(kind, panel, person_id=staff_id, decider_id=by.staff_id, needed=needed)
    if against:
        raise Refused(*against)
    _insist_on_reason(reason, plan)
    _carry_out(plan, reason, by)
    row = Stop(
        staff_id=staff_id,
        programme_id=programme_id,
        kind=kind,
        from_day=plan.from_day,
        to_day=until or NO_END,
        reason=reason.strip(),
        decided_by_id=by.account_id,
        decided_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    db.session.add_all(
        StopRole(stop_id=row.id, staff_id=one, stopped_id=staff_id, part=StopPart.PANEL) for one in sorted(panel)
    )
    record(
        "stop.decided",
        by=by,
        subject_id=row.id,
        staff_id=staff_id,
        after={"kind": kind, "programme_id": programme_id, "from_day": row.from_day, "to_day": row.to_day},
        reason=reason,
    )
    _tell(f"stop:{row.id}:decided", plan, staff_id)
    db.session.expire_all()
    authorise_where_due(staff_id, by=by)
    return row


def end_appointment(appointment: Appointment, plan: Plan, *, reason: str, by: Actor) -> None:
    """End an appointment to supervise and, in the same transaction, all that leans on it."""
    _insist_on_reason(reason, plan)
    _carry_out(plan, reason, by)
    before = appointment.valid_to
    appointment.valid_to = min(before, plan.last)
    db.session.flush()
    record(
        "appointment.ended",
        by=by,
        subject_id=appointment.id,
        staff_id=appointment.staff_id,
        before={"valid_to": before},
        after={"programme_id": appointment.programme_id, "role": appointment.role, "valid_to": appointment.valid_to},
        reason=reason,
    )
    _tell(f"appointment:{appointment.id}:ended:{plan.from_day}", plan, appointment.staff_id)
    db.session.expire_all()


def leave(person: Staff, plan: Plan, *, reason: str, by: Actor) -> None:
    """Let somebody leave the service on the eve of the plan's day, and end what lies beyond in the same transaction."""
    _insist_on_reason(reason, plan)
    _carry_out(plan, reason, by)
    before, person.left_on = person.left_on, day_before(plan.from_day)
    db.session.flush()
    record(
        "staff.changed",
        by=by,
        subject_id=person.id,
        staff_id=person.id,
        before={"left_on": before},
        after={"left_on": person.left_on},
        reason=reason,
    )
    _tell(f"staff:{person.id}:left:{plan.from_day}", plan, person.id)
    db.session.expire_all()


def _tell(news: str, plan: Plan, staff_id: int) -> None:
    people = {spell.facilitator.email: spell.facilitator.name for spell in plan.assignments}
    people |= {link.supervisor.email: link.supervisor.name for link in plan.supervisions}
    whose = db.session.get_one(Staff, staff_id).name
    tell.of_withdrawal(news, plan.groups, people, whose=whose, from_day=plan.from_day)


def _plan(leaning: ColumnElement[bool], from_day: date) -> Plan:
    rights = db.session.scalars(
        select(Authorisation)
        .where(leaning, Authorisation.valid_to >= from_day)
        .order_by(Authorisation.id)
        .options(joinedload(Authorisation.staff))
    ).all()
    ids = [right.id for right in rights]
    supervisions = db.session.scalars(
        select(Supervision)
        .where(Supervision.authorisation_id.in_(ids), Supervision.ends_on >= from_day)
        .order_by(Supervision.id)
        .options(joinedload(Supervision.group), joinedload(Supervision.supervisor))
    ).all()
    later = _later_links(supervisions)
    touched = or_(
        Assignment.authorisation_id.in_(ids),
        Assignment.supervision_id.in_([link.id for link in (*supervisions, *later)]),
    )
    assignments = db.session.scalars(
        select(Assignment)
        .where(touched, Assignment.ends_on >= from_day)
        .order_by(Assignment.id)
        .options(joinedload(Assignment.group), joinedload(Assignment.facilitator))
    ).all()
    begun, losing = _places([spell.id for spell in assignments], from_day)
    return Plan(
        from_day=from_day,
        last=from_day if begun or _recorded(assignments, (*supervisions, *later), from_day) else day_before(from_day),
        authorisations=tuple(rights),
        supervisions=(*supervisions, *later),
        assignments=tuple(assignments),
        places=tuple(losing),
    )


def _places(spell_ids: list[int], from_day: date) -> tuple[bool, list[Place]]:
    """Return whether a session of the day itself has begun with somebody on it, and the places lost at later ones."""
    if not spell_ids:
        return False, []
    query = (
        select(Place)
        .where(Place.assignment_id.in_(spell_ids), Place.session_day >= from_day)
        .order_by(Place.session_day, Place.id)
        .options(joinedload(Place.session, innerjoin=True), joinedload(Place.facilitator, innerjoin=True))
    )
    found = db.session.scalars(query, execution_options={"populate_existing": True}).all()
    now = wall_clock()
    begun = [place for place in found if (place.session_day, place.session.starts_at) <= (now.date(), now.time())]
    return bool(begun), [place for place in found if place not in begun]


def _recorded(spells: Iterable[Assignment], links: Iterable[Supervision], day: date) -> bool:
    """True if a supervisor recorded something on the day that leans on one of the spells or supervisions."""
    spell_ids, link_ids = [spell.id for spell in spells], [link.id for link in links]
    on_it, contact, row = RecordSubject, WellbeingContact, SupervisorRecord
    leaning = (
        exists().where(on_it.assignment_id.in_(spell_ids), on_it.on_day >= day),
        exists().where(contact.assignment_id.in_(spell_ids), contact.on_day >= day),
        exists().where(row.supervision_id.in_(link_ids), row.held_on >= day),
        exists().where(contact.supervision_id.in_(link_ids), contact.on_day >= day),
    )
    return bool(db.session.scalar(select(or_(*leaning)))) if spell_ids or link_ids else False


def _later_links(ended: Iterable[Supervision]) -> list[Supervision]:
    """Return the links that follow an ended one: a chain has no hole, so they end with it."""
    first_ended: dict[int, date] = {}
    for link in ended:
        first_ended[link.group_id] = min(link.starts_on, first_ended.get(link.group_id, link.starts_on))
    if not first_ended:
        return []
    known = {link.id for link in ended}
    query = (
        select(Supervision)
        .where(Supervision.group_id.in_(first_ended))
        .options(joinedload(Supervision.group), joinedload(Supervision.supervisor))
    )
    return [
        link
        for link in db.session.scalars(query.order_by(Supervision.id))
        if link.id not in known and link.starts_on > first_ended[link.group_id]
    ]


def _insist_on_reason(reason: str, plan: Plan) -> None:
    reasons = []
    if not reason.strip():
        reasons.append(Reason(code="reason.missing", message="Say why.", field="reason"))
    if plan.from_day < clock.today():
        reasons.append(
            Reason(
                code="days.past",
                message="The first day cannot be in the past.",
                remedy="Days that are over stay as they were; a certificate found false is recorded as a breach.",
                earliest=clock.today(),
                field="from_day",
            )
        )
    if reasons:
        raise Refused(*reasons)


def _carry_out(plan: Plan, reason: str, by: Actor) -> None:
    last = plan.last
    release_places(plan.places)
    for assignment in plan.assignments:
        end_assignment(assignment, last, reason, by)
    db.session.flush()
    for group in {link.group for link in plan.supervisions}:
        first = min(link.starts_on for link in plan.supervisions if link.group is group)
        _halt(group, max(last, day_before(first)), reason, by)
    for link in sorted(plan.supervisions, key=lambda one: one.starts_on, reverse=True):
        _end_supervision(link, last, reason, by)
    db.session.flush()
    for right in plan.authorisations:
        _shorten(right, last, reason, by)
    db.session.flush()


def end_assignment(row: Assignment, last: date, reason: str, by: Actor) -> None:
    """End a spell with the day, or cancel it where it would begin later; its later places were let go of before."""
    values = {key: getattr(row, key) for key in ("facilitator_id", "supervisor_id", "starts_on", "ends_on", "group_id")}
    if row.starts_on > last:
        db.session.delete(row)
        event, after = "assignment.cancelled", None
    else:
        row.ends_on = last
        event, after = "assignment.ended", {"ends_on": last}
    record(
        event, by=by, subject_id=row.group_id, staff_id=row.facilitator_id, before=values, after=after, reason=reason
    )


def _halt(group: Group, last: date, reason: str, by: Actor) -> None:
    before = {"state": group.state, "supervised_to": group.supervised_to}
    group.state = GroupState.HALTED
    group.halted_reason = reason.strip()
    if group.supervised_from is not None and last < group.supervised_from:
        group.supervised_from = group.supervised_to = None
    else:
        group.supervised_to = last
    after = {"state": group.state, "supervised_to": group.supervised_to}
    record("group.halted", by=by, subject_id=group.id, before=before, after=after, reason=reason)


def _end_supervision(row: Supervision, last: date, reason: str, by: Actor) -> None:
    values = {key: getattr(row, key) for key in ("supervisor_id", "role", "starts_on", "ends_on", "group_id")}
    if row.starts_on > last:
        db.session.delete(row)
    else:
        row.ends_on = last
    record(
        "supervision.ended",
        by=by,
        subject_id=row.group_id,
        staff_id=row.supervisor_id,
        before=values,
        after={"ends_on": last},
        reason=reason,
    )


def _shorten(right: Authorisation, last: date, reason: str, by: Actor) -> None:
    before = right.valid_to
    right.valid_to = last
    record(
        "authorisation.shortened",
        by=by,
        subject_id=right.id,
        staff_id=right.staff_id,
        before={"role": right.role, "programme_id": right.programme_id, "valid_to": before},
        after={"valid_to": last},
        reason=reason,
    )
