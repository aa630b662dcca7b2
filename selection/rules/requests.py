"""Requests for recognition: who may ask, what evidence is taken, and who may decide.

What a file may be is told by its content, not by its name. The sizes are local settings [default].
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from selection.rules.programmes import Stage
from selection.rules.reasons import Reason


class RequestState(StrEnum):
    """Open until it is decided or its requester takes it back."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


KINDS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}
"""What evidence may be, by its content, and how such a file ends."""

MOST_FILES = 5
LARGEST_FILE = 10 * 1024 * 1024
LONGEST_NAME = 100

_OUTSIDE = re.compile(r"[^\w .()-]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """A file that came with a request: its name as it came, its kind by its content (None: not known), its bytes."""

    name: str
    kind: str | None
    size: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What somebody asks for: whose step, which one, and what was learnt where and when."""

    staff_id: int
    stage: Stage
    programme_id: int | None
    learning: str


def safe_name(name: str, kind: str) -> str:
    """Return a name that no system takes for more than a name, and that ends as the content is."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    stem = last.rsplit(".", 1)[0] if "." in last else last
    plain = " ".join(_OUTSIDE.sub("_", stem).split()).strip(". ")
    return f"{plain[:LONGEST_NAME] or 'evidence'}.{KINDS[kind]}"


def reasons_against_request(
    wish: Wish, files: Sequence[Evidence], *, requester_id: int | None, open_already: bool
) -> tuple[Reason, ...]:
    """Return every reason why this cannot be asked for; each names its form field."""
    return (*_asker(requester_id, open_already), *_what(wish), *_files(files))


def _asker(requester_id: int | None, open_already: bool) -> Iterator[Reason]:
    if requester_id is None:
        yield Reason(
            code="request.nobody",
            message="Your login belongs to no staff member, so it cannot ask.",
            remedy="Ask a training lead who is on the staff register.",
        )
    if open_already:
        yield Reason(
            code="request.there",
            message="A request for this step is open already.",
            remedy="Wait until it is decided, or take it back first.",
            field="stage",
        )


def _what(wish: Wish) -> Iterator[Reason]:
    if wish.stage == Stage.PROGRAMME and wish.programme_id is None:
        message = "Choose the programme whose training shall be recognised."
        yield Reason(code="request.programme_missing", message=message, field="programme")
    if wish.stage != Stage.PROGRAMME and wish.programme_id is not None:
        message = "This step serves every programme."
        yield Reason(
            code="request.programme_needless", message=message, remedy="Choose no programme.", field="programme"
        )
    if not wish.learning.strip():
        yield Reason(code="learning.missing", message="Say what was learnt, where and when.", field="learning")


def _files(files: Sequence[Evidence]) -> Iterator[Reason]:
    if not files:
        yield Reason(code="evidence.missing", message="Add at least one file of evidence.", field="files")
    if len(files) > MOST_FILES:
        yield Reason(code="evidence.many", message=f"Add at most {MOST_FILES} files.", field="files")
    for file in files:
        if file.size == 0:
            yield Reason(code="evidence.empty", message=f"“{file.name}” is empty.", field="files")
        elif file.size > LARGEST_FILE:
            most = LARGEST_FILE // 1024 // 1024
            yield Reason(
                code="evidence.large",
                message=f"“{file.name}” is larger than {most} MB.",
                remedy="Make it smaller, or split it.",
                field="files",
            )
        elif file.kind not in KINDS:
            yield Reason(
                code="evidence.kind",
                message=f"“{file.name}” is not a PDF, JPEG or PNG by its content.",
                remedy="Save it as a PDF and add that.",
                field="files",
            )


def reasons_against_deciding(
    state: RequestState, reason: str, *, person_id: int, requester_id: int, decider_id: int | None
) -> tuple[Reason, ...]:
    """Return every reason why this person (a staff id) cannot decide the request; empty means they can."""
    return tuple(_deciding(state, reason, person_id, requester_id, decider_id))


def _deciding(
    state: RequestState, reason: str, person_id: int, requester_id: int, decider_id: int | None
) -> Iterator[Reason]:
    if state != RequestState.OPEN:
        yield Reason(code="request.decided", message="This request is not open any more.")
    if decider_id is None:
        message = "Your login belongs to no staff member, so it cannot decide."
        yield Reason(code="recognition.nobody", message=message, remedy="Ask a training lead who is on the register.")
    if decider_id == person_id:
        message = "Nobody recognises a step of their own."
        yield Reason(code="recognition.own", message=message, remedy="Ask another training lead.")
    if decider_id == requester_id:
        message = "Whoever asks for a recognition does not decide it."
        yield Reason(code="recognition.requester", message=message, remedy="Ask another training lead.")
    if not reason.strip():
        yield Reason(code="reason.missing", message="Say why.", field="reason")
