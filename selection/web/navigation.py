"""The main menu: where this person may go, and where they are."""

from dataclasses import dataclass
from functools import lru_cache

from selection.rules.roles import Held, Permission, reach


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the menu; `section` is the slice that it leads to."""

    label: str
    endpoint: str
    permission: Permission

    @property
    def section(self) -> str:
        """The name of the slice."""
        return self.endpoint.partition(".")[0]


MENU = (
    Item("My work", "home.index", Permission.OWN_READ),
    Item("My training", "training.mine", Permission.OWN_READ),
    Item("Staff", "people.register", Permission.PEOPLE_READ),
    Item("Assessment centres", "centres.index", Permission.CENTRES_READ),
    Item("My ratings", "centres.my_ratings", Permission.CENTRES_RATE),
    Item("Training", "training.index", Permission.TRAINING_READ),
    Item("Groups", "groups.index", Permission.GROUPS_READ),
    Item("Capacity", "insights.skills", Permission.TRAINING_READ),
    Item("Delivery", "delivery.board", Permission.GROUPS_READ),
    Item("Supervision", "supervision.index", Permission.SUPERVISION_READ),
    Item("Programmes", "programmes.index", Permission.PROGRAMMES_READ),
    Item("Standards", "standards.index", Permission.STANDARDS_READ),
    Item("Logins", "accounts.index", Permission.ACCOUNTS_MANAGE),
    Item("Outbox", "notices.index", Permission.ACCOUNTS_MANAGE),
    Item("Audit trail", "trail.index", Permission.TRAIL_READ),
)


@dataclass(frozen=True, slots=True)
class Menu:
    """The entries that somebody may open, the one where they are, and whether they are at its very page."""

    entries: tuple[Item, ...] = ()
    here: Item | None = None
    at_its_page: bool = False


NO_MENU = Menu()


@lru_cache(maxsize=1024)
def menu(held: tuple[Held, ...], endpoint: str | None, section: str | None) -> Menu:
    """Return the menu of who has these roles, seen from the page of the endpoint in the section."""
    entries = tuple(item for item in MENU if reach(held, item.permission))
    for item in entries:
        if item.endpoint == endpoint:
            return Menu(entries, item, at_its_page=True)
    near = [item for item in entries if item.section == section]
    first = next((item for item in near if item.endpoint.endswith(".index")), None)
    return Menu(entries, first or next(iter(near), None))
