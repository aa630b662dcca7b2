"""What pages let one choose from everywhere alike: the areas within reach, and the programmes."""

from typing import NamedTuple

from sqlalchemy import select

from selection.core.db import rows
from selection.core.scope import given, within_given
from selection.models.people import Area
from selection.models.programmes import Programme
from selection.rules.roles import Reach

_AREAS = select(Area.id, Area.name).where(within_given(Area.id)).order_by(Area.name)
_PROGRAMMES = select(Programme.id, Programme.code, Programme.title).order_by(Programme.code)


class ProgrammeChoice(NamedTuple):
    """A programme that can be chosen."""

    id: int
    code: str
    title: str


def areas_within(reach: Reach) -> dict[int, str]:
    """Return the names of the areas within reach by id, in the order of the names."""
    return {key: name for key, name in rows(_AREAS, **given(reach))}  # noqa: C416 - rows are no pairs to a type checker


def programmes() -> list[ProgrammeChoice]:
    """Return every programme, by code."""
    return [ProgrammeChoice(*row) for row in rows(_PROGRAMMES)]
