"""What became of the demo's sessions: most held, some not, a few of the last days not yet recorded."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from selection.commands.demo.days import at
from selection.commands.demo.setting import Setting
from selection.core.db import db
from selection.models.delivery import SessionRecord
from selection.models.groups import Group
from selection.models.sessions import GroupSession, Place
from selection.rules.sessions import SessionState

NOT_HELD_ONE_IN, RECORDED_ONE_IN = 23, 3
UNRECORDED_DAYS = 4
"""Sessions of the last days wait to be recorded."""

WHY_NOT = ("Too few participants came.", "The venue was closed after a burst pipe.", "Snow: no trains ran.")
NOBODY = "Nobody on the team could deliver it."
KEPT_AT = "Secure drive, folder {reference}, session {number}"
BY = "programme.manager"


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A session of the demo that was held; `recorded` if a recording of it is kept."""

    session_id: int
    group_id: int
    day: date
    delivered_by: tuple[int, ...]
    recorded: bool


def record_sessions(setting: Setting) -> list[Held]:
    """Record the sessions that are over, and return those that were held."""
    there = _delivered_by()
    held: list[Held] = []
    told: list[dict[str, object]] = []
    query = select(GroupSession, Group.reference, Group.size).join(Group, Group.id == GroupSession.group_id)
    for number, (session, reference, size) in enumerate(
        db.session.execute(query.where(GroupSession.day < _unrecorded_from(setting)).order_by(GroupSession.id)), start=1
    ):
        by = tuple(there[session.id])
        took_place = _took_place(number, by)
        state = SessionState.HELD if took_place else SessionState.NOT_HELD
        setting.rows.change(GroupSession, session.id, state=state)
        recorded = took_place and number % RECORDED_ONE_IN == 0
        if took_place:
            held.append(
                Held(
                    session_id=session.id,
                    group_id=session.group_id,
                    day=session.day,
                    delivered_by=by,
                    recorded=recorded,
                )
            )
        why = "" if took_place else WHY_NOT[number % len(WHY_NOT)] if by else NOBODY
        told.append(
            {
                "session_id": session.id,
                "state": state,
                "reason": why,
                "minutes": 150 - number % 4 * 5 if took_place else None,
                "present": max(1, size - number % 3) if took_place else None,
                "recording": KEPT_AT.format(reference=reference, number=session.number) if recorded else "",
                "recorded_at": at(session.day, 17),
            }
        )
    setting.rows.write()
    account_id = setting.actors[BY].account_id
    for values in told:
        setting.rows.add(SessionRecord, **values, recorded_by_id=account_id)
    setting.rows.write()
    return held


def in_the_room(setting: Setting) -> Iterator[dict[str, Any]]:
    """Yield the places of who delivered the sessions that were held, while sessions and places wait to be stored."""
    there: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for place in setting.rows.waiting(Place):
        if place["in_room"]:
            there[place["session_id"]].append(place)
    over = (one for one in setting.rows.waiting(GroupSession) if one["day"] < _unrecorded_from(setting))
    for number, session in enumerate(over, start=1):
        if _took_place(number, there[session["id"]]):
            yield from there[session["id"]]


def _took_place(number: int, by: Collection[object]) -> bool:
    return bool(by) and number % NOT_HELD_ONE_IN != 0


def _unrecorded_from(setting: Setting) -> date:
    return setting.today - timedelta(days=UNRECORDED_DAYS)


def _delivered_by() -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for session_id, staff_id in db.session.execute(
        select(Place.session_id, Place.facilitator_id).where(Place.in_room).order_by(Place.id)
    ):
        found[session_id].append(staff_id)
    return found
