"""Saving a rating form, bare: who it is, whose form it is, the ratings, the marks, the form; one transaction."""

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from bench.floors.store import one, statement, user, write

bp = Blueprint("score", __name__)

FORM = """
SELECT rating_form.id, version, sealed_at, kind FROM rating_form JOIN sitting ON sitting.id = sitting_id
WHERE rating_form.id = :form_id AND assessor_id = :staff_id
"""
RATING = """
INSERT INTO rating (form_id, competency_id, points, no_opportunity, why_no_opportunity, evidence)
VALUES (:form_id, :competency_id, :points, false, '', :evidence)
ON CONFLICT (form_id, competency_id) DO UPDATE SET points = excluded.points, no_opportunity = excluded.no_opportunity,
why_no_opportunity = excluded.why_no_opportunity, evidence = excluded.evidence
"""
MARK = """
INSERT INTO indicator_mark (form_id, indicator_id, seen) VALUES (:form_id, :indicator_id, :seen)
ON CONFLICT (form_id, indicator_id) DO UPDATE SET seen = excluded.seen
"""
WHOLE = """
UPDATE rating_form
SET version = version + 1, global_judgement = :judgement, critical_incident = false, incident_note = ''
WHERE id = :form_id AND version = :version AND sealed_at IS NULL
"""


@bp.post("/centres/forms/<int:form_id>")
def save(form_id: int) -> ResponseReturnValue:
    """Store what was typed."""
    sent = request.form
    with write() as connection:
        who = user(connection)
        one(connection, FORM, form_id=form_id, staff_id=who.staff_id)
        ratings = [
            {
                "form_id": form_id,
                "competency_id": int(name.removeprefix("rating-")),
                "points": int(value),
                "evidence": sent[name.replace("rating", "evidence")],
            }
            for name, value in sent.items()
            if name.startswith("rating-")
        ]
        marks = [
            {"form_id": form_id, "indicator_id": int(name.removeprefix("mark-")), "seen": value}
            for name, value in sent.items()
            if name.startswith("mark-")
        ]
        connection.execute(statement(RATING), ratings)
        connection.execute(statement(MARK), marks)
        changed = connection.execute(
            statement(WHOLE), {"form_id": form_id, "version": int(sent["version"]), "judgement": sent["judgement"]}
        )
        if changed.rowcount != 1:
            return "changed meanwhile", 409
    return redirect(f"/centres/forms/{form_id}")
