"""Reads of a review: who the two are and what each said, and who could be the second."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import Row, select

from selection.centres import people
from selection.centres.roster import Candidate, Roster, Sits
from selection.centres.seats.actions import pairing_facts
from selection.core.db import db
from selection.models.centres import Centre
from selection.models.people import Staff
from selection.models.reviews import BorderlineReview, BorderlineView
from selection.rules.outcomes import Outcome
from selection.rules.pairing import reasons_against_pairing
from selection.rules.reviews import Resolvers, Review, View


@dataclass(frozen=True, kw_only=True, slots=True)
class Reviewed:
    """A review of the latest outcome of an exercise; `second` is the second person's name."""

    id: int
    outcome_id: int
    second: str
    facts: Review


def of_exercise(sitting: Sits, centre: Centre) -> Reviewed | None:
    """Return the review of the latest outcome of the exercise, the last one if there were several; one query.

    One that somebody began who was the chair before is over: who chairs now asks anew.
    """
    found = _of_outcomes([sitting.outcome.id]) if sitting.outcome else []
    return found[-1] if found and found[-1].facts.chair_id == centre.chair_id else None


def reviews_of(outcome_ids: Iterable[int]) -> dict[int, list[Review]]:
    """Return every review of the outcomes, by the outcome's id and in their order; one query."""
    found: dict[int, list[Review]] = {}
    for each in _of_outcomes(outcome_ids):
        found.setdefault(each.outcome_id, []).append(each.facts)
    return found


def _of_outcomes(outcome_ids: Iterable[int]) -> list[Reviewed]:
    query = (
        select(BorderlineReview, Staff.name, BorderlineView)
        .join(Staff, Staff.id == BorderlineReview.second_id)
        .outerjoin(BorderlineView, BorderlineView.review_id == BorderlineReview.id)
        .where(BorderlineReview.outcome_id.in_(list(outcome_ids)))
        .order_by(BorderlineReview.id, BorderlineView.id)
    )
    rows = db.session.execute(query).all()
    return [_reviewed(list(those)) for _, those in groupby(rows, key=lambda row: row[0].id)]


def _reviewed(rows: list[Row[BorderlineReview, str, BorderlineView]]) -> Reviewed:
    review, second = rows[0].BorderlineReview, rows[0].name
    views = [row.BorderlineView for row in rows if row.BorderlineView is not None]
    facts = Review(
        chair_id=review.chair_id,
        second_id=review.second_id,
        of_chair=_view(views, review.chair_id),
        of_second=_view(views, review.second_id),
    )
    return Reviewed(id=review.id, outcome_id=review.outcome_id, second=second, facts=facts)


def _view(views: Iterable[BorderlineView], reviewer_id: int) -> View | None:
    said = [view for view in views if view.reviewer_id == reviewer_id]
    return View(outcome=Outcome(said[-1].outcome), reason=said[-1].reason) if said else None


def people_for(
    found: Roster, candidate: Candidate, sitting: Sits, second_id: int, *, today: date
) -> tuple[Resolvers, Staff | None]:
    """Say who may review, and return the second person, whom the same two queries have read, if there is one.

    Of the second person it is asked whether they are current today, free of conflict, and have a login.
    """
    known = people.assessors_in_person([second_id], centre_id=found.centre.id)
    named = pairing_facts(candidate)
    free = (each.id for each, facts in known if not reasons_against_pairing(facts, named, on=today))
    resolvers = Resolvers(
        chair_id=found.centre.chair_id,
        candidate_id=candidate.staff_id,
        assessors=frozenset(free),
        sat_by=frozenset(seat.assessor_id for seat in sitting.seats),
        can_sign_in=frozenset(each.id for each, facts in known if facts.can_sign_in),
    )
    return resolvers, known[0][0] if known else None
