"""How templates say days, moments, numbers and states."""

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from flask import Flask

from selection.core import clock
from selection.rules.calendar import NO_END
from selection.rules.words import day_in_words


def day(value: date | None) -> str:
    """Return a day in words; nothing for none, and “no end” for no end."""
    if value is None:
        return ""
    return "no end" if value == NO_END else day_in_words(value)


def moment(value: datetime | None) -> str:
    """Return a moment as a clock in London shows it."""
    if value is None:
        return ""
    local = clock.london(value)
    return f"{day_in_words(local.date())}, {local:%H:%M}"


def number(value: Decimal | Fraction | float | None) -> str:
    """Return a number with at most two decimals, without needless noughts."""
    return "" if value is None else f"{float(value):.2f}".rstrip("0").rstrip(".")


def words(value: str | StrEnum | None) -> str:
    """Return a stored word as people write it: not_yet becomes “Not yet”."""
    text = str(value or "").replace("_", " ")
    return text[:1].upper() + text[1:]


def init_app(app: Flask) -> None:
    """Make the filters known to every template."""
    app.add_template_filter(day)
    app.add_template_filter(moment)
    app.add_template_filter(number)
    app.add_template_filter(words)
