"""What somebody does with their own answers; the trail says that they did, never what they answered."""

from collections.abc import Mapping

from selection.core import clock
from selection.core.db import db
from selection.equality import queries
from selection.models.equality import EqualityAnswer
from selection.rules.roles import Actor
from selection.trail.record import record


def answer(answers: Mapping[str, str | None], *, by: Actor) -> None:
    """Keep what the person says of themselves in place of what they said before; if it is nothing, keep nothing."""
    assert by.staff_id is not None  # the page is for people on the register
    held = queries.own(by)
    if not any(answers.values()):
        if held is not None:
            db.session.delete(held)
            record("equality.taken_back", by=by, subject_id=by.staff_id, staff_id=by.staff_id)
        return
    if held is None:
        held = EqualityAnswer(staff_id=by.staff_id)
        db.session.add(held)
    for column, given in answers.items():
        setattr(held, column, given)
    held.answered_at = clock.now()
    record("equality.answered", by=by, subject_id=by.staff_id, staff_id=by.staff_id)
