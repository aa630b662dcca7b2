"""What an assessor typed into a rating form, before it is anything else.

This is not a WTForms form: it has forty fields that depend on the standard, is sent often from a tablet with a weak
signal, and must never lose what was typed; so it is read and written plainly. Forgery is stopped by the application.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from selection.centres.fields import as_written
from selection.centres.papers import Exercise, Papers
from selection.rules.reasons import Reason
from selection.rules.scoring import GlobalJudgement, Rating, ScoringForm

SEEN = {"seen": "Seen", "contrary": "Contrary", "not_seen": "Not seen"}
JUDGEMENTS = {
    GlobalJudgement.CLEAR_NO: "Clear no",
    GlobalJudgement.BORDERLINE: "Borderline",
    GlobalJudgement.COMPETENT: "Competent",
    GlobalJudgement.STRONG: "Strong",
}
NO_OPPORTUNITY = "none"
LONGEST = 5_000


@dataclass(kw_only=True, slots=True)
class Entry:
    """What was typed for one competency; `rating` is points, `none` for no opportunity, or empty."""

    rating: str = ""
    why: str = ""
    evidence: str = ""

    @property
    def points(self) -> int | None:
        """The points, None if there are none."""
        return int(self.rating) if self.rating and self.rating != NO_OPPORTUNITY else None

    @property
    def no_opportunity(self) -> bool:
        """True if it was recorded that there was no opportunity to see it."""
        return self.rating == NO_OPPORTUNITY


@dataclass(kw_only=True, slots=True)
class Sheet:
    """A whole form as typed: entries by competency, marks by indicator, and the exercise as a whole."""

    version: str = ""
    entries: dict[int, Entry] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)
    judgement: str = ""
    incident: bool = False
    incident_note: str = ""

    @property
    def rated(self) -> int:
        """How many competencies are rated, or had no opportunity."""
        return sum(bool(entry.rating) for entry in self.entries.values())

    def same_as(self, other: "Sheet") -> bool:
        """True if both say the same, whatever their versions."""
        return replace(self, version="") == replace(other, version="")

    def in_words(self, exercise: Exercise) -> dict[str, str]:
        """Return the whole form in words, to be shown beside another version of it."""
        words: dict[str, str] = {}
        for competency in exercise.competencies:
            entry = self.entries.get(competency.id, Entry())
            rating = "No opportunity" if entry.no_opportunity else entry.rating
            words |= {
                f"{competency.title}: rating": rating,
                f"{competency.title}: why no opportunity": entry.why,
                f"{competency.title}: evidence": entry.evidence,
            }
            words |= {each.text: SEEN.get(self.marks.get(each.id, ""), "") for each in competency.indicators}
        words["Judgement of the whole exercise"] = self.judgement.replace("_", " ")
        words["Critical incident"] = "Reported" if self.incident else "None"
        words["What happened"] = self.incident_note
        return words

    def facts(self, exercise: Exercise, *, assessor_id: int, sealed: bool = False) -> ScoringForm:
        """Return the form as the rules see it."""
        ratings = (
            Rating(
                competency=competency_id,
                points=entry.points,
                no_opportunity=entry.no_opportunity,
                no_opportunity_reason=entry.why if entry.no_opportunity else "",
                evidence=entry.evidence,
            )
            for competency_id, entry in self.entries.items()
        )
        judgement = GlobalJudgement(self.judgement) if self.judgement else None
        return ScoringForm(
            assessor_id=assessor_id,
            exercise=exercise.kind,
            ratings=tuple(ratings),
            judgement=judgement,
            sealed=sealed,
        )


Errors = dict[str, list[str]]
"""Sentences by the name of the field that they belong to."""


def read(sent: MultiDict[str, str], papers: Papers, exercise: Exercise) -> tuple[Sheet, Errors]:
    """Return what was sent, and what is wrong with its shape: only choices that were offered, no endless text."""
    sheet = Sheet(
        version=_text(sent, "version"),
        entries={each.id: _entry(sent, each.id) for each in exercise.competencies},
        marks=_marks(sent, exercise),
        judgement=_text(sent, "judgement"),
        incident="incident" in sent,
        incident_note=_text(sent, "incident_note"),
    )
    return sheet, _errors(sheet, papers)


def _entry(sent: MultiDict[str, str], competency_id: int) -> Entry:
    names = (f"rating-{competency_id}", f"why-{competency_id}", f"evidence-{competency_id}")
    rating, why, evidence = (_text(sent, name) for name in names)
    return Entry(rating=rating, why=why, evidence=evidence)


def _marks(sent: MultiDict[str, str], exercise: Exercise) -> dict[int, str]:
    indicators = (indicator for each in exercise.competencies for indicator in each.indicators)
    marks = {indicator.id: _text(sent, f"mark-{indicator.id}") for indicator in indicators}
    return {indicator_id: mark for indicator_id, mark in marks.items() if mark}


def _text(sent: MultiDict[str, str], name: str) -> str:
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
            if len(text) > LONGEST:
                errors[f"{name}-{competency_id}"] = [_too_long(text)]
    for indicator_id in [each for each, mark in sheet.marks.items() if mark not in SEEN]:
        del sheet.marks[indicator_id]
        errors[f"mark-{indicator_id}"] = ["Choose seen, contrary or not seen."]
    if sheet.judgement not in {"", *GlobalJudgement}:
        sheet.judgement = ""
        errors["judgement"] = ["Choose one of the judgements that are offered."]
    if len(sheet.incident_note) > LONGEST:
        errors["incident_note"] = [_too_long(sheet.incident_note)]
    return errors


def _too_long(text: str) -> str:
    return f"Use at most {LONGEST} characters; there are {len(text)}."


RULES_FIELDS = {"points": "rating", "no_opportunity": "rating", "no_opportunity_reason": "why", "evidence": "evidence"}


def errors_of(gaps: Iterable[Reason]) -> Errors:
    """Return the gaps as sentences at the fields of the page that would fill them."""
    errors: Errors = {}
    for gap in gaps:
        first, _, second = (gap.field or "").partition(".")
        name = f"{RULES_FIELDS[second]}-{first}" if second in RULES_FIELDS else first
        errors.setdefault(name, []).append(f"{gap.message} {gap.remedy}".strip())
    return errors
