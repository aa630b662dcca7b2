"""Rows that carry their proof: a row that leans on another keeps a copy of the days on which it may.

A leaning row has an *identity* key (who and what cannot be swapped), a *window* key that cascades (a shortening
arrives in the copy) and a CHECK that its own days lie within the copy (so the shortening is refused until what
leans on it is ended). The two keys stay apart: one combined, cascading key would let a change of staff on a
certificate move an assignment to another person. Nothing but foreign keys and CHECKs is used, so the property holds
at every isolation level and through every door. See docs/decisions/0002-rows-that-carry-their-proof.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.schema import SchemaItem


@dataclass(frozen=True, kw_only=True, slots=True)
class Days:
    """The names of the two columns that hold a row's first and last day, both inclusive."""

    first: str
    last: str


VALID = Days(first="valid_from", last="valid_to")
SPELL = Days(first="starts_on", last="ends_on")
THAT_DAY = Days(first="session_day", last="session_day")
ITS_DAY = "day"
BEGINNING = Days(first="starts_on", last="starts_on")
PRACTISED = Days(first="begins_on", last="lapses_on")


def may_be_leaned_on(row: str, *identities: Iterable[str], days: Days) -> tuple[SchemaItem, ...]:
    """Return what a row of table `row` needs so that others can lean on it: a key per identity, one for its days."""
    keys = [UniqueConstraint("id", *identity) for identity in identities]
    return (*keys, UniqueConstraint("id", days.first, days.last, name=f"uq_{row}_window"))


def leans_on(
    row: str,
    *,
    table: str,
    by: str,
    same: Mapping[str, str],
    its: Days,
    own: Days,
    always: str | None = None,
) -> tuple[SchemaItem, ...]:
    """Return the two keys and the CHECK by which a row of table `row` leans on a row of `table`.

    `by` is the stem of the copies (`by_id`, `by_from`, `by_to`); `same` maps this row's columns to the leaned-on
    row's, which must be equal for ever; `its` and `own` name the days of the two rows. `always` is an SQL condition
    under which the row leans; without it, it leans always. A copy that is null where the row leans is refused.
    """
    held = f"{by}_id IS NOT NULL AND {by}_from IS NOT NULL AND {by}_to IS NOT NULL"
    within = f"{held} AND {by}_from <= {own.first} AND {own.last} <= {by}_to"
    return (
        ForeignKeyConstraint(
            [f"{by}_id", *same.keys()],
            [f"{table}.id", *(f"{table}.{column}" for column in same.values())],
            name=f"fk_{row}_{by}_identity",
        ),
        ForeignKeyConstraint(
            [f"{by}_id", f"{by}_from", f"{by}_to"],
            [f"{table}.id", f"{table}.{its.first}", f"{table}.{its.last}"],
            name=f"fk_{row}_{by}_window",
            onupdate="CASCADE",
        ),
        CheckConstraint(f"NOT ({always}) OR ({within})" if always else within, name=f"within_{by}"),
        Index(None, f"{by}_id"),
    )


def leans_on_day(row: str, *, table: str, by: str, same: Mapping[str, str], its: str) -> tuple[SchemaItem, ...]:
    """Return the keys by which a row of table `row` belongs to one of `table` and keeps a copy of its one day.

    `by` is the stem of the columns (`by_id`, `by_day`); `its` names the day of the other row. The copy follows the day
    when it is moved, so that a CHECK on the copy refuses the move.
    """
    return (
        ForeignKeyConstraint(
            [f"{by}_id", *same.keys()],
            [f"{table}.id", *(f"{table}.{column}" for column in same.values())],
            name=f"fk_{row}_{by}_identity",
        ),
        ForeignKeyConstraint(
            [f"{by}_id", f"{by}_day"], [f"{table}.id", f"{table}.{its}"], name=f"fk_{row}_{by}_day", onupdate="CASCADE"
        ),
    )
