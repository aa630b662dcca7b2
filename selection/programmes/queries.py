"""Reads of programmes and their editions, with the sums that their pages show."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.groups import Group
from selection.models.programmes import Edition, Module, Programme
from selection.prescribed.editions import WITH_MODULES, terms_of
from selection.rules.editions import ModuleTerms, Terms, Total, total
from selection.rules.programmes import Risk
from selection.rules.supervision import GroupState


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """A route of an edition: the risk level, whether that is a local default, its modules, and what they come to."""

    risk: Risk
    is_local_default: bool
    modules: Sequence[ModuleTerms]
    total: Total


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """An edition as the pages show it: with its programme, its routes, and the total of all its modules."""

    programme: Programme
    edition: Edition
    terms: Terms
    routes: Sequence[Way]
    whole: Total

    @property
    def lapse_months(self) -> int:
        """After how many months without delivery a right lapses, as it is in force today; the settings are loaded."""
        today = clock.today()
        return next(one.months for one in reversed(self.programme.lapse_settings) if one.from_day <= today)

    @property
    def is_newest(self) -> bool:
        """True if new groups are planned under it."""
        return self.edition is self.programme.newest


_PARTS = (selectinload(Programme.routes), selectinload(Programme.editions).options(WITH_MODULES))


def every() -> list[Shown]:
    """Return every programme in its newest edition, by code."""
    query = select(Programme).order_by(Programme.code)
    found = db.session.scalars(query.options(*_PARTS)).all()
    return [_shown(each, each.newest) for each in found if each.editions]


def one(programme_id: int, number: int | None = None) -> Shown:
    """Return one programme in an edition of it, the newest unless one is asked for; raises NotHere."""
    query = select(Programme).where(Programme.id == programme_id)
    loaded = query.options(*_PARTS, selectinload(Programme.lapse_settings))
    programme = db.session.scalars(loaded).one_or_none()
    edition = next((e for e in reversed(programme.editions) if number in (None, e.number)), None) if programme else None
    if programme is None or edition is None:
        raise NotHere
    return _shown(programme, edition)


def _shown(programme: Programme, edition: Edition) -> Shown:
    terms = terms_of(edition)
    defaults = {Risk(route.risk): route.is_local_default for route in programme.routes}
    ways = [
        Way(risk=risk, is_local_default=defaults[risk], modules=on, total=total(on))
        for risk in Risk
        if risk in defaults and (on := [each for each in terms.modules if risk in each.routes])
    ]
    return Shown(programme=programme, edition=edition, terms=terms, routes=ways, whole=total(terms.modules))


def history(programme_id: int) -> tuple[Programme, dict[int, int]]:
    """Return a programme with all its editions, and how many groups that are not closed run under each, by its id."""
    query = select(Programme).where(Programme.id == programme_id)
    with_names = selectinload(Programme.editions).options(WITH_MODULES, joinedload(Edition.published_by))
    programme = db.session.scalars(query.options(with_names)).one_or_none()
    if programme is None:
        raise NotHere
    running = (
        select(Group.edition_id, func.count())
        .where(Group.programme_id == programme_id, Group.state != GroupState.CLOSED)
        .group_by(Group.edition_id)
    )
    return programme, {row[0]: row[1] for row in db.session.execute(running)}


def modules_of(programme_id: int) -> dict[str, Module]:
    """Return every module that any edition of the programme has or had, by its title in small letters."""
    query = select(Module).where(Module.programme_id == programme_id)
    return {module.title.casefold(): module for module in db.session.scalars(query)}
