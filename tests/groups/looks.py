"""Looks at what is stored of groups, in plain SQL."""

from datetime import date
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import aliased

from selection.models.groups import Assignment, Supervision
from selection.models.people import Staff
from selection.models.trail import TrailEntry
from tests.store import Store


def leaning(store: Store) -> list[str]:
    """Return what is wrong with the rows of the lower half of the chain, looked at in plain SQL; nothing is right."""
    faults = {
        "an assignment beyond its supervision": "SELECT count(*) FROM assignment a JOIN supervision s"
        " ON s.id = a.supervision_id WHERE a.group_id <> s.group_id OR a.supervisor_id <> s.supervisor_id"
        " OR a.supervision_from <> s.starts_on OR a.supervision_to <> s.ends_on"
        " OR a.starts_on < s.starts_on OR a.ends_on > s.ends_on OR a.facilitator_id = s.supervisor_id",
        "an assignment beyond its authorisation": "SELECT count(*) FROM assignment a JOIN authorisation r"
        " ON r.id = a.authorisation_id WHERE r.staff_id <> a.facilitator_id OR r.programme_id <> a.programme_id"
        " OR r.role <> 'facilitator' OR a.authorisation_from <> r.valid_from OR a.authorisation_to <> r.valid_to"
        " OR a.starts_on < r.valid_from OR a.ends_on > r.valid_to",
        "a supervision beyond its authorisation": "SELECT count(*) FROM supervision s JOIN authorisation r"
        " ON r.id = s.authorisation_id WHERE r.staff_id <> s.supervisor_id OR r.programme_id <> s.programme_id"
        " OR r.role <> s.role OR s.starts_on < r.valid_from OR s.ends_on > r.valid_to",
        "a link that follows nothing": "SELECT count(*) FROM supervision s WHERE s.follows_on IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM supervision e WHERE e.group_id = s.group_id AND e.ends_on = s.follows_on)",
        "an open group without supervision": "SELECT count(*) FROM delivery_group g WHERE g.state = 'open'"
        " AND NOT EXISTS (SELECT 1 FROM supervision s WHERE s.group_id = g.id AND s.starts_on = g.starts_on"
        " AND s.follows_on IS NULL)",
        "an assignment beyond its group": "SELECT count(*) FROM assignment a JOIN delivery_group g ON g.id = a.group_id"
        " WHERE a.starts_on < g.starts_on OR a.ends_on > g.ends_on OR a.programme_id <> g.programme_id",
    }
    with store.connection() as connection:
        return [name for name, query in faults.items() if connection.execute(text(query)).scalar_one()]


def spells(store: Store, group_id: int) -> list[tuple[str, str, date, date]]:
    """Return the group's assignments: whose, under whom, from, to; in order."""
    facilitator, supervisor = aliased(Staff), aliased(Staff)
    query = (
        select(facilitator.name, supervisor.name, Assignment.starts_on, Assignment.ends_on)
        .join(facilitator, facilitator.id == Assignment.facilitator_id)
        .join(supervisor, supervisor.id == Assignment.supervisor_id)
        .where(Assignment.group_id == group_id)
        .order_by(facilitator.name, Assignment.starts_on)
    )
    with store.reading() as session:
        return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def links(store: Store, group_id: int) -> list[tuple[str, date, date, date | None]]:
    """Return the group's chain: who, from, to, and the day that each link follows; in order."""
    query = (
        select(Staff.name, Supervision.starts_on, Supervision.ends_on, Supervision.follows_on)
        .join(Staff, Staff.id == Supervision.supervisor_id)
        .where(Supervision.group_id == group_id)
        .order_by(Supervision.starts_on)
    )
    with store.reading() as session:
        return [(row[0], row[1], row[2], row[3]) for row in session.execute(query)]


def events(store: Store) -> list[str]:
    """Return what is on the trail, oldest first."""
    with store.reading() as session:
        return list(session.scalars(select(TrailEntry.event).order_by(TrailEntry.id)))


def boxes(**days: date) -> dict[str, Any]:
    """Return days as the boxes of a form send them in an address."""
    return {name: [day.day, day.month, day.year] for name, day in days.items()}
