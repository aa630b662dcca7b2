"""Reads for putting somebody forward: who is found, and what speaks against each."""

from dataclasses import dataclass

from sqlalchemy import select

from selection.authorisation.find import named_like
from selection.centres import people
from selection.centres.papers import papers_of
from selection.core.db import db
from selection.core.scope import within
from selection.models.centres import Centre
from selection.models.people import Staff
from selection.rules.nominations import Nomination, nomination
from selection.rules.roles import Actor, Permission

MOST = 20


@dataclass(frozen=True, kw_only=True, slots=True)
class Found:
    """Somebody who was found, and what a nomination of theirs would come to."""

    staff_id: int
    number: str
    name: str
    job_title: str
    nomination: Nomination

    @property
    def may(self) -> bool:
        """True if nothing speaks against putting them forward."""
        return not self.nomination.reasons


def search(by: Actor, centre: Centre, words: str) -> list[Found]:
    """Return who is found by words of a name or a staff number, within reach, each with what speaks against them."""
    if not words:
        return []
    query = select(Staff.id, Staff.number, Staff.name, Staff.job_title).where(
        within(Staff.area_id, by.reach(Permission.CENTRES_RUN)),
        named_like(words),
    )
    rows = db.session.execute(query.order_by(Staff.sort_name, Staff.id).limit(MOST)).all()
    judged = nominations([row.id for row in rows], centre, by=by)
    return [
        Found(staff_id=row.id, number=row.number, name=row.name, job_title=row.job_title, nomination=judged[row.id])
        for row in rows
    ]


def nominations(
    staff_ids: list[int], centre: Centre, *, by: Actor, nominated_by_id: int | None = None
) -> dict[int, Nomination]:
    """Return what a nomination of each person to the centre would come to."""
    standard = papers_of(centre.standard_id).facts
    return {
        staff_id: nomination(
            nominee,
            on=centre.held_on,
            chair_id=centre.chair_id,
            nominated_by_id=nominated_by_id,
            put_forward_by_id=by.staff_id,
            standard=standard,
        )
        for staff_id, nominee in people.nominees(staff_ids, centre_id=centre.id).items()
    }


def named(by: Actor, *, staff_id: int | None, nominator: str) -> tuple[Staff | None, Staff | None]:
    """Return the candidate, if within reach, and whoever has the nominator's staff number; one query.

    Nobody else puts the candidate forward until this transaction ends.
    """
    reachable = (Staff.id == staff_id) & within(Staff.area_id, by.reach(Permission.CENTRES_RUN))
    query = select(Staff).where(reachable | (Staff.number == nominator)).order_by(Staff.id)
    query = query.with_for_update(key_share=True)  # rows that point to a person are still written meanwhile
    found = db.session.scalars(query).all()
    candidate = next((each for each in found if each.id == staff_id), None)
    return candidate, next((each for each in found if nominator and each.number == nominator), None)
