"""What becomes of the assessors' ratings at the wash-up, competency by competency."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from statistics import median_low

from selection.rules.reasons import Reason
from selection.rules.scoring import GlobalJudgement, Panel, Rating, gaps_in_rating, is_revealed
from selection.rules.standards import Competency, Exercise, SelectionStandard, in_points

_IN_WORDS = {1: "one", 2: "two", 3: "three", 4: "four"}

_NOT_REVEALED = Reason(
    code="moderation.not_revealed",
    message="The ratings are not revealed until every assessor of the exercise has sealed.",
    remedy="Wait for the last form.",
)


class Settlement(StrEnum):
    """How the moderated value of a competency came about, or that it is still to be discussed."""

    TAKEN = "taken"
    MEAN = "mean"
    MUST_BE_DISCUSSED = "must_be_discussed"
    NOT_RATED = "not_rated"
    AGREED = "agreed"
    MEDIAN = "median"


@dataclass(frozen=True, kw_only=True, slots=True)
class Moderated:
    """The value that counts for one competency, beside the originals; points are None while there is none."""

    competency: int
    name: str
    how: Settlement
    points: Fraction | None
    because: str

    @property
    def value(self) -> str:
        """The points as they are written everywhere, empty while there are none."""
        return "" if self.points is None else in_points(self.points)


@dataclass(frozen=True, kw_only=True, slots=True)
class ThirdRating:
    """The rating of one competency by an assessor called in because the others are deadlocked."""

    assessor_id: int
    rating: Rating


@dataclass(frozen=True, kw_only=True, slots=True)
class Discussion:
    """What the assessors agreed on one competency, why and on what evidence; or, deadlocked, a third rating instead."""

    competency: int
    points: int | None = None
    no_opportunity: bool = False
    reason: str = ""
    evidence: str = ""
    third: ThirdRating | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgementDiscussion:
    """What the assessors agreed on the exercise as a whole, why and on what evidence; it decides nothing by itself."""

    judgement: GlobalJudgement | None = None
    reason: str = ""
    evidence: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moderation:
    """One exercise after moderation, and whether the judgements of the whole are still to be discussed."""

    competencies: tuple[Moderated, ...]
    judgement_open: bool

    @property
    def still_open(self) -> tuple[Moderated, ...]:
        """The competencies that are still to be discussed."""
        return tuple(each for each in self.competencies if each.how is Settlement.MUST_BE_DISCUSSED)


def compare(competency: Competency, panel: Panel, standard: SelectionStandard) -> Moderated:
    """Settle a competency by its ratings alone, or say that it must be discussed.

    Equal ratings are taken. Those that lie as far apart as the standard says, or on different sides of the standard
    where it says so, are discussed, as is always a competency that one assessor rated and another had no opportunity
    to see [local defaults]; for the rest the mean is taken. Raises ValueError before the reveal, because until then
    nobody looks at ratings.
    """
    _insist_on_reveal(panel, standard)
    how, points, because = _compared(_points_given(competency, panel), standard)
    return Moderated(competency=competency.id, name=competency.name, how=how, points=points, because=because)


def judgements_must_be_discussed(panel: Panel, standard: SelectionStandard) -> bool:
    """Say whether the judgements straddle: one is clear no or borderline, another competent or strong.

    They need no discussion under a standard that asks for none [local default: it does]. Raises ValueError before
    the reveal.
    """
    _insist_on_reveal(panel, standard)
    if not standard.discuss_judgements:
        return False
    return len({form.judgement.is_competent for form in panel.counted if form.judgement is not None}) > 1


def reasons_against_settling(
    discussion: Discussion, panel: Panel, exercise: Exercise, standard: SelectionStandard
) -> tuple[Reason, ...]:
    """Return everything that keeps a discussion from settling its competency; an empty tuple means that it does.

    Each reason's field is a field of Discussion; those that belong to the third rating begin with "third.".
    """
    competency = exercise.competency(discussion.competency)
    if competency is None:
        message = f"The {exercise.kind.words} does not look for competency {discussion.competency}."
        return (Reason(code="moderation.unknown_competency", field="competency", message=message),)
    if not is_revealed(panel, standard):
        return (_NOT_REVEALED,)
    return (
        *_reasons_against_discussing(competency, panel, standard),
        *_gaps_in_grounds(discussion.reason, discussion.evidence),
        *(
            _gaps_in_third(discussion, discussion.third, competency, panel, standard)
            if discussion.third
            else _gaps_in_agreed(discussion, standard)
        ),
    )


def reasons_against_settling_judgement(
    discussion: JudgementDiscussion, panel: Panel, standard: SelectionStandard
) -> tuple[Reason, ...]:
    """Return everything that keeps a discussion from settling judgements that straddle; an empty tuple if it does."""
    if not is_revealed(panel, standard):
        return (_NOT_REVEALED,)
    return tuple(_reasons_against_settling_judgement(discussion, judgements_must_be_discussed(panel, standard)))


def moderate(
    exercise: Exercise,
    panel: Panel,
    standard: SelectionStandard,
    *,
    discussions: Sequence[Discussion] = (),
    judgement_discussion: JudgementDiscussion | None = None,
) -> Moderation:
    """Settle an exercise by the ratings and by the discussions that hold, and leave open what they do not settle.

    A competency with more than one discussion stays open. Raises ValueError before the reveal.
    """
    talk = judgement_discussion
    settled = talk is not None and not reasons_against_settling_judgement(talk, panel, standard)
    return Moderation(
        competencies=tuple(_moderated(each, discussions, panel, exercise, standard) for each in exercise.competencies),
        judgement_open=judgements_must_be_discussed(panel, standard) and not settled,
    )


def _insist_on_reveal(panel: Panel, standard: SelectionStandard) -> None:
    if not is_revealed(panel, standard):
        raise ValueError("The ratings have not been revealed.")


def _points_given(competency: Competency, panel: Panel) -> list[int | None]:
    ratings = (form.rating_of(competency.id) for form in panel.counted)
    return [None if rating.no_opportunity else rating.points for rating in ratings]


def _compared(given: list[int | None], standard: SelectionStandard) -> tuple[Settlement, Fraction | None, str]:
    rated = sorted(points for points in given if points is not None)
    if not rated:
        return Settlement.NOT_RATED, None, "No assessor had an opportunity to see it."
    said = f"The assessors gave {_listed(rated)}"
    if len(rated) < len(given):
        because = f"{said}, and not every assessor had an opportunity to see it."
        return Settlement.MUST_BE_DISCUSSED, None, because
    if rated[0] == rated[-1]:
        return Settlement.TAKEN, Fraction(rated[0]), f"Every assessor gave {rated[0]}."
    straddling = standard.reaches_standard(rated[0]) != standard.reaches_standard(rated[-1])
    if straddling and standard.discuss_straddling:
        return Settlement.MUST_BE_DISCUSSED, None, f"{said}, on different sides of the standard."
    apart = rated[-1] - rated[0]
    if apart >= standard.discuss_from_apart:
        because = f"{said}, {_in_words(standard.discuss_from_apart)} or more apart."
        return Settlement.MUST_BE_DISCUSSED, None, because
    mean = Fraction(sum(rated), len(rated))
    sides = "different sides" if straddling else "the same side"
    because = f"{said}, {_in_words(apart)} apart on {sides} of the standard; the mean is {in_points(mean)}."
    return Settlement.MEAN, mean, because


def _in_words(number: int) -> str:
    return _IN_WORDS.get(number, str(number))


def _listed(points: Iterable[int]) -> str:
    *most, last = (str(each) for each in points)
    return f"{', '.join(most)} and {last}" if most else last


def _reasons_against_discussing(competency: Competency, panel: Panel, standard: SelectionStandard) -> Iterator[Reason]:
    compared = compare(competency, panel, standard)
    if compared.how is not Settlement.MUST_BE_DISCUSSED:
        message = f"“{competency.name}” is settled by its ratings. {compared.because}"
        yield Reason(code="moderation.not_needed", field="competency", message=message)


def _gaps_in_grounds(reason: str, evidence: str) -> Iterator[Reason]:
    if not reason.strip():
        message = "There is no reason for what was agreed."
        yield Reason(code="moderation.no_reason", field="reason", message=message, remedy="Say why.")
    if not evidence.strip():
        message = "There is no evidence for what was agreed."
        yield Reason(code="moderation.no_evidence", field="evidence", message=message, remedy="Say what it rests on.")


def _gaps_in_agreed(discussion: Discussion, standard: SelectionStandard) -> Iterator[Reason]:
    scale = f"a whole number from {standard.scale_min} to {standard.scale_max}"
    if discussion.points is None and not discussion.no_opportunity:
        yield Reason(
            code="moderation.no_value",
            field="points",
            message="There is no agreed value.",
            remedy=f"Enter {scale}, agree that there was no opportunity, or call in a third assessor.",
        )
    if discussion.points is not None and discussion.no_opportunity:
        message = "There is an agreed value and also no opportunity to see it."
        yield Reason(code="moderation.both", field="no_opportunity", message=message, remedy="Keep one of them.")
    if discussion.points is not None and not standard.on_scale(discussion.points):
        message = f"The agreed value, {discussion.points}, is off the scale."
        yield Reason(code="moderation.off_scale", field="points", message=message, remedy=f"Use {scale}.")


def _gaps_in_third(
    discussion: Discussion, third: ThirdRating, competency: Competency, panel: Panel, standard: SelectionStandard
) -> Iterator[Reason]:
    if discussion.points is not None or discussion.no_opportunity:
        message = "There is an agreed value and also a third assessor, who is called in only if none can be agreed."
        yield Reason(code="moderation.agreed_and_third", field="points", message=message, remedy="Keep one of them.")
    if third.assessor_id in panel.assessors:
        message = "The third assessor is one of those who are deadlocked."
        remedy = "Call in another assessor."
        yield Reason(code="moderation.third_not_new", field="third.assessor_id", message=message, remedy=remedy)
    if third.rating.competency != competency.id:
        message = f"The third rating is not a rating of “{competency.name}”."
        yield Reason(code="moderation.third_elsewhere", field="third.competency", message=message)
    for gap in gaps_in_rating(third.rating, competency, standard):
        field = (gap.field or "").rpartition(".")[2]
        yield Reason(code=gap.code, field=f"third.{field}", message=gap.message, remedy=gap.remedy)
    if third.rating.no_opportunity and None not in _points_given(competency, panel):
        message = "The others are deadlocked over their points, and a third assessor without points breaks no deadlock."
        remedy = "Call in an assessor who can rate it."
        yield Reason(code="moderation.third_unrated", field="third.points", message=message, remedy=remedy)


def _reasons_against_settling_judgement(discussion: JudgementDiscussion, straddle: bool) -> Iterator[Reason]:
    if not straddle:
        message = "The judgements of the whole exercise are on the same side."
        yield Reason(code="moderation.not_needed", field="judgement", message=message)
    if discussion.judgement is None:
        message = "There is no agreed judgement."
        remedy = "Choose clear no, borderline, competent or strong."
        yield Reason(code="moderation.no_judgement", field="judgement", message=message, remedy=remedy)
    yield from _gaps_in_grounds(discussion.reason, discussion.evidence)


def _moderated(
    competency: Competency,
    discussions: Sequence[Discussion],
    panel: Panel,
    exercise: Exercise,
    standard: SelectionStandard,
) -> Moderated:
    compared = compare(competency, panel, standard)
    found = [each for each in discussions if each.competency == competency.id]
    if len(found) != 1 or reasons_against_settling(found[0], panel, exercise, standard):
        return compared
    how, points, because = _settled(found[0], _points_given(competency, panel))
    return Moderated(competency=competency.id, name=competency.name, how=how, points=points, because=because)


def _settled(discussion: Discussion, given: list[int | None]) -> tuple[Settlement, Fraction | None, str]:
    if discussion.third:
        return _median([*given, discussion.third.rating.points])
    if discussion.points is None:
        return Settlement.NOT_RATED, None, "The assessors agreed that there was no opportunity to see it."
    return Settlement.AGREED, Fraction(discussion.points), f"The assessors agreed on {discussion.points}."


def _median(given: list[int | None]) -> tuple[Settlement, Fraction | None, str]:
    rated = sorted(points for points in given if points is not None)
    if 2 * len(rated) <= len(given):
        return Settlement.NOT_RATED, None, "With the third assessor, most had no opportunity to see it."
    median = median_low(rated)
    return Settlement.MEDIAN, Fraction(median), f"With the third assessor, {_listed(rated)}; the median is {median}."
