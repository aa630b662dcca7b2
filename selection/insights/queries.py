"""Reads that every picture shares: what can be chosen. Their statements are made once."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from selection.core.db import rows
from selection.models.people import Area
from selection.models.programmes import Programme
from selection.rules.roles import Reach

_AREAS = select(Area.id, Area.name).order_by(Area.name)
_SOME_AREAS = _AREAS.where(Area.id.in_(bindparam("areas", expanding=True)))
_PROGRAMMES = select(Programme.id, Programme.code, Programme.months_to_first_delivery).order_by(Programme.code)


def areas_within(reach: Reach) -> dict[int, str]:
    """Return the names of the areas within reach by id, in the order of the names."""
    found = rows(_AREAS) if reach.everywhere else rows(_SOME_AREAS, areas=list(reach.areas))
    return dict(found)


@dataclass(frozen=True, kw_only=True, slots=True)
class Programmes:
    """The codes of the programmes by id, in the order of the codes; and the months until a first delivery."""

    codes: dict[int, str]
    first_delivery_months: dict[int, int]


def programmes() -> Programmes:
    """Return every programme; one query."""
    found = rows(_PROGRAMMES)
    return Programmes(
        codes={row_id: code for row_id, code, _ in found},
        first_delivery_months={row_id: months for row_id, _, months in found},
    )
