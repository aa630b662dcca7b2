"""Certificates: issued on one fact each, and each may complete an authorisation."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import select

from selection.authorisation.authorise import authorise_where_due
from selection.authorisation.delivered import Begun, begin_practice
from selection.core import clock
from selection.core.db import add_rows, db
from selection.models.authorisations import Certificate
from selection.models.centres import Decision
from selection.models.training import CourseResult
from selection.rules.calendar import NO_END
from selection.rules.programmes import Stage
from selection.rules.renewal import with_days_left
from selection.rules.roles import Actor
from selection.rules.validity import Span
from selection.trail.record import Entry, entry, record_many

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 letters and figures, so that each is as likely as any other in a byte."""


def issue_for_decision(decision: Decision, *, by: Actor, told: Sequence[Entry] = ()) -> None:
    """Issue the certificate of selection; it has no end, only the time in which it serves to book has one.

    What is `told` of the decision itself goes on the trail before it, in one statement.
    """
    fact = {"decision_id": decision.id, "decision_result": decision.result}
    days = Span(first=decision.decided_on, last=NO_END)
    _issue([_new(decision.staff_id, Stage.SELECTION, None, days, by) | fact], by, first=told)


@dataclass(frozen=True, kw_only=True, slots=True)
class Issued:
    """A certificate that was issued: its id and number, and the days on which it is valid."""

    id: int
    number: str
    days: Span


def issue_for_results(results: Iterable[tuple[CourseResult, Span]], *, by: Actor) -> list[Issued]:
    """Issue the certificates that passed results earn, each valid on its days; return them in the same order.

    Many take no more queries than one. One that renews an earlier certificate in time is valid for the days left of
    that as well.
    """
    earned = list(results)
    held = _held(result.staff_id for result, _ in earned)
    certificates = []
    for result, days in earned:
        earlier = held[result.staff_id, result.stage, result.programme_id]
        joined = with_days_left(days, earlier, months=current_app.config["RENEWAL_MONTHS"])
        fact = {"result_id": result.id, "result_passed": result.passed}
        certificates.append(_new(result.staff_id, result.stage, result.programme_id, joined, by) | fact)
    return [
        Issued(id=key, number=row["number"], days=Span(first=row["valid_from"], last=row["valid_to"]))
        for key, row in zip(_issue(certificates, by), certificates, strict=True)
    ]


@dataclass(frozen=True, kw_only=True, slots=True)
class Recognised:
    """A recognition that is stored: of which step of whom, and on which days it stands."""

    recognition_id: int
    staff_id: int
    stage: str
    programme_id: int | None
    days: Span


def issue_for_recognitions(recognised: Iterable[Recognised], *, by: Actor) -> list[int]:
    """Issue the certificates that recognitions stand for, all in the same few queries; return their ids, in order."""
    return _issue(
        [
            _new(one.staff_id, one.stage, one.programme_id, one.days, by) | {"recognition_id": one.recognition_id}
            for one in recognised
        ],
        by,
    )


def new_number() -> str:
    """Return a certificate number that cannot be guessed from another, in letters that are not mistaken."""
    return "C-" + "".join(ALPHABET[byte % len(ALPHABET)] for byte in secrets.token_bytes(10))


def _held(staff_ids: Iterable[int]) -> defaultdict[tuple[int, str, int | None], list[Span]]:
    """Return the days of every certificate of the people that was not withdrawn, by person, stage and programme."""
    held: defaultdict[tuple[int, str, int | None], list[Span]] = defaultdict(list)
    row = Certificate
    query = select(row.staff_id, row.stage, row.programme_id, row.valid_from, row.valid_to)
    query = query.where(row.staff_id.in_(set(staff_ids)), row.withdrawn_on.is_(None))
    for staff_id, stage, programme_id, first, last in db.session.execute(query):
        held[staff_id, stage, programme_id].append(Span(first=first, last=last))
    return held


def _new(staff_id: int, stage: str, programme_id: int | None, days: Span, by: Actor) -> dict[str, Any]:
    return {
        "number": new_number(),
        "staff_id": staff_id,
        "stage": stage,
        "programme_id": programme_id,
        "valid_from": days.first,
        "valid_to": days.last,
        "issued_at": clock.now(),
        "issued_by_id": by.account_id,
    }


def _issue(certificates: Sequence[dict[str, Any]], by: Actor, *, first: Sequence[Entry] = ()) -> list[int]:
    """Store the certificates, each with its trail, and what follows from them: practice, and authorisations."""
    ids = add_rows(Certificate, certificates, by=("number",))
    told = ("number", "stage", "programme_id", "valid_from", "valid_to")
    record_many(
        [
            *first,
            *(
                entry(
                    "certificate.issued",
                    by=by,
                    subject_id=key,
                    staff_id=row["staff_id"],
                    after={column: row[column] for column in told},
                )
                for key, row in zip(ids, certificates, strict=True)
            ),
        ]
    )
    begin_practice(
        Begun(certificate_id=key, staff_id=row["staff_id"], programme_id=row["programme_id"], on=row["valid_from"])
        for key, row in zip(ids, certificates, strict=True)
        if row["stage"] == Stage.PROGRAMME
    )
    authorise_where_due(*dict.fromkeys(row["staff_id"] for row in certificates), by=by)
    return ids
