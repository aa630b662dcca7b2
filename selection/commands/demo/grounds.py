"""Every outcome of the demo cites its sealed forms and its moderations, as those do that the service computes."""

from sqlalchemy import select

from selection.centres.chair.grounds import form_hash
from selection.centres.washup import written as writing
from selection.commands.demo.setting import Setting
from selection.core.db import db
from selection.models.grounds import OutcomeGround
from selection.models.scoring import ExerciseOutcome, Moderation

AT_ONCE = 400
"""How many exercises are read at a time."""


def cite_grounds(setting: Setting) -> None:
    """Let each stored outcome cite what was on the forms of its exercise, and everything that was settled of it."""
    outcomes = db.session.execute(
        select(ExerciseOutcome.id, ExerciseOutcome.sitting_id).order_by(ExerciseOutcome.id)
    ).all()
    for start in range(0, len(outcomes), AT_ONCE):
        some = outcomes[start : start + AT_ONCE]
        sittings = [sitting_id for _, sitting_id in some]
        written = writing.of_sittings(sittings)
        settled: dict[int, list[int]] = {}
        query = select(Moderation.sitting_id, Moderation.id).where(Moderation.sitting_id.in_(sittings))
        for sitting_id, moderation_id in db.session.execute(query.order_by(Moderation.id)):
            settled.setdefault(sitting_id, []).append(moderation_id)
        for outcome_id, sitting_id in some:
            for form in written.get(sitting_id, []):
                cited = {"form_id": form.form_id, "content_hash": form_hash(form)}
                setting.rows.add(OutcomeGround, outcome_id=outcome_id, **cited)
            for moderation_id in settled.get(sitting_id, []):
                setting.rows.add(OutcomeGround, outcome_id=outcome_id, moderation_id=moderation_id)
