"""What a validator finds against a file, in sentences that a person can act on."""

import json
from collections.abc import Callable, Sequence
from typing import Any

TYPES = {
    "object": "a group of named values in { }",
    "array": "a list in [ ]",
    "string": "text in quotation marks",
    "integer": "a whole number",
    "boolean": "true or false",
}
PARTS = {"anchors": "anchor", "exercises": "exercise", "competencies": "competency", "indicators": "indicator"}
LONGEST_QUOTE = 40


def place_of(path: Sequence[str | int]) -> str:
    """Return a place in words: "exercise 2, competency 1, title"."""
    words: list[str] = []
    for part in path:
        if isinstance(part, int):
            words[-1] = f"{PARTS.get(words[-1], words[-1])} {part + 1}"
        elif words or part != "standard":
            words.append(part)
    return ", ".join(words) or "the file"


def sentences(error: Any) -> list[str]:
    """Return what one error of `jsonschema` says, a sentence for each thing that is missing or too much."""
    say = _SAY.get(error.validator)
    return say(error) if say else [str(error.message)]


def _required(error: Any) -> list[str]:
    return [f"“{name}” is missing." for name in error.validator_value if name not in error.instance]


def _dependent(error: Any) -> list[str]:
    return [
        f"“{needed}” is missing, which goes with “{name}”."
        for name, all_needed in error.validator_value.items()
        if name in error.instance
        for needed in all_needed
        if needed not in error.instance
    ]


def _additional(error: Any) -> list[str]:
    known = error.schema.get("properties", {})
    return [f"“{name[:LONGEST_QUOTE]}” is not known here." for name in error.instance if name not in known]


def _type(error: Any) -> list[str]:
    return [f"It must be {TYPES.get(error.validator_value, error.validator_value)}."]


def _enum(error: Any) -> list[str]:
    return [f"It must be one of {', '.join(map(str, error.validator_value))}, not {_quoted(error.instance)}."]


def _const(error: Any) -> list[str]:
    return [f"It must be {error.validator_value}, not {_quoted(error.instance)}."]


def _minimum(error: Any) -> list[str]:
    return [f"It is {error.instance}, and must be {error.validator_value} or more."]


def _maximum(error: Any) -> list[str]:
    return [f"It is {error.instance}, and must be {error.validator_value} or less."]


def _empty(_error: Any) -> list[str]:
    return ["It is empty."]


def _too_long(error: Any) -> list[str]:
    return [f"It has {len(error.instance):,} characters, and may have {error.validator_value:,}."]


def _too_many(error: Any) -> list[str]:
    return [f"There are {len(error.instance):,}, and there may be {error.validator_value:,}."]


def _pattern(error: Any) -> list[str]:
    if list(error.path)[-1:] == ["content_hash"]:
        return ["It must be 64 of the characters 0 to 9 and a to f."]
    return ["It holds line breaks or control characters that cannot stand here."]


_SAY: dict[str, Callable[[Any], list[str]]] = {
    "required": _required,
    "dependentRequired": _dependent,
    "additionalProperties": _additional,
    "type": _type,
    "enum": _enum,
    "const": _const,
    "minimum": _minimum,
    "maximum": _maximum,
    "minLength": _empty,
    "maxLength": _too_long,
    "maxItems": _too_many,
    "pattern": _pattern,
}


def _quoted(given: Any) -> str:
    text = json.dumps(given, ensure_ascii=False, default=str)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
