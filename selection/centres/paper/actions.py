"""Typing a form from paper: by another person, marked as such for good, and through the same action as every form."""

from sqlalchemy import insert

from selection.centres.guards import insist, insist_on_open
from selection.centres.paper.queries import OnPaper
from selection.centres.rating import actions as rating
from selection.centres.rating.sheet import Sheet
from selection.core import clock
from selection.core.db import db
from selection.models.capture import Transcription
from selection.rules.capture import reasons_against_transcribing
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import record


def insist_on_typing(paper: OnPaper, by: Actor) -> None:
    """Raise Refused if this person may not type the form."""
    insist_on_open(paper.roster.centre, decided=paper.candidate.decision is not None)
    insist(*reasons_against_transcribing(paper.typist(by)))


def transcribe(paper: OnPaper, sheet: Sheet, *, paper_kept: str, by: Actor, seal: bool) -> tuple[Reason, ...]:
    """Store what stands on the paper, and seal it if asked; returns the gaps that keep it from being sealed.

    Raises Refused if this person may not type the form, or it does not change any more.
    """
    insist_on_typing(paper, by)
    form = paper.form
    if not form.typed_by:
        said = {"form_id": form.form_id, "assessor_id": paper.seat.assessor_id, "paper_kept": paper_kept}
        typed = {"by_id": by.account_id, "by_staff_id": by.staff_id, "begun_at": clock.now()}
        db.session.execute(insert(Transcription).values(said | typed))
        after = {"assessor_id": paper.seat.assessor_id, "paper_kept": paper_kept}
        record("form.transcribed", by=by, subject_id=form.form_id, staff_id=form.candidate_id, after=after)
    return rating.save(form, sheet, by=by, seal=seal, door="paper")
