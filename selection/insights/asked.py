"""What a reader asks of a picture, as it stands in the address."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from selection.web.asked import number


class Who(StrEnum):
    """Which people the matrix shows."""

    EVERYBODY = "everybody"
    ON_THE_PATH = "path"
    AUTHORISED = "authorised"
    ENDING = "ending"
    LATE = "late"


WHO_NAMES = {
    Who.ON_THE_PATH: "Who has passed a step",
    Who.AUTHORISED: "Authorised today",
    Who.ENDING: "With something that ends soon",
    Who.LATE: "Late to deliver first",
    Who.EVERYBODY: "Everybody",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """The area and the programme (None: all within reach), which people, and the page."""

    area: int | None = None
    programme: int | None = None
    who: Who = Who.ON_THE_PATH
    page: int = 1

    def address(self, **changes: Any) -> dict[str, Any]:
        """Return the query of the address that asks this with the changes, from the first page unless said."""
        asked = {"area": self.area, "programme": self.programme, "who": self.who.value, "page": 1} | changes
        return {name: value for name, value in asked.items() if value is not None and (name, value) != ("page", 1)}


def read(given: Mapping[str, str], *, areas: Collection[int], programmes: Collection[int]) -> Asked:
    """Return what the query of an address asks; what it says wrongly counts as not said."""
    area, programme, page = (number(given.get(name, "")) for name in ("area", "programme", "page"))
    who = given.get("who", "")
    return Asked(
        area=area if area in areas else None,
        programme=programme if programme in programmes else None,
        who=Who(who) if who in set(Who) else Who.ON_THE_PATH,
        page=page or 1,
    )
