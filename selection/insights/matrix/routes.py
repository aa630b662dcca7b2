"""The pages of the skills matrix."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from flask import abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from selection.core import clock
from selection.core.db import db
from selection.insights import asked, queries
from selection.insights.asked import WHO_NAMES
from selection.insights.blueprint import bp
from selection.insights.matrix import export
from selection.insights.matrix import queries as rows
from selection.rules.matrix import Cell, Column, State, columns, in_words
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web import choices
from selection.web.downloads import as_file
from selection.web.filters import day
from selection.web.gate import requires, signed_in


@bp.get("/skills")
@requires(Permission.TRAINING_READ)
def skills() -> ResponseReturnValue:
    """Show who has which skills: a page of people by steps and programmes."""
    reach = signed_in().reach(Permission.TRAINING_READ)
    areas, programmes = choices.areas_within(reach), queries.programmes()
    wanted = asked.read(request.args, areas=areas, programmes=programmes.codes)
    shown = _columns(wanted, programmes)
    people, pages = rows.page(wanted, reach, shown, today=clock.today(), soon=_soon())
    return render_template(
        "insights/skills.html",
        asked=wanted,
        areas=areas,
        programmes=programmes.codes,
        who=WHO_NAMES,
        headings=[export.heading(column, programmes.codes) for column in shown],
        people=people,
        pages=pages,
        drawn=drawn,
        soon=_soon(),
    )


@bp.get("/skills.<kind>")
@requires(Permission.TRAINING_READ, leaves_trail=True)
def skills_file(kind: str) -> ResponseReturnValue:
    """Give the whole matrix, as it is filtered, as CSV or XLSX; that it was taken is on the trail."""
    if kind not in {"csv", "xlsx"}:
        abort(404)
    reach = signed_in().reach(Permission.TRAINING_READ)
    areas, programmes = choices.areas_within(reach), queries.programmes()
    wanted = asked.read(request.args, areas=areas, programmes=programmes.codes)
    shown = _columns(wanted, programmes)
    people = list(rows.every(wanted, reach, shown, today=clock.today(), soon=_soon()))
    after = {"area_id": wanted.area, "programme_id": wanted.programme, "who": wanted.who, "rows": len(people)}
    record("skills.exported", by=signed_in(), subject_id=None, after=after)
    db.session.commit()
    name = f"skills-{clock.today().isoformat()}.{kind}"
    if kind == "csv":
        return as_file(export.as_csv(people, shown, programmes.codes), name=name, kind=export.CSV)
    return as_file(export.as_workbook(people, shown, programmes.codes), name=name, kind=export.XLSX)


def _columns(wanted: asked.Asked, programmes: queries.Programmes) -> tuple[Column, ...]:
    months = programmes.first_delivery_months
    return columns({wanted.programme: months[wanted.programme]} if wanted.programme else months)


def drawn(cells: Iterable[Cell]) -> Markup:
    """Return the cells of a row as HTML: a matrix has hundreds, of which few differ, so each is made once."""
    return Markup("".join([_drawn(cell.state, cell.day, cell.recognised) for cell in cells]))  # noqa: S704 - each is escaped


@lru_cache(maxsize=4096)
def _drawn(state: State, on: date | None, recognised: bool) -> str:
    words = in_words(Cell(state=state, day=on, recognised=recognised), day(on) if on else "")
    return str(Markup('<td class="{}">{}</td>').format(state.value, words))


def _soon() -> int:
    return max(current_app.config["REMINDER_DAYS"], default=0)
