"""One change of a form on its way in: what a device sends, or what a page was submitted with; kept once, for good."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import Table, bindparam, insert, select

from selection.centres.papers import Exercise
from selection.centres.rating.queries import Own
from selection.centres.rating.sheet import Sheet, labels
from selection.core import clock
from selection.core.db import db, rows
from selection.models.capture import FormOperation
from selection.rules.roles import Actor

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
FORM_KEYS = {"op_id", "form", "base_version", "standard_version", "payload"}
LARGEST = 2**31 - 2

# Made once: an assessor's tablet sends one every other second.
_INSERT = insert(cast(Table, FormOperation.__table__))
_KNOWN = select(FormOperation.payload_hash, FormOperation.version).where(FormOperation.op_id == bindparam("op_id"))


class Unreadable(Exception):  # noqa: N818 - it reads as a sentence: raise Unreadable(why)
    """What was sent is no operation on this form; says in words why."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """What changes, by the names of the form's fields, and the version of the form that was on screen."""

    op_id: str
    form_id: int
    base_version: int
    standard_id: int
    payload: Mapping[str, str]
    door: str

    @property
    def payload_hash(self) -> str:
        """The SHA-256 of all that the operation says, in hexadecimal; its own id is not in it."""
        said = [self.form_id, self.base_version, self.standard_id, dict(self.payload)]
        return hashlib.sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def competencies(self) -> frozenset[int]:
        """The competencies whose rating, reason, evidence or notes it changes."""
        return frozenset(_number(name) for name in self.payload if name.startswith(("rating-", "why-", *_NOTES)))

    @property
    def noted(self) -> frozenset[int]:
        """The competencies whose evidence a note joins, which has to be known for that."""
        return frozenset(_number(name) for name in self.payload if name.startswith("note-"))

    def writes_evidence(self, competency_id: int) -> bool:
        """True if the evidence on the competency changes, by itself or by a note that joins it."""
        return any(f"{kind}{competency_id}" in self.payload for kind in _NOTES)

    @property
    def indicators(self) -> frozenset[int]:
        """The indicators whose mark it changes."""
        return frozenset(_number(name) for name in self.payload if name.startswith("mark-"))


_NOTES = ("evidence-", "note-")


def of_page(form: Own, sheet: Sheet, *, door: str = "page") -> Operation:
    """Return the operation that a whole page is; the service names it, because a page has no memory of its own."""
    return Operation(
        op_id=str(uuid4()),
        form_id=form.form_id,
        base_version=form.version,
        standard_id=form.standard_id,
        payload=sheet.fields(form.exercise),
        door=door,
    )


def of_device(form: Own, sent: Any) -> Operation:
    """Return the operation that a device sent as JSON; raises Unreadable for anything else."""
    if not isinstance(sent, dict) or set(sent) != FORM_KEYS:
        raise Unreadable(f"An operation has {', '.join(sorted(FORM_KEYS))}, and nothing else.")
    if not isinstance(sent["op_id"], str) or not UUID.fullmatch(sent["op_id"]):
        raise Unreadable("The id of an operation is a UUID in small letters.")
    if sent["form"] != form.form_id:
        raise Unreadable("The operation is about another form.")
    if sent["standard_version"] != form.standard_id:
        raise Unreadable("The operation was made under another version of the standard.")
    base = sent["base_version"]
    if type(base) is not int or not 0 < base <= LARGEST:
        raise Unreadable("The version that an operation starts from is a whole number.")
    return Operation(
        op_id=sent["op_id"],
        form_id=form.form_id,
        base_version=base,
        standard_id=form.standard_id,
        payload=_payload(sent["payload"], form.exercise),
        door="device",
    )


def _payload(sent: Any, exercise: Exercise) -> dict[str, str]:
    names = {*labels(exercise), *(f"note-{each.id}" for each in exercise.competencies)}
    if not isinstance(sent, dict) or not sent:
        raise Unreadable("An operation changes at least one field.")
    if unknown := sorted(str(name) for name in sent if name not in names):
        raise Unreadable(f"The form has no field {unknown[0]}.")
    if not all(isinstance(value, str) for value in sent.values()):
        raise Unreadable("The value of a field is text.")
    # Half a character, as a field that cuts at its length can leave one, is nothing that a database keeps.
    return {name: value.encode("utf-8", "replace").decode() for name, value in sent.items()}


def known_hash(op_id: str) -> tuple[str, int] | None:
    """Return the hash and the version of the operation that is stored under the id, None if there is none."""
    found = rows(_KNOWN, op_id=op_id)
    return (found[0].payload_hash, found[0].version) if found else None


def keep(operation: Operation, *, by: Actor) -> None:
    """Add the operation to the others; it is stored if and only if its change is."""
    values = {
        "op_id": operation.op_id,
        "form_id": operation.form_id,
        "base_version": operation.base_version,
        "version": operation.base_version + 1,
        "standard_id": operation.standard_id,
        "door": operation.door,
        "payload_hash": operation.payload_hash,
        "by_id": by.account_id,
        "received_at": clock.now(),
    }
    db.session.connection().execute(_INSERT, values)


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])
