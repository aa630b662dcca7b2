"""The gate: every view says which permission it asks for, and the view is not entered without it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol, cast

from flask import Flask, abort, g, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user
from sqlalchemy import bindparam, select

from selection.core.db import reading_only, rows, to_disk
from selection.models.people import Account, Grant
from selection.rules.roles import Actor, Held, Permission, Role

login_manager = LoginManager()
login_manager.login_view = "accounts.sign_in"
login_manager.login_message = None
login_manager.blueprint_login_views = {"api": None}
"""A program is told 401: it cannot fill in a page."""

View = Callable[..., ResponseReturnValue]


class Stated(Protocol):
    """What the gate leaves on a view for others to read."""

    permission: Permission | None
    leaves_trail: bool
    acknowledges: bool


@dataclass
class SignedIn(UserMixin):
    """The login behind a request, as Flask-Login holds it."""

    session_key: str
    actor: Actor

    def get_id(self) -> str:
        """Return the session key: a new password makes a new one, and with it every session ends."""
        return self.session_key


# Every page asks this first: columns instead of objects, and a statement that is built once.
_LOGIN = (
    select(Account.id, Account.staff_id, Account.name, Grant.role, Grant.area_id)
    .outerjoin(Grant, Grant.account_id == Account.id)
    .where(Account.session_key == bindparam("session_key"), Account.active)
    .order_by(Grant.id)
)


@login_manager.user_loader
def load(session_key: str) -> SignedIn | None:
    """Return the login with this session key, or None if it is closed or the key was replaced."""
    found = rows(_LOGIN, session_key=session_key)
    if not found:
        return None
    held = tuple(Held(role=Role(row.role), area_id=row.area_id) for row in found if row.role is not None)
    actor = Actor(account_id=found[0].id, staff_id=found[0].staff_id, name=found[0].name, held=held)
    return SignedIn(session_key=session_key, actor=actor)


def signed_in_as(account: Account) -> SignedIn:
    """Return what a request needs to know of a login."""
    held = tuple(Held(role=Role(grant.role), area_id=grant.area_id) for grant in account.grants)
    actor = Actor(account_id=account.id, staff_id=account.staff_id, name=account.name, held=held)
    return SignedIn(session_key=account.session_key, actor=actor)


def signed_in() -> Actor:
    """Return who makes this request; only for views behind the gate."""
    return cast(SignedIn, current_user).actor


def requires(
    permission: Permission, *, leaves_trail: bool = False, acknowledges: bool = False
) -> Callable[[View], View]:
    """Let in only who has the permission: others are asked to sign in, or answered 403.

    `leaves_trail` is for a page whose mere reading is recorded; it then takes the writer's place from the start.
    `acknowledges` is for what a device forgets once it is answered: it is on the disk before the answer goes out.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return cast(ResponseReturnValue, login_manager.unauthorized())
            if not signed_in().may(permission):
                abort(403)
            return view(*args, **kwargs)

        stated = cast(Stated, guarded)
        stated.permission = permission
        stated.leaves_trail = leaves_trail
        stated.acknowledges = acknowledges
        return guarded

    return guard


def open_to_all(view: View) -> View:
    """Mark a view that needs no sign-in, so that nobody can forget to state it."""
    stated = cast(Stated, view)
    stated.permission = None
    stated.leaves_trail = False
    stated.acknowledges = False
    return view


def init_app(app: Flask) -> None:
    """Set the gate up, and let requests that only read go without the writer's place."""
    login_manager.init_app(app, add_context_processor=False)

    @app.before_request
    def _announce_reading() -> None:
        view = app.view_functions.get(request.endpoint or "")
        reads = request.method in {"GET", "HEAD", "OPTIONS"} and not getattr(view, "leaves_trail", False)
        g.reading = reading_only.set(reads)
        g.acknowledging = to_disk.set(getattr(view, "acknowledges", False))

    @app.teardown_request
    def _forget_reading(_error: BaseException | None) -> None:
        for flag, name in ((reading_only, "reading"), (to_disk, "acknowledging")):
            token = g.pop(name, None)
            if token is not None:
                flag.reset(token)
