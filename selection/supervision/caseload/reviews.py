"""What each facilitator delivered and what of it was reviewed, and so which reviews are still due."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select

from selection.core.db import db
from selection.models.groups import Group
from selection.models.programmes import Edition, Module
from selection.models.sessions import GroupSession, Place
from selection.models.supervision import RecordSubject, SupervisorRecord
from selection.rules.programmes import PERIODS
from selection.rules.records import RecordKind
from selection.rules.sessions import SessionState
from selection.rules.supervising import ASKED_FOR, Delivered, ReviewDue, period_of, reviews_due
from selection.supervision.records.queries import standing as stands

_NOTHING: list[Delivered] = []
LONGEST = max(PERIODS)


def reviews_due_of(staff_ids: Collection[int], today: date) -> Mapping[int, tuple[ReviewDue, ...]]:
    """Return the reviews that are still due of each of the people, by staff id; two queries."""
    since = period_of(today - ASKED_FOR, LONGEST).first
    sessions = (
        select(
            *(Place.facilitator_id, GroupSession.day, GroupSession.group_id, GroupSession.module_id, Module.title),
            Edition.review_months,
        )
        .join(GroupSession, GroupSession.id == Place.session_id)
        .join(Group, Group.id == GroupSession.group_id)
        .join(Edition, Edition.id == Group.edition_id)
        .join(Module, Module.id == GroupSession.module_id)
        .where(Place.facilitator_id.in_(staff_ids), GroupSession.day >= since)
    )
    delivered = _by_person(sessions.where(Place.in_room, GroupSession.state == SessionState.HELD))
    reviewed = _by_person(
        sessions.join(
            RecordSubject,
            (RecordSubject.session_id == GroupSession.id) & (RecordSubject.facilitator_id == Place.facilitator_id),
        )
        .join(SupervisorRecord, SupervisorRecord.id == RecordSubject.record_id)
        .where(RecordSubject.kind == RecordKind.REVIEW, stands())
    )
    return {
        staff_id: reviews_due(delivered.get(staff_id, _NOTHING), reviewed.get(staff_id, _NOTHING), today=today)
        for staff_id in staff_ids
    }


def _by_person(query: object) -> Mapping[int, list[Delivered]]:
    found: defaultdict[int, list[Delivered]] = defaultdict(list)
    for staff_id, day, group_id, module_id, module, months in db.session.execute(query):  # type: ignore[call-overload]
        found[staff_id].append(Delivered(day=day, run=(group_id, module_id), module=module, months=months))
    return found
