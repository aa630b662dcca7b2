"""One exercise of one candidate: who rated it, what they gave and noted, and what the wash-up made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from selection.commands.demo.notes import evidence
from selection.commands.demo.scores import EVIDENCE, REASON, Pattern
from selection.commands.demo.setting import Member, Setting
from selection.models.centres import Sitting
from selection.models.scoring import ExerciseOutcome, IndicatorMark, Moderation, Rating, RatingForm
from selection.models.standards import Competency, Exercise
from selection.rules.standards import Exercise as ExerciseFacts

BROKEN_OFF = "The exercise had to be broken off, and this was not reached."


class Filled(Enum):
    """How far an assessor is with a form."""

    BLANK = auto()
    BEGUN = auto()
    SEALED = auto()


@dataclass(frozen=True, kw_only=True, slots=True)
class Sat:
    """An exercise that a candidate sits."""

    candidacy_id: int
    candidate: Member
    exercise: Exercise
    facts: ExerciseFacts
    begins: datetime


def sit(
    setting: Setting,
    sat: Sat,
    assessors: Sequence[Member],
    *,
    pattern: Pattern | None = None,
    filled: Sequence[Filled] = (),
    with_marks: bool = False,
) -> int:
    """Let the candidate sit the exercise before the assessors, whose forms are filled as the pattern says."""
    sitting_id = setting.rows.add(
        Sitting,
        candidacy_id=sat.candidacy_id,
        staff_id=sat.candidate.id,
        exercise_id=sat.exercise.id,
        kind=sat.exercise.kind,
    )
    for seat, assessor in enumerate(assessors):
        form_id = setting.rows.add(
            RatingForm, sitting_id=sitting_id, staff_id=sat.candidate.id, assessor_id=assessor.id, third=False
        )
        if pattern is not None:
            _fill(setting, sat, form_id, seat, pattern, filled[seat], with_marks=with_marks)
    return sitting_id


def _fill(
    setting: Setting, sat: Sat, form_id: int, seat: int, pattern: Pattern, filled: Filled, *, with_marks: bool
) -> None:
    if filled is Filled.BLANK:
        return
    competencies = sat.exercise.competencies
    rated = competencies if filled is Filled.SEALED else competencies[: len(competencies) // 2]
    for competency, points in zip(rated, pattern.points[seat], strict=False):
        _rate(setting, form_id, competency, points)
        if with_marks:
            _mark(setting, form_id, competency, points)
    if filled is Filled.SEALED:
        sealed_at = sat.begins + timedelta(minutes=sat.exercise.minutes + 20 + seat * 7)
        setting.rows.change(RatingForm, form_id, global_judgement=pattern.judgements[seat], sealed_at=sealed_at)


def _rate(setting: Setting, form_id: int, competency: Competency, points: int | None) -> None:
    note, why = "", BROKEN_OFF
    if points is not None:
        note, why = evidence(competency, points, standard=setting.standard.scale_standard, rng=setting.rng), ""
    setting.rows.join(
        Rating,
        form_id=form_id,
        competency_id=competency.id,
        points=points,
        no_opportunity=points is None,
        why_no_opportunity=why,
        evidence=note,
    )


def _mark(setting: Setting, form_id: int, competency: Competency, points: int | None) -> None:
    good = points is not None and points >= setting.standard.scale_standard
    for indicator in competency.indicators:
        if setting.rng.randrange(3) == 0:
            continue
        seen = "seen" if indicator.contrary is not good else "not_seen"
        setting.rows.join(IndicatorMark, form_id=form_id, indicator_id=indicator.id, seen=seen)


def conclude(setting: Setting, sat: Sat, sitting_id: int, pattern: Pattern, at: datetime) -> int:
    """Settle what had to be discussed, and return the id of the outcome that the rules computed."""
    by_id = setting.actors["coordinator"].account_id
    grounds = {"sitting_id": sitting_id, "reason": REASON, "evidence": EVIDENCE, "by_id": by_id, "at": at}
    for competency_id, points in pattern.agreed.items():
        setting.rows.add(Moderation, matter="agreed", competency_id=competency_id, points=points, **grounds)
    if pattern.judgement_agreed is not None:
        setting.rows.add(Moderation, matter="judgement", global_judgement=pattern.judgement_agreed, **grounds)
    return setting.rows.add(
        ExerciseOutcome,
        sitting_id=sitting_id,
        staff_id=sat.candidate.id,
        kind=sat.exercise.kind,
        result=pattern.result.outcome,
        mean=pattern.mean,
        working={"lines": list(pattern.result.working)},
        by_id=by_id,
        at=at,
    )
