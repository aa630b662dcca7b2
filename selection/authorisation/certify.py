"""Certificates: issued on one fact each, and each may complete an authorisation."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence

from flask import current_app
from sqlalchemy import select

from selection.authorisation.authorise import authorise_where_due
from selection.authorisation.delivered import begin_practice
from selection.core import clock
from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.centres import Decision
from selection.models.training import CourseResult, Recognition
from selection.rules.calendar import NO_END
from selection.rules.programmes import Stage
from selection.rules.renewal import with_days_left
from selection.rules.roles import Actor
from selection.rules.validity import Span
from selection.trail.record import entry, record_many

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def issue_for_decision(decision: Decision, *, by: Actor) -> Certificate:
    """Issue the certificate of selection; it has no end, only the time in which it serves to book has one."""
    days = Span(first=decision.decided_on, last=NO_END)
    certificate = _new(decision.staff_id, Stage.SELECTION, None, days, by)
    certificate.decision_id, certificate.decision_result = decision.id, decision.result
    return _issued([certificate], by)[0]


def issue_for_result(result: CourseResult, days: Span, *, by: Actor) -> Certificate:
    """Issue the certificate that a passed result earns, valid on the days."""
    return issue_for_results([(result, days)], by=by)[0]


def issue_for_results(results: Iterable[tuple[CourseResult, Span]], *, by: Actor) -> tuple[Certificate, ...]:
    """Issue the certificates that passed results earn, each valid on its days; many take no more queries than one.

    One that renews an earlier certificate in time is valid for the days left of that as well.
    """
    earned = list(results)
    held = _held(result.staff_id for result, _ in earned)
    certificates = []
    for result, days in earned:
        earlier = held[result.staff_id, result.stage, result.programme_id]
        joined = with_days_left(days, earlier, months=current_app.config["RENEWAL_MONTHS"])
        certificate = _new(result.staff_id, Stage(result.stage), result.programme_id, joined, by)
        certificate.result_id, certificate.result_passed = result.id, result.passed
        certificates.append(certificate)
    return _issued(certificates, by)


def issue_for_recognition(recognition: Recognition, days: Span, *, by: Actor) -> Certificate:
    """Issue the certificate that a recognition stands for, valid on the days."""
    return issue_for_recognitions([(recognition, days)], by=by)[0]


def issue_for_recognitions(recognised: Iterable[tuple[Recognition, Span]], *, by: Actor) -> tuple[Certificate, ...]:
    """Issue the certificates that recognitions stand for, each valid on its days, all in the same few queries."""
    certificates = []
    for recognition, days in recognised:
        certificate = _new(recognition.staff_id, Stage(recognition.stage), recognition.programme_id, days, by)
        certificate.recognition_id = recognition.id
        certificates.append(certificate)
    return _issued(certificates, by)


def new_number() -> str:
    """Return a certificate number that cannot be guessed from another, in letters that are not mistaken."""
    return "C-" + "".join(secrets.choice(ALPHABET) for _ in range(10))


def _held(staff_ids: Iterable[int]) -> defaultdict[tuple[int, str, int | None], list[Span]]:
    """Return the days of every certificate of the people that was not withdrawn, by person, stage and programme."""
    held: defaultdict[tuple[int, str, int | None], list[Span]] = defaultdict(list)
    row = Certificate
    query = select(row.staff_id, row.stage, row.programme_id, row.valid_from, row.valid_to)
    query = query.where(row.staff_id.in_(set(staff_ids)), row.withdrawn_on.is_(None))
    for staff_id, stage, programme_id, first, last in db.session.execute(query):
        held[staff_id, stage, programme_id].append(Span(first=first, last=last))
    return held


def _new(staff_id: int, stage: Stage, programme_id: int | None, days: Span, by: Actor) -> Certificate:
    return Certificate(
        number=new_number(),
        staff_id=staff_id,
        stage=stage,
        programme_id=programme_id,
        valid_from=days.first,
        valid_to=days.last,
        issued_at=clock.now(),
        issued_by_id=by.account_id,
    )


def _issued(certificates: Sequence[Certificate], by: Actor) -> tuple[Certificate, ...]:
    db.session.add_all(certificates)
    db.session.flush()
    columns = ("number", "stage", "programme_id", "valid_from", "valid_to")
    record_many(
        [
            entry(
                "certificate.issued",
                by=by,
                subject_id=row.id,
                staff_id=row.staff_id,
                after={key: getattr(row, key) for key in columns},
            )
            for row in certificates
        ]
    )
    begin_practice(certificates)
    authorise_where_due(*dict.fromkeys(row.staff_id for row in certificates), by=by)
    return tuple(certificates)
