"""What an assessor typed into a rating form, before it is anything else."""

from dataclasses import dataclass, field, replace

from selection.centres.papers import Exercise
from selection.rules.scoring import GlobalJudgement, Rating, ScoringForm

SEEN = {"seen": "Seen", "contrary": "Contrary", "not_seen": "Not seen"}
JUDGEMENTS = {
    GlobalJudgement.CLEAR_NO: "Clear no",
    GlobalJudgement.BORDERLINE: "Borderline",
    GlobalJudgement.COMPETENT: "Competent",
    GlobalJudgement.STRONG: "Strong",
}
NO_OPPORTUNITY = "none"


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

    def fields(self, exercise: Exercise) -> dict[str, str]:
        """Return the form as its page names the fields, every one of the exercise; what is blank is empty."""
        fields: dict[str, str] = {}
        for competency in exercise.competencies:
            entry = self.entries.get(competency.id, Entry())
            fields |= {
                f"rating-{competency.id}": entry.rating,
                f"why-{competency.id}": entry.why,
                f"evidence-{competency.id}": entry.evidence,
            }
            fields |= {f"mark-{each.id}": self.marks.get(each.id, "") for each in competency.indicators}
        return fields | {
            "judgement": self.judgement,
            "incident": "y" if self.incident else "",
            "incident_note": self.incident_note,
        }

    def in_words(self, exercise: Exercise) -> dict[str, str]:
        """Return the whole form in words, to be shown beside another version of it."""
        named = labels(exercise)
        return {named[name]: spoken(name, value) for name, value in self.fields(exercise).items()}

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


def labels(exercise: Exercise) -> dict[str, str]:
    """Return what each field of the form is called, by its name on the page."""
    named: dict[str, str] = {}
    for competency in exercise.competencies:
        named |= {
            f"rating-{competency.id}": f"{competency.title}: rating",
            f"why-{competency.id}": f"{competency.title}: why no opportunity",
            f"evidence-{competency.id}": f"{competency.title}: evidence",
        }
        named |= {f"mark-{each.id}": f"{competency.title}: {each.text}" for each in competency.indicators}
    return named | {
        "judgement": "Judgement of the whole exercise",
        "incident": "Critical incident",
        "incident_note": "What happened",
    }


def spoken(name: str, value: str) -> str:
    """Return the value of a field as a person would say it."""
    kind = name.partition("-")[0]
    if kind == "incident":
        return "Reported" if value else "None"
    if kind == "rating" and value == NO_OPPORTUNITY:
        return "No opportunity"
    return SEEN.get(value, "") if kind == "mark" else value.replace("_", " ") if kind == "judgement" else value
