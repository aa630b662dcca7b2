"""Reads for paper forms: which are to be filled, and one that somebody types."""

from dataclasses import dataclass

from sqlalchemy import select

from selection.centres.rating import queries as rating
from selection.centres.rating.queries import Own
from selection.centres.roster import Candidate, Roster, Seat, Sits
from selection.centres.rosters import roster
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.capture import FormOperation
from selection.rules.capture import Typist
from selection.rules.roles import Actor, Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class OnPaper:
    """A form that somebody types from paper, with the centre around it; `others_wrote` if anybody else did on it."""

    roster: Roster
    candidate: Candidate
    sitting: Sits
    seat: Seat
    form: Own
    others_wrote: bool

    def typist(self, by: Actor) -> Typist:
        """Return what the person is to the form, as the rules see it."""
        staff_id = by.staff_id
        return Typist(
            is_assessor_of_form=staff_id == self.seat.assessor_id,
            assesses=any(seat.assessor_id == staff_id for seat in self.sitting.seats),
            chairs=staff_id == self.roster.centre.chair_id,
            is_candidate=staff_id == self.candidate.staff_id,
            begun_by=(self.seat.assessor if self.others_wrote else by.name) if self.seat.begun else "",
            began_it=self.seat.begun and not self.others_wrote,
        )


def to_fill(found: Roster) -> list[tuple[Candidate, Sits, Seat]]:
    """Return every form of the centre that is neither sealed nor void."""
    return [
        (candidate, sitting, seat)
        for candidate, sitting in found.each_sitting()
        for seat in sitting.seats
        if seat.sealed_at is None and not sitting.void_reason and candidate.decision is None
    ]


def on_paper(by: Actor, centre_id: int, form_id: int) -> OnPaper:
    """Return a form of the centre; raises NotHere if there is none within reach. Four queries."""
    found = roster(by, Permission.CENTRES_RUN, centre_id)
    for candidate, sitting in found.each_sitting():
        for seat in sitting.seats:
            if seat.form_id == form_id:
                form = rating.of_any_assessor(form_id)
                return OnPaper(
                    roster=found,
                    candidate=candidate,
                    sitting=sitting,
                    seat=seat,
                    form=form,
                    others_wrote=seat.begun and _others_wrote(form, by),
                )
    raise NotHere


def _others_wrote(form: Own, by: Actor) -> bool:
    """True unless everything on the form came through this person's own hands."""
    writers = select(FormOperation.by_id).where(FormOperation.form_id == form.form_id).distinct()
    return set(db.session.scalars(writers)) != {by.account_id}
