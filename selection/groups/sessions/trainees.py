"""Trainees sit in at sessions and are taken off again; they fill no place."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from selection.authorisation import gather
from selection.authorisation.places import wall_clock
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.core.scope import within
from selection.groups.sessions.diary import Diary, sitting
from selection.models.people import Staff
from selection.models.sessions import GroupSession, Trainee
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.trainees import reasons_against_sitting_in
from selection.trail.record import entry, record, record_many


def sit_in(known: Diary, sessions: Sequence[GroupSession], number: str, *, by: Actor) -> Staff:
    """Let the trainee with the staff number sit in at the sessions that are still to come; raises Refused."""
    query = select(Staff).where(Staff.number == number, within(Staff.area_id, by.reach(Permission.PEOPLE_READ)))
    person = db.session.scalars(query).one_or_none()
    if person is None:
        raise Refused(
            Reason(
                code="staff.unknown",
                message=f"Nobody of your areas has the number {number}.",
                remedy="Check the number.",
                field="number",
            )
        )
    coming = [one for one in sessions if not sitting(one).is_fixed(wall_clock())]
    facts, programme_id = gather.person(person.id), known.group.programme_id
    reasons = {
        reason.code: Reason(code=reason.code, message=reason.message, remedy=reason.remedy, field="number")
        for one in coming
        for reason in reasons_against_sitting_in(facts, programme_id, one.day)
    }
    if not coming:
        reasons["session.fixed"] = Reason(
            code="session.fixed", message="The session has begun or is recorded.", field="number"
        )
    if reasons:
        raise Refused(*reasons.values())
    sits_in = select(Trainee.session_id).where(Trainee.staff_id == person.id)
    there = set(db.session.scalars(sits_in.where(Trainee.session_id.in_([at.id for at in coming]))))
    new = [at for at in coming if at.id not in there]
    db.session.add_all(
        Trainee(session_id=at.id, staff_id=person.id, agreed_by_id=by.account_id, agreed_at=clock.now()) for at in new
    )
    db.session.flush()
    about: dict[str, Any] = {"by": by, "subject_id": known.group.id, "staff_id": person.id}
    record_many([entry("trainee.sits_in", **about, after={"title": at.title, "day": at.day}) for at in new])
    return person


def take_off(known: Diary, at: GroupSession, staff_id: int, *, by: Actor) -> Staff:
    """Take a trainee off a session that has not begun; raises NotHere and Refused."""
    row = next((one for one in at.trainees if one.staff_id == staff_id), None)
    if row is None:
        raise NotHere
    if sitting(at).is_fixed(wall_clock()):
        raise Refused(Reason(code="session.fixed", message="The session has begun or is recorded."))
    person = row.staff
    db.session.delete(row)
    record(
        "trainee.taken_off",
        by=by,
        subject_id=known.group.id,
        staff_id=staff_id,
        before={"title": at.title, "day": at.day},
    )
    db.session.flush()
    return person
