"""What waits at assessment centres for a person: forms to seal, a wash-up to hold, decisions to sign, seats to fill."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy import Select, Subquery, and_, case, distinct, func, not_, or_, select

from selection.centres import answers
from selection.centres.blind import not_of_oneself
from selection.centres.rosters import tied
from selection.core.db import db
from selection.core.scope import within
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.grounds import OutcomeGround
from selection.models.people import Staff
from selection.models.scoring import ExerciseOutcome, RatingForm
from selection.models.standards import Standard
from selection.rules.outcomes import Outcome
from selection.rules.roles import Actor, Permission
from selection.web.waiting import Waiting


def waiting_for(by: Actor, today: date) -> tuple[Waiting, ...]:
    """Return what waits for the actor at assessment centres: to rate, to run, and to answer; a query each."""
    return (*_to_rate(by), *_to_run(by, today), *answers.waiting_for(by, today))


def _to_rate(by: Actor) -> Iterator[Waiting]:
    if by.staff_id is None or not by.may(Permission.CENTRES_RATE):
        return
    query = (
        select(Centre.title, Centre.held_on, func.count(RatingForm.id), func.min(RatingForm.id))
        .join(Candidacy, Candidacy.centre_id == Centre.id)
        .join(Sitting, Sitting.candidacy_id == Candidacy.id)
        .join(RatingForm, RatingForm.sitting_id == Sitting.id)
        .join(Staff, Staff.id == RatingForm.staff_id)
        .outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
        .where(RatingForm.assessor_id == by.staff_id, RatingForm.sealed_at.is_(None), not_(tied()))
        .where(Sitting.void_reason == "", Centre.closed_at.is_(None), Decision.id.is_(None))
        .group_by(Centre.id)
        .order_by(Centre.held_on)
    )
    for title, held_on, forms, first in db.session.execute(query):
        one = forms == 1
        url = url_for("centres.rating_form", form_id=first) if one else url_for("centres.my_ratings")
        yield Waiting(
            title="Seal a rating form" if one else f"Seal {forms} rating forms", detail=title, url=url, due=held_on
        )


def _to_run(by: Actor, today: date) -> Iterator[Waiting]:
    if not by.may(Permission.CENTRES_RUN) and not by.may(Permission.CENTRES_DECIDE):
        return
    runs = and_(within(Centre.area_id, by.reach(Permission.CENTRES_RUN)), not_of_oneself(by))
    chairs = and_(Centre.chair_id == by.staff_id, within(Centre.area_id, by.reach(Permission.CENTRES_DECIDE)))
    query = _counts().where(Centre.closed_at.is_(None), or_(runs, chairs)).order_by(Centre.held_on)
    for row in db.session.execute(query):
        if row.chair_id == by.staff_id:
            yield from _to_chair(row.id, row.title, row.held_on, row.to_settle, row.to_sign)
        if row.open_seats and by.reach(Permission.CENTRES_RUN).takes_in(row.area_id):
            seats = "A place has no assessor" if row.open_seats == 1 else f"{row.open_seats} places have no assessor"
            url = url_for("centres.seats", centre_id=row.id)
            yield Waiting(title=seats, detail=row.title, url=url, due=max(row.held_on, today))


def _to_chair(centre_id: int, title: str, held_on: date, to_settle: int, to_sign: int) -> Iterator[Waiting]:
    if to_settle:
        words = "an exercise" if to_settle == 1 else f"{to_settle} exercises"
        url = url_for("centres.wash_up", centre_id=centre_id)
        yield Waiting(title=f"Settle {words} at the wash-up", detail=title, url=url, due=held_on)
    if to_sign:
        words = "a decision" if to_sign == 1 else f"{to_sign} decisions"
        url = url_for("centres.show", centre_id=centre_id)
        yield Waiting(title=f"Sign {words}", detail=title, url=url, due=held_on)


def _counts() -> Select[*tuple[Any, ...]]:
    """Count, per centre, open places, exercises revealed and not settled, and candidates ready to be signed."""
    sitting = _of_sittings()
    seated, sealed, needed = sitting.c.seated, sitting.c.sealed, Standard.assessors_per_exercise
    late = and_(sitting.c.sealed_since, sitting.c.result != Outcome.VOID)
    unsettled = or_(sitting.c.result.is_(None), sitting.c.result == Outcome.BORDERLINE, late)
    to_settle = and_(sitting.c.void_reason == "", seated >= needed, sealed == seated, unsettled)
    lacking = case((and_(sitting.c.void_reason == "", seated < needed), needed - seated), else_=0)
    unready = func.count(distinct(case((unsettled, Candidacy.id))))
    return (
        select(
            *(Centre.id, Centre.title, Centre.held_on, Centre.chair_id, Centre.area_id),
            func.sum(lacking).label("open_seats"),
            func.sum(case((to_settle, 1), else_=0)).label("to_settle"),
            (func.count(distinct(Candidacy.id)) - unready).label("to_sign"),
        )
        .join(Standard, Standard.id == Centre.standard_id)
        .join(Candidacy, Candidacy.centre_id == Centre.id)
        .join(sitting, sitting.c.candidacy_id == Candidacy.id)
        .outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
        .where(Decision.id.is_(None))
        .group_by(Centre.id)
    )


def _of_sittings() -> Subquery:
    """Say of every exercise how many are appointed to it, how many of those have sealed, and its latest outcome.

    `sealed_since` is true if that does not rest on what a third assessor has sealed.
    """
    appointed = (
        select(func.count(RatingForm.id))
        .where(RatingForm.sitting_id == Sitting.id, not_(RatingForm.third))
        .correlate(Sitting)
    )
    latest = (
        select(ExerciseOutcome)
        .where(ExerciseOutcome.staff_id == Sitting.staff_id, ExerciseOutcome.sitting_id == Sitting.id)
        .order_by(ExerciseOutcome.id.desc())
        .limit(1)
        .correlate(Sitting)
    )
    latest_id = latest.with_only_columns(ExerciseOutcome.id).scalar_subquery()
    cites = select(OutcomeGround.id).where(
        OutcomeGround.outcome_id == latest_id, OutcomeGround.form_id == RatingForm.id
    )
    late = select(RatingForm.id).where(
        *(RatingForm.sitting_id == Sitting.id, RatingForm.third, RatingForm.sealed_at.is_not(None)),
        not_(cites.correlate(RatingForm, Sitting).exists()),
    )
    return select(
        *(Sitting.candidacy_id, Sitting.void_reason),
        appointed.scalar_subquery().label("seated"),
        appointed.where(RatingForm.sealed_at.is_not(None)).scalar_subquery().label("sealed"),
        latest.with_only_columns(ExerciseOutcome.result).scalar_subquery().label("result"),
        late.correlate(Sitting).exists().label("sealed_since"),
    ).subquery()
