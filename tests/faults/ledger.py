"""What was typed, and where it must be: on the server once, or still on the device, and in the end on the server."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from selection.models.capture import FormOperation
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from tests.store import Store

Fields = dict[str, str]


@dataclass(kw_only=True)
class Typed:
    """What an assessor typed into one form and the page said is kept: notes in their order, and the last choices."""

    form_id: int
    notes: dict[int, list[str]] = field(default_factory=dict)
    choices: Fields = field(default_factory=dict)

    def note(self, competency_id: int, words: str) -> None:
        """Remember a note."""
        self.notes.setdefault(competency_id, []).append(words)

    def missing(self, stored: Fields, waiting: Iterable[Fields]) -> list[str]:
        """Return what is neither stored nor waiting on the device, and what is stored twice."""
        waits = list(waiting)
        found = []
        for competency_id, notes in self.notes.items():
            evidence = stored[f"evidence-{competency_id}"]
            names = (f"evidence-{competency_id}", f"note-{competency_id}")
            kept = "\n".join(payload.get(name, "") for payload in waits for name in names)
            found += [f"{words}: lost" for words in notes if words not in evidence and words not in kept]
            found += [f"{words}: {evidence.count(words)} times" for words in notes if evidence.count(words) > 1]
        for name, value in self.choices.items():
            last = [payload[name] for payload in waits if name in payload][-1:] or [stored[name]]
            if last != [value]:
                found.append(f"{name} is {last[0]!r}, not {value!r}")
        return found


def stored(store: Store, form_id: int) -> Fields:
    """Return what the database holds of a form, by the names of its page."""
    with store.reading() as session:
        form = session.get_one(RatingForm, form_id)
        ratings = session.scalars(select(Rating).where(Rating.form_id == form_id)).all()
        marks = session.scalars(select(IndicatorMark).where(IndicatorMark.form_id == form_id)).all()
    fields: dict[str, str] = Blank({"judgement": form.global_judgement or "", "incident_note": form.incident_note})
    for row in ratings:
        fields[f"rating-{row.competency_id}"] = "none" if row.no_opportunity else str(row.points or "")
        fields[f"evidence-{row.competency_id}"] = row.evidence
        fields[f"why-{row.competency_id}"] = row.why_no_opportunity
    return fields | {f"mark-{row.indicator_id}": row.seen for row in marks}


class Blank(dict[str, str]):
    """Fields of which those that are not there are empty."""

    def __missing__(self, name: str) -> str:
        return ""

    def __or__(self, other: Any) -> "Blank":  # type: ignore[override]
        return Blank({**self, **other})


def broken_chains(store: Store) -> list[str]:
    """Return the forms whose operations do not lead, one by one and without gap or fork, to the form's version."""
    with store.reading() as session:
        forms = {form.id: form.version for form in session.scalars(select(RatingForm))}
        chains: dict[int, list[int]] = {form_id: [1] for form_id in forms}
        for operation in session.scalars(select(FormOperation).order_by(FormOperation.form_id, FormOperation.version)):
            chains[operation.form_id].append(operation.version)
    return [
        f"form {form_id} at version {version} has operations to {chains[form_id]}"
        for form_id, version in forms.items()
        if chains[form_id] != list(range(1, version + 1))
    ]
