"""Who may change, propose and publish a version of the standard: whoever publishes it has written none of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from selection.rules.reasons import Reason

PUBLISHED = Reason(
    code="standard.published",
    message="This version is published, and a published version never changes.",
    remedy="Make a correction as a new version.",
)
PROPOSED = Reason(
    code="standard.proposed",
    message="This draft is proposed to be published, and stays as it is so that it can be judged.",
    remedy="Take the proposal back first, then change the draft.",
)
NOT_PROPOSED = Reason(
    code="standard.not_proposed",
    message="Nobody has proposed this draft.",
    remedy="Propose it, so that somebody else can publish it.",
)
ONLY_SOME_AREAS = Reason(
    code="standard.only_some_areas",
    message="Your role reaches only some areas, and a standard holds in all of them.",
    remedy="Ask a coordinator of the whole service.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Standing:
    """How far a version has come, and by whom (ids of logins); `proposed_by` is None while no proposal is open.

    `authors` are all who began or changed the draft, or a draft that it was copied from.
    """

    published: bool
    proposed_by: int | None
    authors: frozenset[int]


def reasons_against_changing(standing: Standing) -> tuple[Reason, ...]:
    """Return every reason why a version cannot be changed or deleted: it is published, or proposed."""
    if standing.published:
        return (PUBLISHED,)
    return () if standing.proposed_by is None else (PROPOSED,)


def reasons_against_proposing(standing: Standing, problems: Sequence[Reason], *, why: str) -> tuple[Reason, ...]:
    """Return every reason against proposing a draft, all that is wrong with it among them."""
    found = list(problems)
    if not why.strip():
        message = "Nothing says what is new and why."
        remedy = "Say it in a few sentences: whoever publishes the version judges it by them."
        found.append(Reason(code="standard.no_why", field="why", message=message, remedy=remedy))
    return (*reasons_against_changing(standing), *found)


def reasons_against_publishing(standing: Standing, *, by: int | None) -> tuple[Reason, ...]:
    """Return every reason why this login may not publish: it proposed the version or wrote in it, or nobody proposed.

    Whoever wrote a line reads past its faults, so that the second person is somebody whose words are not in the draft
    [local rule].
    """
    if standing.published:
        return (PUBLISHED,)
    found = [] if standing.proposed_by is not None else [NOT_PROPOSED]
    another = "Ask a coordinator who neither proposed this version nor wrote in it."
    if by is None:
        message = "A version is published by a person who is signed in."
        found.append(Reason(code="standard.nobody", message=message, remedy=another))
    elif by == standing.proposed_by:
        message = "You proposed this version, and a second person publishes it."
        found.append(Reason(code="standard.own_proposal", message=message, remedy=another))
    if by in standing.authors:
        message = "You wrote in this draft, and it is published by somebody who reads it with fresh eyes."
        found.append(Reason(code="standard.own_words", message=message, remedy=another))
    return tuple(found)
