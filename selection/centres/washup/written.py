"""What assessors wrote, as far as this person may see it: the query itself leaves out what is not revealed.

Before every appointed assessor of an exercise has sealed, nothing of that exercise is loaded for anybody, whatever
their role. After it, a third assessor who has not sealed yet is still shown nothing but their own form, which has its
own page; and who reviews a borderline is shown nothing of the candidate's other exercises.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from selection.centres.blind import withheld_from
from selection.core.db import db
from selection.models.capture import Transcription
from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.people import Account, Staff
from selection.models.scoring import IndicatorMark, Rating, RatingForm
from selection.models.standards import Exercise, Standard
from selection.rules.roles import Actor
from selection.rules.scoring import GlobalJudgement
from selection.rules.scoring import Rating as RatingFacts

Typist = aliased(Account)


@dataclass(kw_only=True, slots=True)
class Written:
    """One assessor's sealed form; `typed_by` names who typed it from the assessor's paper form."""

    form_id: int
    assessor_id: int
    assessor: str
    third: bool
    judgement: GlobalJudgement
    incident: bool
    incident_note: str
    typed_by: str = ""
    ratings: dict[int, RatingFacts] = field(default_factory=dict)
    marks: dict[int, str] = field(default_factory=dict)

    @property
    def byline(self) -> str:
        """Whose form it is, whether as third assessor, and who typed it from paper: said wherever it is shown."""
        return byline(self.assessor, third=self.third, typed_by=self.typed_by)

    def rating_of(self, competency_id: int) -> RatingFacts:
        """Return the rating of a competency, a blank one if there is none."""
        return self.ratings.get(competency_id, RatingFacts(competency=competency_id))


def byline(assessor: str, *, third: bool, typed_by: str) -> str:
    """Return the assessor's name with what has to be known of their form beside it."""
    return f"{assessor}{' (third)' if third else ''}{f' (typed from paper by {typed_by})' if typed_by else ''}"


AllWritten = dict[int, list[Written]]
"""The sealed forms by sitting; a sitting that is not revealed is not among them."""


def revealed() -> ColumnElement[bool]:
    """Return the condition, on a query of Sitting and Standard, that every appointed assessor has sealed."""
    form = aliased(RatingForm)
    appointed = and_(form.sitting_id == Sitting.id, not_(form.third))
    sealed = select(func.count(form.id)).where(appointed, form.sealed_at.is_not(None)).correlate(Sitting)
    unsealed = select(form.id).where(appointed, form.sealed_at.is_(None)).correlate(Sitting)
    return and_(sealed.scalar_subquery() >= Standard.assessors_per_exercise, not_(unsealed.exists()))


def revealed_to(viewer: Actor) -> ColumnElement[bool]:
    """Return the condition, on a query of Sitting, Standard and Centre, that its ratings are revealed to the viewer."""
    form = aliased(RatingForm)
    still_rates = select(form.id).where(
        form.sitting_id == Sitting.id, form.assessor_id == viewer.staff_id, form.sealed_at.is_(None)
    )
    return and_(revealed(), not_(still_rates.correlate(Sitting).exists()), not_(withheld_from(viewer)))


def of_centre(viewer: Actor, centre_id: int) -> AllWritten:
    """Return what is revealed of a centre, without the marks of indicators; one query."""
    return _loaded(_ratings(revealed_to(viewer)).where(Candidacy.centre_id == centre_id))


def of_candidacy(viewer: Actor, candidacy_id: int) -> AllWritten:
    """Return what is revealed of a candidate, without the marks of indicators; one query."""
    return _loaded(_ratings(revealed_to(viewer)).where(Candidacy.id == candidacy_id))


def of_sitting(viewer: Actor, sitting_id: int) -> list[Written]:
    """Return what is revealed of one exercise, with the marks of indicators; one query."""
    here = and_(Sitting.id == sitting_id, revealed_to(viewer))
    return _loaded(_ratings(here), _marks(here)).get(sitting_id, [])


def of_sittings(sitting_ids: Iterable[int]) -> AllWritten:
    """Return what is revealed of the exercises, with the marks of indicators, for what rests on it; one query.

    Nobody's reach is asked: whoever shows any of it has loaded the exercises by a query that did.
    """
    here = and_(Sitting.id.in_(list(sitting_ids)), revealed())
    return _loaded(_ratings(here), _marks(here))


def _ratings(seen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    return _forms(
        seen,
        literal("rating"),
        *(Rating.competency_id, Rating.points, Rating.no_opportunity, Rating.why_no_opportunity, Rating.evidence),
    ).outerjoin(Rating, Rating.form_id == RatingForm.id)


def _marks(seen: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
    mark = IndicatorMark
    no_points = cast(null(), Rating.points.type)
    columns = (mark.indicator_id, no_points, false(), cast(mark.seen, String), literal(""))
    return _forms(seen, literal("mark"), *columns).join(mark, mark.form_id == RatingForm.id)


def _forms(seen: ColumnElement[bool], what: ColumnElement[str], *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(what.label("what"), Sitting.id.label("sitting_id"), RatingForm.id.label("form_id")),
            *(RatingForm.assessor_id, Staff.name.label("assessor"), RatingForm.third),
            *(RatingForm.global_judgement, RatingForm.critical_incident, RatingForm.incident_note),
            Typist.name.label("typed_by"),
            *(
                column.label(name)
                for column, name in zip(columns, ("about", "points", "none", "word", "text"), strict=True)
            ),
        )
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Exercise, Exercise.id == Sitting.exercise_id)
        .join(Standard, Standard.id == Exercise.standard_id)
        .join(Staff, Staff.id == RatingForm.assessor_id)
        .outerjoin(Transcription, Transcription.form_id == RatingForm.id)
        .outerjoin(Typist, Typist.id == Transcription.by_id)
        .where(RatingForm.sealed_at.is_not(None), seen)
    )


def _loaded(*queries: Select[*tuple[Any, ...]]) -> AllWritten:
    forms: dict[int, Written] = {}
    sittings: defaultdict[int, list[Written]] = defaultdict(list)
    for row in db.session.execute(union_all(*queries) if len(queries) > 1 else queries[0]):
        if row.form_id not in forms:
            forms[row.form_id] = _written(row)
            sittings[row.sitting_id].append(forms[row.form_id])
        _add(forms[row.form_id], row)
    for found in sittings.values():
        found.sort(key=lambda form: (form.third, form.assessor_id))
    return dict(sittings)


def _written(row: Row[*tuple[Any, ...]]) -> Written:
    return Written(
        form_id=row.form_id,
        assessor_id=row.assessor_id,
        assessor=row.assessor,
        third=row.third,
        judgement=GlobalJudgement(row.global_judgement),
        incident=row.critical_incident,
        incident_note=row.incident_note,
        typed_by=row.typed_by or "",
    )


def _add(form: Written, row: Row[*tuple[Any, ...]]) -> None:
    if row.what == "mark":
        form.marks[row.about] = row.word
    elif row.about is not None:
        form.ratings[row.about] = RatingFacts(
            competency=row.about,
            points=row.points,
            no_opportunity=row.none,
            no_opportunity_reason=row.word,
            evidence=row.text,
        )
