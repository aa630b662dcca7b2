"""What the numbers of a standard are called, the same on its forms, in a comparison and where a file is refused."""

from collections.abc import Mapping
from decimal import Decimal

SCALE = {
    "scale_min": "Lowest point of the scale",
    "scale_max": "Highest point of the scale",
    "scale_standard": "The standard on the scale",
}
CONTENTS = {"indicators_needed": "Indicators that each competency needs, at the least"}
PASS_RULE = {
    "assessors_per_exercise": "Assessors for each exercise",
    "mean_needed": "Mean needed, in points",
    "most_below_standard": "Competencies that may be below the standard",
    "floor": "Floor: no competency may be below it",
    "rated_share_needed": "Share of the competencies that must be rated",
    "sem": "Standard error of measurement (SEM), in points",
    "k": "How many SEM below the mean is still borderline (k)",
}
MODERATION = {
    "discuss_from_apart": "Ratings are discussed from so many points apart",
    "discuss_straddling": "Ratings on different sides of the standard are discussed",
    "discuss_judgements": "Judgements of the whole on different sides are discussed",
    "feedback_names_assessors": "The feedback to the candidate names the assessors",
    "feedback_days": "Days after the decision within which feedback is released",
}
PERIODS = {
    "resit_wait_months": "Months before a re-sit",
    "most_sat_alone": "Exercises that may be sat again while the others stand",
    "standing_months": "Months for which a competent exercise stands",
    "attempts_allowed": "Attempts allowed",
    "attempts_window_months": "Months in which attempts are counted",
    "pass_valid_months": "Months for which a pass serves to book training",
    "appeal_days": "Days after the decision in which it can be appealed against",
}
LABELS: Mapping[str, str] = CONTENTS | SCALE | PASS_RULE | MODERATION | PERIODS


def in_words(value: object) -> str:
    """Return a number, a yes or a no of a standard as a person reads it: "0.25", "yes"."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    return str(value)
