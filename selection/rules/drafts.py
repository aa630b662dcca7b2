"""What keeps a draft of a selection standard from being published: all of it at once, each with what puts it right."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from selection.rules.reasons import Reason
from selection.rules.standards import Competency, Exercise, ExerciseKind, SelectionStandard

_NAMES = {
    "mean_needed": "The mean needed",
    "k": "The number of standard errors (k)",
    "sem": "The standard error of measurement",
    "rated_share_needed": "The share of competencies to be rated",
    "resit_wait_months": "The wait before a re-sit, in months,",
    "standing_months": "The time for which an exercise stands, in months,",
    "attempts_allowed": "The number of attempts allowed",
    "attempts_window_months": "The window in which attempts are counted, in months,",
    "pass_valid_months": "The time for which a pass is valid, in months,",
    "indicators_needed": "The number of indicators that a competency needs",
    "appeal_days": "The time to appeal, in days,",
    "feedback_days": "The time within which feedback is released, in days,",
}


def problems_with(standard: SelectionStandard) -> tuple[Reason, ...]:
    """Return everything that keeps a draft from being published; an empty tuple means that it may be.

    Fields are named as the dataclass names them, and the items of an exercise as
    "exercises.role_play.<competency id>".
    """
    needed = standard.indicators_needed
    return (
        *_problems_with_kinds(standard),
        *(problem for each in standard.exercises for problem in _problems_with_exercise(each, needed)),
        *_problems_with_scale(standard),
        *_problems_with_anchors(standard),
        *_problems_with_pass_rule(standard),
        *_problems_with_moderation(standard),
        *_problems_with_exact_numbers(standard),
        *_problems_with_periods(standard),
    )


def _problem(code: str, field: str, message: str, remedy: str) -> Reason:
    return Reason(code=f"standard.{code}", field=field, message=message, remedy=remedy)


def _problems_with_kinds(standard: SelectionStandard) -> Iterator[Reason]:
    times = Counter(each.kind for each in standard.exercises)
    for kind in ExerciseKind:
        if times[kind] == 0:
            message = f"The standard has no {kind.words}."
            yield _problem("exercise_missing", "exercises", message, f"Add the {kind.words}.")
        elif times[kind] > 1:
            message = f"The standard has more than one {kind.words}."
            yield _problem("exercise_doubled", "exercises", message, f"Keep one {kind.words} and remove the others.")


def _problems_with_exercise(exercise: Exercise, indicators_needed: int) -> Iterator[Reason]:
    field, words = f"exercises.{exercise.kind}", exercise.kind.words
    if not exercise.title.strip():
        yield _problem("exercise_untitled", field, f"The {words} has no title.", "Give it a title.")
    if not exercise.brief.strip():
        message = f"Nothing says what the candidate does in the {words}."
        yield _problem("no_brief", field, message, "Write what the candidate is told.")
    if exercise.minutes < 1:
        message = f"The {words} takes less than a minute."
        yield _problem("no_time", field, message, "Enter how many minutes it takes.")
    if not exercise.competencies:
        message = f"The {words} looks for no competency."
        yield _problem("no_competency", field, message, "Add at least one competency.")
    for doubled in _doubled(each.name.strip() for each in exercise.competencies if each.name.strip()):
        message = f"The {words} has the competency “{doubled}” more than once."
        yield _problem("competency_doubled", field, message, "Keep one and remove the others.")
    for competency in exercise.competencies:
        yield from _problems_with_competency(competency, f"{field}.{competency.id}", words, indicators_needed)


def _problems_with_competency(competency: Competency, field: str, words: str, needed: int) -> Iterator[Reason]:
    if not competency.name.strip():
        message = f"A competency of the {words} has no name."
        yield _problem("competency_unnamed", field, message, "Name the competency.")
    written = [indicator.strip() for indicator in competency.indicators]
    if not all(written):
        message = f"An indicator of “{competency.name}” in the {words} is empty."
        yield _problem("indicator_empty", field, message, "Write the indicator or remove it.")
    for doubled in _doubled(indicator for indicator in written if indicator):
        message = f"“{competency.name}” in the {words} has the indicator “{doubled}” more than once."
        yield _problem("indicator_doubled", field, message, "Keep one and remove the others.")
    found = len({indicator for indicator in written if indicator})
    if found < needed:
        message = f"“{competency.name}” in the {words} has {found} of the {needed} indicators that it needs."
        yield _problem("too_few_indicators", field, message, "Add the behaviours that show the competency.")
    if written and len(competency.contrary) == len(written):
        message = f"Every indicator of “{competency.name}” in the {words} speaks against it."
        yield _problem("nothing_shows_it", field, message, "Add the behaviours that show the competency.")


def _problems_with_scale(standard: SelectionStandard) -> Iterator[Reason]:
    low, high = standard.scale_min, standard.scale_max
    if low >= high:
        message = f"The scale runs from {low} to {high}, which leaves nothing to tell apart."
        yield _problem("scale_empty", "scale_max", message, "Make the highest point larger than the lowest.")
    if not low < standard.scale_standard <= high:
        message = f"The standard, {standard.scale_standard}, is not above {low} and at most {high} on the scale."
        yield _problem("standard_off_scale", "scale_standard", message, "Set the standard to a point above the lowest.")
    if not low <= standard.floor <= standard.scale_standard:
        message = f"The floor, {standard.floor}, does not lie between {low} and the standard."
        yield _problem("floor_off_scale", "floor", message, "Set the floor to a point up to the standard.")


def _problems_with_anchors(standard: SelectionStandard) -> Iterator[Reason]:
    times = Counter(anchor.points for anchor in standard.anchors)
    for points in range(standard.scale_min, standard.scale_max + 1):
        if not times[points]:
            message = f"No anchor says what {points} means."
            yield _problem("anchor_missing", f"anchors.{points}", message, f"Write an anchor for {points}.")
    for points in sorted(times):
        if times[points] > 1:
            message = f"More than one anchor says what {points} means."
            yield _problem("anchor_doubled", f"anchors.{points}", message, "Keep one and remove the others.")
        if not standard.on_scale(points):
            message = f"There is an anchor for {points}, which is not on the scale."
            yield _problem("anchor_off_scale", f"anchors.{points}", message, "Remove the anchor or widen the scale.")
    for anchor in standard.anchors:
        if not anchor.words.strip():
            message = f"The anchor for {anchor.points} is empty."
            yield _problem("anchor_empty", f"anchors.{anchor.points}", message, f"Say what {anchor.points} means.")


def _problems_with_pass_rule(standard: SelectionStandard) -> Iterator[Reason]:
    if standard.assessors_per_exercise < 2:
        message = "Ratings are compared, so that an exercise needs at least two assessors."
        yield _problem("too_few_assessors", "assessors_per_exercise", message, "Ask for two assessors or more.")
    if standard.most_below_standard < 0:
        message = "The number of competencies that may be below the standard is less than none."
        yield _problem("below_none", "most_below_standard", message, "Enter 0 or more.")
    if standard.mean_needed.is_finite() and not standard.scale_min <= standard.mean_needed <= standard.scale_max:
        message = f"The mean needed, {standard.mean_needed}, is not on the scale."
        yield _problem("mean_off_scale", "mean_needed", message, "Enter a mean that lies on the scale.")
    share = standard.rated_share_needed
    if share.is_finite() and not 0 <= share <= 1:
        message = f"The share of competencies to be rated, {share}, is not between 0 and 1."
        yield _problem("share_out_of_range", "rated_share_needed", message, "Enter a share from 0 to 1, such as 0.8.")


def _problems_with_moderation(standard: SelectionStandard) -> Iterator[Reason]:
    apart, widest = standard.discuss_from_apart, standard.scale_max - standard.scale_min
    if apart < 1:
        message = "The distance from which ratings are discussed is less than one point."
        yield _problem("discussed_when_equal", "discuss_from_apart", message, "Enter 1 or more.")
    if apart > widest > 0:
        message = f"Ratings are discussed from {apart} apart, and on this scale they are {widest} apart at the most."
        yield _problem("never_so_far_apart", "discuss_from_apart", message, f"Enter {widest} or less.")


def _problems_with_exact_numbers(standard: SelectionStandard) -> Iterator[Reason]:
    for field in ("mean_needed", "k", "sem", "rated_share_needed"):
        number: Decimal = getattr(standard, field)
        if not number.is_finite():
            yield _problem("not_a_number", field, f"{_NAMES[field]} is not a number.", "Enter a number.")
        elif number < 0 and field in ("k", "sem"):
            yield _problem("negative", field, f"{_NAMES[field]} is less than 0.", "Enter 0 or more.")


def _problems_with_periods(standard: SelectionStandard) -> Iterator[Reason]:
    least = {
        "resit_wait_months": 0,
        "standing_months": 1,
        "attempts_allowed": 1,
        "attempts_window_months": 1,
        "pass_valid_months": 1,
        "indicators_needed": 1,
        "appeal_days": 1,
        "feedback_days": 1,
    }
    for field, lowest in least.items():
        if getattr(standard, field) < lowest:
            yield _problem("too_small", field, f"{_NAMES[field]} is less than {lowest}.", f"Enter {lowest} or more.")
    if not 0 <= standard.most_sat_alone < len(ExerciseKind):
        message = "Of three exercises none, one or two can be sat again while the others stand."
        yield _problem("sat_alone", "most_sat_alone", message, "Enter 0, 1 or 2.")
    if standard.standing_months <= standard.resit_wait_months:
        message = "An exercise would stop standing before the earliest re-sit, so that none would ever stand."
        yield _problem("never_stands", "standing_months", message, "Let exercises stand longer than the wait.")


def _doubled(values: Iterable[str]) -> list[str]:
    return [value for value, times in Counter(values).items() if times > 1]
