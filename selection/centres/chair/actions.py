"""What the chair settles at the wash-up; every act leaves a row of its own, and the latest on a matter counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from selection.centres import people, tell
from selection.centres.chair.outcomes import compute
from selection.centres.guards import insist, insist_on_acting
from selection.centres.papers import papers_of
from selection.centres.seats.actions import pairing_facts
from selection.centres.washup import talks as talking
from selection.centres.washup.queries import Table
from selection.core import clock
from selection.core.db import db
from selection.models.people import Staff
from selection.models.scoring import Moderation, RatingForm
from selection.rules import pairing
from selection.rules.centres import reasons_against_incident, reasons_against_third
from selection.rules.moderation import (
    Discussion,
    JudgementDiscussion,
    reasons_against_settling,
    reasons_against_settling_judgement,
)
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.scoring import GlobalJudgement
from selection.trail.record import record

NO_OPPORTUNITY, MEDIAN = "none", "third"
VALUE_FIELDS = {
    "points": "value",
    "no_opportunity": "value",
    "third.points": "value",
    "third.evidence": "value",
    "third.assessor_id": "value",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Agreed:
    """What was agreed on a competency: points as a figure, `none` for no opportunity, `third` for the median."""

    competency_id: int
    value: str
    reason: str
    evidence: str


def settle(table: Table, agreed: Agreed, *, by: Actor) -> None:
    """Record what was agreed on a competency that had to be discussed, or raise Refused."""
    insist_on_acting(table, by)
    third = table.sealed_third if agreed.value == MEDIAN else None
    discussion = Discussion(
        competency=agreed.competency_id,
        points=int(agreed.value) if agreed.value.isdigit() else None,
        no_opportunity=agreed.value == NO_OPPORTUNITY,
        reason=agreed.reason,
        evidence=agreed.evidence,
        third=talking.third_rating(third, agreed.competency_id) if third else None,
    )
    panel = talking.panel(table.sitting.kind, table.written)
    standard = papers_of(table.centre.standard_id).facts
    reasons = reasons_against_settling(discussion, panel, table.exercise.facts, standard)
    insist(*at_fields(reasons, VALUE_FIELDS))
    row = Moderation(
        matter="third_assessor" if third else "agreed",
        competency_id=agreed.competency_id,
        points=discussion.points,
        no_opportunity=discussion.no_opportunity,
        third_form_id=third.form_id if third else None,
        reason=agreed.reason.strip(),
        evidence=agreed.evidence.strip(),
    )
    _keep(table, row, table.talks.competencies.get(agreed.competency_id), by)


def settle_judgement(table: Table, judgement: str, *, reason: str, evidence: str, by: Actor) -> None:
    """Record the agreed judgement of the whole exercise where the assessors' judgements straddle, or raise Refused."""
    insist_on_acting(table, by)
    agreed = GlobalJudgement(judgement) if judgement else None
    discussion = JudgementDiscussion(judgement=agreed, reason=reason, evidence=evidence)
    panel = talking.panel(table.sitting.kind, table.written)
    standard = papers_of(table.centre.standard_id).facts
    insist(*reasons_against_settling_judgement(discussion, panel, standard))
    row = Moderation(matter="judgement", global_judgement=judgement, reason=reason.strip(), evidence=evidence.strip())
    _keep(table, row, table.talks.judgement, by)


def settle_incident(table: Table, *, confirmed: bool, reason: str, by: Actor) -> None:
    """Record whether a reported critical incident is confirmed, or raise Refused."""
    insist_on_acting(table, by)
    insist(*reasons_against_incident(table.facts, reason=reason))
    row = Moderation(matter="incident", incident_confirmed=confirmed, reason=reason.strip(), evidence="")
    _keep(table, row, table.talks.incident, by)


def call_third(table: Table, assessor_id: int, *, why: str, by: Actor) -> RatingForm:
    """Call in a third assessor and tell them, because the others are deadlocked; or raise Refused. They rate alone."""
    insist_on_acting(table, by)
    known = people.assessors_in_person([assessor_id], centre_id=table.centre.id)
    thirds = [seat.assessor for seat in table.sitting.thirds]
    insist(
        *reasons_against_third(table.facts, open_competencies=len(table.still_open), thirds=thirds),
        *_reasons_against_assessor(table, known),
        *_unsaid(why),
    )
    form = RatingForm(
        sitting_id=table.sitting.id,
        staff_id=table.candidate.staff_id,
        assessor_id=assessor_id,
        third=True,
        incident_note="",
    )
    db.session.add(form)
    db.session.flush()
    tell.of_third(known[0][0], form.id, table.centre, table.sitting.kind)
    after = {"assessor_id": assessor_id, "sitting_id": table.sitting.id}
    record(
        "assessor.seated",
        by=by,
        subject_id=form.id,
        staff_id=table.candidate.staff_id,
        after=after,
        reason=f"Third assessor: {why.strip()}",
    )
    return form


def at_fields(reasons: Iterable[Reason], names: Mapping[str, str]) -> list[Reason]:
    """Return the reasons at the fields that a form has for them."""
    return [replace(reason, field=names.get(reason.field or "", reason.field)) for reason in reasons]


def _reasons_against_assessor(table: Table, known: Sequence[tuple[Staff, pairing.Assessor]]) -> Iterable[Reason]:
    if not known:
        return [Reason(code="assessor.none", field="assessor", message="Choose an assessor.")]
    seated = frozenset(seat.assessor_id for seat in table.sitting.seats)
    return pairing.reasons_against_seating(
        known[0][1], pairing_facts(table.candidate), on=clock.today(), seated=seated, places=len(seated) + 1
    )


def _unsaid(why: str) -> Iterable[Reason]:
    if not why.strip():
        message = "There is no reason for calling in a third assessor."
        yield Reason(code="third.no_reason", field="why", message=message, remedy="Say what you could not agree on.")


def _keep(table: Table, row: Moderation, before: Moderation | None, by: Actor) -> None:
    """Add the row, unless it says the same as the one before; an outcome that was computed is computed anew."""
    said = talking.settled(row)
    if before is not None and talking.settled(before) == said:
        return
    row.sitting_id, row.by_id, row.at = table.sitting.id, by.account_id or 0, clock.now()
    db.session.add(row)
    db.session.flush()
    earlier = talking.settled(before) if before is not None else None
    record(
        "moderation.agreed",
        by=by,
        subject_id=table.sitting.id,
        staff_id=table.candidate.staff_id,
        before=earlier,
        after=said,
        reason=row.reason,
    )
    table.talks.add(row)
    standard = papers_of(table.centre.standard_id).facts
    table.moderation = talking.moderated(table.exercise.facts, table.written, table.talks, standard)
    if table.sitting.outcome is not None:
        compute(table, by=by)
