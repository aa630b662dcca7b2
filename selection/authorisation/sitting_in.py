"""Who sits in as a trainee comes off the coming sessions at which they may no longer sit in."""

from collections.abc import Sequence

from sqlalchemy import select

from selection.authorisation import gather
from selection.authorisation.places import coming, wall_clock
from selection.core.db import db
from selection.models.groups import Group
from selection.models.sessions import GroupSession, Trainee
from selection.rules.roles import Actor
from selection.rules.trainees import reasons_against_sitting_in
from selection.trail.record import entry, record_many

WHO_MAY_STAY = "trainee.authorised"
"""Whoever was authorised meanwhile sits in where that was agreed: it is a matter of words, and not of safety."""


def take_off_where_due(staff_id: int, *, reason: str, by: Actor) -> Sequence[Group]:
    """Take the person off the sessions to come at which they may no longer sit in; return the groups of these.

    What was decided about them is in the database already. One query for who sits in nowhere.
    """
    query = (
        select(Trainee, GroupSession, Group)
        .join(GroupSession, GroupSession.id == Trainee.session_id)
        .join(Group, Group.id == GroupSession.group_id)
        .where(Trainee.staff_id == staff_id, coming(wall_clock()))
        .order_by(GroupSession.day, GroupSession.id)
    )
    found = db.session.execute(query).all()
    if not found:
        return ()
    person = gather.person(staff_id)
    gone = [
        (row, at, group)
        for row, at, group in found
        if any(one.code != WHO_MAY_STAY for one in reasons_against_sitting_in(person, group.programme_id, at.day))
    ]
    for row, _, _ in gone:
        db.session.delete(row)
    record_many(
        [
            entry(
                "trainee.taken_off",
                by=by,
                subject_id=group.id,
                staff_id=staff_id,
                before={"title": at.title, "day": at.day},
                reason=reason,
            )
            for _, at, group in gone
        ]
    )
    db.session.flush()
    return list({group.id: group for _, _, group in gone}.values())
