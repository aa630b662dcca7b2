"""Verbs on records: keep a draft, sign it, discard it, correct what is signed. Only its supervisor does any of them."""

from collections.abc import Sequence

from sqlalchemy import delete, or_, select

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.models.supervision import RecordAction, RecordAnswer, RecordSubject, SupervisorRecord
from selection.rules.reasons import Reason
from selection.rules.records import another_of_the_day, reasons_against_keeping, reasons_against_signing
from selection.rules.roles import Actor
from selection.supervision.agreed.actions import carry_over
from selection.supervision.records.desk import Desk, desk
from selection.supervision.records.queries import standing
from selection.supervision.records.written import Written, actions_of, answers_of, written_on
from selection.trail.record import record as leave_trail

KEPT = ("kind", "group_id", "held_on", "session_id", "next_on")


def keep(
    at: Desk,
    written: Written,
    *,
    of: SupervisorRecord | None = None,
    corrects: SupervisorRecord | None = None,
    reason: str | None = None,
    signed: bool = False,
    by: Actor,
) -> SupervisorRecord:
    """Keep what was written as a draft, new or in the place of the draft `of`, or sign it; raises Refused.

    The same record sent twice is one; another of the same day on the same people is refused, so that neither takes the
    other's place unseen. A draft that corrects a signed record gives a reason.
    """
    why = reason if reason is not None else (of.reason if of is not None and of.corrects_id else None)
    today = clock.today()

    def judged(desk_now: Desk) -> tuple[Reason, ...]:
        draft = desk_now.draft(
            held_on=written.held_on, present=dict(written.present), next_on=written.next_on, reason=why
        )
        return reasons_against_keeping(draft, today=today)

    if reasons := (*judged(at), *(_against_signing(at, written) if signed else ())):
        raise Refused(*reasons)
    row = of or (None if corrects is not None else _sent_before(at, written))
    if row is not None and row.signed_at is not None:
        return row
    group_id, kind, session_id = at.group.id, at.kind, None if at.session is None else at.session.id
    with refused_with(lambda: judged(desk(group_id, kind, by=by, session_id=session_id, lock=True))):
        row = _header(at, written, row, corrects, why, by)
        _write(at, written, row)
        if signed:
            _sign(row, written, by)
    return row


def _header(
    at: Desk,
    written: Written,
    row: SupervisorRecord | None,
    corrects: SupervisorRecord | None,
    why: str | None,
    by: Actor,
) -> SupervisorRecord:
    under = at.supervision_on(written.held_on)
    assert under is not None
    made = row is None
    if row is None:
        row = SupervisorRecord(
            kind=at.kind,
            group_id=at.group.id,
            supervisor_id=at.supervisor_id,
            session_id=None if at.session is None else at.session.id,
            form_id=at.form.id,
            made_at=clock.now(),
            made_by_id=by.account_id,
            corrects_id=None if corrects is None else corrects.id,
        )
        db.session.add(row)
    else:
        for part in (RecordAnswer, RecordAction, RecordSubject):
            db.session.execute(delete(part).where(part.record_id == row.id))
    row.held_on, row.next_on, row.reason = written.held_on, written.next_on, (why or "").strip()
    row.supervision_id, row.supervision_from, row.supervision_to = under.id, under.starts_on, under.ends_on
    db.session.flush()
    leave_trail(
        "supervisor_record.drafted" if made else "supervisor_record.changed",
        by=by,
        subject_id=row.id,
        after={key: getattr(row, key) for key in KEPT},
        reason=row.reason,
    )
    return row


def _write(at: Desk, written: Written, row: SupervisorRecord) -> None:
    on_day = row.held_on if at.session is None else at.session.day
    for position, (staff_id, present) in enumerate(written.present.items(), start=1):
        spell = at.spell_on(staff_id, on_day)
        assert spell is not None
        db.session.add(
            RecordSubject(
                record_id=row.id,
                facilitator_id=staff_id,
                kind=row.kind,
                group_id=row.group_id,
                supervisor_id=row.supervisor_id,
                held_on=row.held_on,
                session_id=row.session_id,
                on_day=on_day,
                position=position,
                present=present,
                assignment_id=spell.id,
                assignment_from=spell.starts_on,
                assignment_to=spell.ends_on,
            )
        )
    db.session.flush()
    db.session.add_all(answers_of(written, row))
    db.session.add_all(actions_of(written, row))


