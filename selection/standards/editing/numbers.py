"""The forms of a draft's numbers, a page each. Every one is a local setting."""

from types import SimpleNamespace
from typing import Any

from selection.models.standards import Standard
from selection.prescribed.labels import CONTENTS, MODERATION, PASS_RULE, PERIODS, SCALE
from selection.standards.editing.forms import MOST_INDICATORS
from selection.standards.fields import ExactField, button, told, yes_or_no
from selection.web.fields import CountField
from selection.web.forms import VersionedForm

HIGHEST_POINT = 10
LONGEST = 120
"""The longest period that can be entered, in months."""
LONGEST_DAYS = 366
"""The longest time that can be entered in days."""


class NumbersForm(VersionedForm):
    """A page of numbers; its fields are named as the columns are."""

    heading = ""
    intro = ""

    def entered(self) -> dict[str, Any]:
        """Return what was entered, by column."""
        return self.changes()

    def check_against(self, row: Standard) -> None:
        """Raise ChangedMeanwhile if the draft is no longer as it was when the form was opened."""
        stored = told({name: getattr(row, name) for name in self.changes()})
        self.check(SimpleNamespace(version=row.version, **stored), what="The draft")


class ContentsForm(NumbersForm):
    """What each competency needs to be published."""

    heading = "Indicators"
    intro = "A draft with a competency that has fewer is not published."

    indicators_needed = CountField(CONTENTS["indicators_needed"], least=1, most=MOST_INDICATORS)
    submit = button("Save the number")


class ScaleForm(NumbersForm):
    """The rating scale."""

    heading = "Rating scale"
    intro = "What each point means is written in the anchors. A point that you add needs one."

    scale_min = CountField(SCALE["scale_min"], least=0, most=HIGHEST_POINT)
    scale_max = CountField(SCALE["scale_max"], least=0, most=HIGHEST_POINT)
    scale_standard = CountField(
        SCALE["scale_standard"], least=0, most=HIGHEST_POINT, description="The point from which somebody is competent."
    )
    submit = button("Save the scale")


class PassRuleForm(NumbersForm):
    """When an exercise is competent, borderline, not yet or incomplete."""

    heading = "Pass rule"
    intro = "An exercise is competent if all of this is met and no critical incident is confirmed."

    assessors_per_exercise = CountField(PASS_RULE["assessors_per_exercise"], least=1, most=10)
    mean_needed = ExactField(PASS_RULE["mean_needed"], least=0, most=HIGHEST_POINT)
    most_below_standard = CountField(PASS_RULE["most_below_standard"], least=0, most=50)
    floor = CountField(PASS_RULE["floor"], least=0, most=HIGHEST_POINT)
    rated_share_needed = ExactField(
        PASS_RULE["rated_share_needed"],
        least=0,
        most=1,
        description="From 0 to 1: 0.8 is 80 per cent. With fewer the exercise is incomplete.",
    )
    sem = ExactField(
        PASS_RULE["sem"], least=0, most=HIGHEST_POINT, description="How far a mean may be off by chance alone."
    )
    k = ExactField(
        PASS_RULE["k"], least=0, most=HIGHEST_POINT, description="With 0 nothing is borderline: it is competent or not."
    )
    submit = button("Save the pass rule")


class ModerationForm(NumbersForm):
    """What is talked over at the wash-up, and what the candidate reads of it."""

    heading = "Moderation and feedback"
    intro = "Equal ratings are taken. Of those that differ and need no discussion, the mean counts."

    discuss_from_apart = CountField(MODERATION["discuss_from_apart"], least=1, most=HIGHEST_POINT)
    discuss_straddling = yes_or_no(MODERATION["discuss_straddling"], "However near they are.")
    discuss_judgements = yes_or_no(
        MODERATION["discuss_judgements"], "One assessor holds the whole exercise for competent, another does not."
    )
    feedback_names_assessors = yes_or_no(
        MODERATION["feedback_names_assessors"], "If not, the candidate reads what was observed, not by whom."
    )
    feedback_days = CountField(MODERATION["feedback_days"], least=1, most=LONGEST_DAYS)
    submit = button("Save the moderation rule")


class PeriodsForm(NumbersForm):
    """Sitting again, and how long what was shown counts."""

    heading = "Re-sit and validity"
    intro = "Periods are counted from the day of the decision."

    resit_wait_months = CountField(PERIODS["resit_wait_months"], least=0, most=LONGEST)
    most_sat_alone = CountField(
        PERIODS["most_sat_alone"],
        least=0,
        most=2,
        description="With more that are not yet competent, the whole centre is sat again. With 0 it always is.",
    )
    standing_months = CountField(PERIODS["standing_months"], least=1, most=LONGEST)
    attempts_allowed = CountField(PERIODS["attempts_allowed"], least=1, most=20)
    attempts_window_months = CountField(PERIODS["attempts_window_months"], least=1, most=LONGEST)
    pass_valid_months = CountField(PERIODS["pass_valid_months"], least=1, most=LONGEST)
    appeal_days = CountField(PERIODS["appeal_days"], least=1, most=LONGEST_DAYS)
    submit = button("Save the periods")


FORMS: dict[str, type[NumbersForm]] = {
    "indicators": ContentsForm,
    "scale": ScaleForm,
    "pass-rule": PassRuleForm,
    "moderation": ModerationForm,
    "periods": PeriodsForm,
}
