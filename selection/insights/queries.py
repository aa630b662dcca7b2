"""Reads that the pictures share: the programmes. Their statement is made once."""

from dataclasses import dataclass

from sqlalchemy import select

from selection.core.db import rows
from selection.models.programmes import Programme

_PROGRAMMES = select(Programme.id, Programme.code, Programme.months_to_first_delivery).order_by(Programme.code)


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
