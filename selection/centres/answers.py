"""What waits for one person: a view on a borderline, an appeal to hear, feedback to release or to read."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import Row, Select, func, literal, select, union_all
from sqlalchemy.orm import aliased

from selection.centres.appeals.queries import not_involved
from selection.centres.papers import papers_of
from selection.core import clock
from selection.core.db import db
from selection.core.scope import within
from selection.models.appeals import Appeal, AppealHearing, FeedbackRelease
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.reviews import BorderlineReview, BorderlineView
from selection.models.scoring import ExerciseOutcome
from selection.rules.roles import Actor, Permission
from selection.web.waiting import Waiting

_Query = Select[*tuple[Any, ...]]


TITLES = {
    "review": "Give your view on a borderline",
    "appeal": "Hear an appeal",
    "release": "Release feedback",
    "read": "Read your feedback",
}
READ_WITHIN = timedelta(days=28)
"""How long released feedback is named among what waits for the candidate."""


def waiting_for(by: Actor, today: date) -> Iterator[Waiting]:
    """Yield what waits for the person's own answer; one query, and one more for a standard that is new here."""
    if by.staff_id is None:
        return
    queries = [_reviews(by.staff_id), _to_read(by.staff_id, today)]
    if by.may(Permission.CENTRES_DECIDE):
        queries += [_appeals(by, by.staff_id), _to_release(by, by.staff_id)]
    for row in db.session.execute(union_all(*queries)):
        due = row.day + timedelta(days=papers_of(row.standard_id).facts.feedback_days * (row.what == "release"))
        title = TITLES[row.what] if row.many == 1 else f"Release feedback to {row.many} candidates"
        yield Waiting(title=title, detail=row.title, url=_url(row), due=None if row.what == "read" else due)


def _url(row: Row[*tuple[Any, ...]]) -> str:
    match row.what:
        case "review":
            return url_for("centres.review", review_id=row.id)
        case "appeal":
            return url_for("centres.hear", appeal_id=row.id)
        case "release":
            if row.many > 1:
                return url_for("centres.show", centre_id=row.centre_id)
            return url_for("centres.feedback", centre_id=row.centre_id, candidacy_id=row.id)
        case _:
            return url_for("centres.my_feedback", candidacy_id=row.id)


def _appeals(by: Actor, staff_id: int) -> _Query:
    """The appeals within reach that nobody has heard yet, of centres in which the person had no part."""
    return (
        select(literal("appeal"), Appeal.id, Centre.id, Centre.standard_id, Centre.title, Appeal.lodged_on, literal(1))
        .join(Decision, Decision.id == Appeal.decision_id)
        .join(Candidacy, Candidacy.id == Decision.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .outerjoin(AppealHearing, AppealHearing.appeal_id == Appeal.id)
        .where(AppealHearing.id.is_(None), within(Centre.area_id, by.reach(Permission.CENTRES_DECIDE)))
        .where(not_involved(staff_id))
    )


def _to_release(by: Actor, staff_id: int) -> _Query:
    """The centres that the person chairs with candidates whose feedback is not released."""
    return (
        select(
            *(literal("release"), func.min(Candidacy.id), Centre.id, Centre.standard_id, Centre.title),
            *(func.min(Decision.decided_on), func.count(Candidacy.id)),
        )
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Decision, Decision.candidacy_id == Candidacy.id)
        .outerjoin(FeedbackRelease, FeedbackRelease.decision_id == Decision.id)
        .where(Centre.chair_id == staff_id, within(Centre.area_id, by.reach(Permission.CENTRES_DECIDE)))
        .where(FeedbackRelease.id.is_(None))
        .group_by(Centre.id, Centre.standard_id, Centre.title)
    )


def _to_read(staff_id: int, today: date) -> _Query:
    """The feedback that was released to the person of late."""
    since = datetime.combine(today - READ_WITHIN, time(), clock.LONDON)
    return (
        select(literal("read"), Candidacy.id, Centre.id, Centre.standard_id, Centre.title, Centre.held_on, literal(1))
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Decision, Decision.candidacy_id == Candidacy.id)
        .join(FeedbackRelease, FeedbackRelease.decision_id == Decision.id)
        .where(Candidacy.staff_id == staff_id, FeedbackRelease.at >= since)
    )


def _reviews(staff_id: int) -> _Query:
    """The reviews in which the person is the second, and has given no view or differs from the chair."""
    review = BorderlineReview
    return (
        select(
            *(literal("review").label("what"), review.id.label("id"), Centre.id.label("centre_id")),
            *(Centre.standard_id.label("standard_id"), Centre.title.label("title"), Centre.held_on.label("day")),
            literal(1).label("many"),
        )
        .join(Sitting, Sitting.id == review.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(review.second_id == staff_id, review.id == _last_review(), review.outcome_id == _last_outcome())
        .where(review.chair_id == Centre.chair_id)
        .where(func.coalesce(_view(review.second_id), "") != func.coalesce(_view(review.chair_id), "-"))
    )


def _last_review() -> Any:
    other = aliased(BorderlineReview)
    return (
        select(func.max(other.id))
        .where(other.sitting_id == BorderlineReview.sitting_id)
        .correlate(BorderlineReview)
        .scalar_subquery()
    )


def _last_outcome() -> Any:
    return (
        select(func.max(ExerciseOutcome.id))
        .where(
            ExerciseOutcome.staff_id == BorderlineReview.staff_id,
            ExerciseOutcome.sitting_id == BorderlineReview.sitting_id,
        )
        .correlate(BorderlineReview)
        .scalar_subquery()
    )


def _view(reviewer: Any) -> Any:
    view = BorderlineView
    return (
        select(view.outcome)
        .where(view.review_id == BorderlineReview.id, view.reviewer_id == reviewer)
        .order_by(view.id.desc())
        .limit(1)
        .correlate(BorderlineReview)
        .scalar_subquery()
    )
