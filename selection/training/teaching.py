"""Whose events they are: within a training lead's reach, or one's own as a trainer."""

from sqlalchemy import ColumnElement, exists, or_

from selection.core.scope import within
from selection.models.training import Event, EventTrainer
from selection.rules.roles import Actor, Permission


def reachable(permission: Permission, *, by: Actor) -> ColumnElement[bool]:
    """Return the condition that the event is within the actor's reach for the permission, or that they train it."""
    return or_(within(Event.area_id, by.reach(permission)), trained_by(by))


def trained_by(by: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor is named as a trainer of the event."""
    return exists().where(EventTrainer.event_id == Event.id, EventTrainer.staff_id == by.staff_id).correlate(Event)


def may_record(event: Event, *, by: Actor) -> bool:
    """True if the actor takes the roll and records results on the event, whose trainers are loaded."""
    if by.reach(Permission.TRAINING_RUN).takes_in(event.area_id):
        return True
    return by.staff_id is not None and by.staff_id in {trainer.id for trainer in event.trainers}
