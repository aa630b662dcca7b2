"""Reads what was sent of a rating form, whole from its page or a part of it from a device.

This is not a WTForms form: it has forty fields that depend on the standard, is sent often from a tablet with a weak
signal, and must never lose what was typed; so it is read and written plainly. Forgery is stopped by the application.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime

from selection.centres.fields import MOST, as_written
from selection.centres.papers import Exercise, Papers
from selection.centres.rating.sheet import NO_OPPORTUNITY, SEEN, Entry, Sheet
from selection.core import clock
from selection.rules.reasons import Reason
from selection.rules.scoring import GlobalJudgement

STAMPED = re.compile(r"([01]\d|2[0-3]):[0-5]\d ")
"""A note of evidence that says when it was made, as a clock on a wall in London shows it."""

Errors = dict[str, list[str]]
"""Sentences by the name of the field that they belong to."""


def read(sent: Mapping[str, str], papers: Papers, exercise: Exercise, *, at: datetime) -> tuple[Sheet, Errors]:
    """Return what was sent, and what is wrong with its shape: only choices that were offered, no endless text.

    A note that was sent beside the evidence joins it as a line of its own that says when it was made: `at`, unless it
    says so itself.
    """
    sheet = Sheet(
        version=_text(sent, "version"),
        entries={each.id: _entry(sent, each.id, at) for each in exercise.competencies},
        marks=_marks(sent, exercise),
        judgement=_text(sent, "judgement"),
        incident=bool(sent.get("incident")),
        incident_note=_text(sent, "incident_note"),
    )
    return sheet, _errors(sheet, papers)


def _entry(sent: Mapping[str, str], competency_id: int, at: datetime) -> Entry:
    names = (f"{kind}-{competency_id}" for kind in ("rating", "why", "evidence", "note"))
    rating, why, evidence, note = (_text(sent, name) for name in names)
    if note:
        evidence = f"{evidence}\n{stamped(note, at)}".lstrip()
    return Entry(rating=rating, why=why, evidence=evidence)


def stamped(note: str, at: datetime) -> str:
    """Return the note with the moment at which it was made before it, if it does not say it yet."""
    return note if STAMPED.match(note) else f"{clock.london(at):%H:%M} {note}"


def _marks(sent: Mapping[str, str], exercise: Exercise) -> dict[int, str]:
    indicators = (indicator for each in exercise.competencies for indicator in each.indicators)
    marks = {indicator.id: _text(sent, f"mark-{indicator.id}") for indicator in indicators}
    return {indicator_id: mark for indicator_id, mark in marks.items() if mark}


def _text(sent: Mapping[str, str], name: str) -> str:
    """Return the words that were sent under the name, as they are stored."""
    return as_written(sent.get(name))


def _errors(sheet: Sheet, papers: Papers) -> Errors:
    errors: Errors = {}
    ratings = {"", NO_OPPORTUNITY, *(str(each.point) for each in papers.anchors)}
    for competency_id, entry in sheet.entries.items():
        if entry.rating not in ratings:
            entry.rating = ""
            errors[f"rating-{competency_id}"] = ["Choose one of the ratings that are offered."]
        for name, text in (("why", entry.why), ("evidence", entry.evidence)):
            if len(text) > MOST:
                errors[f"{name}-{competency_id}"] = [_too_long(text)]
    for indicator_id in [each for each, mark in sheet.marks.items() if mark not in SEEN]:
        del sheet.marks[indicator_id]
        errors[f"mark-{indicator_id}"] = ["Choose seen, contrary or not seen."]
    if sheet.judgement not in {"", *GlobalJudgement}:
        sheet.judgement = ""
        errors["judgement"] = ["Choose one of the judgements that are offered."]
    if len(sheet.incident_note) > MOST:
        errors["incident_note"] = [_too_long(sheet.incident_note)]
    return errors


def _too_long(text: str) -> str:
    return f"Use at most {MOST} characters; there are {len(text)}."


RULES_FIELDS = {"points": "rating", "no_opportunity": "rating", "no_opportunity_reason": "why", "evidence": "evidence"}


def errors_of(gaps: Iterable[Reason]) -> Errors:
    """Return the gaps as sentences at the fields of the page that would fill them."""
    errors: Errors = {}
    for gap in gaps:
        first, _, second = (gap.field or "").partition(".")
        name = f"{RULES_FIELDS[second]}-{first}" if second in RULES_FIELDS else first
        errors.setdefault(name, []).append(f"{gap.message} {gap.remedy}".strip())
    return errors
