"""Reach as a condition of a query: a row out of reach is never loaded, so it cannot be told from one not there."""

from typing import Any

from sqlalchemy import BindParameter, Boolean, ColumnElement, bindparam, false, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from selection.rules.roles import Reach


def within(column: InstrumentedAttribute[Any], reach: Reach) -> ColumnElement[bool]:
    """Return the condition that the row's area lies within reach."""
    if reach.everywhere:
        return true()
    return column.in_(reach.areas) if reach.areas else false()


def within_given(column: InstrumentedAttribute[Any], name: str = "reach") -> ColumnElement[bool]:
    """Return the same condition for a statement that is made once and finds rows by key; `given` has its values.

    `name` tells two reaches of one statement apart. Not for lists: no index serves both halves of the condition.
    """
    areas: BindParameter[int] = bindparam(f"{name}_areas", expanding=True)
    return or_(bindparam(f"{name}_everywhere", type_=Boolean), column.in_(areas))


def given(reach: Reach, name: str = "reach") -> dict[str, Any]:
    """Return the values that a statement with `within_given` waits for."""
    return {f"{name}_everywhere": reach.everywhere, f"{name}_areas": list(reach.areas)}
