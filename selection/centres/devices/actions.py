"""What becomes of a form on a device: it is opened there, handed back, or the device is given up as lost."""

from typing import Any

from sqlalchemy import delete, insert, select, update

from selection.centres.devices.queries import Listed
from selection.centres.guards import insist
from selection.centres.rating.queries import Own
from selection.core import clock
from selection.core.db import db
from selection.models.capture import FormHold
from selection.models.centres import Centre
from selection.rules.capture import reasons_against_giving_up
from selection.rules.roles import Actor
from selection.trail.record import record


def announce(form: Own, device_id: str, *, device: str, unsent: int, by: Actor) -> None:
    """Keep that the device has the form open, and how many changes it has not sent yet.

    One with nothing to send that finds the form sealed or over holds nothing any more.
    """
    known = db.session.execute(
        select(FormHold.ended_at).where(FormHold.form_id == form.form_id, FormHold.device_id == device_id)
    ).one_or_none()
    over = form.sealed_at is not None or bool(form.over)
    if over and not unsent:
        if known is not None and known.ended_at is None:
            _end(form.form_id, device_id, how="handed_back", by=by)
        return
    now = clock.now()
    seen = {"device": device, "account_id": by.account_id, "seen_at": now, "unsent": unsent}
    if known is None:
        opened = {"form_id": form.form_id, "device_id": device_id, "opened_at": now, "reason": ""}
        db.session.execute(insert(FormHold).values(seen | opened))
    else:
        again: dict[str, Any] = {"ended_at": None, "how": None, "ended_by_id": None, "reason": ""}
        db.session.execute(
            update(FormHold)
            .where(FormHold.form_id == form.form_id, FormHold.device_id == device_id)
            .values(seen | (again if known.ended_at is not None else {}))
        )
    if known is None or known.ended_at is not None:
        after = {"device": device, "unsent": unsent}
        record("form.opened", by=by, subject_id=form.form_id, staff_id=form.candidate_id, after=after)


def hand_back(form: Own, device_id: str, *, by: Actor) -> None:
    """Keep that the device has given everything and keeps nothing of the form."""
    if _end(form.form_id, device_id, how="handed_back", by=by):
        record("form.handed_back", by=by, subject_id=form.form_id, staff_id=form.candidate_id)


def end_as_sealed(form: Own, device_id: str, *, by: Actor) -> None:
    """Keep that the form was sealed on this device, which thereby holds it no more."""
    _end(form.form_id, device_id, how="sealed", by=by)


def give_up(centre: Centre, hold: Listed, *, why: str, by: Actor) -> None:
    """Count no more on a device that is lost or broken, or raise Refused: whatever it did not send is lost with it."""
    insist(*reasons_against_giving_up(why=why))
    if _end(hold.form_id, hold.device_id, how="given_up", by=by, reason=why.strip()):
        after = {"device": hold.device, "unsent": hold.unsent, "centre_id": centre.id}
        record(
            "form.device_given_up",
            by=by,
            subject_id=hold.form_id,
            staff_id=hold.candidate_id,
            after=after,
            reason=why.strip(),
        )


def forget(*form_ids: int) -> None:
    """Take away the holds of forms that are about to go themselves, because nobody has begun them."""
    db.session.execute(delete(FormHold).where(FormHold.form_id.in_(form_ids)))


def _end(form_id: int, device_id: str, *, how: str, by: Actor, reason: str = "") -> bool:
    """End the hold; false if there is none that is open."""
    ended = (
        update(FormHold)
        .where(FormHold.form_id == form_id, FormHold.device_id == device_id, FormHold.ended_at.is_(None))
        .values(ended_at=clock.now(), how=how, ended_by_id=by.account_id, reason=reason, unsent=0)
        .returning(FormHold.form_id)
    )
    if how == "given_up":  # what it last said that it had not sent stays on the row
        ended = ended.values(unsent=FormHold.unsent)
    return db.session.execute(ended).one_or_none() is not None
