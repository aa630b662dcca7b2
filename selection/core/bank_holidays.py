"""The bank holidays of the nations of the United Kingdom, as a kept library knows them."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib import import_module

from selection.rules.sessions import Nation

_SUBDIVISIONS = {Nation.ENGLAND_AND_WALES: "ENG", Nation.SCOTLAND: "SCT", Nation.NORTHERN_IRELAND: "NIR"}


def bank_holidays(nation: Nation, first: date, *, years: int) -> Mapping[date, str]:
    """Return the nation's bank holidays with their names, for so many years from the year of the first day on."""
    return _of_years(nation, first.year, first.year + years)


@lru_cache(maxsize=64)
def _of_years(nation: Nation, first: int, after: int) -> Mapping[date, str]:
    """Return the holidays of the years; the library is loaded when it is first asked, as few pages need it."""
    kingdom = import_module("holidays.countries.united_kingdom").UnitedKingdom
    return dict(kingdom(subdiv=_SUBDIVISIONS[nation], years=range(first, after)))
