"""What changes a login: signing in and out, a new password."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import joinedload

from selection.accounts import passwords
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Account
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import record
from selection.web.gate import SignedIn, signed_in_as

TRIES = 10
LOCKED_FOR = timedelta(minutes=15)

WRONG = Reason(code="sign_in.wrong", message="The email address or the password is not right.", field="password")
LOCKED = Reason(
    code="sign_in.locked", message="Too many tries. Wait a quarter of an hour, then try again.", field="password"
)


def sign_in(email: str, password: str) -> SignedIn:
    """Return the login that the address and password open, or raise Refused; failed tries are counted and kept."""
    query = select(Account).where(Account.email == email.strip().casefold()).options(joinedload(Account.grants))
    account = db.session.scalars(query).unique().one_or_none()
    if account is not None and account.locked_until is not None and account.locked_until > clock.now():
        raise Refused(LOCKED)
    if not passwords.matches(account.password_hash if account else None, password) or account is None:
        if account is not None:
            _count_failure(account)
        raise Refused(WRONG)
    if not account.active:
        raise Refused(WRONG)
    if account.failed_sign_ins:
        _keep_tries(account, 0, until=None)
    who = signed_in_as(account)
    record("account.signed_in", by=who.actor, subject_id=account.id)
    return who


def _count_failure(account: Account) -> None:
    tries = _keep_tries(account, Account.failed_sign_ins + 1, until=None)
    until = clock.now() + LOCKED_FOR if tries >= TRIES else None
    if until:
        _keep_tries(account, 0, until=until)
    record(
        "account.sign_in_failed",
        by=Actor(account_id=None, staff_id=None, name=account.email),
        subject_id=account.id,
        after={"failed_sign_ins": tries, "locked_until": until},
    )


def _keep_tries(account: Account, tries: int | ColumnElement[int], *, until: datetime | None) -> int:
    """Store how many tries failed, and return it.

    Past the object and its version: the database counts, so that no try of several at once is lost, and a form that an
    administrator has open on the login stays good.
    """
    stored = update(Account).where(Account.id == account.id).values(failed_sign_ins=tries, locked_until=until)
    return db.session.scalars(
        stored.returning(Account.failed_sign_ins), execution_options={"synchronize_session": False}
    ).one()


def change_password(account: Account, *, old: str, new: str, by: Actor) -> SignedIn:
    """Set a new password; every other session of the login ends. Raises Refused if the old one is not right."""
    if not passwords.matches(account.password_hash, old):
        raise Refused(Reason(code="password.old", message="That is not your present password.", field="old"))
    account.password_hash = passwords.hashed(new)
    account.session_key = passwords.new_session_key()
    record("account.password_changed", by=by, subject_id=account.id, staff_id=account.staff_id)
    return signed_in_as(account)
