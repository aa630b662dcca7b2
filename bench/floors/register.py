"""The staff register, bare: five statements, as many rows, the same page."""

import secrets
from collections import defaultdict
from datetime import date

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, text

from bench.floors.days import day
from bench.floors.store import many, one, read, user

bp = Blueprint("register", __name__)

PER_PAGE = 25
STATES = (
    ("left", "Left the service", "past"),
    ("stopped", "Stopped", "stop"),
    ("authorised", "Authorised", "good"),
    ("programme", "Trained", "soon"),
    ("fundamental", "Fundamental training passed", "open"),
    ("selection", "Selected", "open"),
    ("candidate", "Candidate", "open"),
)

COUNT = "SELECT count(*) FROM (SELECT id FROM staff {where} LIMIT 1001) AS found"
ROWS = """
SELECT staff.id, number, staff.name, job_title, area.name AS area, joined_on, left_on
FROM staff JOIN area ON area.id = staff.area_id {where} ORDER BY sort_name, staff.id LIMIT 25 OFFSET :skip
"""
WORD = "WHERE staff.id IN (SELECT staff_id FROM staff_word WHERE word >= :words AND word < :after)"

FACTS = text("""
SELECT staff_id, stage AS fact FROM certificate
WHERE staff_id IN :ids AND valid_from <= :today AND valid_to >= :today
UNION ALL SELECT staff_id, 'authorised' FROM authorisation
WHERE staff_id IN :ids AND valid_from <= :today AND valid_to >= :today
UNION ALL SELECT staff_id, 'stopped' FROM stop WHERE staff_id IN :ids AND from_day <= :today AND to_day >= :today
UNION ALL SELECT candidacy.staff_id, 'candidate' FROM candidacy JOIN centre ON centre.id = candidacy.centre_id
WHERE candidacy.staff_id IN :ids AND centre.closed_at IS NULL
AND NOT EXISTS (SELECT 1 FROM decision WHERE decision.candidacy_id = candidacy.id)
""").bindparams(bindparam("ids", expanding=True))


@bp.get("/staff/")
def register() -> ResponseReturnValue:
    """A page of the register, searched by the first letters of a word."""
    words, page = request.args.get("words", ""), request.args.get("page", 1, type=int)
    where = WORD if words else ""
    asked = {"words": words, "after": words + "\U0010ffff"} if words else {}
    today = date.today()  # noqa: DTZ011, TID251
    with read() as connection:
        who = user(connection)
        areas = many(connection, "SELECT id, name FROM area ORDER BY name")
        total = one(connection, COUNT.format(where=where), **asked)[0]
        rows = many(connection, ROWS.format(where=where), skip=(page - 1) * PER_PAGE, **asked)
        facts: defaultdict[int, set[str]] = defaultdict(set)
        for staff_id, fact in connection.execute(FACTS, {"ids": [row.id for row in rows], "today": today}):
            facts[staff_id].add(fact)
    people = [(row, day(row.joined_on), state(facts[row.id])) for row in rows]
    return render_template(
        "register.html",
        who=who,
        areas=areas,
        people=people,
        total=min(total, 1000),
        capped=total > 1000,
        page=page,
        last=-(-min(total, 1000) // PER_PAGE),
        words=words,
        nonce=secrets.token_urlsafe(16),
    )


def state(facts: set[str]) -> tuple[str, str]:
    """Return the state in words, and its colour."""
    return next(((words, kind) for fact, words, kind in STATES if fact in facts), ("Not put forward", "past"))
