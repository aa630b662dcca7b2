"""Whether a person may act on a programme on given days, and if not: every reason, its remedy and the earliest day.

The path is [seed]: assessment centre, fundamental training, programme training; nothing is skipped. What was done
elsewhere counts as a certificate too, by recognition. To supervise takes an appointment beside the three steps.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.reasons import Reason
from selection.rules.validity import Span, day_after, earliest_fit, first_gap
from selection.rules.words import day_in_words


class ActingRole(StrEnum):
    """As what a person can be authorised to act on a programme."""

    FACILITATOR = "facilitator"
    TREATMENT_MANAGER = "treatment_manager"
    DESIGNATED_SUPERVISOR = "designated_supervisor"


ACTING_ROLE_NAMES = {
    ActingRole.FACILITATOR: "facilitator",
    ActingRole.TREATMENT_MANAGER: "treatment manager",
    ActingRole.DESIGNATED_SUPERVISOR: "designated supervisor",
}
SUPERVISING = frozenset({ActingRole.TREATMENT_MANAGER, ActingRole.DESIGNATED_SUPERVISOR})


class StopKind(StrEnum):
    """Stopped for now, or ended by decision."""

    SUSPENSION = "suspension"
    DESELECTION = "deselection"


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A certificate as the rules see it; `programme_id` is None for the steps that serve every programme.

    A step that was recognised counts like one that was assessed here, and is shown apart.
    """

    id: int
    stage: Stage
    programme_id: int | None
    days: Span
    recognised: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Appointed:
    """An appointment as treatment manager or designated supervisor of a programme."""

    id: int
    programme_id: int
    role: ActingRole
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Right:
    """An authorisation as the rules see it."""

    id: int
    programme_id: int
    role: ActingRole
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Practised:
    """The days on which a facilitator may begin on a programme, before the right lapses for want of delivery.

    It begins with a certificate of programme training; each day delivered since puts its end off.
    """

    id: int
    programme_id: int
    days: Span
    delivered: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Stopped:
    """A suspension or deselection; `programme_id` None stops the person on every programme."""

    kind: StopKind
    programme_id: int | None
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class OnGroup:
    """A spell as a facilitator on a group, past or to come."""

    group_id: int
    programme_id: int
    reference: str
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """All that the rules need to know of a staff member to say whether they may act."""

    staff_id: int
    name: str
    employed: Span
    steps: tuple[Step, ...] = ()
    appointments: tuple[Appointed, ...] = ()
    rights: tuple[Right, ...] = ()
    stops: tuple[Stopped, ...] = ()
    spells: tuple[OnGroup, ...] = ()
    practices: tuple[Practised, ...] = ()

    def rights_as(self, role: ActingRole, programme_id: int) -> tuple[Right, ...]:
        """Return the authorisations for the role on the programme."""
        return tuple(right for right in self.rights if (right.role, right.programme_id) == (role, programme_id))

    def rights_held(self, day: date) -> tuple[Right, ...]:
        """Return the authorisations that hold on the day, those among them that have lapsed too."""
        return tuple(right for right in self.rights if day in right.days)

    def rights_lapsed(self, day: date) -> tuple[Right, ...]:
        """Return those of the authorisations held on the day on which nothing can begin, for want of delivery."""
        return tuple(one for one in self.rights_held(day) if self.has_lapsed_as(one.role, one.programme_id, day))

    def steps_at(self, stage: Stage, programme_id: int) -> tuple[Step, ...]:
        """Return the certificates of a step that count for the programme."""
        return tuple(step for step in self.steps if step.stage == stage and step.programme_id in (None, programme_id))

    def appointments_as(self, role: ActingRole, programme_id: int) -> tuple[Appointed, ...]:
        """Return the appointments to the role on the programme."""
        wanted = (role, programme_id)
        return tuple(one for one in self.appointments if (one.role, one.programme_id) == wanted)

    def practice_on(self, programme_id: int, day: date) -> Practised | None:
        """Return the practice within which a facilitator's spell can begin on the day, the longest; None if lapsed."""
        there = (one for one in self.practices if one.programme_id == programme_id and day in one.days)
        return max(there, key=lambda one: one.days.last, default=None)

    def has_lapsed(self, programme_id: int, day: date) -> bool:
        """True if no facilitator's spell may begin on the day, for want of delivery since the training."""
        practised = any(one.programme_id == programme_id for one in self.practices)
        return practised and self.practice_on(programme_id, day) is None

    def has_lapsed_as(self, role: ActingRole, programme_id: int, day: date) -> bool:
        """True if a right to act in the role has lapsed; supervising is not delivering, and does not lapse."""
        return role == ActingRole.FACILITATOR and self.has_lapsed(programme_id, day)

    def stops_on(self, programme_id: int) -> tuple[Stopped, ...]:
        """Return the suspensions and deselections that bear on the programme."""
        return tuple(stop for stop in self.stops if stop.programme_id in (None, programme_id))


def reasons_against_acting(person: Person, role: ActingRole, programme_id: int, days: Span) -> tuple[Reason, ...]:
    """Return every reason why the person may not act in the role on each of the days; an empty tuple means yes."""
    return (
        *_employment(person, days),
        *_stops(person, programme_id, days),
        *_authorisation(person, role, programme_id, days),
        *_practice(person, role, programme_id, days.first),
    )


