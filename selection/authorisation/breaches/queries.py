"""Reads of breaches, within the reader's reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.groups import Group
from selection.models.people import Account, Staff
from selection.models.stops import Breach, BreachSpell
from selection.rules.roles import Actor, Permission
from selection.web.pages import PER_PAGE, Pages


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """A breach with its certificate's number, who recorded it, and the references of the groups by id."""

    breach: Breach
    number: str
    recorded_by: str
    groups: dict[int, str]


def one(certificate_id: int, *, by: Actor) -> Found:
    """Return the breach of a certificate, with the spells and their groups; raises NotHere."""
    query = (
        select(Breach, Certificate.number, Account.name)
        .join(Certificate, Certificate.id == Breach.certificate_id)
        .join(Account, Account.id == Breach.recorded_by_id)
        .join(Breach.staff)
        .where(Breach.certificate_id == certificate_id, within(Staff.area_id, by.reach(Permission.TRAINING_READ)))
        .options(joinedload(Breach.staff), selectinload(Breach.spells))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotHere
    wanted = {spell.group_id for spell in row[0].spells}
    groups = dict(db.session.execute(select(Group.id, Group.reference).where(Group.id.in_(wanted))).all())
    return Found(breach=row[0], number=row[1], recorded_by=row[2], groups=groups)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rested:
    """Somebody who facilitated or supervised a group on a day on the strength of a certificate that was found false."""

    name: str
    did: str
    certificate_id: int
    found_on: date


def on_day(group_id: int, day: date) -> Sequence[Rested]:
    """Return who acted for the group on the day on the strength of a certificate that was found false since."""
    query = (
        select(Staff.name, BreachSpell.did, Breach.certificate_id, Breach.found_on)
        .join(Breach, Breach.id == BreachSpell.breach_id)
        .join(Staff, Staff.id == Breach.staff_id)
        .where(BreachSpell.group_id == group_id, BreachSpell.first_day <= day, BreachSpell.last_day >= day)
        .order_by(Staff.sort_name, Breach.id)
    )
    return [
        Rested(name=name, did=did, certificate_id=certificate_id, found_on=found_on)
        for name, did, certificate_id, found_on in db.session.execute(query)
    ]


def listed(*, page: int, by: Actor) -> tuple[Sequence[tuple[Breach, str]], Pages]:
    """Return a page of the breaches within reach, newest first, each with its certificate's number."""
    query = (
        select(Breach, Certificate.number)
        .join(Certificate, Certificate.id == Breach.certificate_id)
        .join(Breach.staff)
        .where(within(Staff.area_id, by.reach(Permission.TRAINING_READ)))
    )
    counted = select(func.count()).select_from(query.with_only_columns(Breach.id).subquery())
    pages = Pages.at(page, db.session.scalars(counted).one())
    rows = query.order_by(Breach.id.desc()).offset(pages.before).limit(PER_PAGE)
    options = (joinedload(Breach.staff), selectinload(Breach.spells))
    return [(row[0], row[1]) for row in db.session.execute(rows.options(*options))], pages
