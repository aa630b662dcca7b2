"""Reads of logins; an administrator of areas finds only those whose every role lies in these areas."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import joinedload

from selection.authorisation.find import named_like
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.people import Account, Area, Grant, Staff
from selection.rules.roles import ROLE_NAMES, Held, Reach, Role
from selection.web.pages import PER_PAGE, Pages

COUNTED = 1_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """A line of the list of logins."""

    id: int
    name: str
    email: str
    active: bool
    locked: bool
    external: bool
    roles: tuple[str, ...]


def search(words: str, role: Role | None, reach: Reach, page: int) -> tuple[Sequence[Line], Pages]:
    """Return a page of the logins within reach, by name; `words` begin words of the name, number or address."""
    conditions = list(_conditions(words, role, reach))
    counting = select(Account.id).where(*conditions).limit(COUNTED + 1).subquery()
    counted = db.session.scalars(select(func.count()).select_from(counting)).one()
    pages = Pages.at(page, min(counted, COUNTED), capped=counted > COUNTED)
    columns = (Account.id, Account.name, Account.email, Account.active, Account.locked_until, Account.staff_id)
    query = select(*columns).where(*conditions).order_by(Account.name, Account.id)
    rows = db.session.execute(query.offset(pages.before).limit(PER_PAGE)).all()
    roles = _roles_of([row.id for row in rows])
    lines = [
        Line(
            id=row.id,
            name=row.name,
            email=row.email,
            active=row.active,
            locked=is_locked(row.locked_until),
            external=row.staff_id is None,
            roles=tuple(roles[row.id]),
        )
        for row in rows
    ]
    return lines, pages


def login(account_id: int, reach: Reach) -> Account:
    """Return a login with its roles and staff member, or raise NotHere if there is none within reach."""
    query = select(Account).where(Account.id == account_id, _visible(reach))
    query = query.options(joinedload(Account.grants), joinedload(Account.staff))
    found = db.session.scalars(query).unique().one_or_none()
    if found is None:
        raise NotHere
    return found


def staff_by_number(number: str, reach: Reach) -> Staff | None:
    """Return the staff member with the number, or None if there is none within reach."""
    return db.session.scalars(select(Staff).where(Staff.number == number, within(Staff.area_id, reach))).one_or_none()


def taken(email: str, staff_id: int | None, *, but: int | None = None) -> tuple[bool, bool]:
    """Return whether another login has the address, and whether the staff member has a login."""
    query = select(Account.id, Account.email, Account.staff_id)
    either = or_(Account.email == email, and_(Account.staff_id.is_not(None), Account.staff_id == staff_id))
    others = [row for row in db.session.execute(query.where(either)) if row.id != but]
    return any(row.email == email for row in others), any(row.staff_id == staff_id is not None for row in others)


def is_locked(until: datetime | None) -> bool:
    """Say whether a login that too many tries have locked until then is locked now."""
    return until is not None and until > clock.now()


def other_administrators(account_id: int) -> int:
    """Return how many other open logins administer the whole service; none of them changes before the commit.

    They are locked first and counted by a second statement, which sees what those before us in the queue did: two
    administrators who close each other in the same moment would otherwise leave nobody.
    """
    everywhere = exists().where(
        Grant.account_id == Account.id, Grant.role == Role.ADMINISTRATOR, Grant.area_id.is_(None)
    )
    administrators = select(Account.id).where(Account.active, everywhere).order_by(Account.id)
    db.session.execute(administrators.with_for_update(key_share=True))
    return sum(each != account_id for each in db.session.scalars(administrators))


def held_by(account: Account) -> frozenset[Held]:
    """Return the roles of a login as the rules see them."""
    return frozenset(as_held(grant) for grant in account.grants)


def as_held(grant: Grant) -> Held:
    """Return one role of a login as the rules see it."""
    return Held(role=Role(grant.role), area_id=grant.area_id)


def in_words(held: Iterable[Held], areas: Mapping[int, str]) -> list[str]:
    """Return the roles as people say them, in the order of the roles."""
    order = list(Role)
    ranked = sorted(held, key=lambda one: (order.index(one.role), one.area_id or 0))
    return [_words(one.role, areas.get(one.area_id or 0), everywhere=one.area_id is None) for one in ranked]


def _words(role: Role, area: str | None, *, everywhere: bool) -> str:
    return f"{ROLE_NAMES[role]} in {'the whole service' if everywhere else area or 'another area'}"


def _conditions(words: str, role: Role | None, reach: Reach) -> Iterator[ColumnElement[bool]]:
    yield _visible(reach)
    if words:
        people = select(Staff.id).where(named_like(words))
        external = Account.staff_id.is_(None) & Account.name.icontains(words, autoescape=True)
        yield or_(Account.staff_id.in_(people), external, Account.email.startswith(words.casefold(), autoescape=True))
    if role:
        yield exists().where(Grant.account_id == Account.id, Grant.role == role)


def _visible(reach: Reach) -> ColumnElement[bool]:
    if reach.everywhere:
        return true()
    own_area = exists().where(Staff.id == Account.staff_id, within(Staff.area_id, reach))
    beyond = or_(Grant.area_id.is_(None), not_(within(Grant.area_id, reach)))
    return and_(or_(Account.staff_id.is_(None), own_area), not_(exists().where(Grant.account_id == Account.id, beyond)))


def _roles_of(account_ids: list[int]) -> dict[int, list[str]]:
    query = select(Grant.account_id, Grant.role, Grant.area_id, Area.name).outerjoin(Grant.area)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for account_id, role, area_id, area in db.session.execute(
        query.where(Grant.account_id.in_(account_ids)).order_by(Grant.id)
    ):
        found[account_id].append(_words(Role(role), area, everywhere=area_id is None))
    return found
