"""Practice: without delivery for a programme's months the right to begin a spell lapses, by the dates alone.

The months are a local setting of the programme [default 24], each in force from a day on. They are counted from the day
of the certificate of programme training, or from the last day delivered since. Somebody who began in time and delivers
never lapses.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from selection.rules.calendar import NO_END, add_months
from selection.rules.reasons import Reason
from selection.rules.validity import Span, day_after, day_before
from selection.rules.words import day_in_words

MOST_MONTHS = 120
"""Nobody means more: ten years without delivery are a slip of the pen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LapseSetting:
    """After how many months without delivery a right lapses, and on which days that is in force."""

    id: int
    months: int
    days: Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Lapse:
    """The last day on which a spell may begin, and the setting that is in force on the day after and decides it."""

    last: date
    setting: LapseSetting


def lapses_on(begins_on: date, delivered_on: date | None, *, months: int) -> date:
    """Return the last day on which a spell may begin: so many months after the last day delivered, or after the first.

    24 months without delivery after 10 May 2024 are over at the end of 10 May 2026.
    """
    return add_months(max(begins_on, delivered_on or begins_on), months)


def lapse(begins_on: date, delivered_on: date | None, settings: Sequence[LapseSetting]) -> Lapse:
    """Return when the right lapses under settings that follow one another from the earliest on, without a gap.

    It lapses before the first day on which the months in force that day are over. Shorter months take effect on their
    own first day and never before it; longer ones do not bring back what had lapsed by then.
    """
    under = [Lapse(last=_under(setting, begins_on, delivered_on), setting=setting) for setting in settings]
    return next((one for one in under if one.last < one.setting.days.last), under[-1])


def _under(setting: LapseSetting, begins_on: date, delivered_on: date | None) -> date:
    end = lapses_on(begins_on, delivered_on, months=setting.months)
    return max(end, day_before(setting.days.first))


def changed_settings(settings: Sequence[LapseSetting], *, months: int, from_day: date) -> tuple[LapseSetting, ...]:
    """Return the settings with other months from the day on; the new one has the id 0 as long as it is not stored."""
    *before, latest = settings
    ended = LapseSetting(
        id=latest.id, months=latest.months, days=Span(first=latest.days.first, last=day_before(from_day))
    )
    return (*before, ended, LapseSetting(id=0, months=months, days=Span(first=from_day, last=NO_END)))


def reasons_against_setting(
    settings: Sequence[LapseSetting], *, months: int, from_day: date, today: date
) -> tuple[Reason, ...]:
    """Return every reason why the months cannot be so many from that day on; each names its form field."""
    return tuple(_against(settings[-1], months, from_day, today))


def _against(latest: LapseSetting, months: int, from_day: date, today: date) -> Iterator[Reason]:
    if not 1 <= months <= MOST_MONTHS:
        message = f"The number of months is not between 1 and {MOST_MONTHS}."
        yield Reason(code="lapse.months", message=message, field="months")
    elif months == latest.months:
        yield Reason(
            code="lapse.same",
            message=f"It is {months} months already from {day_in_words(latest.days.first)} on."
            if latest.days.first > today
            else f"It is {months} months already.",
            remedy="Enter another number of months.",
            field="months",
        )
    if from_day <= today:
        yield Reason(
            code="days.past",
            message="Other months take effect tomorrow at the earliest.",
            remedy="Days that are over, and today, stay as they are.",
            earliest=day_after(today),
            field="from_day",
        )
    elif from_day <= latest.days.first:
        yield Reason(
            code="lapse.decided",
            message=f"A change is decided already that takes effect on {day_in_words(latest.days.first)}.",
            remedy="Choose a later day.",
            earliest=day_after(latest.days.first),
            field="from_day",
        )
