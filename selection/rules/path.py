"""Where a person stands on the path: the one word for the register, and step by step for a programme.

The path is [seed]: selection, fundamental training, programme training, authorised. Nothing is skipped, so a step
counts towards the word only if every step before it is valid on the day too.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.calendar import NO_END
from selection.rules.eligibility import ACTING_ROLE_NAMES, ActingRole, Person, reasons_against_acting
from selection.rules.first_delivery import expected_by
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span
from selection.rules.words import day_in_words


class Standing(StrEnum):
    """Where a person stands on a day, over all programmes."""

    NOT_PUT_FORWARD = "not_put_forward"
    CANDIDATE = "candidate"
    SELECTED = "selected"
    FUNDAMENTAL = "fundamental"
    TRAINED = "trained"
    LAPSED = "lapsed"
    AUTHORISED = "authorised"
    STOPPED = "stopped"
    LEFT = "left"


STANDING_NAMES = {
    Standing.NOT_PUT_FORWARD: "Not put forward",
    Standing.CANDIDATE: "Candidate",
    Standing.SELECTED: "Selected",
    Standing.FUNDAMENTAL: "Fundamental training passed",
    Standing.TRAINED: "Trained, not authorised",
    Standing.LAPSED: "Lapsed for want of delivery",
    Standing.AUTHORISED: "Authorised",
    Standing.STOPPED: "Stopped",
    Standing.LEFT: "Left",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class OnDay:
    """What is true of a person on a day, and decides where they stand.

    `certified` are the stages of which a certificate is valid on the day, whatever the programme; `candidate` says that
    they were put forward to a centre that is open and has not decided on them. `lapsed` says that they have an
    authorisation on which nothing can begin, because they have not delivered for too long.
    """

    left: bool = False
    stopped: bool = False
    authorised: bool = False
    lapsed: bool = False
    certified: frozenset[Stage] = frozenset()
    candidate: bool = False


_SO_FAR = {
    Standing.TRAINED: frozenset(Stage),
    Standing.FUNDAMENTAL: frozenset({Stage.SELECTION, Stage.FUNDAMENTAL}),
    Standing.SELECTED: frozenset({Stage.SELECTION}),
}


def standing(facts: OnDay) -> Standing:
    """Return where the person stands: what bars them comes first, then the furthest point that they reached.

    A stop on one programme shows although they may act on another: it is the news that must not be missed. A lapse on
    one programme does not: whoever may act on another is authorised.
    """
    if facts.left:
        return Standing.LEFT
    if facts.stopped:
        return Standing.STOPPED
    if facts.authorised:
        return Standing.AUTHORISED
    if facts.lapsed:
        return Standing.LAPSED
    for reached, stages in _SO_FAR.items():
        if stages <= facts.certified:
            return reached
    return Standing.CANDIDATE if facts.candidate else Standing.NOT_PUT_FORWARD


class StepState(StrEnum):
    """Whether a step is done on the day, is the next to take, or lies behind one that is not done."""

    DONE = "done"
    NEXT = "next"
    AHEAD = "ahead"


@dataclass(frozen=True, kw_only=True, slots=True)
class PathStep:
    """A step of the path and what there is to say of it, in sentences."""

    title: str
    state: StepState
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Path:
    """The steps towards one programme, and every reason against acting on it as a facilitator on the day."""

    programme_id: int
    steps: tuple[PathStep, ...]
    missing: tuple[Reason, ...]


def path(
    person: Person,
    programme_id: int,
    *,
    today: date,
    first_delivery_months: int,
    under_way: Mapping[Stage, str] | None = None,
) -> Path:
    """Return where the person stands towards the programme; `under_way` says what is booked for a stage."""
    on_day = Span(first=today, last=today)
    steps = [_certified(person, stage, programme_id, today, (under_way or {}).get(stage, "")) for stage in Stage]
    return Path(
        programme_id=programme_id,
        steps=tuple(_in_turn([*steps, _authorised(person, programme_id, today, first_delivery_months)])),
        missing=reasons_against_acting(person, ActingRole.FACILITATOR, programme_id, on_day),
    )


_Told = tuple[str, bool, tuple[str, ...]]


def _certified(person: Person, stage: Stage, programme_id: int, today: date, under_way: str) -> _Told:
    spans = [step.days for step in person.steps_at(stage, programme_id) if not step.days.is_empty]
    valid = [span for span in spans if today in span]
    title = STAGE_NAMES[stage].capitalize()
    if valid:
        return title, True, (_valid(max(valid, key=lambda span: span.last)),)
    return title, False, (*_not_valid(spans, today), *filter(None, [under_way]))


def _authorised(person: Person, programme_id: int, today: date, first_delivery_months: int) -> _Told:
    held = [right for right in person.rights_held(today) if right.programme_id == programme_id]
    lapsed = [right for right in person.rights_lapsed(today) if right in held]
    said = dict.fromkeys(lapsed, "Lapsed for want of delivery.")
    notes = [f"As {ACTING_ROLE_NAMES[right.role]}: {said.get(right) or _valid(right.days)}" for right in held]
    if any(right.role == ActingRole.FACILITATOR and right not in lapsed for right in held):
        notes += _first_delivery(expected_by(person, programme_id, months=first_delivery_months), today)
    return "Authorised for the programme", len(held) > len(lapsed), tuple(notes)


def _first_delivery(by: date | None, today: date) -> Iterator[str]:
    if by is not None and today <= by:
        yield f"A first delivery is expected by {day_in_words(by)}."
    elif by is not None:
        yield f"A first delivery was expected by {day_in_words(by)}, and none is recorded. Nothing is refused for it."


def _valid(span: Span) -> str:
    end = "with no end" if span.last == NO_END else f"to {day_in_words(span.last)}"
    return f"Valid from {day_in_words(span.first)} {end}."


def _not_valid(spans: list[Span], today: date) -> Iterator[str]:
    if ended := [span.last for span in spans if span.last < today]:
        yield f"Ended on {day_in_words(max(ended))}."
    if coming := [span.first for span in spans if span.first > today]:
        yield f"Valid again from {day_in_words(min(coming))}." if ended else f"Valid from {day_in_words(min(coming))}."


def _in_turn(steps: list[_Told]) -> Iterator[PathStep]:
    open_yet = StepState.NEXT
    for title, done, notes in steps:
        yield PathStep(title=title, state=StepState.DONE if done else open_yet, notes=notes)
        if not done:
            open_yet = StepState.AHEAD
