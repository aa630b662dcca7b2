"""A person's record, bare: the same rows in six statements, the same page; and no trail of who looked."""

import secrets
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import Row

from bench.floors.days import day
from bench.floors.store import many, one, read, user

bp = Blueprint("record", __name__)

PERSON = """
SELECT staff.*, area.name AS area, manager.name AS manager FROM staff
JOIN area ON area.id = staff.area_id LEFT JOIN staff AS manager ON manager.id = staff.line_manager_id
WHERE staff.id = :staff_id
"""
PAPERS = """
SELECT 'certificate' AS kind, certificate.id, stage AS word, programme.code, valid_from AS first, valid_to AS last,
number, CASE WHEN decision_id IS NOT NULL THEN 'Decision of a centre'
 WHEN result_id IS NOT NULL THEN 'Result of training'
ELSE 'Recognition of other learning' END AS origin, withdrawn_reason AS reason
FROM certificate LEFT JOIN programme ON programme.id = programme_id WHERE staff_id = :staff_id
UNION ALL SELECT 'authorisation', authorisation.id, role, programme.code, valid_from, valid_to, '', '', ''
FROM authorisation JOIN programme ON programme.id = programme_id WHERE staff_id = :staff_id
UNION ALL SELECT 'appointment', appointment.id, role, programme.code, valid_from, valid_to, '', '', reason
FROM appointment JOIN programme ON programme.id = programme_id WHERE staff_id = :staff_id
UNION ALL SELECT 'stop', stop.id, kind, programme.code, from_day, to_day, '', '', reason
FROM stop LEFT JOIN programme ON programme.id = programme_id WHERE staff_id = :staff_id
ORDER BY 5 DESC
"""
ACTIVITIES = """
SELECT 'group' AS kind, reference AS title, 'Regular facilitator, under ' || staff.name AS word,
a.starts_on AS first, a.ends_on AS last FROM assignment AS a
JOIN delivery_group ON delivery_group.id = a.group_id JOIN staff ON staff.id = a.supervisor_id
WHERE a.facilitator_id = :staff_id
UNION ALL SELECT 'group', reference, s.role, s.starts_on, s.ends_on
FROM supervision AS s JOIN delivery_group ON delivery_group.id = s.group_id WHERE s.supervisor_id = :staff_id
UNION ALL SELECT 'booking', event.title, course.stage, event.starts_on, event.ends_on
FROM event JOIN course ON course.id = event.course_id JOIN booking ON booking.event_id = event.id
WHERE booking.staff_id = :staff_id AND booking.cancelled_at IS NULL AND event.ends_on >= :today
UNION ALL SELECT 'centre', centre.title, coalesce(decision.result, 'open'), held_on, held_on
FROM centre JOIN candidacy ON candidacy.centre_id = centre.id
LEFT JOIN decision ON decision.candidacy_id = candidacy.id WHERE candidacy.staff_id = :staff_id
UNION ALL SELECT 'acquaintance', staff.name, note, declared_on, declared_on
FROM acquaintance JOIN staff ON staff.id = other_id WHERE acquaintance.staff_id = :staff_id
ORDER BY 4 DESC
"""
HISTORY = "SELECT * FROM trail_entry WHERE staff_id = :staff_id ORDER BY id DESC LIMIT 20"
STEPS = (
    ("selection", "Selection at an assessment centre"),
    ("fundamental", "Fundamental training"),
    ("programme", "Programme training"),
)
TITLES = {"selection": "Selection", "fundamental": "Fundamental training", "programme": "Programme training"}


@bp.get("/staff/<int:staff_id>")
def show(staff_id: int) -> ResponseReturnValue:
    """A record."""
    today = date.today()  # noqa: DTZ011, TID251
    with read() as connection:
        who = user(connection)
        person = one(connection, PERSON, staff_id=staff_id)
        papers = [_line(row, today) for row in many(connection, PAPERS, staff_id=staff_id)]
        activities = [_line(row, today) for row in many(connection, ACTIVITIES, staff_id=staff_id, today=today)]
        programmes = many(connection, "SELECT id, code FROM programme")
        history = [(row, _moment(row.at)) for row in many(connection, HISTORY, staff_id=staff_id)]
    return render_template(
        "record.html",
        who=who,
        person=person,
        joined=day(person.joined_on),
        state="Authorised" if any(one["kind"] == "authorisation" and one["now"] for one in papers) else "Not yet",
        programmes=programmes,
        steps=list(_steps(papers)),
        papers={
            kind: [one for one in papers if one["kind"] == kind]
            for kind in ("certificate", "authorisation", "appointment", "stop")
        },
        activities={
            kind: [one for one in activities if one["kind"] == kind]
            for kind in ("group", "booking", "centre", "acquaintance")
        },
        history=history,
        nonce=secrets.token_urlsafe(16),
        titles=TITLES,
    )


def _line(row: Row[Any], today: date) -> dict[str, Any]:
    first, last = _date(row.first), _date(row.last)
    now = first <= today <= last
    state = ("In force", "good") if now else ("To come", "open") if today < first else ("Over", "past")
    return {**row._mapping, "days": f"{day(first)} to {_end(last)}", "from": day(first), "now": now, "state": state}  # noqa: SLF001


def _steps(papers: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for stage, title in STEPS:
        held = [one for one in papers if one["kind"] == "certificate" and one["word"] == stage and one["now"]]
        yield title, "done" if held else "next", f"Valid from {held[0]['days']}." if held else ""
    rights = [one for one in papers if one["kind"] == "authorisation" and one["now"]]
    notes = " ".join(f"As {one['word'].replace('_', ' ')}: Valid from {one['days']}." for one in rights)
    yield "Authorised for the programme", "done" if rights else "ahead", notes


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)


def _end(value: date) -> str:
    return "no end" if value.year == 9999 else day(value)


def _moment(value: datetime | str) -> tuple[str, str]:
    value = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return value.isoformat(), f"{day(value.date())}, {value:%H:%M}"
