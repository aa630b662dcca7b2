"""Assigning somebody to a group, bare: the group, its supervisor, the right to act, and the row; or why not."""

import secrets
from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection, Row

from bench.floors.register import day
from bench.floors.store import many, one, statement, user, write

bp = Blueprint("assign", __name__)

GROUP = """
SELECT g.*, s.id AS supervision_id, s.supervisor_id, s.starts_on AS supervision_from, s.ends_on AS supervision_to
FROM delivery_group AS g JOIN supervision AS s ON s.group_id = g.id AND s.starts_on <= :first AND s.ends_on >= :last
WHERE g.id = :group_id
"""
PLACED = """
SELECT id FROM assignment
WHERE group_id = :group_id AND facilitator_id = :staff_id AND starts_on <= :last AND ends_on >= :first
"""
RIGHT = """
SELECT id, valid_from, valid_to FROM authorisation WHERE staff_id = :staff_id AND programme_id = :programme_id
AND role = 'facilitator' AND valid_from <= :first AND valid_to >= :last
"""
STEPS = "SELECT stage, valid_from, valid_to FROM certificate WHERE staff_id = :staff_id"
ROW = """
INSERT INTO assignment (group_id, programme_id, facilitator_id, kind, starts_on, ends_on,
authorisation_id, authorisation_role, authorisation_from, authorisation_to,
supervision_id, supervisor_id, supervision_from, supervision_to, made_at, made_by_id, version)
VALUES (:group_id, :programme_id, :staff_id, :kind, :first, :last, :right_id, 'facilitator', :right_from, :right_to,
:supervision_id, :supervisor_id, :supervision_from, :supervision_to, CURRENT_TIMESTAMP, :by, 1)
"""
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
        person = one(connection, "SELECT id, name FROM staff WHERE id = :staff_id", **_some(asked, "staff_id"))
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
                "supervision_id": group.supervision_id,
                "supervisor_id": group.supervisor_id,
                "supervision_from": group.supervision_from,
                "supervision_to": group.supervision_to,
                "by": who.id,
            },
        )
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
