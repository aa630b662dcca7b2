"""Reads of one's own selection: every centre that one was put forward to, and what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select

from selection.centres import people
from selection.centres.papers import papers_of
from selection.core.db import db
from selection.models.appeals import Appeal, AppealHearing, FeedbackRelease
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.rules.appeals import last_day_to_appeal
from selection.rules.calendar import last_day_valid
from selection.rules.outcomes import Decision as Decided
from selection.rules.resits import Resit, resit
from selection.rules.roles import Actor
from selection.rules.standards import ExerciseKind, SelectionStandard
from selection.rules.validity import Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Mine:
    """One centre that the person was put forward to; nothing of how they were rated."""

    candidacy_id: int
    centre: str
    venue: str
    held_on: date
    closed: bool
    standard_id: int
    exercises: tuple[ExerciseKind, ...]
    decision: Decision | None
    released_at: datetime | None
    appeal: Appeal | None
    hearing: AppealHearing | None

    @property
    def standard(self) -> SelectionStandard:
        """The version under which the centre was held."""
        return papers_of(self.standard_id).facts

    @property
    def last_day_to_appeal(self) -> date | None:
        """The last day on which an appeal against the decision is taken; None while there is no decision."""
        if self.decision is None:
            return None
        return last_day_to_appeal(self.decision.decided_on, self.standard.appeal_days)

    def may_appeal(self, today: date) -> bool:
        """True while an appeal against the decision would be taken."""
        decision, last = self.decision, self.last_day_to_appeal
        if decision is None or last is None or decision.result == Decided.SELECTED or self.appeal is not None:
            return False
        return today <= last

    @property
    def serves_to(self) -> date | None:
        """The last day on which a selection serves to book training; None if this is none."""
        if self.decision is None or self.decision.result != Decided.SELECTED:
            return None
        return last_day_valid(self.decision.decided_on, self.standard.pass_valid_months)


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """All of somebody's centres, the latest first, and what they would sit next; None while a selection serves.

    `recognised` are the days on which a selection elsewhere is recognised today, so that nothing needs to be sat.
    """

    centres: tuple[Mine, ...]
    next: Resit | None = None
    recognised: Span | None = None


def of(by: Actor, today: date) -> Selection:
    """Return the person's own selection; three queries, two for somebody who was never decided."""
    if by.staff_id is None:
        return Selection(centres=())
    found = tuple(_mine(by.staff_id))
    elsewhere = next((days for days in people.recognised([by.staff_id])[by.staff_id] if today in days), None)
    if not found or elsewhere or any(each.decision is None and not each.closed for each in found):
        return Selection(centres=found, recognised=elsewhere)
    history = people.decisions([by.staff_id], centre_id=0)[by.staff_id].history
    next_ = resit(history, today=today, standard=found[0].standard)
    serves = any(reason.code == "resit.selected" for reason in next_.reasons)
    return Selection(centres=found, next=None if serves else next_)


def _mine(staff_id: int) -> Iterator[Mine]:
    query = (
        select(
            *(Candidacy.id, Centre.title, Centre.venue, Centre.held_on, Centre.closed_at, Centre.standard_id),
            *(Decision, FeedbackRelease.at.label("released_at"), Appeal, AppealHearing, Sitting.kind),
        )
        .join(Centre, Centre.id == Candidacy.centre_id)
        .outerjoin(Sitting, Sitting.candidacy_id == Candidacy.id)
        .outerjoin(Decision, Decision.candidacy_id == Candidacy.id)
        .outerjoin(FeedbackRelease, FeedbackRelease.decision_id == Decision.id)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .outerjoin(AppealHearing, AppealHearing.appeal_id == Appeal.id)
        .where(Candidacy.staff_id == staff_id)
        .order_by(Centre.held_on.desc(), Candidacy.id.desc(), Sitting.exercise_id)
    )
    for _, rows in groupby(db.session.execute(query), key=lambda row: row.id):
        yield _one(list(rows))


def _one(rows: list[Row[*tuple[Any, ...]]]) -> Mine:
    first = rows[0]
    return Mine(
        candidacy_id=first.id,
        centre=first.title,
        venue=first.venue,
        held_on=first.held_on,
        closed=first.closed_at is not None,
        standard_id=first.standard_id,
        exercises=tuple(ExerciseKind(row.kind) for row in rows if row.kind is not None),
        decision=first.Decision,
        released_at=first.released_at,
        appeal=first.Appeal,
        hearing=first.AppealHearing,
    )
