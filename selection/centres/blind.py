"""What is closed to somebody whatever their role: the query leaves it out.

To who reviews a borderline, the candidate's other exercises; to a candidate, the centre at which they sit.
"""

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, not_, or_, select
from sqlalchemy.orm import aliased

from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.reviews import BorderlineReview
from selection.models.scoring import ExerciseOutcome
from selection.rules.outcomes import Outcome
from selection.rules.roles import Actor


def not_of_oneself(viewer: Actor) -> ColumnElement[bool]:
    """Return the condition, on a query of Centre, that the viewer is none of its candidates.

    What a candidate reads of a centre is on their own pages: they neither run it nor read what assessors wrote of them,
    in whatever other role they could.
    """
    own = select(Candidacy.id).where(Candidacy.centre_id == Centre.id, Candidacy.staff_id == viewer.staff_id)
    return not_(own.correlate(Centre).exists())


def withheld_from(viewer: Actor) -> ColumnElement[bool]:
    """Return the condition, on a query of Sitting and Centre, that the exercise is closed to the viewer.

    It is while they review a borderline of the same candidate: the chair of the centre, and whoever was named as the
    second person. Of several borderlines, they take one after the other, in the order in which they were sat.
    """
    other = aliased(Sitting)
    named = select(BorderlineReview.id).where(
        BorderlineReview.sitting_id == other.id, BorderlineReview.second_id == viewer.staff_id
    )
    waits = select(other.id).where(
        other.candidacy_id == Sitting.candidacy_id,
        other.id != Sitting.id,
        _is_borderline(other),
        or_(Centre.chair_id == viewer.staff_id, named.correlate(other).exists()),
        or_(not_(_is_borderline(Sitting)), Sitting.id > other.id),
    )
    return waits.correlate(Sitting, Centre).exists()


def _is_borderline(sitting: Any) -> ColumnElement[bool]:
    return func.coalesce(_latest(sitting), "") == Outcome.BORDERLINE


def _latest(sitting: Any) -> ScalarSelect[str]:
    return (
        select(ExerciseOutcome.result)
        .where(ExerciseOutcome.staff_id == sitting.staff_id, ExerciseOutcome.sitting_id == sitting.id)
        .order_by(ExerciseOutcome.id.desc())
        .limit(1)
        .correlate(sitting)
        .scalar_subquery()
    )
