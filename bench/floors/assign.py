"""Assigning somebody to a group, bare: the group, its supervisor, the right to act, and the row; or why not."""

import secrets
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bench.floors.days import day
from bench.floors.store import many, one, statement, user, write

bp = Blueprint("assign", __name__)

GROUP = """
SELECT g.*, e.in_room, s.id AS supervision_id, s.supervisor_id, s.starts_on AS supervision_from,
s.ends_on AS supervision_to
FROM delivery_group AS g JOIN programme_edition AS e ON e.id = g.edition_id
JOIN supervision AS s ON s.group_id = g.id AND s.starts_on <= :first AND s.ends_on >= :last
WHERE g.id = :group_id
"""
PLACED = """
SELECT id FROM assignment
WHERE group_id = :group_id AND facilitator_id = :staff_id AND starts_on <= :last AND ends_on >= :first
"""
RIGHT = """
SELECT a.id, a.valid_from, a.valid_to, p.id AS practice_id, p.begins_on AS practice_from, p.lapses_on AS practice_to
FROM authorisation AS a JOIN practice AS p ON p.staff_id = a.staff_id AND p.programme_id = a.programme_id
AND p.begins_on <= :first AND p.lapses_on >= :first
WHERE a.staff_id = :staff_id AND a.programme_id = :programme_id
AND a.role = 'facilitator' AND a.valid_from <= :first AND a.valid_to >= :last
"""
STEPS = "SELECT stage, valid_from, valid_to FROM certificate WHERE staff_id = :staff_id"
ROW = """
INSERT INTO assignment (group_id, programme_id, facilitator_id, kind, starts_on, ends_on,
authorisation_id, authorisation_role, authorisation_from, authorisation_to,
supervision_id, supervisor_id, supervision_from, supervision_to,
practice_id, practice_from, practice_to, made_at, made_by_id, version)
VALUES (:group_id, :programme_id, :staff_id, :kind, :first, :last, :right_id, 'facilitator', :right_from, :right_to,
:supervision_id, :supervisor_id, :supervision_from, :supervision_to,
:practice_id, :practice_from, :practice_to, CURRENT_TIMESTAMP, :by, 1)
"""
# A place at each coming session of the days: in the room where there is one free and they are nowhere else then.
PLACES = """
INSERT INTO session_facilitator (session_id, session_day, group_id, facilitator_id, assignment_id,
assignment_from, assignment_to, role, in_room)
SELECT s.id, s.day, s.group_id, a.facilitator_id, a.id, a.starts_on, a.ends_on, a.kind,
(SELECT count(*) FROM session_facilitator AS x WHERE x.session_id = s.id AND x.in_room) < :room
AND NOT EXISTS (SELECT 1 FROM session_facilitator AS x JOIN group_session AS t ON t.id = x.session_id
 WHERE x.facilitator_id = a.facilitator_id AND x.session_day = s.day AND x.group_id <> s.group_id AND x.in_room
 AND t.state <> 'not_held' AND t.starts_at < s.ends_at AND t.ends_at > s.starts_at)
AND NOT EXISTS (SELECT 1 FROM booking JOIN event_day ON event_day.event_id = booking.event_id
 WHERE booking.staff_id = a.facilitator_id AND booking.cancelled_at IS NULL AND event_day.day = s.day)
AND NOT EXISTS (SELECT 1 FROM event_trainer JOIN event_day ON event_day.event_id = event_trainer.event_id
 WHERE event_trainer.staff_id = a.facilitator_id AND event_day.day = s.day)
FROM group_session AS s JOIN assignment AS a ON a.group_id = s.group_id
WHERE a.group_id = :group_id AND a.facilitator_id = :staff_id AND a.starts_on = :first
AND s.day BETWEEN a.starts_on AND a.ends_on AND s.state = 'planned'
"""
LETTER = """
INSERT INTO notice (key, to_address, staff_id, subject, body, queued_at, due_at, tries, last_error)
VALUES (:key, :to, :staff_id, :subject, :body, CURRENT_TIMESTAMP, CURRENT_TIMESTAMP, 0, '')
"""
SAYS = "Dear {name},\n\nfrom {first} to {last} you are on {reference} as {kind} facilitator."
MISSING = (
    (
        "selection",
        "selection at an assessment centre",
        "They are put forward to an assessment centre and must be competent in all three exercises.",
    ),
    ("fundamental", "fundamental training", "They book fundamental training and must pass it."),
    ("programme", "programme training", "They book the training of this programme and must pass it."),
)


@bp.post("/groups/<int:group_id>/assign")
def assign(group_id: int) -> ResponseReturnValue:
    """Store the assignment, or say why not."""
    sent = request.form
    asked = {
        "group_id": group_id,
        "staff_id": int(sent["staff_id"]),
        "first": sent["first"],
        "last": sent["last"],
        "kind": sent["kind"],
    }
    with write() as connection:
        who = user(connection)
        group = one(connection, GROUP, **_some(asked, "group_id", "first", "last"))
        person = one(connection, "SELECT id, name, email FROM staff WHERE id = :staff_id", **_some(asked, "staff_id"))
        placed = many(connection, PLACED, **_some(asked, "group_id", "staff_id", "first", "last"))
        rights = many(connection, RIGHT, programme_id=group.programme_id, **_some(asked, "staff_id", "first", "last"))
        if placed or not rights:
            return _refused(connection, who, person), 409
        connection.execute(
            statement(ROW),
            asked
            | {
                "programme_id": group.programme_id,
                "right_id": rights[0].id,
                "right_from": rights[0].valid_from,
                "right_to": rights[0].valid_to,
                "practice_id": rights[0].practice_id,
                "practice_from": rights[0].practice_from,
                "practice_to": rights[0].practice_to,
                "supervision_id": group.supervision_id,
                "supervisor_id": group.supervisor_id,
                "supervision_from": group.supervision_from,
                "supervision_to": group.supervision_to,
                "by": who.id,
            },
        )
        connection.execute(statement(PLACES), {"room": group.in_room} | _some(asked, "group_id", "staff_id", "first"))
        letter = {
            "key": f"group:{group_id}:assignment:{secrets.token_hex(8)}",
            "to": person.email,
            "staff_id": person.id,
            "subject": f"{group.reference}: you are on it from {sent['first']}",
            "body": SAYS.format(name=person.name, reference=group.reference, **_some(asked, "first", "last", "kind")),
        }
        connection.execute(statement(LETTER), letter)
    return redirect(f"/groups/{group_id}")


def _some(asked: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: asked[name] for name in names}


def _refused(connection: Connection, who: Row[Any], person: Row[Any]) -> str:
    held = {row.stage for row in many(connection, STEPS, staff_id=person.id)}
    reasons = [
        (f"{person.name} has not passed {step}.", remedy) for stage, step, remedy in MISSING if stage not in held
    ]
    return render_template(
        "refused.html",
        who=who,
        person=person,
        reasons=reasons,
        today=day(date.today()),  # noqa: DTZ011, TID251
        nonce=secrets.token_urlsafe(16),
    )
