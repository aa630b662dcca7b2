"""Areas, staff members and logins."""

from datetime import date
from itertools import count
from typing import Any

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.accounts.passwords import new_session_key
from selection.models.people import Account, Area, Grant, Staff, StaffWord
from selection.rules.names import sort_key, words_of
from selection.rules.roles import Actor, Held, Role

PASSWORD = "a fine long password"
JOINED = date(2020, 1, 6)

_numbers = count(1)
_hash = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)


def area(session: Session, name: str = "North") -> Area:
    """Return the area of this name, made if it is not there."""
    found = session.scalars(select(Area).where(Area.name == name)).one_or_none()
    if found is None:
        found = Area(name=name)
        session.add(found)
        session.flush()
    return found


def staff(session: Session, name: str | None = None, *, in_area: str = "North", **given: Any) -> Staff:
    """Return a new staff member, of the area North unless said otherwise."""
    number = next(_numbers)
    name = name or f"Person {number}"
    values = {
        "number": f"S{number:05}",
        "name": name,
        "sort_name": sort_key(name),
        "email": f"person{number}@service.example",
        "area_id": area(session, in_area).id,
        "joined_on": JOINED,
    }
    made = Staff(**(values | given))
    made.words = [StaffWord(word=word) for word in words_of(made.name, made.number, made.email)]
    session.add(made)
    session.flush()
    return made


def account(session: Session, *roles: Role, of: Staff | None = None, in_area: str | None = None) -> Account:
    """Return a new login with the roles, in one area or the whole service; its password is PASSWORD."""
    of = of or staff(session)
    where = area(session, in_area).id if in_area else None
    made = Account(
        staff_id=of.id,
        email=of.email,
        name=of.name,
        password_hash=_hash,
        session_key=new_session_key(),
        grants=[Grant(role=role, area_id=where) for role in roles],
    )
    session.add(made)
    session.flush()
    return made


def actor(login: Account) -> Actor:
    """Return the actor that the login is, to call actions with."""
    held = tuple(Held(role=Role(grant.role), area_id=grant.area_id) for grant in login.grants)
    return Actor(account_id=login.id, staff_id=login.staff_id, name=login.name, held=held)
