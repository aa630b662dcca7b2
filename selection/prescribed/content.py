"""The whole content of a standard in one canonical form, and its hash: the same words and numbers, the same hash.

Ids, states and moments are left out, so that two services that were given the same standard can compare theirs. Which
fields there are depends on the format in which a version was written: a field that came later is left out of the older
ones, so that their hashes stay, and a CHECK keeps it there at what was the rule before it could be said.
"""

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from selection.models.standards import CURRENT_FORMAT, Anchor, Competency, Exercise, Indicator, Standard

NUMBERS = (
    "scale_min",
    "scale_max",
    "scale_standard",
    "assessors_per_exercise",
    "most_below_standard",
    "floor",
    "resit_wait_months",
    "standing_months",
    "attempts_allowed",
    "attempts_window_months",
    "pass_valid_months",
)
SINCE: Mapping[int, tuple[str, ...]] = {
    2: ("discuss_from_apart", "discuss_straddling", "discuss_judgements", "feedback_names_assessors"),
    3: ("indicators_needed", "most_sat_alone", "appeal_days", "feedback_days"),
}
"""Which fields each format added; the first had none of them."""
EXACT = ("mean_needed", "k", "sem", "rated_share_needed")
THOUSANDTHS = "{}_in_thousandths"


def content_hash(standard: Standard) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal; decisions keep it as what they were made under."""
    return hash_of(content(standard))


def hash_of(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a content as JSON in UTF-8 with sorted keys and no needless spaces, in hexadecimal."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def content(standard: Standard) -> dict[str, Any]:
    """Return everything that the standard says; exact numbers are whole thousandths, as they are stored."""
    return {
        **_later(standard, standard.content_format),
        "title": standard.title,
        "number": standard.number,
        **{name: getattr(standard, name) for name in NUMBERS},
        **{THOUSANDTHS.format(name): int(getattr(standard, name) * 1000) for name in EXACT},
        "anchors": [{"point": each.point, "label": each.label, "text": each.text} for each in standard.anchors],
        "exercises": [_exercise(each) for each in standard.exercises],
    }


def later_fields(content_format: int) -> tuple[str, ...]:
    """Return the fields that a content in this format has and one in the first has not."""
    return tuple(name for since, names in SINCE.items() if since <= content_format for name in names)


def _later(standard: Standard, content_format: int) -> dict[str, Any]:
    if content_format == 1:
        return {}
    return {"format": content_format, **{name: getattr(standard, name) for name in later_fields(content_format)}}


def _exercise(exercise: Exercise) -> dict[str, Any]:
    return {
        "kind": str(exercise.kind),
        "position": exercise.position,
        "title": exercise.title,
        "brief": exercise.brief,
        "minutes": exercise.minutes,
        "competencies": [_competency(each) for each in exercise.competencies],
    }


def _competency(competency: Competency) -> dict[str, Any]:
    indicators = [
        {"position": each.position, "text": each.text, "contrary": each.contrary} for each in competency.indicators
    ]
    return {
        "position": competency.position,
        "title": competency.title,
        "description": competency.description,
        "indicators": indicators,
    }


def from_content(given: Mapping[str, Any]) -> Standard:
    """Return a draft, not yet stored, that says exactly this, in its format: the way back from `content`."""
    content_format = given.get("format", 1)
    return Standard(
        title=given["title"],
        number=given["number"],
        content_format=content_format,
        **{name: given[name] for name in NUMBERS},
        **{name: Decimal(given[THOUSANDTHS.format(name)]) / 1000 for name in EXACT},
        **{name: given[name] for name in later_fields(content_format)},
        anchors=[Anchor(**each) for each in given["anchors"]],
        exercises=[_exercise_from(each) for each in given["exercises"]],
    )


def _exercise_from(given: Mapping[str, Any]) -> Exercise:
    competencies = [
        Competency(**{**each, "indicators": [Indicator(**one) for one in each["indicators"]]})
        for each in given["competencies"]
    ]
    return Exercise(**{**given, "competencies": competencies})


def copy_of(standard: Standard, *, title: str, number: int) -> Standard:
    """Return a draft, not yet stored, that says the same in the present format under another title and number."""
    said = {**content(standard), **_later(standard, CURRENT_FORMAT), "title": title, "number": number}
    return from_content(said)
