"""What waits for an answer of one person: a view on a borderline."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.reviews import BorderlineReview, BorderlineView
from selection.models.scoring import ExerciseOutcome
from selection.rules.roles import Actor
from selection.web.waiting import Waiting

_Query = Select[*tuple[Any, ...]]


def waiting_for(by: Actor) -> Iterator[Waiting]:
    """Yield what waits for the person's own answer; one query."""
    if by.staff_id is None:
        return
    for row in db.session.execute(union_all(_reviews(by.staff_id))):
        yield Waiting(
            title="Give your view on a borderline",
            detail=row.title,
            url=url_for("centres.review", review_id=row.id),
            due=row.day,
        )


def _reviews(staff_id: int) -> _Query:
    """The reviews in which the person is the second, and has given no view or differs from the chair."""
    review = BorderlineReview
    return (
        select(literal("review").label("what"), review.id, Centre.title, Centre.held_on.label("day"))
        .join(Sitting, Sitting.id == review.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(review.second_id == staff_id, review.id == _last_review(), review.outcome_id == _last_outcome())
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
