"""GET /health: whether the database answers, is migrated, and the jobs run."""

from typing import Any

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from selection.core import clock
from selection.core.db import db
from selection.core.schema import at, newest
from selection.models.jobs import Lease
from selection.web.gate import open_to_all

TIMETABLE = "timetable"


def init_app(app: Flask) -> None:
    """Add the address that a monitor asks."""
    app.add_url_rule("/health", "health", health)


@open_to_all
def health() -> ResponseReturnValue:
    """Answer 200 if everything is as it should be, else 503, with a word on each part."""
    parts: dict[str, Any] = {}
    try:
        db.session.execute(text("SELECT 1"))
        parts["database"] = "ok"
        parts["migration"] = _migration()
        parts["jobs"] = _jobs()
    except SQLAlchemyError:
        parts = {"database": "does not answer", "migration": "unknown", "jobs": "unknown"}
    well = parts["database"] == "ok" and parts["migration"] == newest() and parts["jobs"] == "ok"
    return jsonify({"status": "ok" if well else "not ok"} | parts), 200 if well else 503


def _migration() -> str:
    return at(db.session.connection()) or "none"


def _jobs() -> str:
    lease = db.session.scalars(select(Lease).where(Lease.name == TIMETABLE)).one_or_none()
    if lease is None:
        return "never ran"
    return "ok" if lease.held_until > clock.now() else "not running"
