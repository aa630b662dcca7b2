"""How changes of a rating form arrive: once each and in their order, and what a device still owes before a day ends."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from selection.rules.reasons import Reason


class Verdict(StrEnum):
    """What becomes of an operation that arrives."""

    APPLY = "apply"
    ALREADY = "already"
    REUSED = "reused"
    STALE = "stale"
    AHEAD = "ahead"


def judge(*, base_version: int, version: int, known_hash: str | None, payload_hash: str) -> Verdict:
    """Say what becomes of an operation on a form that is at `version`.

    `known_hash` is the hash of the operation that is stored under the same id, None if there is none. The same one
    twice is one; the same id with anything else is refused; one that was made on an older version than the stored one
    clashes with what was stored since; one made on a later version has overtaken another that is still on its way.
    """
    if known_hash is not None:
        return Verdict.ALREADY if known_hash == payload_hash else Verdict.REUSED
    if base_version == version:
        return Verdict.APPLY
    return Verdict.STALE if base_version < version else Verdict.AHEAD


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """A device that holds a form: whose form it is and of what, since when, and what it said it had not sent."""

    device: str
    assessor: str
    about: str
    seen_at: datetime
    unsent: int


def reasons_against_closing_held(holds: Sequence[Hold]) -> tuple[Reason, ...]:
    """Return why the centre's day cannot be closed while devices hold forms: what was typed there may not be here."""
    return tuple(_reasons_against_closing_held(holds))


def reasons_against_giving_up(*, why: str) -> tuple[Reason, ...]:
    """Return what keeps a device from being given up: what was typed there is lost with it, so a reason stays."""
    if why.strip():
        return ()
    message = "There is no reason for giving the device up."
    return (Reason(code="hold.no_reason", field="why", message=message, remedy="Say what became of it."),)


@dataclass(frozen=True, kw_only=True, slots=True)
class Typist:
    """Who wants to type a form from paper, and what they are to it.

    `assesses` is true if they are one of the exercise's assessors; `begun_by` names who has begun the form, on screen
    or from paper, empty if nobody has.
    """

    is_assessor_of_form: bool = False
    assesses: bool = False
    chairs: bool = False
    is_candidate: bool = False
    begun_by: str = ""
    began_it: bool = False


def reasons_against_transcribing(typist: Typist) -> tuple[Reason, ...]:
    """Return every reason against that person typing the form from paper.

    It is another person than the assessor, and nobody who must not see a rating before the reveal: not the chair, not
    another assessor of the exercise, not the candidate. A form that somebody has begun otherwise stays with them.
    """
    return tuple(_reasons_against_transcribing(typist))


def _reasons_against_closing_held(holds: Sequence[Hold]) -> Iterator[Reason]:
    for hold in holds:
        unsent = "" if not hold.unsent else ", with work that has not arrived"
        message = f"{hold.assessor} has the {hold.about} open on a device ({hold.device}){unsent}."
        remedy = (
            "Open the form on that device once while it has a connection and hand it back,"
            " or give the device up as lost, with a reason."
        )
        yield Reason(code="centre.form_on_device", message=message, remedy=remedy)


def _reasons_against_transcribing(typist: Typist) -> Iterator[Reason]:
    ask = "Ask somebody who neither assesses nor chairs here."
    if typist.is_assessor_of_form:
        yield _reason("own", "This is your own form.", "Write on it under My ratings.")
    elif typist.assesses:
        yield _reason("assesses", "You assess this exercise, and each assessor rates alone.", ask)
    if typist.chairs:
        yield _reason("chairs", "You chair this centre, and see no rating before all are sealed.", ask)
    if typist.is_candidate:
        yield _reason("candidate", "The form is about you.", ask)
    if typist.begun_by and not typist.began_it:
        message = f"{typist.begun_by} has begun this form already."
        yield _reason("begun", message, "Whoever began it goes on with it.")


def _reason(code: str, message: str, remedy: str) -> Reason:
    return Reason(code=f"transcription.{code}", message=message, remedy=remedy)
