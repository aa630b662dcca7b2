"""The desk at which a supervisor writes: their days over a group, who was on it when, and the form that asks."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.delivery import SessionRecord
from selection.models.delivery import standing as recorded_last
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Staff
from selection.models.record_forms import RecordForm
from selection.models.sessions import GroupSession, Place
from selection.rules.records import AnswerKind, Draft, Form, Question, RecordKind, Subject
from selection.rules.roles import Actor
from selection.rules.sessions import SessionState
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Desk:
    """What somebody who supervises a group needs to write a record of a kind; with the session, if it is of one."""

    kind: RecordKind
    supervisor_id: int
    group: Group
    mine: tuple[Supervision, ...]
    spells: tuple[Assignment, ...]
    form: RecordForm
    session: GroupSession | None = None

    @property
    def asks(self) -> Form:
        """The form as the rules see it."""
        return form_facts(self.form)

    @property
    def people(self) -> tuple[Staff, ...]:
        """Who can be on the record, by name: who delivered the session, or was ever on the group under this person."""
        if self.session is not None:
            found = {place.facilitator_id: place.facilitator for place in self.session.places if place.in_room}
        else:
            found = {row.facilitator_id: row.facilitator for row in self.spells if self._is_mine(row)}
        return tuple(sorted(found.values(), key=lambda one: (one.sort_name, one.id)))

    def on_group(self, day: date) -> frozenset[int]:
        """Return who is on the group on the day."""
        return frozenset(row.facilitator_id for row in self.spells if row.starts_on <= day <= row.ends_on)

    def supervision_on(self, day: date) -> Supervision | None:
        """Return the row by which this person supervises the group on the day."""
        return next((row for row in self.mine if row.starts_on <= day <= row.ends_on), None)

    def spell_on(self, staff_id: int, day: date) -> Assignment | None:
        """Return the assignment by which somebody is on the group on the day."""
        return next(
            (row for row in self.spells if row.facilitator_id == staff_id and row.starts_on <= day <= row.ends_on), None
        )

    def draft(self, *, held_on: date, present: dict[int, bool], next_on: date | None, reason: str | None) -> Draft:
        """Return what the rules judge; `present` says of each person on the record whether they came."""
        on_day = held_on if self.session is None else self.session.day
        known = {one.id: one for one in self.people}
        return Draft(
            kind=self.kind,
            supervisor_id=self.supervisor_id,
            held_on=held_on,
            session_on=None if self.session is None else self.session.day,
            delivered_it=self.session is not None and self.supervisor_id in {one.id for one in self.people},
            supervises=tuple(Span(first=row.starts_on, last=row.ends_on) for row in self.mine),
            subjects=tuple(
                Subject(
                    staff_id=staff_id,
                    name=known[staff_id].name if staff_id in known else "Somebody",
                    on_day=on_day,
                    spells=tuple(
                        Span(first=row.starts_on, last=row.ends_on)
                        for row in self.spells
                        if row.facilitator_id == staff_id and staff_id in known
                    ),
                    present=here,
                )
                for staff_id, here in present.items()
            ),
            next_on=next_on,
            corrects=reason is not None,
            reason=reason or "",
        )

    def _is_mine(self, row: Assignment) -> bool:
        """True if this person supervises the group on one of the spell's days."""
        return row.facilitator_id != self.supervisor_id and any(
            link.starts_on <= row.ends_on and row.starts_on <= link.ends_on for link in self.mine
        )


def desk(
    group_id: int,
    kind: RecordKind,
    *,
    by: Actor,
    session_id: int | None = None,
    form_id: int | None = None,
    lock: bool = False,
) -> Desk:
    """Return the desk of whoever supervises, or supervised, the group; raises NotHere for anybody else.

    The form is the one named, or the newest that is published. With `lock` others wait who change the group.
    """
    if lock:
        db.session.scalars(select(Group.id).where(Group.id == group_id).with_for_update()).one_or_none()
    mine = tuple(
        db.session.scalars(
            select(Supervision)
            .join(Supervision.group)
            .where(Supervision.group_id == group_id, Supervision.supervisor_id == by.staff_id)
            .order_by(Supervision.starts_on)
            .options(
                contains_eager(Supervision.group).options(
                    joinedload(Group.programme, innerjoin=True), joinedload(Group.edition, innerjoin=True)
                )
            )
        )
    )
    form = _form(kind, form_id)
    if not mine or by.staff_id is None or form is None:
        raise NotHere
    spells = db.session.scalars(
        select(Assignment)
        .where(Assignment.group_id == group_id)
        .order_by(Assignment.starts_on)
        .options(joinedload(Assignment.facilitator, innerjoin=True))
    )
    return Desk(
        kind=kind,
        supervisor_id=by.staff_id,
        group=mine[0].group,
        mine=mine,
        spells=tuple(spells),
        form=form,
        session=None if session_id is None else _session(session_id, group_id, kind),
    )


def form_facts(form: RecordForm) -> Form:
    """Return the form as the rules see it."""
    return Form(
        kind=RecordKind(form.kind),
        scale_max=max((one.point for one in form.points), default=None),
        questions=tuple(
            Question(
                id=one.id,
                text=one.text,
                answer=AnswerKind(one.answer),
                required=one.required,
                from_facilitators=one.from_facilitators,
            )
            for one in form.questions
        ),
    )


def _form(kind: RecordKind, form_id: int | None) -> RecordForm | None:
    query = select(RecordForm).options(joinedload(RecordForm.points), joinedload(RecordForm.questions))
    published = select(RecordForm.id).where(RecordForm.kind == kind, RecordForm.state == "published")
    if form_id is not None:
        wanted = published.where(RecordForm.id == form_id)
    else:
        wanted = published.order_by(RecordForm.number.desc()).limit(1)
    return db.session.scalars(query.where(RecordForm.id == wanted.scalar_subquery())).unique().one_or_none()


def _session(session_id: int, group_id: int, kind: RecordKind) -> GroupSession:
    """Return the session, which must have been held; for a review, with a recording that is kept."""
    query = (
        select(GroupSession)
        .where(
            GroupSession.id == session_id,
            GroupSession.group_id == group_id,
            GroupSession.state == SessionState.HELD,
        )
        .options(
            joinedload(GroupSession.module, innerjoin=True),
            selectinload(GroupSession.places).joinedload(Place.facilitator, innerjoin=True),
        )
    )
    if kind is RecordKind.REVIEW:
        kept = exists().where(
            SessionRecord.session_id == GroupSession.id, SessionRecord.recording != "", recorded_last()
        )
        query = query.where(kept)
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotHere
    return found
