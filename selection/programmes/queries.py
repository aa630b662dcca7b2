"""Reads of programmes, with the sums that their pages show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.programmes import Module, Programme, Route
from selection.rules.programmes import Part, Risk, hours_in, sessions_in

_ROUTES_IN_ORDER = {risk: place for place, risk in enumerate(Risk)}


@dataclass(frozen=True, kw_only=True, slots=True)
class Total:
    """What some modules come to: a number of sessions, and exact hours."""

    sessions: int
    hours: Fraction


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A programme as its pages show it: with the total of each module, of each route (by id) and of the whole."""

    programme: Programme
    routes: Sequence[Route]
    of_module: dict[int, Total]
    of_route: dict[int, Total]
    whole: Total

    @property
    def lapse_months(self) -> int:
        """After how many months without delivery a right lapses, as it is in force today; the settings are loaded."""
        today = clock.today()
        return next(one.months for one in reversed(self.programme.lapse_settings) if one.from_day <= today)


def every() -> list[Shown]:
    """Return every programme, by code."""
    query = select(Programme).order_by(Programme.code)
    return [_shown(each) for each in db.session.scalars(query.options(*_PARTS))]


def one(programme_id: int) -> Shown:
    """Return one programme, or raise NotHere."""
    query = select(Programme).where(Programme.id == programme_id)
    loaded = query.options(*_PARTS, selectinload(Programme.lapse_settings))
    programme = db.session.scalars(loaded).one_or_none()
    if programme is None:
        raise NotHere
    return _shown(programme)


_PARTS = (selectinload(Programme.modules), selectinload(Programme.routes).selectinload(Route.modules))


def _shown(programme: Programme) -> Shown:
    return Shown(
        programme=programme,
        routes=sorted(programme.routes, key=lambda route: _ROUTES_IN_ORDER[Risk(route.risk)]),
        of_module={module.id: _total([module]) for module in programme.modules},
        of_route={route.id: _total(route.modules) for route in programme.routes},
        whole=_total(programme.modules),
    )


def _total(modules: Iterable[Module]) -> Total:
    parts = [Part(sessions=each.sessions, minutes=each.session_minutes) for each in modules]
    return Total(sessions=sessions_in(parts), hours=hours_in(parts))
