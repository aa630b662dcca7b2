"""Reads of waiting lists."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import contains_eager, joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.training import Event, Waiting
from selection.rules.roles import Actor, Permission
from selection.training import facts


def standing_at(event_id: int) -> Sequence[Waiting]:
    """Return who waits for a place on the event, with their staff, who has waited longest first."""
    query = select(Waiting).where(Waiting.event_id == event_id, Waiting.ended_at.is_(None))
    return db.session.scalars(query.options(joinedload(Waiting.staff)).order_by(Waiting.id)).all()


def one(waiting_id: int, *, by: Actor) -> Waiting:
    """Return a place in the line for an event within reach; others who would write about the event wait."""
    return _locked(waiting_id, within(Event.area_id, by.reach(Permission.TRAINING_RUN)))


def own(waiting_id: int, *, by: Actor) -> Waiting:
    """Return the actor's own place in the line; others who would write about the event wait."""
    return _locked(waiting_id, Waiting.staff_id == by.staff_id)


def _locked(waiting_id: int, whose: ColumnElement[bool]) -> Waiting:
    query = (
        select(Waiting)
        .join(Waiting.event)
        .where(Waiting.id == waiting_id, whose)
        .options(joinedload(Waiting.staff), contains_eager(Waiting.event).options(*facts.FOR_BOOKING))
        .with_for_update(of=(Event, Waiting))
    )
    waiting = db.session.scalars(query).unique().one_or_none()
    if waiting is None:
        raise NotHere
    return waiting
