"""A borderline at a centre that waits for its wash-up: the chair has asked for a second view, and nobody has spoken."""

from collections.abc import Sequence
from datetime import timedelta

from selection.commands.demo.scores import Scores
from selection.commands.demo.setting import Member, Setting
from selection.commands.demo.sittings import Filled, Sat, conclude, sit
from selection.models.reviews import BorderlineReview
from selection.rules.outcomes import Outcome


def review(
    setting: Setting, scores: Scores, sat: Sat, assessors: Sequence[Member], *, chair_id: int, second: Member
) -> None:
    """Let the exercise come to a borderline, and the chair ask the second person for a view."""
    pattern = scores.of(sat.facts, Outcome.BORDERLINE)
    filled = [Filled.SEALED] * len(assessors)
    sitting_id = sit(setting, sat, assessors, pattern=pattern, filled=filled, with_marks=True)
    asked_at = sat.begins + timedelta(days=1)
    outcome_id = conclude(setting, sat, sitting_id, pattern, asked_at)
    setting.rows.add(
        BorderlineReview,
        sitting_id=sitting_id,
        staff_id=sat.candidate.id,
        kind=sat.facts.kind,
        outcome_id=outcome_id,
        chair_id=chair_id,
        second_id=second.id,
        by_id=setting.actors["coordinator"].account_id,
        at=asked_at,
    )
    after = {"kind": sat.facts.kind, "resolved_by_id": chair_id, "seconded_by_id": second.id}
    setting.history.note("review.asked", asked_at, "coordinator", sitting_id, staff_id=sat.candidate.id, after=after)
