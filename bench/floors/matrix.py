"""The skills matrix, bare: five statements, fifty people, the same cells."""

import secrets
from collections import defaultdict
from datetime import date, timedelta

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue
from sqlalchemy import bindparam, text

from bench.floors.days import day
from bench.floors.store import many, one, read, user

bp = Blueprint("matrix", __name__)

PER_PAGE, SOON = 50, timedelta(days=90)
WHERE = """
WHERE (left_on IS NULL OR left_on >= :today) AND EXISTS (SELECT 1 FROM certificate WHERE staff_id = staff.id)
"""
COUNT = f"SELECT count(*) FROM (SELECT id FROM staff {WHERE} LIMIT 1001) AS found"
ROWS = f"""
SELECT staff.id, staff.name, area.name AS area FROM staff JOIN area ON area.id = staff.area_id {WHERE}
ORDER BY sort_name, staff.id LIMIT {PER_PAGE}
"""
FACTS = text("""
SELECT staff_id, stage AS kind, programme_id, valid_from, valid_to FROM certificate WHERE staff_id IN :ids
UNION ALL SELECT staff_id, role, programme_id, valid_from, valid_to FROM authorisation WHERE staff_id IN :ids
UNION ALL SELECT staff_id, kind, programme_id, from_day, to_day FROM stop WHERE staff_id IN :ids
UNION ALL SELECT staff_id, 'appointment', programme_id, valid_from, valid_to FROM appointment WHERE staff_id IN :ids
""").bindparams(bindparam("ids", expanding=True))
ROLES = {"facilitator": "facilitator", "treatment_manager": "supervisor", "designated_supervisor": "supervisor"}


@bp.get("/insights/skills")
def skills() -> ResponseReturnValue:
    """The first page of the matrix."""
    today = date.today()  # noqa: DTZ011, TID251
    with read() as connection:
        who = user(connection)
        areas = many(connection, "SELECT id, name FROM area ORDER BY name")
        programmes = many(connection, "SELECT id, code FROM programme ORDER BY code")
        total = one(connection, COUNT, today=today)[0]
        rows = many(connection, ROWS, today=today)
        spans: defaultdict[int, defaultdict[tuple[str, int | None], list[tuple[date, date]]]]
        spans = defaultdict(lambda: defaultdict(list))
        for staff_id, kind, programme_id, first, last in connection.execute(FACTS, {"ids": [row.id for row in rows]}):
            spans[staff_id][ROLES.get(kind, kind), programme_id].append((_date(first), _date(last)))
    columns: list[tuple[str, int | None]] = [("selection", None), ("fundamental", None)]
    columns += [(kind, row.id) for row in programmes for kind in ("programme", "facilitator", "supervisor")]
    people = [(row, [_cell(spans[row.id], column, today) for column in columns]) for row in rows]
    return render_template(
        "matrix.html",
        who=who,
        areas=areas,
        programmes=programmes,
        columns=columns,
        people=people,
        total=total,
        nonce=secrets.token_urlsafe(16),
    )


def _cell(
    held: defaultdict[tuple[str, int | None], list[tuple[date, date]]], column: tuple[str, int | None], today: date
) -> tuple[str, str, str]:
    mine = sorted(held[column])
    if column[0] in {"facilitator", "supervisor"} and mine:
        for kind in ("deselection", "suspension"):
            if any(first <= today <= last for key in (None, column[1]) for first, last in held[kind, key]):
                return kind, kind.capitalize(), ""
    for first, last in mine:
        if first <= today <= last:
            return ("soon", "Ends", day(last)) if last - today <= SOON else ("valid", "Valid", "")
    coming = [first for first, last in mine if today < first <= last]
    if coming:
        return "ahead", "From", day(min(coming))
    over = [last for first, last in mine if first <= last]
    return ("ended", "Ended", day(max(over))) if over else ("none", "Not yet", "")


def _date(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
