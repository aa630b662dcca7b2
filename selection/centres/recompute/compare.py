"""A decision computed once more: every way in which it would differ from what was signed."""

from collections.abc import Iterator
from itertools import groupby

from selection.centres.chair.grounds import form_hash
from selection.centres.chair.outcomes import rounded_down, says_the_same
from selection.centres.recompute import facts as reading
from selection.centres.recompute.facts import Facts, Judged, Signed
from selection.centres.washup import talks as talking
from selection.centres.washup.talks import Talks
from selection.centres.washup.written import Written
from selection.core.db import db
from selection.models.centres import Decision
from selection.models.scoring import ExerciseOutcome
from selection.rules.outcomes import ExerciseResult, Outcome, decide, exercise_result
from selection.rules.resits import stands_until
from selection.rules.reviews import resolved
from selection.rules.standards import ExerciseKind


def differences(centre_id: int | None) -> Iterator[tuple[Signed, tuple[str, ...]]]:
    """Yield every decision with all that would differ if it were made again; nothing, if it would be the same.

    One centre after the other, so that what is held at once does not grow with the number of decisions.
    """
    standards: dict[int, Judged] = {}
    for _, group in groupby(reading.signed(centre_id), key=lambda each: each.centre.id):
        those = list(group)
        facts = reading.of([each.decision for each in those])
        pinned = {standard_id for _, standard_id in facts.sittings.values()} | {those[0].centre.standard_id}
        standards |= {each: reading.judged(each) for each in pinned - standards.keys()}
        for one in those:
            yield one, tuple(_differences(one, facts, standards))
        db.session.expunge_all()


def _differences(one: Signed, facts: Facts, standards: dict[int, Judged]) -> Iterator[str]:
    decision = one.decision
    if standards[one.centre.standard_id].content_hash != decision.standard_hash:
        yield "the standard is not the one that it was signed under"
    results: dict[ExerciseKind, Outcome] = {}
    for kind in ExerciseKind:
        outcome = facts.outcomes.get(getattr(decision, f"{kind}_id") or 0)
        if outcome is None:
            continue
        sitting, standard_id = facts.sittings[outcome.sitting_id]
        judged = standards[standard_id]
        result, said = _result(outcome, facts, judged)
        results[kind] = result.outcome
        yield from (f"{kind.words}: {each}" for each in said)
        if result.outcome != getattr(decision, f"{kind}_result"):
            yield f"{kind.words}: {result.outcome.words}, and it was signed as {Outcome(outcome.result).words}"
        if sitting.candidacy_id != decision.candidacy_id:
            yield from (f"{kind.words}: {each}" for each in _of_standing(decision, kind, outcome, facts, judged))
    verdict = decide(results).decision
    if verdict != decision.result:
        yield f"the decision would be {verdict.value.replace('_', ' ')}, and it was signed as {decision.result}"


def _result(outcome: ExerciseOutcome, facts: Facts, judged: Judged) -> tuple[ExerciseResult, tuple[str, ...]]:
    """Return what the exercise comes to by its forms and moderations, and what is wrong on the way there."""
    if outcome.resolved_by_id is None:
        return _computed(outcome, facts, judged)
    borderline = facts.before(outcome)
    if borderline is None:
        return _computed(outcome, facts, judged)
    result, said = _computed(borderline, facts, judged)
    agreed = [each for each in facts.reviews.get(borderline.id, []) if each.agreed is not None]
    if result.outcome is not Outcome.BORDERLINE or not agreed:
        return result, (*said, "it was resolved without a borderline on which both reviewers said the same")
    return resolved(result, agreed[-1]), said


def _computed(outcome: ExerciseOutcome, facts: Facts, judged: Judged) -> tuple[ExerciseResult, tuple[str, ...]]:
    sitting, _ = facts.sittings[outcome.sitting_id]
    exercise = judged.facts.exercise(ExerciseKind(outcome.kind))
    written, talks, said = _grounds(outcome, facts)
    result = exercise_result(
        exercise,
        talking.moderated(exercise, written, talks, judged.facts),
        judged.facts,
        critical_incident_confirmed=talks.incident_confirmed,
        void_because=sitting.void_reason,
    )
    if rounded_down(result.mean) != outcome.mean or not says_the_same(outcome, result):
        said = (*said, "the arithmetic is not the one that was kept")
    return result, said


def _grounds(outcome: ExerciseOutcome, facts: Facts) -> tuple[list[Written], Talks, tuple[str, ...]]:
    """Return the forms and moderations that the outcome cites, and which of them are gone or are not as they were.

    An outcome from before grounds were kept cites none: of it, what there was at that moment is taken.
    """
    cited = facts.grounds.get(outcome.id, [])
    if not cited:
        return facts.written.get(outcome.sitting_id, []), _talks_before(outcome, facts), ()
    forms = {each.form_id: each.content_hash for each in cited if each.form_id is not None}
    kept = {each.moderation_id for each in cited if each.moderation_id is not None}
    written = [form for form in facts.written.get(outcome.sitting_id, []) if form.form_id in forms]
    talks = Talks()
    for row in facts.moderations.get(outcome.sitting_id, []):
        if row.id in kept:
            talks.add(row)
    said = [
        f"the form of {form.assessor} is not as it was" for form in written if form_hash(form) != forms[form.form_id]
    ]
    if len(written) < len(forms) or len(talks.every) < len(kept):
        said.append("a form or a moderation that it cites is gone")
    return written, talks, tuple(said)


def _talks_before(outcome: ExerciseOutcome, facts: Facts) -> Talks:
    talks = Talks()
    for row in facts.moderations.get(outcome.sitting_id, []):
        if row.at <= outcome.at:
            talks.add(row)
    return talks


def _of_standing(
    decision: Decision, kind: ExerciseKind, outcome: ExerciseOutcome, facts: Facts, judged: Judged
) -> Iterator[str]:
    row = facts.standing.get((decision.candidacy_id, kind))
    if row is None or row.outcome_id != outcome.id:
        yield "it was sat at another centre, and nothing says that it stood"
    elif row.stands_to != stands_until(Outcome(outcome.result), row.stands_from, judged.facts):
        yield "it did not stand as long as was counted"
