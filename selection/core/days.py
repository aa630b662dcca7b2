"""Days in queries, counted the same on SQLite and PostgreSQL."""

from typing import Any

from sqlalchemy import Date
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class days_later(FunctionElement[Any]):  # noqa: N801 - it reads as a function of the database
    """The day so many days after another: `days_later(Row.day, 28)`; both may be columns."""

    type = Date()
    name = "days_later"
    inherit_cache = True


class months_later(FunctionElement[Any]):  # noqa: N801
    """The same day so many months later, or that month's last where it is shorter, as `rules.calendar` has it."""

    type = Date()
    name = "months_later"
    inherit_cache = True


@compiles(days_later, "sqlite")
def _on_sqlite(element: Any, compiler: SQLCompiler, **given: Any) -> str:
    day, days = element.clauses
    return f"date({compiler.process(day, **given)}, '+' || ({compiler.process(days, **given)}) || ' days')"


@compiles(days_later, "postgresql")
def _on_postgresql(element: Any, compiler: SQLCompiler, **given: Any) -> str:
    day, days = element.clauses
    return f"(CAST({compiler.process(day, **given)} AS date) + CAST({compiler.process(days, **given)} AS integer))"


@compiles(months_later, "sqlite")
def _months_on_sqlite(element: Any, compiler: SQLCompiler, **given: Any) -> str:
    day, months = (compiler.process(each, **given) for each in element.clauses)
    same_day = f"date({day}, '+' || ({months}) || ' months')"
    last_day = f"date({day}, 'start of month', '+' || (({months}) + 1) || ' months', '-1 day')"
    return f"min({same_day}, {last_day})"


@compiles(months_later, "postgresql")
def _months_on_postgresql(element: Any, compiler: SQLCompiler, **given: Any) -> str:
    day, months = (compiler.process(each, **given) for each in element.clauses)
    return f"CAST(CAST({day} AS date) + make_interval(months => CAST({months} AS integer)) AS date)"
