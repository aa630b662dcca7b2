"""The picture: a lane for each step, right and kind of work, a bar for each stretch of days, a line for today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from selection.people.record.lines import Activity, Deed, Kind, Paper
from selection.rules.calendar import add_months
from selection.rules.eligibility import ACTING_ROLE_NAMES, ActingRole
from selection.rules.programmes import Stage
from selection.rules.validity import Span

WIDTH, LANE, TOP = 720, 26, 20
LABELS = 220
"""How much of the width the names of the lanes take."""

AHEAD_MONTHS, MOST_AHEAD_MONTHS = 12, 60
"""How far beyond today the picture goes at least, and at most for a paper that ends later."""

_STEPS = {Stage.SELECTION: "Selection", Stage.FUNDAMENTAL: "Fundamental training", Stage.PROGRAMME: "training"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A stretch of days in a lane; `goes_on` says that it ends beyond the picture."""

    x: float
    width: float
    days: Span
    stops: bool
    goes_on: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """A name, how far down it lies, and its bars."""

    name: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """The lanes, the years as position and number, where today is, and the height of it all."""

    lanes: tuple[Lane, ...]
    years: tuple[tuple[float, int], ...]
    today_x: float
    height: int


def picture(
    papers: Iterable[Paper], activities: Iterable[Activity], programmes: Mapping[int, str], *, today: date
) -> Picture | None:
    """Return the picture of a person's papers and work, or None if there is nothing to draw."""
    lanes: dict[str, list[tuple[Span, bool]]] = {}
    for name, days, stops in sorted(_lanes(papers, activities, programmes)):
        if not days.is_empty:
            lanes.setdefault(name[1], []).append((days, stops))
    if not lanes:
        return None
    shown = _shown([days for spans in lanes.values() for days, _ in spans], today)
    drawn = (
        Lane(name=name, y=TOP + LANE * number, bars=tuple(_bar(days, stops, shown) for days, stops in spans))
        for number, (name, spans) in enumerate(lanes.items())
    )
    januaries = [date(year, 1, 1) for year in range(shown.first.year + 1, shown.last.year + 1)]
    return Picture(
        lanes=tuple(drawn),
        years=tuple((_x(day, shown), day.year) for day in januaries),
        today_x=_x(today, shown),
        height=TOP + LANE * len(lanes) + 4,
    )


_Named = tuple[tuple[int, str], Span, bool]


def _lanes(papers: Iterable[Paper], activities: Iterable[Activity], programmes: Mapping[int, str]) -> Iterable[_Named]:
    """Yield each stretch of days with its lane: the path first, then rights, stops and work."""
    for paper in papers:
        of = f"{programmes[paper.programme_id]} " if paper.programme_id is not None else ""
        match paper.kind:
            case Kind.CERTIFICATE:
                stage = Stage(paper.word)
                yield (list(Stage).index(stage), f"{of}{_STEPS[stage]}"), paper.days, False
            case Kind.AUTHORISATION:
                yield (4, f"{of}{ACTING_ROLE_NAMES[ActingRole(paper.word)]}"), paper.days, False
            case Kind.STOP:
                yield (5, "Suspended or deselected"), paper.days, True
    for one in activities:
        if one.deed is Deed.ASSIGNMENT:
            yield (6, "On a group"), one.days, False
        elif one.deed is Deed.SUPERVISION:
            yield (7, "Supervising a group"), one.days, False


def _shown(spans: Sequence[Span], today: date) -> Span:
    furthest = add_months(today, MOST_AHEAD_MONTHS)
    ends = [span.last for span in spans if span.last <= furthest]
    last = max([add_months(today, AHEAD_MONTHS), *ends])
    return Span(first=min(today, *(span.first for span in spans)) - timedelta(days=30), last=last)


def _bar(days: Span, stops: bool, shown: Span) -> Bar:
    first, last = _x(days.first, shown), _x(min(days.last, shown.last), shown)
    return Bar(x=first, width=max(2.0, round(last - first, 1)), days=days, stops=stops, goes_on=days.last > shown.last)


def _x(day: date, shown: Span) -> float:
    return round(LABELS + (WIDTH - LABELS) * ((day - shown.first) / max(shown.length, timedelta(days=1))), 1)
