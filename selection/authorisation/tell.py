"""Who must hear of a withdrawal: the people whose days end, and the managers of the groups that it touches."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from selection.core.db import db
from selection.models.groups import Group
from selection.models.people import Account, Grant
from selection.notices.queue import body_of, queue
from selection.rules.roles import Role
from selection.rules.words import day_in_words


def managers_of(area_ids: Iterable[int]) -> dict[str, str]:
    """Return the programme managers of the areas, name by address."""
    query = (
        select(Account.email, Account.name)
        .join(Grant)
        .where(
            Account.active,
            Grant.role == Role.PROGRAMME_MANAGER,
            or_(Grant.area_id.is_(None), Grant.area_id.in_(set(area_ids))),
        )
    )
    return dict(db.session.execute(query).all())


def of_withdrawal(news: str, groups: Iterable[Group], people: dict[str, str], *, whose: str, from_day: date) -> None:
    """Queue a letter to each person (name by address) and to the groups' managers; nobody hears the same news twice."""
    touched = sorted(groups, key=lambda group: group.reference)
    if not touched:
        return
    day = day_in_words(from_day)
    told = managers_of(group.area_id for group in touched) | people
    for address, name in sorted(told.items()):
        queue(
            f"{news}:{address}",
            to=address,
            subject=f"{whose}: changes to groups from {day}",
            body=body_of("withdrawal", name=name, whose=whose, day=day, groups=touched),
        )
