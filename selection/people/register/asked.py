"""What a reader asks of the register, as it stands in the address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from selection.rules.eligibility import ActingRole
from selection.rules.names import kept
from selection.rules.path import Standing
from selection.web.asked import number

LONGEST_SEARCH = 200

Choice = TypeVar("Choice", bound=StrEnum)


class Order(StrEnum):
    """By what the register can be sorted."""

    NAME = "name"
    NUMBER = "number"
    AREA = "area"
    JOINED = "joined"


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The words that are searched for, the filters, the order and the page."""

    words: str = ""
    area: int | None = None
    role: ActingRole | None = None
    state: Standing | None = None
    order: Order = Order.NAME
    descending: bool = False
    page: int = 1

    @property
    def narrows(self) -> bool:
        """True if a search or a filter leaves anybody out."""
        return bool(self.words or self.area or self.role or self.state)

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the query of the address that asks this with the changes; what is not said is the usual."""
        said = {name: getattr(self, name) for name in _USUAL} | {"page": 1} | changes
        return {name: value for name, value in said.items() if value != _USUAL[name]}

    def sorted_by(self, order: Order) -> dict[str, Any]:
        """Return the query that sorts by the column; the other way round if it is sorted by it already."""
        return self.address(order=order, descending=order == self.order and not self.descending)


_USUAL = {field.name: field.default for field in fields(Asked)}


def read(given: Mapping[str, str], *, areas: Collection[int]) -> Asked:
    """Return what the query of an address asks; what it says wrongly counts as not said."""
    area, page = number(given.get("area", "")), number(given.get("page", ""))
    return Asked(
        words=kept(given.get("words", ""))[:LONGEST_SEARCH],
        area=area if area in areas else None,
        role=_one_of(ActingRole, given.get("role", "")),
        state=_one_of(Standing, given.get("state", "")),
        order=_one_of(Order, given.get("order", "")) or Order.NAME,
        descending=given.get("descending", "") == "True",
        page=page or 1,
    )


def _one_of(choices: type[Choice], word: str) -> Choice | None:
    return choices(word) if word in set(choices) else None
