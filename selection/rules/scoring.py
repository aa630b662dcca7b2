"""An assessor's form: what it must hold to be sealed, and who may see it when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from selection.rules.reasons import Reason
from selection.rules.standards import Competency, Exercise, ExerciseKind, SelectionStandard
from selection.rules.words import day_in_words


class GlobalJudgement(StrEnum):
    """An assessor's judgement of the whole exercise, made apart from the ratings of its competencies."""

    CLEAR_NO = "clear_no"
    BORDERLINE = "borderline"
    COMPETENT = "competent"
    STRONG = "strong"

    @property
    def is_competent(self) -> bool:
        """Whether the judgement is on the upper side, competent or strong."""
        return self in (GlobalJudgement.COMPETENT, GlobalJudgement.STRONG)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rating:
    """One assessor's rating of one competency: points on the scale, or no opportunity to see it, with the reason.

    Neither points nor no opportunity is a blank, and a blank is not the lowest point.
    """

    competency: int
    points: int | None = None
    no_opportunity: bool = False
    no_opportunity_reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoringForm:
    """What one assessor recorded of one exercise of one candidate."""

    assessor_id: int
    exercise: ExerciseKind
    ratings: tuple[Rating, ...] = ()
    judgement: GlobalJudgement | None = None
    sealed: bool = False

    def rating_of(self, competency_id: int) -> Rating:
        """Return the rating of a competency, a blank one if the form has none."""
        blank = Rating(competency=competency_id)
        return next((rating for rating in self.ratings if rating.competency == competency_id), blank)


@dataclass(frozen=True, kw_only=True, slots=True)
class Panel:
    """The assessors appointed to one exercise of one candidate's sitting, and the forms that there are.

    An assessor called in later to break a deadlock is not one of them, nor is one who is no longer appointed; their
    forms may be among the forms, and neither help nor hinder the reveal.
    """

    assessors: frozenset[int]
    forms: tuple[ScoringForm, ...]

    @property
    def counted(self) -> tuple[ScoringForm, ...]:
        """The forms of the appointed assessors, in the order of their ids."""
        appointed = (form for form in self.forms if form.assessor_id in self.assessors)
        return tuple(sorted(appointed, key=lambda form: form.assessor_id))


def gaps_in(form: ScoringForm, exercise: Exercise, standard: SelectionStandard) -> tuple[Reason, ...]:
    """Return everything that keeps the form from being sealed; an empty tuple means that it is complete.

    Each reason's field is "judgement", "exercise" or "<competency id>.<field of Rating>". A competency needs points
    and a note of evidence, or no opportunity and its reason [local default].
    """
    return tuple(_gaps(form, exercise, standard))


def gaps_in_rating(rating: Rating, competency: Competency, standard: SelectionStandard) -> tuple[Reason, ...]:
    """Return everything that is missing from a rating or contradicts itself in it; fields are named as in gaps_in."""
    return (*_gaps_in_points(rating, competency, standard), *_gaps_in_notes(rating, competency))


def gaps_in_incident(*, reported: bool, note: str) -> tuple[Reason, ...]:
    """Return what keeps a report of a critical incident from being sealed: it says what happened."""
    if not reported or note.strip():
        return ()
    message = "A critical incident is reported without saying what happened."
    remedy = "Write what happened, or take the report back."
    return (Reason(code="form.incident_unsaid", field="incident_note", message=message, remedy=remedy),)


def reasons_against_sealing(*, held_on: date, today: date) -> tuple[Reason, ...]:
    """Return why nothing is sealed yet: the centre is still to be held; it may be written on before, not sealed."""
    if held_on <= today:
        return ()
    message = f"The centre is held on {day_in_words(held_on)}, and nothing is sealed before it."
    remedy = "Seal it then. If the centre was held earlier, the coordinator changes its day."
    return (Reason(code="form.before_the_centre", message=message, remedy=remedy, earliest=held_on),)


def is_revealed(panel: Panel, standard: SelectionStandard) -> bool:
    """Say whether every assessor of the exercise has sealed, and there are as many as the standard asks for."""
    sealed = {form.assessor_id for form in panel.counted if form.sealed}
    unsealed = {form.assessor_id for form in panel.counted if not form.sealed}
    return sealed == panel.assessors and not unsealed and len(sealed) >= standard.assessors_per_exercise


def may_see_ratings(
    viewer_assessor_id: int | None, panel: Panel, standard: SelectionStandard
) -> tuple[ScoringForm, ...]:
    """Return the forms that the viewer may see: before the reveal their own alone, after it every sealed one.

    While their own form is not sealed they see no other, even after the reveal: a third assessor rates alone too.

    Somebody who is no assessor of the exercise, the chair included, is None and sees nothing before the reveal. Whether
    they may look at the exercise at all is for the gate to say.
    """
    own = tuple(form for form in panel.forms if form.assessor_id == viewer_assessor_id)
    if not is_revealed(panel, standard) or not all(form.sealed for form in own):
        return own
    return tuple(form for form in panel.forms if form.sealed)


def reasons_against_changing(form: ScoringForm, *, by_assessor_id: int | None) -> tuple[Reason, ...]:
    """Return every reason why that person may not write on the form or seal it; an empty tuple means that they may."""
    return tuple(_reasons_against_changing(form, by_assessor_id))


