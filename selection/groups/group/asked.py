"""What a reader asks of the list of groups, as it stands in the address."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from selection.rules.names import kept
from selection.web.asked import number

Choice = TypeVar("Choice", bound=StrEnum)


class Show(StrEnum):
    """Which groups are shown: those not closed unless another choice is made."""

    CURRENT = "current"
    PLANNED = "planned"
    OPEN = "open"
    SHORT = "short"
    HALTED = "halted"
    CLOSED = "closed"
    ALL = "all"


class Order(StrEnum):
    """By what the list can be sorted."""

    REFERENCE = "reference"
    PROGRAMME = "programme"
    AREA = "area"
    STARTS = "starts"
    ENDS = "ends"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The search, the filters, the order and the page."""

    words: str = ""
    show: Show = Show.CURRENT
    area: int | None = None
    programme: int | None = None
    first: date | None = None
    last: date | None = None
    order: Order = Order.STARTS
    descending: bool = False
    page: int = 1

    @property
    def narrows(self) -> bool:
        """True if a search or a filter leaves out more than the groups that are closed."""
        usual = self.show in {Show.CURRENT, Show.ALL}
        return not usual or bool(self.words or self.area or self.programme or self.first or self.last)

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the query of the address that asks this with the changes; what is not said is the usual."""
        changed = asdict(replace(self, **({"page": 1} | changes)))
        usual = {field.name: field.default for field in fields(self)}
        return {name: value for name, value in changed.items() if value != usual[name]}

    def sorted_by(self, order: str) -> dict[str, Any]:
        """Return the query that sorts by the column; the other way round if it is sorted by it already."""
        return self.address(order=Order(order), descending=order == self.order and not self.descending)


def read(given: Mapping[str, str]) -> Asked:
    """Return what the query of an address asks; what it says wrongly counts as not said."""
    return Asked(
        words=kept(given.get("words", ""))[:40],
        show=_one_of(Show, given.get("show", "")) or Show.CURRENT,
        area=number(given.get("area", "")),
        programme=number(given.get("programme", "")),
        first=_day(given.get("first", "")),
        last=_day(given.get("last", "")),
        order=_one_of(Order, given.get("order", "")) or Order.STARTS,
        descending=given.get("descending", "") == "True",
        page=number(given.get("page", "")) or 1,
    )


def _one_of(choices: type[Choice], word: str) -> Choice | None:
    return choices(word) if word in set(choices) else None


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