def _sent_before(at: Desk, written: Written) -> SupervisorRecord | None:
    """Return the record that says just this already; raises Refused if there is another of the day on these people."""
    found = [row for row in _of_that_day(at, written) if set(_people_of(row)) == set(written.present)]
    if not found:
        return None
    same = next((row for row in found if written_on(row).essence == written.essence), None)
    if same is None:
        raise Refused(another_of_the_day(at.kind, written.held_on, signed=found[0].signed_at is not None))
    return same


def _of_that_day(at: Desk, written: Written) -> Sequence[SupervisorRecord]:
    """Return this person's drafts and standing records of the day, but for corrections."""
    query = select(SupervisorRecord).where(
        SupervisorRecord.supervisor_id == at.supervisor_id,
        SupervisorRecord.kind == at.kind,
        SupervisorRecord.group_id == at.group.id,
        SupervisorRecord.held_on == written.held_on,
        SupervisorRecord.session_id.is_(None) if at.session is None else SupervisorRecord.session_id == at.session.id,
        SupervisorRecord.corrects_id.is_(None),
        or_(SupervisorRecord.signed_at.is_(None), standing()),
    )
    return db.session.scalars(query.order_by(SupervisorRecord.id)).all()


def _people_of(row: SupervisorRecord) -> Sequence[int]:
    return db.session.scalars(select(RecordSubject.facilitator_id).where(RecordSubject.record_id == row.id)).all()


def sign(row: SupervisorRecord, at: Desk, *, by: Actor) -> None:
    """Sign a draft that is whole; from then on it stays as it is. Raises Refused with everything that is missing."""
    if row.signed_at is not None:
        return
    written = written_on(row)
    if reasons := _against_signing(at, written):
        raise Refused(*reasons)
    _sign(row, written, by)


def _against_signing(at: Desk, written: Written) -> tuple[Reason, ...]:
    names = {one.id: one.name for one in at.people}
    present = {staff_id: names.get(staff_id, "Somebody") for staff_id, here in written.present.items() if here}
    return reasons_against_signing(
        at.asks, present, words=written.words, ratings=written.ratings, next_on=written.next_on
    )


def _sign(row: SupervisorRecord, written: Written, by: Actor) -> None:
    db.session.flush()
    row.signed_at = clock.now()
    for staff_id in written.present:
        leave_trail(
            "supervisor_record.signed",
            by=by,
            subject_id=row.id,
            staff_id=staff_id,
            after={key: getattr(row, key) for key in KEPT},
            reason=row.reason,
        )
    db.session.flush()
    if row.corrects_id is not None:
        carry_over(row, by=by)


def discard(row: SupervisorRecord, *, by: Actor) -> None:
    """Throw a draft away; raises Refused for what is signed."""
    if row.signed_at is not None:
        raise Refused(
            Reason(
                code="record.signed", message="It is signed, and stays.", remedy="Correct it by a record of its own."
            )
        )
    leave_trail(
        "supervisor_record.discarded", by=by, subject_id=row.id, before={key: getattr(row, key) for key in KEPT}
    )
    for part in (RecordAnswer, RecordAction, RecordSubject):
        db.session.execute(delete(part).where(part.record_id == row.id))
    db.session.delete(row)
    db.session.flush()


def correct(row: SupervisorRecord, at: Desk, *, reason: str, by: Actor) -> SupervisorRecord:
    """Begin a correction of a signed record: a draft of its own that starts from what stands; raises Refused.

    What is corrected already is not corrected again; its correction is.
    """
    reasons: Sequence[Reason] = ()
    if row.signed_at is None:
        reasons = (Reason(code="record.draft", message="It is a draft.", remedy="Change it as it is."),)
    elif (later := correction_of(row.id)) is not None and later.signed_at is not None:
        reasons = (Reason(code="record.corrected", message="It is corrected already.", remedy="Correct that one."),)
    elif later is not None:
        return later
    if reasons:
        raise Refused(*reasons)
    return keep(at, written_on(row), corrects=row, reason=reason, by=by)


def correction_of(record_id: int) -> SupervisorRecord | None:
    """Return the record, draft or signed, that corrects this one."""
    return db.session.scalars(select(SupervisorRecord).where(SupervisorRecord.corrects_id == record_id)).one_or_none()
