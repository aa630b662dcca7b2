"""Asking for a recognition, deciding on it, taking it back."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.models.recognitions import RecognitionRequest
from selection.notices.queue import body_of, queue
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.recognition import RecognitionPlan, reasons_against_recognition
from selection.rules.requests import (
    Evidence,
    RequestState,
    Wish,
    reasons_against_deciding,
    reasons_against_request,
)
from selection.rules.roles import Actor
from selection.rules.validity import Span
from selection.trail.record import record
from selection.training.recognitions.actions import recognise
from selection.training.requests import evidence


def ask(wish: Wish, files: Sequence[tuple[Evidence, bytes]], *, by: Actor) -> RecognitionRequest:
    """Ask that a step be recognised, with the evidence, or raise Refused with every reason and store nothing.

    There is one open request of a person and a step at most: who asks twice is told so, by the rules or by the key.
    """
    there = _open(wish)
    facts = [one for one, _ in files]
    against = reasons_against_request(wish, facts, requester_id=by.staff_id, open_already=there is not None)
    if against:
        raise Refused(*against)
    request = RecognitionRequest(
        staff_id=wish.staff_id,
        stage=wish.stage,
        programme_id=wish.programme_id,
        learning=wish.learning.strip(),
        requested_by_id=by.staff_id,
        requested_at=clock.now(),
    )
    db.session.add(request)
    try:
        db.session.flush()
    except IntegrityError as stopped:
        db.session.rollback()
        again = reasons_against_request(wish, facts, requester_id=by.staff_id, open_already=True)
        raise Refused(*again) from stopped
    kept = evidence.keep(request, files, by=by)
    record(
        "recognition.requested",
        by=by,
        subject_id=request.id,
        staff_id=wish.staff_id,
        after={"stage": wish.stage, "programme_id": wish.programme_id, "files": [one.sha256 for one in kept]},
    )
    return request


def approve(request: RecognitionRequest, days: Span, *, reason: str, by: Actor) -> Certificate:
    """Recognise the step on the evidence and issue its certificate, or raise Refused with every reason."""
    plan = RecognitionPlan(
        staff_id=request.staff_id,
        stage=Stage(request.stage),
        programme_id=request.programme_id,
        evidence=request.learning,
        reason=reason,
        requested_by_id=request.requested_by_id,
        days=days,
    )
    deciding = _against_deciding(request, reason, by)
    codes = {one.code for one in deciding}
    more = reasons_against_recognition(plan, approver_id=by.staff_id, today=clock.today())
    if against := (*deciding, *(one for one in more if one.code not in codes)):
        raise Refused(*against)
    certificate = recognise(plan, by=by)
    request.recognition_id = certificate.recognition_id
    _decide(request, RequestState.APPROVED, reason, by)
    return certificate


def refuse(request: RecognitionRequest, *, reason: str, by: Actor) -> None:
    """Refuse a request, with the reason that whoever asked is told; raises Refused."""
    if against := _against_deciding(request, reason, by):
        raise Refused(*against)
    _decide(request, RequestState.REFUSED, reason, by)


def take_back(request: RecognitionRequest, *, by: Actor) -> None:
    """Let whoever asked take an open request back; it stays on record."""
    if request.state != RequestState.OPEN:
        raise Refused(Reason(code="request.decided", message="This request is not open any more."))
    if by.staff_id != request.requested_by_id:
        raise Refused(Reason(code="request.others", message="Only who asked takes a request back."))
    request.state = RequestState.TAKEN_BACK
    db.session.flush()
    record("recognition.taken_back", by=by, subject_id=request.id, staff_id=request.staff_id)


def _open(wish: Wish) -> int | None:
    query = select(RecognitionRequest.id).where(
        RecognitionRequest.staff_id == wish.staff_id,
        RecognitionRequest.stage == wish.stage,
        RecognitionRequest.programme_id.is_not_distinct_from(wish.programme_id),
        RecognitionRequest.state == RequestState.OPEN,
    )
    return db.session.scalar(query)


def _against_deciding(request: RecognitionRequest, reason: str, by: Actor) -> tuple[Reason, ...]:
    return reasons_against_deciding(
        RequestState(request.state),
        reason,
        person_id=request.staff_id,
        requester_id=request.requested_by_id,
        decider_id=by.staff_id,
    )


def _decide(request: RecognitionRequest, state: RequestState, reason: str, by: Actor) -> None:
    request.state, request.decision_reason = state, reason.strip()
    request.decided_by_id, request.decided_on, request.decided_at = by.staff_id, clock.today(), clock.now()
    db.session.flush()
    record(
        "recognition.decided",
        by=by,
        subject_id=request.id,
        staff_id=request.staff_id,
        after={"state": state},
        reason=request.decision_reason,
    )
    _tell(request)


def _tell(request: RecognitionRequest) -> None:
    """Write to the person and to whoever asked what became of it; nobody is written to twice."""
    step = STAGE_NAMES[Stage(request.stage)]
    people = db.session.scalars(select(Staff).where(Staff.id.in_({request.staff_id, request.requested_by_id}))).all()
    whose = next(one.name for one in people if one.id == request.staff_id)
    for one in people:
        queue(
            f"recognition_request:{request.id}:{request.state}:{one.id}",
            to=one.email,
            staff_id=one.id,
            subject=f"Recognition of {step} for {whose}: {request.state}",
            body=body_of("recognition", name=one.name, whose=whose, step=step, request=request),
        )
