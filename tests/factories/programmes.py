"""Programmes."""

from typing import Any

from sqlalchemy.orm import Session

from selection.models.programmes import LapseSetting, Module, Programme


def programme(session: Session, code: str = "C-SOGP", *, lapse_months: int = 24, **given: Any) -> Programme:
    """Return a new programme with one module."""
    values = {
        "code": code,
        "title": f"Programme {code}",
        "group_min": 8,
        "group_max": 10,
        "team_size": 3,
        "in_room": 2,
        "experienced_needed": 1,
        "months_to_first_delivery": 6,
        "weeks_between_supervision": 4,
    }
    made = Programme(**(values | given))
    made.modules = [
        Module(position=1, title="Induction", sessions=10, session_minutes=150, separate_closed_group=False)
    ]
    made.lapse_settings = [LapseSetting(months=lapse_months)]
    session.add(made)
    session.flush()
    return made
