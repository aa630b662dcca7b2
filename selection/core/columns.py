"""The kinds of column that models are made of, the same on SQLite and PostgreSQL."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any

from sqlalchemy import JSON, CheckConstraint, DateTime, Integer, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import mapped_column
from sqlalchemy.types import TypeDecorator

NAME_LENGTH = 200
EMAIL_LENGTH = 254


class AwareUTC(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC; on SQLite, which knows no zones, without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Give back an aware moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Exact(TypeDecorator[Decimal]):
    """A number with up to three decimals, kept exactly as a whole number of thousandths."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | int | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """Store thousandths, rounded half to even beyond the third decimal."""
        return None if value is None else round(Decimal(value) * 1000)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:  # noqa: ARG002
        """Give back the decimal number."""
        return None if value is None else Decimal(value) / 1000


Key = Annotated[int, mapped_column(Integer, primary_key=True)]
Name = Annotated[str, mapped_column(String(NAME_LENGTH))]
Word = Annotated[str, mapped_column(String(40))]
Prose = Annotated[str, mapped_column(Text, default="")]
Day = date
Moment = Annotated[datetime, mapped_column(AwareUTC)]
Thousandths = Annotated[Decimal, mapped_column(Exact)]
Version = Annotated[int, mapped_column(Integer, default=1)]
Json = Annotated[
    dict[str, Any], mapped_column(JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql"))
]

# Ordered by code point on both databases, so that a search by the first letters can use the index.
BYTEWISE = String(NAME_LENGTH).with_variant(String(NAME_LENGTH, collation="C"), "postgresql")


def one_of(column: str, values: type[StrEnum] | Iterable[str], *, name: str | None = None) -> CheckConstraint:
    """Return the named CHECK that the column holds one of the values (or nothing, where it may be null)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=name or f"{column}_known")


def in_order(first: str, last: str, *, name: str = "days_in_order") -> CheckConstraint:
    """Return the named CHECK that the first day is not after the last."""
    return CheckConstraint(f"{first} <= {last}", name=name)
