"""Reads of a stop with the people who had a part in it and the appeal against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, exists, or_, select
from sqlalchemy.orm import joinedload

from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Stop
from selection.models.people import Account, Grant, Staff
from selection.models.stops import StopAppeal, StopRole
from selection.rules.roles import GRANTS, Actor, Permission
from selection.rules.stops import StopPart, last_day_to_appeal


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A stop, whose it is, who decided it, who was on the panel, and the appeal against it if there is one."""

    stop: Stop
    person: Staff
    decided_by: str
    panel: Sequence[str]
    appeal: StopAppeal | None
    appeal_until: date


def one(stop_id: int, *, by: Actor, days: int, reading: bool = False) -> Shown:
    """Return a stop of oneself or of a person within reach; raises NotHere. `days` is how long one can appeal.

    Within reach are people about whom the actor decides, and for `reading` those whose trail they read.
    """
    whose = or_(within(Staff.area_id, by.reach(Permission.AUTHORISATIONS_WITHDRAW)), Staff.id == by.staff_id)
    if reading:
        whose = or_(whose, within(Staff.area_id, by.reach(Permission.TRAIL_READ)))
    query = (
        select(Stop, Staff, Account.name)
        .join(Staff, Staff.id == Stop.staff_id)
        .join(Account, Account.id == Stop.decided_by_id)
        .where(Stop.id == stop_id, whose)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotHere
    stop, person, decided_by = row
    names = select(Staff.name).join(StopRole, StopRole.staff_id == Staff.id)
    panel = names.where(StopRole.stop_id == stop_id, StopRole.part == StopPart.PANEL).order_by(Staff.sort_name)
    appeal = select(StopAppeal).where(StopAppeal.stop_id == stop_id).options(joinedload(StopAppeal.heard_by))
    return Shown(
        stop=stop,
        person=person,
        decided_by=decided_by,
        panel=db.session.scalars(panel).all(),
        appeal=db.session.scalars(appeal).one_or_none(),
        appeal_until=last_day_to_appeal(clock.london(stop.decided_at).date(), days),
    )


MOST = 20
"""Appeals that are listed at once; there are never so many."""


def who_may_hear(stop_id: int, person: Staff) -> Sequence[Staff]:
    """Return everybody who may hear an appeal against a stop of the person: within reach, and on no panel of it."""
    hearing = [role for role, granted in GRANTS.items() if Permission.AUTHORISATIONS_WITHDRAW in granted]
    here = or_(Grant.area_id.is_(None), Grant.area_id == person.area_id)
    may = exists().where(Account.staff_id == Staff.id, Account.active, Grant.account_id == Account.id)
    query = select(Staff).where(
        may.where(Grant.role.in_(hearing), here),
        Staff.id != person.id,
        ~exists().where(StopRole.stop_id == stop_id, StopRole.staff_id == Staff.id),
    )
    return db.session.scalars(query.order_by(Staff.id)).all()


def to_hear(by: Actor) -> Sequence[Row[int, str, date]]:
    """Return the appeals that wait for a hearing that the actor can give: stop, whose it is, and when it was lodged."""
    query = (
        select(StopAppeal.stop_id, Staff.name, StopAppeal.lodged_on)
        .join(Staff, Staff.id == StopAppeal.staff_id)
        .where(
            StopAppeal.outcome.is_(None),
            within(Staff.area_id, by.reach(Permission.AUTHORISATIONS_WITHDRAW)),
            Staff.id != by.staff_id,
            ~exists().where(StopRole.stop_id == StopAppeal.stop_id, StopRole.staff_id == by.staff_id),
        )
        .order_by(StopAppeal.lodged_on, StopAppeal.id)
    )
    return db.session.execute(query.limit(MOST)).all()
