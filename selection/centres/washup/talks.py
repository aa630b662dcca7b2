"""What the wash-up settled beside the ratings: the latest word on each matter counts, earlier ones are kept."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, not_, select

from selection.centres.blind import withheld_from
from selection.centres.washup.written import Written
from selection.core.db import db
from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.scoring import Moderation
from selection.rules import moderation as rules
from selection.rules.roles import Actor
from selection.rules.scoring import GlobalJudgement, Panel, ScoringForm
from selection.rules.standards import Exercise, ExerciseKind, SelectionStandard


@dataclass(kw_only=True, slots=True)
class Talks:
    """The latest settlement of each matter of one exercise, and all of them in their order."""

    competencies: dict[int, Moderation] = field(default_factory=dict)
    judgement: Moderation | None = None
    incident: Moderation | None = None
    every: list[Moderation] = field(default_factory=list)

    def add(self, row: Moderation) -> None:
        """Let the row count from now on for its matter."""
        self.every.append(row)
        if row.matter == "judgement":
            self.judgement = row
        elif row.matter == "incident":
            self.incident = row
        elif row.competency_id is not None:
            self.competencies[row.competency_id] = row

    @property
    def incident_confirmed(self) -> bool:
        """True if a critical incident was reported and confirmed."""
        return bool(self.incident and self.incident.incident_confirmed)


def of_centre(viewer: Actor, centre_id: int) -> dict[int, Talks]:
    """Return what was settled of every exercise of a centre, by sitting; one query."""
    return _loaded(Candidacy.centre_id == centre_id, not_(withheld_from(viewer)))


def of_candidacy(viewer: Actor, candidacy_id: int) -> dict[int, Talks]:
    """Return what was settled of every exercise of a candidate, by sitting; one query."""
    return _loaded(Candidacy.id == candidacy_id, not_(withheld_from(viewer)))


def of_sitting(viewer: Actor, sitting_id: int) -> Talks:
    """Return what was settled of one exercise; one query."""
    return _loaded(Sitting.id == sitting_id, not_(withheld_from(viewer))).get(sitting_id, Talks())


def of_sittings(sitting_ids: Iterable[int]) -> dict[int, Talks]:
    """Return what was settled of the exercises, for what rests on it; nobody's reach is asked. One query."""
    return _loaded(Sitting.id.in_(list(sitting_ids)))


def _loaded(*conditions: ColumnElement[bool]) -> dict[int, Talks]:
    query = (
        select(Moderation)
        .join(Sitting, Sitting.id == Moderation.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .where(*conditions)
        .order_by(Moderation.id)
    )
    talks: defaultdict[int, Talks] = defaultdict(Talks)
    for row in db.session.scalars(query):
        talks[row.sitting_id].add(row)
    return talks


def panel(kind: ExerciseKind, written: Sequence[Written]) -> Panel:
    """Return the revealed forms as the rules see them; a third assessor's form is among them but not counted."""
    forms = (
        ScoringForm(
            assessor_id=form.assessor_id,
            exercise=kind,
            ratings=tuple(form.ratings.values()),
            judgement=form.judgement,
            sealed=True,
        )
        for form in written
    )
    return Panel(assessors=frozenset(form.assessor_id for form in written if not form.third), forms=tuple(forms))


def discussions(talks: Talks, written: Iterable[Written]) -> tuple[rules.Discussion, ...]:
    """Return the latest settlement of each competency as the rules see it."""
    by_form = {form.form_id: form for form in written}
    return tuple(_discussion(row, by_form) for row in talks.competencies.values())


def _discussion(row: Moderation, by_form: dict[int, Written]) -> rules.Discussion:
    third = by_form.get(row.third_form_id) if row.third_form_id else None
    competency_id = row.competency_id or 0
    return rules.Discussion(
        competency=competency_id,
        points=row.points,
        no_opportunity=row.no_opportunity,
        reason=row.reason,
        evidence=row.evidence,
        third=third_rating(third, competency_id) if third else None,
    )


def third_rating(third: Written, competency_id: int) -> rules.ThirdRating:
    """Return a third assessor's rating of a competency as the rules see it."""
    return rules.ThirdRating(assessor_id=third.assessor_id, rating=third.rating_of(competency_id))


def judgement_discussion(talks: Talks) -> rules.JudgementDiscussion | None:
    """Return what was settled of the judgements of the whole, as the rules see it."""
    row = talks.judgement
    if row is None:
        return None
    judgement = GlobalJudgement(row.global_judgement) if row.global_judgement else None
    return rules.JudgementDiscussion(judgement=judgement, reason=row.reason, evidence=row.evidence)


def moderated(
    exercise: Exercise, written: Sequence[Written], talks: Talks, standard: SelectionStandard
) -> rules.Moderation | None:
    """Return the exercise after moderation; None while it is not revealed to who asks."""
    if not written:
        return None
    return rules.moderate(
        exercise,
        panel(exercise.kind, written),
        standard,
        discussions=discussions(talks, written),
        judgement_discussion=judgement_discussion(talks),
    )


def settled(row: Moderation) -> dict[str, Any]:
    """Return what the trail keeps of a settlement."""
    keys = ("matter", "competency_id", "points", "no_opportunity", "third_form_id")
    more = ("global_judgement", "incident_confirmed", "reason", "evidence")
    said = {key: getattr(row, key) for key in (*keys, *more)}
    return said | {"no_opportunity": bool(row.no_opportunity)}
