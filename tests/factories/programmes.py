"""Programmes and their editions."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from selection.commands.reference.programme import FIRST_EDITION, new_programme
from selection.core import clock
from selection.models.groups import Group
from selection.models.programmes import Edition, EditionModule, LapseSetting, Module, Programme
from selection.prescribed.editions import terms_of
from selection.rules.editions import ModuleTerms

NUMBERS = {
    "group_min": 8,
    "group_max": 10,
    "team_size": 3,
    "in_room": 2,
    "experienced_needed": 1,
    "experience_months": 6,
    "groups_at_once": 2,
    "supervisor_groups": 6,
    "weeks_between_supervision": 4,
    "review_months": 3,
    "due_soon_days": 7,
}

INDUCTION = ModuleTerms(title="Induction", sessions=10, minutes=150)


def programme(session: Session, code: str = "C-SOGP", *, lapse_months: int = 24, **given: Any) -> Programme:
    """Return a new programme with one edition of one module; `given` are numbers of either."""
    periods = {"months_to_first_delivery": 6}
    own = {key: value for key, value in given.items() if key not in NUMBERS}
    made = Programme(**({"code": code, "title": f"Programme {code}"} | periods | own))
    made.lapse_settings = [LapseSetting(months=lapse_months)]
    session.add(made)
    session.flush()
    edition(session, made, (INDUCTION,), **{key: value for key, value in given.items() if key in NUMBERS})
    return made


def shipped(session: Session) -> Programme:
    """Return the programme that comes with the service, in its first edition."""
    made = new_programme()
    session.add(made)
    session.flush()
    edition(session, made, FIRST_EDITION.modules, **{key: getattr(FIRST_EDITION, key) for key in NUMBERS})
    return made


def edition(session: Session, of: Programme, modules: Iterable[ModuleTerms], **given: Any) -> Edition:
    """Return the programme's next edition, published, with these modules; none of them is on a route."""
    made = Edition(number=len(of.editions) + 1, reason="", **(NUMBERS | given))
    of.editions.append(made)
    session.flush()
    known = {one.title: one for one in session.scalars(select(Module).where(Module.programme_id == of.id))}
    for position, one in enumerate(modules, start=1):
        module = known.get(one.title) or Module(programme_id=of.id, title=one.title, aim="")
        session.add(module)
        session.flush()
        part = EditionModule(edition_id=made.id, programme_id=of.id, module_id=module.id, position=position)
        part.sessions, part.session_minutes, part.separate_closed_group = one.sessions, one.minutes, one.is_separate
        session.add(part)
    session.flush()
    made.published_at = clock.now()
    session.flush()
    return made


def other_numbers(session: Session, programme_id: int, **given: Any) -> Edition:
    """Return a next edition with other numbers, under which every group of the programme runs from now on."""
    of = session.get_one(Programme, programme_id)
    before = terms_of(of.newest)
    made = edition(session, of, before.modules, **({key: getattr(before, key) for key in NUMBERS} | given))
    session.execute(update(Group).where(Group.programme_id == programme_id).values(edition_id=made.id))
    return made
