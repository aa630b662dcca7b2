"""Who must hear of a withdrawal: the people whose days end, and the managers of the groups that it touches."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import or_, select

from selection.core.db import db
from selection.models.groups import Assignment, Group
from selection.models.people import Account, Grant
from selection.models.programmes import LapseSetting
from selection.notices.queue import News, body_of, queue, queue_all
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


def managers_by_area(area_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return, of each area, the programme managers, name by address."""
    areas = set(area_ids)
    query = (
        select(Grant.area_id, Account.email, Account.name)
        .join(Account)
        .where(
            Account.active,
            Grant.role == Role.PROGRAMME_MANAGER,
            or_(Grant.area_id.is_(None), Grant.area_id.in_(areas)),
        )
    )
    found: dict[int, dict[str, str]] = {area_id: {} for area_id in areas}
    for area_id, email, name in db.session.execute(query):
        for one in areas if area_id is None else (area_id,):
            found[one][email] = name
    return found


def of_lapse_setting(
    news: str, programme: str, setting: LapseSetting, spells: Iterable[Assignment], people: dict[str, str]
) -> None:
    """Queue a letter to each of the people (name by address), and one to each manager of a group that loses spells.

    Each letter names the spells that concern whoever reads it: their own, or those of their areas' groups.
    """
    lost = sorted(spells, key=lambda spell: (spell.group.reference, spell.starts_on))
    told: dict[str, tuple[str, list[Assignment]]] = {address: (name, []) for address, name in people.items()}
    letters: list[News] = []
    managers = managers_by_area(spell.group.area_id for spell in lost) if lost else {}
    for spell in lost:
        told[spell.facilitator.email][1].append(spell)
        for address, name in managers[spell.group.area_id].items():
            told.setdefault(address, (name, []))[1].append(spell)
    for address, (name, own) in sorted(told.items()):
        given = {"name": name, "programme": programme, "setting": setting, "spells": own, "lapses": address in people}
        subject = f"{programme}: when a right lapses without delivery"
        letters.append(
            News(key=f"{news}:{address}", to=address, subject=subject, body=body_of("lapse_setting", **given))
        )
    queue_all(letters)


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
