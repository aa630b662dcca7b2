"""Decided candidates: each exercise comes to what the story needs, and the rules decide on that."""

from collections.abc import Sequence
from datetime import date, timedelta

from selection.commands.demo.certificates import selected
from selection.commands.demo.days import at, working_day
from selection.commands.demo.scores import Scores
from selection.commands.demo.setting import Member, Setting
from selection.commands.demo.sittings import Filled, Sat, conclude, sit
from selection.commands.demo.stories import PASSED_SELECTION, Story
from selection.models.appeals import Appeal, FeedbackRelease
from selection.models.centres import Decision
from selection.rules import outcomes
from selection.rules.outcomes import Decision as Decided
from selection.rules.outcomes import Outcome
from selection.rules.standards import ExerciseKind

RELEASED_AFTER, APPEALED_AFTER = 6, 9
"""Days from a decision to its feedback, and to an appeal against it."""

GROUNDS = "In the role play the actor had another brief than the one that I was given."
NOTES = (
    "",
    "Thank you for the way in which you took the questions.",
    "The notes on the role play are worth a second look.",
)

WITH_MARKS_MONTHS = 3
"""How many months back the marks of single indicators are kept in the demo."""


WAITED = 6
"""How many months ago those sat their centre who sit one exercise again at a coming one."""


def decide(
    setting: Setting, scores: Scores, exercises: Sequence[tuple[Sat, Sequence[Member]]], decided_on: date, chair_id: int
) -> dict[ExerciseKind, Outcome]:
    """Let the candidate sit the exercises before their assessors, sign the decision, and return what it rests on."""
    candidate = exercises[0][0].candidate
    wanted = _wanted(setting, candidate, len(exercises))
    leaning: dict[str, int | str] = {}
    found = {}
    for (sat, assessors), outcome in zip(exercises, wanted, strict=True):
        pattern = scores.of(sat.facts, outcome)
        marks = (candidate.months or 0) <= WITH_MARKS_MONTHS
        filled = [Filled.SEALED] * len(assessors)
        sitting_id = sit(setting, sat, assessors, pattern=pattern, filled=filled, with_marks=marks)
        outcome_id = conclude(setting, sat, sitting_id, pattern, at(decided_on, 14))
        kind = sat.facts.kind
        found[kind] = pattern.result.outcome
        leaning |= {f"{kind}_id": outcome_id, f"{kind}_kind": kind, f"{kind}_result": pattern.result.outcome}
    verdict = outcomes.decide(found)
    decision_id = setting.rows.add(
        Decision,
        candidacy_id=exercises[0][0].candidacy_id,
        staff_id=candidate.id,
        result=verdict.decision,
        decided_on=decided_on,
        signed_at=at(decided_on, 16, candidate.id % 60),
        chair_id=chair_id,
        reason=" ".join(reason.message for reason in verdict.reasons),
        standard_hash=setting.standard.content_hash,
        **leaning,
    )
    after = {"result": verdict.decision, **{str(kind): outcome for kind, outcome in found.items()}}
    setting.history.note(
        "decision.signed",
        at(decided_on, 16, candidate.id % 60),
        "coordinator",
        decision_id,
        staff_id=candidate.id,
        after=after,
    )
    _afterwards(setting, candidate, decision_id, verdict.decision, decided_on, chair_id)
    if candidate.story in PASSED_SELECTION:
        selected(setting, candidate, decision_id, decided_on)
    return found


def _afterwards(
    setting: Setting, candidate: Member, decision_id: int, result: Decided, decided_on: date, chair_id: int
) -> None:
    """Release the feedback some days later; let somebody who was not selected of late appeal, to be heard still."""
    by_id = setting.actors["coordinator"].account_id
    of = {"decision_id": decision_id, "staff_id": candidate.id, "decision_result": result, "by_id": by_id}
    released, lodged = (working_day(decided_on + timedelta(days=days)) for days in (RELEASED_AFTER, APPEALED_AFTER))
    if released < setting.today:
        when = at(released, 11, candidate.id % 60)
        setting.rows.add(FeedbackRelease, chair_id=chair_id, at=when, note=NOTES[candidate.id % len(NOTES)], **of)
        setting.history.note("feedback.released", when, "coordinator", decision_id, staff_id=candidate.id)
    newest = candidate.story == Story.NOT_YET and candidate.months == 1
    if newest and lodged < setting.today:
        setting.rows.add(Appeal, grounds=GROUNDS, lodged_on=lodged, lodged_at=at(lodged, 9), **of)


def _wanted(setting: Setting, candidate: Member, exercises: int) -> list[Outcome]:
    wanted = [Outcome.COMPETENT] * exercises
    if candidate.story == Story.DEFERRED:
        wanted[setting.rng.randrange(exercises)] = Outcome.INCOMPLETE
    if candidate.story == Story.NOT_YET:
        short = 1 if candidate.months == WAITED else setting.rng.choice((1, 1, 1, 2, 2, 3))
        for place in setting.rng.sample(range(exercises), short):
            wanted[place] = Outcome.NOT_YET
    return wanted
