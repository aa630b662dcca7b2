"""The main menu: where this person may go, and where they are."""

from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, request
from flask_login import current_user

from selection.rules.roles import Held, Permission, reach
from selection.web.gate import signed_in


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
    Item("Staff", "people.register", Permission.PEOPLE_READ),
    Item("Assessment centres", "centres.index", Permission.CENTRES_READ),
    Item("My ratings", "centres.my_ratings", Permission.CENTRES_RATE),
    Item("Training", "training.index", Permission.TRAINING_READ),
    Item("Groups", "groups.index", Permission.GROUPS_READ),
    Item("Programmes", "programmes.index", Permission.PROGRAMMES_READ),
    Item("Standards", "standards.index", Permission.STANDARDS_READ),
    Item("Logins", "accounts.index", Permission.ACCOUNTS_MANAGE),
    Item("Outbox", "notices.index", Permission.ACCOUNTS_MANAGE),
    Item("Audit trail", "trail.index", Permission.TRAIL_READ),
)


def menu() -> list[tuple[Item, bool]]:
    """Return the entries that the signed-in person may open, each with whether it is where they are."""
    if not current_user.is_authenticated:
        return []
    allowed = _allowed(signed_in().held)
    here = [item for item in allowed if item.endpoint == request.endpoint]
    here = here or [item for item in allowed if item.section == request.blueprint][:1]
    return [(item, item in here) for item in allowed]


@lru_cache(maxsize=256)
def _allowed(held: tuple[Held, ...]) -> tuple[Item, ...]:
    return tuple(item for item in MENU if reach(held, item.permission))


def init_app(app: Flask) -> None:
    """Put the menu at the templates' hand."""
    app.jinja_env.globals["menu"] = menu
    app.jinja_env.globals["Permission"] = Permission
    app.jinja_env.globals["signed_in"] = lambda: signed_in() if current_user.is_authenticated else None
