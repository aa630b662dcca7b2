"""Reach as a condition of a query: a row out of reach is never loaded, so it cannot be told from one not there."""

from typing import Any

from sqlalchemy import ColumnElement, false, true
from sqlalchemy.orm import InstrumentedAttribute

from selection.rules.roles import Reach


def within(column: InstrumentedAttribute[Any], reach: Reach) -> ColumnElement[bool]:
    """Return the condition that the row's area lies within reach."""
    if reach.everywhere:
        return true()
    return column.in_(reach.areas) if reach.areas else false()
