"""The board of groups, bare, in this process on any database: four statements, as many rows, the same page."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, render_template, request, session
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine, bindparam, text

from bench.floors.days import day

LATER = {
    "sqlite": "date(min(a.starts_on), '+' || e.experience_months || ' months')",
    "postgresql": "CAST(min(a.starts_on) + make_interval(months => e.experience_months) AS date)",
}
ROOMS = """
WITH since AS (
  SELECT a.facilitator_id, a.programme_id, {later} AS experienced_on
  FROM assignment a JOIN programme_edition e ON e.programme_id = a.programme_id
  GROUP BY a.facilitator_id, a.programme_id, e.experience_months
), room AS (
  SELECT s.id, s.group_id, s.day, count(p.id) AS there,
    sum(CASE WHEN since.experienced_on <= s.day THEN 1 ELSE 0 END) AS experienced
  FROM group_session s LEFT JOIN session_facilitator p ON p.session_id = s.id AND p.in_room
  LEFT JOIN since ON since.facilitator_id = p.facilitator_id AND since.programme_id = s.programme_id
  WHERE s.day BETWEEN :today AND :last AND (s.day > :today OR s.ends_at > :now)
    AND s.state = 'planned' {those} GROUP BY s.id, s.group_id, s.day
)
"""
PAGE = """
, trouble AS (
  SELECT r.group_id, min(r.day) AS first FROM room r JOIN delivery_group g ON g.id = r.group_id
  JOIN programme_edition e ON e.id = g.edition_id
  WHERE g.state = 'planned' OR g.supervised_from IS NULL OR r.day < g.supervised_from OR r.day > g.supervised_to
    OR r.there < e.in_room OR r.experienced < e.experienced_needed
  GROUP BY r.group_id
)
SELECT g.id, g.reference, a.name AS area, t.first, count(*) OVER () AS groups, count(t.first) OVER () AS troubled
FROM delivery_group g JOIN area a ON a.id = g.area_id LEFT JOIN trouble t ON t.group_id = g.id
WHERE g.state IN ('open', 'halted', 'planned') AND g.ends_on >= :today
ORDER BY t.first IS NULL, t.first, g.starts_on, g.id LIMIT 25
"""
NEXT = text(
    "SELECT group_id, min(day) AS day FROM group_session"
    " WHERE group_id IN :ids AND state = 'planned' AND day >= :today AND (day > :today OR ends_at > :now)"
    " GROUP BY group_id"
).bindparams(bindparam("ids", expanding=True))
WHY = """
SELECT r.group_id, r.day, r.there, r.experienced, g.state, e.in_room, e.experienced_needed
FROM room r JOIN delivery_group g ON g.id = r.group_id JOIN programme_edition e ON e.id = g.edition_id
"""


def bare(engine: Engine, email: str) -> Flask:
    """Return the bare service on the database; whoever asks is the one with the address."""
    app = Flask(__name__)
    app.secret_key = secrets.token_hex()
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    later = LATER[engine.dialect.name]
    page, user, areas = (
        text(ROOMS.format(later=later, those="") + PAGE),
        text("SELECT id, name FROM account WHERE email = :email"),
        text(AREAS),
    )
    why = text(ROOMS.format(later=later, those="AND s.group_id IN :ids") + WHY).bindparams(
        bindparam("ids", expanding=True)
    )

    @app.get("/delivery/")
    def board() -> ResponseReturnValue:
        session["user"] = email
        now = datetime.now()  # noqa: DTZ005, TID251
        today = now.date()
        last = today + timedelta(weeks=int(request.args["weeks"]))
        days = {"today": today, "now": f"{now:%H:%M:%S.%f}", "last": last}
        with engine.connect() as connection:
            who = connection.execute(user, {"email": session["user"]}).one()
            near = connection.execute(areas).all()
            rows: Sequence[Any] = connection.execute(page, days).all()
            ids = [row.id for row in rows]
            coming = {row.group_id: row.day for row in connection.execute(NEXT, days | {"ids": ids})}
            said = {(row.group_id, str(row.day)): _reason(row) for row in connection.execute(why, days | {"ids": ids})}
        lines = [
            (
                *(row, row.first and day(row.first), coming.get(row.id) and day(coming[row.id])),
                said.get((row.id, str(row.first)), ""),
            )
            for row in rows
        ]
        nonce = secrets.token_urlsafe(16)
        return render_template("board.html", who=who, areas=near, lines=lines, weeks=request.args["weeks"], nonce=nonce)

    return app


AREAS = "SELECT id, name FROM area ORDER BY name"


def _reason(row: Any) -> str:
    if row.state == "planned":
        return "The group is not open."
    short = f"{row.there} in the room, {row.in_room} needed. " if row.there < row.in_room else ""
    return short + f"{row.experienced} with experience in the room, {row.experienced_needed} needed."
