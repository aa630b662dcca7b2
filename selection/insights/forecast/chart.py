"""The forecast as bars: where each stands and how high it is, in the units of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from selection.rules.forecast import Month

WIDTH, HEIGHT = 720, 180
BOTTOM, LEFT = 150, 36
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000)
"""How far apart the lines of the scale may lie; the first that gives at most four of them is taken."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A month: its left edge, the tops of the two parts of its bar, and the height of what is needed."""

    first: date
    x: float
    able_y: float
    expected_y: float
    needed_y: float
    short: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """The bars, their width, and the lines of the scale as height and number."""

    bars: tuple[Bar, ...]
    bar_width: float
    lines: tuple[tuple[float, int], ...]


def chart(months: Sequence[Month]) -> Chart:
    """Return the picture of the months, scaled so that the highest fits."""
    most = max((max(month.able + month.expected, month.needed) for month in months), default=0) or 1
    step = next((step for step in STEPS if most / step <= 4), STEPS[-1])
    top = -(-most // step) * step
    apart = (WIDTH - LEFT) / max(1, len(months))

    def height(count: int) -> float:
        return round(BOTTOM - (BOTTOM - 10) * count / top, 1)

    bars = tuple(
        Bar(
            first=month.days.first,
            x=round(LEFT + number * apart, 1),
            able_y=height(month.able),
            expected_y=height(month.able + month.expected),
            needed_y=height(month.needed),
            short=bool(month.short),
        )
        for number, month in enumerate(months)
    )
    lines = tuple((height(count), count) for count in range(0, top + 1, step))
    return Chart(bars=bars, bar_width=round(apart * 0.7, 1), lines=lines)
