"""Verbs on areas: add one, change its name or its nation."""

from collections.abc import Sequence

from sqlalchemy import select

from selection.core.db import db
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.models.people import Area
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.sessions import Nation
from selection.trail.record import changed, record


def add(name: str, nation: Nation, *, by: Actor) -> Area:
    """Add an area; raises Refused where another has the name."""
    _insist(name, None)
    area = Area(name=name, nation=nation)
    with refused_with(lambda: _taken(name, None)):
        db.session.add(area)
    record("area.added", by=by, subject_id=area.id, after={"name": name, "nation": nation})
    return area


def change(area: Area, name: str, nation: Nation, *, by: Actor) -> None:
    """Give an area another name or nation; schedules that are laid out stay, new ones follow. Raises Refused."""
    area_id = area.id
    _insist(name, area_id)
    before = {"name": area.name, "nation": area.nation}
    with refused_with(lambda: _taken(name, area_id)):
        area.name, area.nation = name, nation
    was, now = changed(before, {"name": name, "nation": nation})
    if now:
        record("area.changed", by=by, subject_id=area_id, before=was, after=now)


def _insist(name: str, area_id: int | None) -> None:
    if reasons := _taken(name, area_id):
        raise Refused(*reasons)


def _taken(name: str, area_id: int | None) -> Sequence[Reason]:
    other = db.session.scalars(select(Area.id).where(Area.name == name)).one_or_none()
    if other in (None, area_id):
        return ()
    message = f"There is an area called {name} already."
    return (Reason(code="area.taken", message=message, remedy="Choose another name.", field="name"),)
