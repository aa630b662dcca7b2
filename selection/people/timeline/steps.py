"""The same in words: what happened and what is to come, day by day, the latest first."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from selection.people.record.lines import Activity, Deed, Kind, Origin, Paper
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ACTING_ROLE_NAMES, ActingRole
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.validity import day_after
from selection.rules.words import day_in_words


@dataclass(frozen=True, kw_only=True, slots=True)
class Happening:
    """A day, what happened or will, and a sentence more."""

    day: date
    title: str
    detail: str = ""


ORIGINS = {
    Origin.DECISION: "By decision of an assessment centre.",
    Origin.RESULT: "By a passed result of training.",
    Origin.RECOGNITION: "By recognition of earlier or outside learning.",
    Origin.IMPORT: "By import of earlier training.",
}


def happenings(
    papers: Iterable[Paper], activities: Iterable[Activity], programmes: Mapping[int, str]
) -> tuple[Happening, ...]:
    """Return everything with a day on a person's path, the latest first."""
    found = [*_of_papers(papers, programmes), *_of_activities(activities)]
    return tuple(sorted(found, key=lambda one: (one.day, one.title), reverse=True))


def _of_papers(papers: Iterable[Paper], programmes: Mapping[int, str]) -> Iterator[Happening]:
    for paper in papers:
        of = f" of {programmes[paper.programme_id]}" if paper.programme_id is not None else ""
        match paper.kind:
            case Kind.CERTIFICATE:
                yield from _certificate(paper, f"{STAGE_NAMES[Stage(paper.word)]}{of}")
            case Kind.EXTENSION:
                yield _extension(paper, f"{STAGE_NAMES[Stage(paper.word)]}{of}")
            case Kind.AUTHORISATION:
                yield from _spell(paper, f"Authorised as {ACTING_ROLE_NAMES[ActingRole(paper.word)]}{of}")
            case Kind.APPOINTMENT:
                yield from _spell(paper, f"Appointed as {ACTING_ROLE_NAMES[ActingRole(paper.word)]}{of}")
            case Kind.STOP:
                yield from _spell(paper, f"{paper.word.capitalize()}{of}")


def _certificate(paper: Paper, step: str) -> Iterator[Happening]:
    if paper.days.is_empty:
        yield Happening(day=paper.days.first, title=f"Certificate of {step}", detail="It ended before it began.")
        return
    origin = ORIGINS[paper.origin] if paper.origin else ""
    yield Happening(
        day=paper.days.first, title=f"Certificate of {step}", detail=f"Number {paper.number}. {origin} {_until(paper)}"
    )
    if paper.withdrawn_on:
        yield Happening(day=paper.withdrawn_on, title=f"Certificate of {step} withdrawn", detail=paper.reason)
    elif paper.days.last < NO_END:
        yield Happening(day=day_after(paper.days.last), title=f"Certificate of {step} no longer valid")


def _extension(paper: Paper, step: str) -> Happening:
    """Return an extension on the day on which the certificate would have been over without it."""
    last, before = day_in_words(paper.days.last), day_in_words(paper.days.first)
    longer = f"Number {paper.number}, to {last} and not to {before} only."
    return Happening(
        day=day_after(paper.days.first),
        title=f"Certificate of {step} goes on by an extension",
        detail=f"{longer} {paper.reason}".strip(),
    )


def _spell(paper: Paper, what: str) -> Iterator[Happening]:
    if not paper.days.is_empty:
        yield Happening(day=paper.days.first, title=what, detail=" ".join(filter(None, [_until(paper), paper.reason])))


def _until(paper: Paper) -> str:
    return "No end." if paper.days.last == NO_END else f"To {day_in_words(paper.days.last)}."


def _of_activities(activities: Iterable[Activity]) -> Iterator[Happening]:
    for one in activities:
        to = f"To {day_in_words(one.days.last)}."
        match one.deed:
            case Deed.ASSIGNMENT:
                under = f"{one.state.capitalize()} facilitator, under {one.detail}."
                yield Happening(day=one.days.first, title=f"On the group {one.title}", detail=f"{under} {to}")
            case Deed.SUPERVISION:
                yield Happening(day=one.days.first, title=f"Supervises the group {one.title}", detail=to)
            case Deed.BOOKING:
                yield Happening(day=one.days.first, title=f"Booked on {one.title}", detail=to)
            case Deed.CENTRE:
                came_to = "" if one.state in {"open", "closed"} else f"{one.state.replace('_', ' ').capitalize()}."
                yield Happening(day=one.days.first, title=f"Candidate at {one.title}", detail=came_to)
