"""How the trail is sealed: a fingerprint over every entry in order, each resting on the one before.

Whoever changes, adds or takes away an entry under a seal would have to make every later fingerprint anew, and cannot
take back the one that somebody has noted elsewhere.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

Value = str | int | datetime | Mapping[str, object] | None
"""What a column of an entry can hold."""

NOTHING_BEFORE = "0" * 64
"""On what the first fingerprint rests."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fingerprint:
    """The SHA-256 of a chain of entries in hexadecimal figures, and of how many it is."""

    digest: str
    entries: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """What was sealed together: the entries after one id up to another, and the fingerprint of the chain at its end."""

    after_id: int
    last_id: int
    fingerprint: Fingerprint


def fingerprint(before: str, entries: Iterable[Sequence[Value]]) -> Fingerprint:
    """Return the fingerprint of the chain that goes on from `before` with the entries, each a row of plain values.

    A moment is told in UTC to the microsecond and a mapping in the order of its keys, so that every database gives the
    same.
    """
    digest, number = before, 0
    for entry in entries:
        digest = hashlib.sha256(f"{digest}\n{_line(entry)}".encode()).hexdigest()
        number += 1
    return Fingerprint(digest=digest, entries=number)


def faults(seals: Sequence[Seal], found: Sequence[Fingerprint], *, expected: str = "") -> list[str]:
    """Return a sentence for every seal that what was found under it does not answer to, in order; none is good.

    `expected` is a fingerprint, or how it begins, that somebody noted: one of the seals must have it.
    """
    sentences = []
    last_id = 0
    for seal, now in zip(seals, found, strict=True):
        of_it = f"Entries {seal.after_id + 1} to {seal.last_id}"
        if seal.after_id != last_id:
            sentences.append(f"{of_it}: the seal before is missing; it ended at {seal.after_id}, and none does.")
        if now.entries != seal.fingerprint.entries:
            sentences.append(f"{of_it}: {seal.fingerprint.entries} were sealed, and {now.entries} are there.")
        elif now != seal.fingerprint:
            sentences.append(f"{of_it}: at least one is not as it was sealed.")
        last_id = seal.last_id
    if expected and not any(seal.fingerprint.digest.startswith(expected.lower()) for seal in seals):
        sentences.append(f"No seal has the fingerprint {expected}.")
    return sentences


def _line(entry: Sequence[Value]) -> str:
    return json.dumps([_plain(value) for value in entry], sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _plain(value: Value) -> object:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value
