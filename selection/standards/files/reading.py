"""A file → the content of a standard, or everything that is wrong with it, each at its place and in plain words."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from selection.prescribed.content import SINCE, hash_of
from selection.standards.files.sentences import place_of, sentences

SCHEMA_FILE = Path(__file__).with_name("standard.schema.json")
MOST_BYTES = 1_000_000
MOST_NAMED = 100
"""How many faults are named at once: a file of another kind has one in every line."""


@dataclass(frozen=True, order=True, slots=True)
class Fault:
    """Something that is wrong with a file: where, and what."""

    place: str
    sentence: str


class Faulty(Exception):  # noqa: N818 - it reads as a sentence: raise Faulty(*faults)
    """The file cannot be taken; carries every fault, in the order of the file."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(f"{fault.place}: {fault.sentence}" for fault in faults))
        self.faults = faults


def read(file: bytes) -> dict[str, Any]:
    """Return the content of the standard in a file; raises Faulty with everything that is wrong with it."""
    document = _parsed(file)
    if faults := list(dict.fromkeys(_against_schema(document))):
        raise Faulty(*faults[:MOST_NAMED], *_more(len(faults) - MOST_NAMED))
    standard: dict[str, Any] = document["standard"]
    if faults := [*_against_sense(standard), *_against_hash(document)]:
        raise Faulty(*faults)
    return standard


def schema() -> str:
    """Return the JSON Schema that a file must meet, as text."""
    return SCHEMA_FILE.read_text(encoding="utf-8")


def _parsed(file: bytes) -> Any:
    if len(file) > MOST_BYTES:
        raise Faulty(Fault("the file", f"It is larger than {MOST_BYTES // 1000:,} kB, which no standard is."))
    try:
        document = json.loads(
            file.decode("utf-8-sig"), parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once
        )
        json.dumps(document, ensure_ascii=False, default=str).encode()
    except json.JSONDecodeError as wrong:
        place = f"line {wrong.lineno}, column {wrong.colno}"
        raise Faulty(Fault(place, "Here it stops being JSON. Export a standard to see what a file is like.")) from wrong
    except UnicodeError as wrong:
        raise Faulty(Fault("the file", "It holds characters that are none. Save it as UTF-8.")) from wrong
    except RecursionError as wrong:
        raise Faulty(Fault("the file", "It is nested too deeply to be a standard.")) from wrong
    except _OddError as odd:
        raise Faulty(Fault("the file", str(odd))) from odd
    except ValueError as wrong:
        raise Faulty(Fault("the file", "It holds a number without end.")) from wrong
    return document


class _OddError(ValueError):
    """Something that JSON lets pass and that no standard holds; its words are a sentence."""


def _no_number(word: str) -> Any:
    raise _OddError(f"{word} is not a number.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) < len(pairs):
        names = [name for name, _ in pairs]
        doubled = next(name for name in names if names.count(name) > 1)
        raise _OddError(f"“{doubled}” stands more than once in the same group.")
    return named


@lru_cache(maxsize=1)
def _validator() -> Any:
    # Loaded when the first file comes: it would be a good part of the start of every web worker.
    return import_module("jsonschema").Draft202012Validator(json.loads(schema()))


def _against_schema(document: Any) -> Iterator[Fault]:
    errors = sorted(_validator().iter_errors(document), key=lambda error: _rank(document, error.absolute_path))
    for error in errors:
        place = place_of(list(error.absolute_path))
        for sentence in sentences(error):
            yield Fault(place, sentence)


def _rank(document: Any, path: Iterable[str | int]) -> list[int]:
    """Return where in the file a place is, so that faults can be told in its order."""
    rank, part = [], document
    for step in path:
        rank.append(step if isinstance(step, int) else list(part).index(step))
        part = part[step]
    return rank


def _against_sense(standard: dict[str, Any]) -> Iterator[Fault]:
    """Yield what the schema cannot say: things stand once and in order, and the scale is not upside down."""
    low, point, high = (standard[name] for name in ("scale_min", "scale_standard", "scale_max"))
    if not low < point <= high:
        sentence = f"The standard, {point}, must lie above {low} and at most at {high}, the ends of the scale."
        yield Fault("scale_standard", sentence)
    yield from _against_format(standard)
    yield from _going_up(standard, "anchors", "point", ())
    yield from _going_up(standard, "exercises", "position", ())
    kinds: set[str] = set()
    for number, exercise in enumerate(standard["exercises"]):
        path = ("exercises", number)
        if exercise["kind"] in kinds:
            yield Fault(place_of((*path, "kind")), f"There is more than one {exercise['kind'].replace('_', ' ')}.")
        kinds.add(exercise["kind"])
        yield from _going_up(exercise, "competencies", "position", path)
        for place, competency in enumerate(exercise["competencies"]):
            yield from _going_up(competency, "indicators", "position", (*path, "competencies", place))


def _against_format(standard: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each field that goes with another format than the file says that it has."""
    said = standard.get("format", 1)
    for since, names in SINCE.items():
        for name in names:
            if since <= said and name not in standard:
                yield Fault("the file", f"“{name}” is missing, which goes with format {since}.")
            if since > said and name in standard:
                yield Fault(name, f"It goes with format {since}, and the file has format {said}.")


def _going_up(whole: dict[str, Any], parts: str, by: str, path: tuple[str | int, ...]) -> Iterator[Fault]:
    before = -1
    for number, part in enumerate(whole[parts]):
        if part[by] <= before:
            sentence = f"It is {part[by]} after {before}: these must go up from one to the next."
            yield Fault(place_of((*path, parts, number, by)), sentence)
        before = part[by]


def _against_hash(document: dict[str, Any]) -> Iterator[Fault]:
    said = document.get("content_hash")
    if said is not None and said != hash_of(document["standard"]):
        sentence = (
            "The content has another hash: it was changed after it was exported. If that was meant, take this line out."
        )
        yield Fault("content_hash", sentence)


def _more(number: int) -> list[Fault]:
    return [Fault("the file", f"And {number:,} more of the kind.")] if number > 0 else []
