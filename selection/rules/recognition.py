"""Recognition: a step accepted on evidence of earlier or outside learning, by an approver who has no part in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.calendar import NO_END
from selection.rules.programmes import Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class RecognitionPlan:
    """What shall be recognised: of whom, which step, on what evidence, who asked, and from which day to which."""

    staff_id: int
    stage: Stage
    programme_id: int | None
    evidence: str
    reason: str
    requested_by_id: int
    days: Span


def reasons_against_recognition(plan: RecognitionPlan, *, approver_id: int | None, today: date) -> tuple[Reason, ...]:
    """Return every reason why this approver (a staff id) cannot recognise the step; each names its form field."""
    return (*_approver(plan, approver_id), *_what(plan), *_days(plan, today))


def _approver(plan: RecognitionPlan, approver_id: int | None) -> Iterator[Reason]:
    if approver_id is None:
        yield Reason(
            code="recognition.nobody",
            message="Your login belongs to no staff member, so it cannot approve.",
            remedy="Ask a training lead who is on the staff register.",
        )
    if approver_id == plan.staff_id:
        yield Reason(
            code="recognition.own",
            message="Nobody recognises a step of their own.",
            remedy="Ask another training lead.",
            field="person",
        )
    if approver_id == plan.requested_by_id:
        yield Reason(
            code="recognition.requester",
            message="Whoever asks for a recognition does not approve it.",
            remedy="Ask another training lead.",
            field="requested_by",
        )


def _what(plan: RecognitionPlan) -> Iterator[Reason]:
    if plan.stage == Stage.PROGRAMME and plan.programme_id is None:
        yield Reason(
            code="recognition.programme_missing",
            message="Choose the programme whose training is recognised.",
            field="programme",
        )
    if plan.stage != Stage.PROGRAMME and plan.programme_id is not None:
        yield Reason(
            code="recognition.programme_needless",
            message="This step serves every programme.",
            remedy="Choose no programme.",
            field="programme",
        )
    if not plan.evidence.strip():
        yield Reason(code="evidence.missing", message="Say what the evidence is.", field="evidence")
    if not plan.reason.strip():
        yield Reason(code="reason.missing", message="Say why it is accepted.", field="reason")


def _days(plan: RecognitionPlan, today: date) -> Iterator[Reason]:
    if plan.days.is_empty:
        yield Reason(code="days.order", message="The last day is before the first day.", field="last")
    if plan.stage != Stage.SELECTION and plan.days.last == NO_END:
        yield Reason(
            code="days.no_end",
            message="Say until when it is valid.",
            remedy="Only a selection can be left without an end.",
            field="last",
        )
    if plan.days.first < today:
        yield Reason(
            code="days.past",
            message="A recognition counts from the day of its approval on.",
            remedy="When the learning took place belongs to the evidence.",
            earliest=today,
            field="first",
        )