def _employment(person: Person, days: Span) -> Iterator[Reason]:
    if days.first < person.employed.first:
        yield Reason(
            code="person.not_yet_here",
            message=f"{person.name} joins the service on {day_in_words(person.employed.first)}.",
            remedy="Choose days from then on.",
            earliest=person.employed.first,
        )
    if days.last > person.employed.last:
        yield Reason(
            code="person.left",
            message=f"{person.name} leaves the service on {day_in_words(person.employed.last)}.",
            remedy="Choose days before then, or somebody else.",
        )


def _stops(person: Person, programme_id: int, days: Span) -> Iterator[Reason]:
    for stop in person.stops_on(programme_id):
        if not stop.days.meets(days):
            continue
        if stop.kind == StopKind.SUSPENSION:
            yield Reason(
                code="person.suspended",
                message=f"{person.name} is suspended from {day_in_words(stop.days.first)}{_until(stop.days.last)}.",
                remedy="The suspension must be lifted first.",
                earliest=_known(day_after(stop.days.last)),
            )
        else:
            yield Reason(
                code="person.deselected",
                message=f"{person.name} was deselected on {day_in_words(stop.days.first)}.",
                remedy="Reinstatement takes a decision of its own.",
            )


def _authorisation(person: Person, role: ActingRole, programme_id: int, days: Span) -> Iterator[Reason]:
    rights = [right.days for right in person.rights_as(role, programme_id)]
    gap = first_gap(rights, days)
    if gap is None:
        return
    explained = [
        *(reason for stage in Stage for reason in _step(person, stage, programme_id, days)),
        *_appointment(person, role, programme_id, days),
    ]
    yield from explained
    # Days on which the person is stopped or not employed have a reason of their own already.
    elsewhere = [*rights, *(stop.days for stop in person.stops_on(programme_id))]
    gap = first_gap(elsewhere, days.shared_with(person.employed))
    if gap is not None and not explained:
        yield Reason(
            code="authorisation.missing",
            message=f"{person.name} is not authorised as {ACTING_ROLE_NAMES[role]} on {day_in_words(gap.first)}.",
            remedy="A training lead can authorise from the certificates that are there.",
            earliest=earliest_fit(rights, days),
        )


_REMEDIES = {
    Stage.SELECTION: "They are put forward to an assessment centre and must be competent in all three exercises.",
    Stage.FUNDAMENTAL: "They book fundamental training and must pass it.",
    Stage.PROGRAMME: "They book the training of this programme and must pass it.",
}


def _step(person: Person, stage: Stage, programme_id: int, days: Span) -> Iterator[Reason]:
    spans = [step.days for step in person.steps_at(stage, programme_id)]
    gap = first_gap(spans, days)
    if gap is None:
        return
    name = STAGE_NAMES[stage]
    live = [span for span in spans if not span.is_empty]
    if not live:
        yield Reason(code=f"{stage}.missing", message=f"{person.name} has not passed {name}.", remedy=_REMEDIES[stage])
        return
    ended = [span.last for span in live if span.last < gap.first]
    message = (
        f"{person.name}'s certificate of {name} ends on {day_in_words(max(ended))}."
        if ended
        else f"{person.name}'s certificate of {name} begins on {day_in_words(min(span.first for span in live))}."
    )
    yield Reason(
        code=f"{stage}.not_valid",
        message=message,
        remedy="Renew it, or choose days on which it is valid." if ended else "Choose days from then on.",
        earliest=earliest_fit(live, days),
    )


def _appointment(person: Person, role: ActingRole, programme_id: int, days: Span) -> Iterator[Reason]:
    if role not in SUPERVISING:
        return
    spans = [one.days for one in person.appointments_as(role, programme_id)]
    gap = first_gap(spans, days)
    if gap is not None:
        yield Reason(
            code="appointment.missing",
            message=f"{person.name} is not appointed as {ACTING_ROLE_NAMES[role]} on {day_in_words(gap.first)}.",
            remedy="A programme manager can appoint them.",
            earliest=earliest_fit(spans, days),
        )


def _practice(person: Person, role: ActingRole, programme_id: int, first: date) -> Iterator[Reason]:
    """Say that the right has lapsed, on days on which there is one: other days have a reason of their own already."""
    held = any(first in right.days for right in person.rights_as(role, programme_id))
    if not held or not person.has_lapsed_as(role, programme_id, first):
        return
    spans = [one.days for one in person.practices if one.programme_id == programme_id and not one.days.is_empty]
    lapsed = max((span.last for span in spans if span.last < first), default=None)
    yield Reason(
        code="authorisation.lapsed",
        message=f"{person.name}'s authorisation lapses without delivery, and nothing keeps it up on that day."
        if lapsed is None
        else f"{person.name}'s authorisation lapsed after {day_in_words(lapsed)}, because they had not delivered the"
        " programme for so long.",
        remedy="A refresher of the programme's training that is passed renews it.",
        earliest=min((span.first for span in spans if span.first > first), default=None),
    )


def _until(day: date) -> str:
    return "" if _known(day) is None else f" until {day_in_words(day)}"


def _known(day: date) -> date | None:
    return None if day.year == date.max.year else day
