"""A record as it is shown: what was gathered, put in order; to the person themselves with more reserve."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from selection.authorisation import gather
from selection.people.record.activities import OPEN, activities
from selection.people.record.history import for_the_person, shown
from selection.people.record.lines import Activity, Deed, Kind, Paper, Phase
from selection.people.record.papers import papers
from selection.people.record.queries import FIRST_DELIVERY, names
from selection.rules.eligibility import Appointed, Person, Right, Step
from selection.rules.path import OnDay, Path, Standing, path, standing
from selection.rules.programmes import Stage
from selection.rules.words import day_in_words
from selection.trail.queries import of_person
from selection.trail.words import Shown

ENTRIES = 20
"""How much of the history a record shows, the newest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """All that the page of a record shows, beside the person's own details; programmes are named by id."""

    standing: Standing
    programmes: Mapping[int, str]
    paths: Sequence[Path]
    papers: Sequence[Paper]
    activities: Sequence[Activity]
    history: Sequence[Shown]

    def of(self, *kinds: str) -> list[Paper | Activity]:
        """Return the papers or activities of these kinds, the latest first."""
        found = [paper for paper in self.papers if paper.kind in kinds]
        return [*found, *(one for one in self.activities if one.deed in kinds)]


def record_of(staff_id: int, today: date) -> Record:
    """Return the record of a person who is there, in five queries."""
    facts, done = gather.person(staff_id), activities(staff_id, today)
    named = names()
    return Record(
        standing=standing(_on_day(facts, done, today)),
        programmes=named["programme_id"],
        paths=tuple(_paths(facts, done, named, today)),
        papers=tuple(_papers(staff_id, facts, today)),
        activities=done,
        history=shown(of_person(staff_id, limit=ENTRIES), named | _of_activities(done)),
    )


def _papers(staff_id: int, facts: Person, today: date) -> Iterator[Paper]:
    """Yield the papers, and say of an authorisation that nothing can begin on it where that is so."""
    lapsed = {right.id for right in facts.rights_lapsed(today)}
    for paper in papers(staff_id, today):
        has_lapsed = paper.kind is Kind.AUTHORISATION and paper.id in lapsed
        yield replace(paper, phase=Phase.LAPSED) if has_lapsed else paper


def for_themselves(record: Record, account_id: int | None) -> Record:
    """Return the record as its person sees it: without the reasons that others wrote."""
    return replace(
        record,
        papers=tuple(replace(paper, reason="") for paper in record.papers),
        history=for_the_person(record.history, account_id),
    )


def _of_activities(done: Sequence[Activity]) -> dict[str, dict[int, str]]:
    """Return what the trail's ids of groups, centres and events stand for, as far as the record shows them."""
    keys = {
        Deed.ASSIGNMENT: "group_id",
        Deed.SUPERVISION: "group_id",
        Deed.CENTRE: "centre_id",
        Deed.BOOKING: "event_id",
    }
    found: dict[str, dict[int, str]] = {key: {} for key in keys.values()}
    for one in done:
        if one.deed in keys:
            found[keys[one.deed]][one.id] = one.title
    return found


def _on_day(facts: Person, done: Sequence[Activity], today: date) -> OnDay:
    held, lapsed = facts.rights_held(today), facts.rights_lapsed(today)
    return OnDay(
        left=facts.employed.last < today,
        stopped=any(today in stop.days for stop in facts.stops),
        authorised=len(held) > len(lapsed),
        lapsed=bool(lapsed),
        certified=frozenset(step.stage for step in facts.steps if today in step.days),
        candidate=any(one.deed is Deed.CENTRE and one.state == OPEN for one in done),
    )


def _paths(
    facts: Person, done: Sequence[Activity], named: Mapping[str, Mapping[int, str]], today: date
) -> Iterator[Path]:
    """Yield the path towards each programme that the person has to do with, or towards each there is."""
    rows: tuple[Step | Right | Appointed | Activity, ...] = (*facts.steps, *facts.rights, *facts.appointments, *done)
    own = {row.programme_id for row in rows} - {None}
    for programme_id in named["programme_id"]:
        if programme_id in own or not own:
            under_way = {stage: _under_way(stage, programme_id, done) for stage in Stage}
            months = int(named[FIRST_DELIVERY][programme_id])
            yield path(facts, programme_id, today=today, first_delivery_months=months, under_way=under_way)


def _under_way(stage: Stage, programme_id: int, done: Sequence[Activity]) -> str:
    """Return what is arranged towards a step, in a sentence, or nothing."""
    for one in reversed(done):
        if stage is Stage.SELECTION and one.deed is Deed.CENTRE and one.state == OPEN:
            return f"Candidate at {one.title} on {day_in_words(one.days.first)}."
        if one.deed is Deed.BOOKING and one.state == stage and one.programme_id in (None, programme_id):
            return f"Booked on {one.title}, {day_in_words(one.days.first)} to {day_in_words(one.days.last)}."
    return ""
