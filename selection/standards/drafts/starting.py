"""The numbers with which an empty draft starts: local settings, each for the authors to keep or to change."""

from decimal import Decimal
from typing import Any

STARTING_VALUES: dict[str, Any] = {
    "scale_min": 1,
    "scale_max": 5,
    "scale_standard": 3,
    "assessors_per_exercise": 2,
    "mean_needed": Decimal(3),
    "most_below_standard": 1,
    "floor": 2,
    "k": Decimal(1),
    "sem": Decimal("0.25"),
    "rated_share_needed": Decimal("0.8"),
    "resit_wait_months": 6,
    "standing_months": 12,
    "attempts_allowed": 2,
    "attempts_window_months": 24,
    "pass_valid_months": 24,
    "discuss_from_apart": 2,
    "discuss_straddling": True,
    "discuss_judgements": True,
    "feedback_names_assessors": False,
    "indicators_needed": 4,
    "most_sat_alone": 1,
    "appeal_days": 28,
    "feedback_days": 28,
}
