"""What an administrator changes of logins: made, changed, closed, opened, and given a first password."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.attributes import flag_modified

from selection.accounts import passwords
from selection.accounts.logins import queries
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Account, Grant, Staff
from selection.rules.logins import Login, reasons_against_closing, reasons_against_roles
from selection.rules.names import kept
from selection.rules.reasons import Reason
from selection.rules.register import reasons_against_contact
from selection.rules.roles import EVERYWHERE, Actor, Held, Permission, Role
from selection.trail.record import changed, record
from selection.web.choices import areas_within

EMAIL_TAKEN = Reason(
    code="login.email_taken",
    field="email",
    message="Another login has this e-mail address.",
    remedy="Each login has its own.",
)
HAS_LOGIN = Reason(
    code="login.has_one",
    field="number",
    message="This person has a login already.",
    remedy="Change the roles of that one.",
)
LEFT = Reason(
    code="login.left",
    field="number",
    message="This person has left the service.",
    remedy="Who has left needs no login.",
)
ADMINISTRATOR = Held(role=Role.ADMINISTRATOR, area_id=None)

OWN_PASSWORD = Reason(
    code="login.own_password",
    message="This is your own login.",
    remedy="Set your own password on the page Password.",
)


def create_for_staff(number: str, roles: Collection[Held], *, by: Actor) -> tuple[Account, str]:
    """Make a login for the staff member with the number; return it and its first password."""
    person = queries.staff_by_number(kept(number), by.reach(Permission.ACCOUNTS_MANAGE))
    if person is None:
        raise Refused(
            Reason(
                code="login.nobody",
                field="number",
                message=f"Nobody of your areas has the number {kept(number)}.",
                remedy="Check the number.",
            )
        )
    reasons = list(reasons_against_roles(Login(), roles, by.reach(Permission.ACCOUNTS_MANAGE)))
    if person.left_on is not None and person.left_on < clock.today():
        reasons.insert(0, LEFT)
    email_taken, has_login = queries.taken(person.email, person.id)
    if has_login:
        reasons.insert(0, HAS_LOGIN)
    elif email_taken:
        reasons.insert(0, _at("number", EMAIL_TAKEN))
    return _create(person.name, person.email, person, roles, reasons, by=by)


def create_external(name: str, email: str, roles: Collection[Held], *, by: Actor) -> tuple[Account, str]:
    """Make a login for somebody who is not on the register; return it and its first password."""
    name, email = kept(name), kept(email).casefold()
    reach = by.reach(Permission.ACCOUNTS_MANAGE)
    reasons = [*reasons_against_contact(name, email), *reasons_against_roles(Login(is_external=True), roles, reach)]
    if queries.taken(email, None)[0]:
        reasons.append(EMAIL_TAKEN)
    return _create(name, email, None, roles, reasons, by=by)


def change(account: Account, *, name: str, email: str, roles: Collection[Held], by: Actor) -> bool:
    """Give a login this name, this address and exactly these roles; return whether anything was different."""
    name, email = kept(name), kept(email).casefold()
    reasons = [
        *reasons_against_contact(name, email),
        *reasons_against_roles(_as_ruled(account, by), roles, by.reach(Permission.ACCOUNTS_MANAGE)),
    ]
    if email != account.email and queries.taken(email, None, but=account.id)[0]:
        reasons.append(EMAIL_TAKEN)
    _refuse(reasons)
    areas = areas_within(EVERYWHERE)
    was, held = _shown(account, areas), queries.held_by(account)
    account.name, account.email = name, email
    account.grants[:] = [grant for grant in account.grants if queries.as_held(grant) in roles]
    account.grants += [Grant(role=one.role, area_id=one.area_id) for one in sorted(set(roles) - held, key=repr)]
    before, after = changed(was, _shown(account, areas))
    if not after:
        return False
    flag_modified(account, "name")  # so that the version counts a change of roles alone
    _flush()
    record("account.changed", by=by, subject_id=account.id, staff_id=account.staff_id, before=before, after=after)
    return True


def close(account: Account, *, by: Actor) -> None:
    """Close a login and end its sessions; who closes what is closed changes nothing."""
    _refuse(reasons_against_closing(_as_ruled(account, by)))
    if account.active:
        account.session_key = passwords.new_session_key()
        _set_active(account, False, by)


def reopen(account: Account, *, by: Actor) -> None:
    """Open a closed login again; its password is as it was."""
    if not account.active:
        account.failed_sign_ins, account.locked_until = 0, None
        _set_active(account, True, by)


def unlock(account: Account, *, by: Actor) -> None:
    """Let somebody try again at once who tried too often; who is not locked out stays as they are."""
    if not queries.is_locked(account.locked_until):
        return
    until, account.locked_until, account.failed_sign_ins = account.locked_until, None, 0
    record(
        "account.changed",
        by=by,
        subject_id=account.id,
        staff_id=account.staff_id,
        before={"locked_until": until},
        after={"locked_until": None},
    )


def new_password(account: Account, *, by: Actor) -> str:
    """Give a login a new first password, end its sessions, and return the password: it is stored nowhere."""
    if account.id == by.account_id:
        raise Refused(OWN_PASSWORD)
    password = passwords.generated()
    account.password_hash = passwords.hashed(password)
    account.session_key = passwords.new_session_key()
    account.failed_sign_ins, account.locked_until = 0, None
    record("account.password_changed", by=by, subject_id=account.id, staff_id=account.staff_id)
    return password


def _create(
    name: str, email: str, person: Staff | None, roles: Collection[Held], reasons: Iterable[Reason], *, by: Actor
) -> tuple[Account, str]:
    _refuse(reasons)
    password = passwords.generated()
    account = Account(
        staff_id=person.id if person else None,
        name=name,
        email=email,
        password_hash=passwords.hashed(password),
        session_key=passwords.new_session_key(),
        grants=[Grant(role=one.role, area_id=one.area_id) for one in sorted(set(roles), key=repr)],
    )
    db.session.add(account)
    _flush()
    after = _shown(account, areas_within(EVERYWHERE)) | {"active": True, "staff_id": account.staff_id}
    record("account.created", by=by, subject_id=account.id, staff_id=account.staff_id, after=after)
    return account, password


def _set_active(account: Account, active: bool, by: Actor) -> None:
    account.active = active
    record(
        "account.changed",
        by=by,
        subject_id=account.id,
        staff_id=account.staff_id,
        before={"active": not active},
        after={"active": active},
    )


def _as_ruled(account: Account, by: Actor) -> Login:
    held = queries.held_by(account)
    return Login(
        held=held,
        is_external=account.staff_id is None,
        is_own=account.id == by.account_id,
        is_last=account.active and ADMINISTRATOR in held and not queries.other_administrators(account.id),
    )


def _shown(account: Account, areas: Mapping[int, str]) -> dict[str, Any]:
    """Return the login as the trail shows it, with the areas by their names of this day."""
    roles = queries.in_words(queries.held_by(account), areas)
    return {"name": account.name, "email": account.email, "roles": roles}


def _refuse(reasons: Iterable[Reason]) -> None:
    if reasons := tuple(reasons):
        raise Refused(*reasons)


def _at(field: str, reason: Reason) -> Reason:
    return Reason(code=reason.code, field=field, message=reason.message, remedy=reason.remedy)


def _flush() -> None:
    """Write what is new; if another login took the person or the address in the same moment, raise Refused."""
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        breach = str(error.orig)
        if "email" in breach:
            raise Refused(EMAIL_TAKEN) from error
        if "staff_id" in breach:
            raise Refused(HAS_LOGIN) from error
        raise
