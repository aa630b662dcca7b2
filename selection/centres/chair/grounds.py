"""What an outcome rests on, kept beside it: the sealed forms with what was on them, and the moderations."""

import hashlib
import json
from collections.abc import Iterator

from selection.centres.washup.queries import Table
from selection.centres.washup.written import Written
from selection.core.db import db
from selection.models.grounds import OutcomeGround
from selection.models.scoring import ExerciseOutcome


def cite(outcome: ExerciseOutcome, table: Table) -> None:
    """Let the outcome cite every revealed form of its exercise, and everything that was settled of it."""
    db.session.add_all(_grounds(outcome.id, table))


def _grounds(outcome_id: int, table: Table) -> Iterator[OutcomeGround]:
    for form in table.written:
        yield OutcomeGround(outcome_id=outcome_id, form_id=form.form_id, content_hash=form_hash(form))
    for moderation in table.talks.every:
        yield OutcomeGround(outcome_id=outcome_id, moderation_id=moderation.id)


def form_hash(form: Written) -> str:
    """Return the SHA-256 of all that an assessor said on a form, in hexadecimal."""
    said = {
        "assessor": form.assessor_id,
        "third": bool(form.third),
        "judgement": str(form.judgement),
        "incident": form.incident_note if form.incident else None,
        "ratings": [
            [each.competency, each.points, each.no_opportunity_reason if each.no_opportunity else None, each.evidence]
            for _, each in sorted(form.ratings.items())
        ],
        "marks": sorted(form.marks.items()),
    }
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
