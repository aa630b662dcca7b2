"""The demo's logins: one for each role or two where two must agree, and two that reach no further than the North."""

import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from selection.accounts.logins.queries import in_words
from selection.accounts.passwords import hashed, new_session_key
from selection.commands.demo.days import at, months_ago
from selection.commands.demo.people import RECORDS_BEGIN
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import Story
from selection.core.db import db
from selection.models.groups import Assignment
from selection.models.people import Account, Grant
from selection.rules.roles import ROLE_NAMES, Actor, Held, Role

DOMAIN = "demo.example"


@dataclass(frozen=True, kw_only=True, slots=True)
class Login:
    """A login: the word before the @, its role, and whether it reaches the whole service or the person's area."""

    word: str
    role: Role
    everywhere: bool = True

    @property
    def email(self) -> str:
        """The address to sign in with."""
        return f"{self.word}@{DOMAIN}"


LOGINS = (
    Login(word="administrator", role=Role.ADMINISTRATOR),
    Login(word="coordinator", role=Role.COORDINATOR),
    Login(word="second.coordinator", role=Role.COORDINATOR),
    Login(word="assessor", role=Role.ASSESSOR),
    Login(word="second.assessor", role=Role.ASSESSOR),
    Login(word="training.lead", role=Role.TRAINING_LEAD),
    Login(word="second.training.lead", role=Role.TRAINING_LEAD),
    Login(word="training.lead.north", role=Role.TRAINING_LEAD, everywhere=False),
    Login(word="programme.manager", role=Role.PROGRAMME_MANAGER),
    Login(word="programme.manager.north", role=Role.PROGRAMME_MANAGER, everywhere=False),
    Login(word="treatment.manager", role=Role.TREATMENT_MANAGER),
    Login(word="auditor", role=Role.AUDITOR),
    Login(word="facilitator", role=Role.STAFF_MEMBER),
    Login(word="staff.member", role=Role.STAFF_MEMBER),
)
ON_A_GROUP = "facilitator"
"""Whose login waits until there are groups."""


def open_logins(setting: Setting, people: People, password: str) -> None:
    """Make a login for each role, tied to a staff member whom it fits; all have the same password."""
    password_hash = hashed(password)
    for login in LOGINS:
        if login.word != ON_A_GROUP:
            _open(login, _fitting(login.word, setting, people), setting, password_hash)


def open_login_on_a_group(setting: Setting, people: People) -> None:
    """Make the login of somebody who facilitates a group today, under the treatment manager who has one if there is."""
    password_hash = db.session.scalars(select(Account.password_hash).limit(1)).one()
    led = Assignment.supervisor_id == setting.actors["treatment.manager"].staff_id
    today = select(Assignment.facilitator_id).where(
        Assignment.starts_on <= setting.today, Assignment.ends_on >= setting.today
    )
    staff_id = db.session.scalars(today.order_by(led.desc(), Assignment.id).limit(1)).one()
    login = next(one for one in LOGINS if one.word == ON_A_GROUP)
    _open(login, next(one for one in people.everybody if one.id == staff_id), setting, password_hash)


def _open(login: Login, member: Member, setting: Setting, password_hash: str) -> None:
    area_id = None if login.everywhere else member.area_id
    account_id = setting.rows.add(
        Account,
        staff_id=member.id,
        email=login.email,
        name=member.name,
        password_hash=password_hash,
        session_key=new_session_key(),
    )
    setting.rows.add(Grant, account_id=account_id, role=login.role, area_id=area_id)
    held = (Held(role=login.role, area_id=area_id),)
    setting.actors[login.word] = Actor(account_id=account_id, staff_id=member.id, name=member.name, held=held)
    setting.history.note(
        "account.created",
        at(months_ago(setting.today, RECORDS_BEGIN), 9),
        "administrator",
        account_id,
        staff_id=member.id,
        after={"email": login.email, "name": member.name, "roles": in_words(held, setting.area_names)},
    )


def _fitting(word: str, setting: Setting, people: People) -> Member:
    current = [
        one for one in people.assessors if one.pool == 0 and any(setting.today in days for days in one.assessing)
    ]
    match word:
        case "assessor":
            return current[0]
        case "second.assessor":
            return current[1]
        case "second.training.lead":
            return next(one for one in reversed(people.everybody) if one.left_on is None)
        case "second.coordinator":
            return people.managers[-1]
        case "treatment.manager":
            return people.in_pool(0, Story.LONG_SERVING)[0]
        case "staff.member":
            return people.in_pool(0, Story.FUNDAMENTAL)[0]
        case _:
            return people.office[word]


def made_up_password() -> str:
    """Return a password for a demo to which none was given."""
    return secrets.token_urlsafe(9)


def sign_ins() -> list[str]:
    """Return a line for each demo login that there is: what it is, and the address to sign in with."""
    emails = [login.email for login in LOGINS]
    query = select(Account).where(Account.email.in_(emails), Account.active)
    grants = joinedload(Account.grants).joinedload(Grant.area)
    found = {account.email: account for account in db.session.scalars(query.options(grants)).unique()}
    held = [found[email] for email in emails if email in found]
    called = [", ".join(_called(grant) for grant in account.grants) for account in held]
    width = max((len(each) for each in called), default=0)
    return [f"{each:<{width}}  {account.email}" for each, account in zip(called, held, strict=True)]


def _called(grant: Grant) -> str:
    name = ROLE_NAMES[Role(grant.role)]
    return f"{name} ({grant.area.name})" if grant.area else name
