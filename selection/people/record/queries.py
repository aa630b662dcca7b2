"""What every record needs beside the person's own rows."""

from sqlalchemy import literal, select, union_all

from selection.core.db import db
from selection.models.people import Area
from selection.models.programmes import Programme


def names() -> dict[str, dict[int, str]]:
    """Return the codes of the programmes and the names of the areas, each by id and in order; one query."""
    programmes = select(literal("programme_id"), Programme.id, Programme.code)
    areas = select(literal("area_id"), Area.id, Area.name)
    found: dict[str, dict[int, str]] = {"programme_id": {}, "area_id": {}}
    for key, row_id, name in sorted(db.session.execute(union_all(programmes, areas)), key=lambda row: row[2]):
        found[key][row_id] = name
    return found
