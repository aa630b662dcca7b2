"""What an entry of the staff register must be like, whichever door it comes by: the page or a file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from selection.rules.names import kept
from selection.rules.reasons import Reason
from selection.rules.words import day_in_words

LONGEST_NUMBER, LONGEST_NAME, LONGEST_EMAIL = 20, 200, 254
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)

_ADDRESS = re.compile(r"[^\s@]+@[^\s@.]+(\.[^\s@.]+)+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """All that the register holds of a person; `line_manager` is that person's number, empty for none."""

    number: str
    name: str
    email: str
    job_title: str = ""
    area_id: int | None
    joined_on: date | None
    left_on: date | None = None
    line_manager: str = ""


def tidied(entry: Entry) -> Entry:
    """Return the entry as it is stored: spaces made one, the address in small letters."""
    return Entry(
        number=kept(entry.number),
        name=kept(entry.name),
        email=kept(entry.email).casefold(),
        job_title=kept(entry.job_title),
        area_id=entry.area_id,
        joined_on=entry.joined_on,
        left_on=entry.left_on,
        line_manager=kept(entry.line_manager),
    )


def reasons_against_entry(entry: Entry) -> tuple[Reason, ...]:
    """Return every reason against the tidied entry as such; each names its field. An empty tuple means yes."""
    return (
        *_number(entry.number),
        *_words("name", "name", entry.name, LONGEST_NAME, needed=True),
        *_email(entry.email),
        *_words("job_title", "job title", entry.job_title, LONGEST_NAME, needed=False),
        *_area(entry.area_id),
        *_days(entry.joined_on, entry.left_on),
        *_line_manager(entry),
    )


def reasons_against_contact(name: str, email: str) -> tuple[Reason, ...]:
    """Return every reason against a name and an address as such, whoever they are of."""
    return (*_words("name", "name", name, LONGEST_NAME, needed=True), *_email(email))


def number_taken() -> Reason:
    """Return the reason that another person has the number."""
    return _against("number", "taken", "Another person has this number.", "Check it, or change their record instead.")


def email_taken() -> Reason:
    """Return the reason that another person has the address."""
    return _against("email", "taken", "Another person has this e-mail address.", "Check it, or change theirs first.")


def manager_unknown(number: str) -> Reason:
    """Return the reason that the line manager's number leads to nobody."""
    return _against("line_manager", "unknown", f"Nobody of your areas has the number {number}.", "Check the number.")


def outside_reach() -> Reason:
    """Return the reason that the area is not one in which the actor may change the register."""
    return _against("area_id", "out_of_reach", "This area is not one of yours.", "Choose an area of yours.")


def still_at_work(group: str, until: date) -> Reason:
    """Return the reason that a person who leaves is on a group beyond that day."""
    return _against(
        "left_on",
        "still_at_work",
        f"They are on the group {group} until {day_in_words(until)}.",
        "End that first, or choose a later day.",
    )


def _number(number: str) -> Iterator[Reason]:
    yield from _words("number", "number", number, LONGEST_NUMBER, needed=True)
    if " " in number:
        yield _against("number", "spaces", "A number has no spaces.", "Write it as one word.")


def _email(email: str) -> Iterator[Reason]:
    unfit = tuple(_words("email", "e-mail address", email, LONGEST_EMAIL, needed=True))
    yield from unfit
    if not unfit and not _ADDRESS.fullmatch(email):
        yield _against("email", "malformed", "This is not an e-mail address.", "Write it as name@example.com.")


def _words(field: str, called: str, text: str, longest: int, *, needed: bool) -> Iterator[Reason]:
    if needed and not text:
        yield _against(field, "missing", f"The {called} is missing.", "Enter it.")
    if len(text) > longest:
        yield _against(field, "too_long", f"The {called} is longer than {longest} letters.", "Shorten it.")


def _area(area_id: int | None) -> Iterator[Reason]:
    if area_id is None:
        yield _against("area_id", "missing", "The area is missing.", "Choose one.")


def _days(joined_on: date | None, left_on: date | None) -> Iterator[Reason]:
    if joined_on is None:
        yield _against("joined_on", "missing", "The day on which they joined is missing.", "Enter it.")
    for field, day in (("joined_on", joined_on), ("left_on", left_on)):
        if day is not None and not EARLIEST <= day <= LATEST:
            yield _against(field, "out_of_time", f"The year {day.year} cannot be right.", "Check the year.")
    if joined_on is not None and left_on is not None and left_on < joined_on:
        yield _against(
            "left_on",
            "before_joining",
            f"They would leave before they joined, on {day_in_words(joined_on)}.",
            "Check both days.",
        )


def _line_manager(entry: Entry) -> Iterator[Reason]:
    yield from _words("line_manager", "line manager's number", entry.line_manager, LONGEST_NUMBER, needed=False)
    if entry.line_manager and entry.line_manager == entry.number:
        yield _against("line_manager", "own", "Nobody is their own line manager.", "Enter somebody else's number.")


def _against(field: str, code: str, message: str, remedy: str) -> Reason:
    return Reason(code=f"{field}.{code}", field=field, message=message, remedy=remedy)
