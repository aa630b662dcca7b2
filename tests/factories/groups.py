"""Groups in an area, and the people who make up a scene around one."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.authorisations import Authorisation
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Account, Staff
from selection.models.programmes import Edition, Programme
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Role
from tests.factories import chain, people, programmes

FIRST, LAST = date(2027, 4, 5), date(2027, 9, 30)
"""The days of a group unless said otherwise: it begins three weeks after the day of the tests."""

_numbers = count(1)


def group(
    session: Session,
    programme: Programme,
    *,
    first: date = FIRST,
    last: date = LAST,
    in_area: str = "North",
    **given: Any,
) -> Group:
    """Return a planned group, under the newest edition."""
    newest = select(Edition.id).where(Edition.programme_id == programme.id).order_by(Edition.number.desc())
    values = {"reference": f"G-{next(_numbers)}", "venue": "Town hall", "size": 9}
    made = Group(
        **(values | given),
        programme_id=programme.id,
        edition_id=session.scalars(newest.limit(1)).one(),
        area_id=people.area(session, in_area).id,
        starts_on=first,
        ends_on=last,
    )
    session.add(made)
    session.flush()
    return made


def supervise(
    session: Session, of: Group, under: Authorisation, *, first: date | None = None, last: date | None = None
) -> Supervision:
    """Return a link put to the end of the group's chain; the group opens once the chain covers its days."""
    first = first or of.starts_on
    last = last or of.ends_on
    link = Supervision(
        group_id=of.id,
        programme_id=of.programme_id,
        supervisor_id=under.staff_id,
        role=under.role,
        starts_on=first,
        ends_on=last,
        follows_on=of.supervised_to,
        authorisation_id=under.id,
        authorisation_from=under.valid_from,
        authorisation_to=under.valid_to,
    )
    session.add(link)
    session.flush()
    of.supervised_from, of.supervised_to = of.supervised_from or first, last
    if (of.supervised_from, of.supervised_to) == (of.starts_on, of.ends_on):
        of.state = "open"
    session.flush()
    return link


def assign(
    session: Session,
    of: Group,
    right: Authorisation,
    under: Supervision,
    *,
    by: Account,
    first: date | None = None,
    last: date | None = None,
    kind: str = "regular",
) -> Assignment:
    """Return a spell of whoever the authorisation is of, under the supervision, for all its days by default."""
    spell = Assignment(
        group_id=of.id,
        programme_id=of.programme_id,
        facilitator_id=right.staff_id,
        kind=kind,
        starts_on=first or under.starts_on,
        ends_on=last or under.ends_on,
        authorisation_id=right.id,
        authorisation_from=right.valid_from,
        authorisation_to=right.valid_to,
        supervision_id=under.id,
        supervisor_id=under.supervisor_id,
        supervision_from=under.starts_on,
        supervision_to=under.ends_on,
        **chain.within_practice(session, right),
        made_at=clock.now(),
        made_by_id=by.id,
    )
    session.add(spell)
    session.flush()
    return spell


@dataclass
class Scene:
    """A manager, two people who may supervise, and three who may facilitate, of the area North."""

    programme: Programme
    manager: Account
    tom: Staff
    tom_may: Authorisation
    dora: Staff
    dora_may: Authorisation
    fay: Staff
    fay_may: Authorisation
    finn: Staff
    finn_may: Authorisation


def scene(session: Session) -> Scene:
    """Return people and a programme, as yet without a group."""
    programme = programmes.programme(session)
    manager = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
    tom, dora = people.staff(session, "Tom Treat"), people.staff(session, "Dora Design")
    fay, finn = people.staff(session, "Fay First"), people.staff(session, "Finn Second")
    by = people.account(session, Role.TRAINING_LEAD)
    return Scene(
        programme=programme,
        manager=manager,
        tom=tom,
        tom_may=chain.authorised(session, tom, programme, ActingRole.TREATMENT_MANAGER, by=by),
        dora=dora,
        dora_may=chain.authorised(session, dora, programme, ActingRole.DESIGNATED_SUPERVISOR, by=by),
        fay=fay,
        fay_may=chain.authorised(session, fay, programme, by=by),
        finn=finn,
        finn_may=chain.authorised(session, finn, programme, by=by),
    )


def open_group(session: Session, of: Scene, **given: Any) -> tuple[Group, Supervision]:
    """Return an open group under Tom on all its days."""
    made = group(session, of.programme, **given)
    return made, supervise(session, made, of.tom_may)