def reasons_against_reopening(
    form: ScoringForm, panel: Panel, standard: SelectionStandard, *, by_chair: bool, why: str, void: bool = False
) -> tuple[Reason, ...]:
    """Return every reason against opening a sealed form again: the chair may, before the reveal, and says why.

    `by_chair` says whether it is the chair of this centre who asks, `why` is the reason that they give, `void` says
    that the exercise is void, so that nothing more is written on it.
    """
    return tuple(_reasons_against_reopening(form, is_revealed(panel, standard), by_chair, why, void))


def _gaps(form: ScoringForm, exercise: Exercise, standard: SelectionStandard) -> Iterator[Reason]:
    if form.exercise != exercise.kind:
        message = f"This form is for the {form.exercise.words}, not for the {exercise.kind.words}."
        yield Reason(code="form.other_exercise", field="exercise", message=message)
    for competency in exercise.competencies:
        ratings = [rating for rating in form.ratings if rating.competency == competency.id]
        yield from _gaps_in_competency(ratings, competency, standard)
    yield from _unasked_for(form, exercise)
    if form.judgement is None:
        yield Reason(
            code="form.no_judgement",
            field="judgement",
            message="There is no judgement of the whole exercise.",
            remedy="Choose clear no, borderline, competent or strong.",
        )


def _gaps_in_competency(ratings: list[Rating], competency: Competency, standard: SelectionStandard) -> Iterator[Reason]:
    if len(ratings) > 1:
        yield _gap("doubled", competency, "points", "is rated more than once on this form.", "Keep one rating.")
    for rating in ratings or [Rating(competency=competency.id)]:
        yield from gaps_in_rating(rating, competency, standard)


def _gaps_in_points(rating: Rating, competency: Competency, standard: SelectionStandard) -> Iterator[Reason]:
    scale = f"a whole number from {standard.scale_min} to {standard.scale_max}"
    if rating.points is None and not rating.no_opportunity:
        remedy = f"Rate it with {scale}, or record that there was no opportunity to see it."
        yield _gap("unrated", competency, "points", "is not rated; a blank does not count as the lowest point.", remedy)
    if rating.points is not None and rating.no_opportunity:
        remedy = "Keep the points or the lack of opportunity, not both."
        yield _gap("both", competency, "no_opportunity", "has points and also no opportunity to see it.", remedy)
    if rating.points is not None and not standard.on_scale(rating.points):
        yield _gap("off_scale", competency, "points", f"has {rating.points}, which is off the scale.", f"Use {scale}.")


def _gaps_in_notes(rating: Rating, competency: Competency) -> Iterator[Reason]:
    if rating.no_opportunity and not rating.no_opportunity_reason.strip():
        remedy = "Say why there was no opportunity to see it."
        yield _gap("no_reason", competency, "no_opportunity_reason", "had no opportunity, without a reason.", remedy)
    if not rating.no_opportunity and not rating.evidence.strip():
        remedy = "Write what the candidate said or did."
        yield _gap("no_evidence", competency, "evidence", "has no note of evidence.", remedy)


def _gap(code: str, competency: Competency, field: str, what: str, remedy: str) -> Reason:
    message = f"“{competency.name}” {what}"
    return Reason(code=f"rating.{code}", field=f"{competency.id}.{field}", message=message, remedy=remedy)


def _unasked_for(form: ScoringForm, exercise: Exercise) -> Iterator[Reason]:
    for rating in form.ratings:
        if exercise.competency(rating.competency) is None:
            yield Reason(
                code="rating.unknown_competency",
                field=f"{rating.competency}.points",
                message=f"The {exercise.kind.words} does not look for competency {rating.competency}.",
                remedy="Remove the rating.",
            )


def _reasons_against_changing(form: ScoringForm, by_assessor_id: int | None) -> Iterator[Reason]:
    if form.assessor_id != by_assessor_id:
        message = "This is another assessor's form, and each assessor rates alone."
        yield Reason(code="form.not_own", message=message, remedy="Write on your own form.")
    if form.sealed:
        yield Reason(
            code="form.sealed",
            message="The form is sealed, and a sealed form does not change.",
            remedy="Before the reveal, the chair may open it again with a reason.",
        )


def _reasons_against_reopening(
    form: ScoringForm, revealed: bool, by_chair: bool, why: str, void: bool
) -> Iterator[Reason]:
    if void:
        yield Reason(code="form.void", message="The exercise is void, and nothing more is written on its forms.")
    if not by_chair:
        message = "Only the chair of the centre may open a sealed form again."
        yield Reason(code="form.not_chair", message=message, remedy="Ask the chair.")
    if not form.sealed:
        yield Reason(code="form.not_sealed", message="The form is not sealed, so that there is nothing to open.")
    if revealed:
        yield Reason(
            code="form.revealed",
            message="The ratings have been revealed, so that no form may be opened again.",
            remedy="Put a moderated value beside the original ratings.",
        )
    if not why.strip():
        message = "There is no reason for opening the form again."
        yield Reason(code="form.no_reason", field="why", message=message, remedy="Say why it should be opened.")
