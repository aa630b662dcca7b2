"""Assessment centres: those that were decided, and those that are under way or to come."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from selection.commands.demo.borderline import review
from selection.commands.demo.days import at, months_ago, working_day
from selection.commands.demo.decisions import WAITED, decide
from selection.commands.demo.places import VENUES
from selection.commands.demo.scores import Scores
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.sittings import Filled, Sat, sit
from selection.commands.demo.stories import Story
from selection.models.centres import Candidacy, Centre
from selection.rules.outcomes import Outcome
from selection.rules.standards import ExerciseKind

MOST_CANDIDATES = 9
"""How many candidates sit at one centre at most."""

PANEL = 6
"""How many assessors a centre has; each exercise has its own pair where the standard asks for two."""

COMING_IN, LATER_IN = 20, 48
"""In how many days the next centres are held: one with its assessors named, one without."""

HALF_RATED, WASHED_UP = 3, 8
"""How many days ago the centres were held that wait for forms, and for the wash-up."""


@dataclass(frozen=True, slots=True)
class Again:
    """The one exercise that somebody sits again, and who assessed them the first time."""

    kind: ExerciseKind
    assessed_by: frozenset[int]


class Centres:
    """Holds centres in one pool of areas after the other."""

    def __init__(self, setting: Setting, people: People) -> None:
        self._setting = setting
        self._people = people
        self._scores = Scores(setting.facts, setting.rng)
        self._held = 0
        self._again: dict[int, Again] = {}

    def hold(self) -> None:
        """Hold every centre that the stories need."""
        for pool in range(self._people.pools):
            for months, candidates in self._decided_in(pool).items():
                for some in shared_out(candidates, MOST_CANDIDATES):
                    self._decided(pool, months, some)
            self._under_way(pool)

    def _decided_in(self, pool: int) -> dict[int, list[Member]]:
        by_months: defaultdict[int, list[Member]] = defaultdict(list)
        for member in self._people.in_pool(pool):
            if member.months is not None:
                by_months[member.months].append(member)
        return dict(sorted(by_months.items(), reverse=True))

    def _decided(self, pool: int, months: int, candidates: Sequence[Member]) -> None:
        held_on = months_ago(self._setting.today, months, days=-12 + self._held % 3)
        decided_on = working_day(held_on + timedelta(days=6))
        centre_id, chair_id = self._centre(candidates, held_on, closed_on=decided_on)
        panel = self._panel(pool, held_on)
        for number, candidate in enumerate(candidates):
            sats = list(self._sats(self._put_forward(centre_id, candidate, held_on), candidate, held_on, number))
            seats = [self._seats(panel, place, number) for place in range(len(sats))]
            found = decide(self._setting, self._scores, list(zip(sats, seats, strict=True)), decided_on, chair_id)
            if candidate.story == Story.NOT_YET and months == WAITED:
                [short] = [kind for kind, outcome in found.items() if outcome is Outcome.NOT_YET]
                self._again[candidate.id] = Again(short, frozenset(one.id for pair in seats for one in pair))

    def _under_way(self, pool: int) -> None:
        today = self._setting.today
        coming = self._people.in_pool(pool, Story.COMING)
        soon, later = coming[: -(-len(coming) // 2)], coming[-(-len(coming) // 2) :]
        soon += [one for one in self._people.in_pool(pool, Story.NOT_YET) if one.id in self._again]
        self._named(pool, soon, working_day(today + timedelta(days=COMING_IN)), with_assessors=True)
        self._named(pool, later, working_day(today + timedelta(days=LATER_IN)), with_assessors=False)
        self._rated(pool, self._people.in_pool(pool, Story.OPEN), today)
        self._rated(pool, self._people.in_pool(pool, Story.HALF), _days_ago(today, HALF_RATED))
        self._rated(pool, self._people.in_pool(pool, Story.REVEALED), _days_ago(today, WASHED_UP))

    def _named(self, pool: int, candidates: Sequence[Member], held_on: date, *, with_assessors: bool) -> None:
        for some in shared_out(candidates, MOST_CANDIDATES):
            centre_id, _ = self._centre(some, held_on)
            panel = self._panel(pool, self._setting.today) if with_assessors else []
            for number, candidate in enumerate(some):
                candidacy_id = self._put_forward(centre_id, candidate, held_on)
                again = self._again.get(candidate.id)
                for place, sat in enumerate(self._sats(candidacy_id, candidate, held_on, number)):
                    if again is None:
                        sit(self._setting, sat, self._seats(panel, place, number) if panel else [])
                    elif sat.facts.kind is again.kind:
                        sit(self._setting, sat, self._newcomers(pool, again))

    def _rated(self, pool: int, candidates: Sequence[Member], held_on: date) -> None:
        for some in shared_out(candidates, MOST_CANDIDATES):
            centre_id, chair_id = self._centre(some, held_on)
            panel = self._panel(pool, held_on)
            for number, candidate in enumerate(some):
                candidacy_id = self._put_forward(centre_id, candidate, held_on)
                for place, sat in enumerate(self._sats(candidacy_id, candidate, held_on, number)):
                    seats = self._seats(panel, place, number)
                    if candidate.story == Story.REVEALED and (number, place) == (0, 1):
                        second = next(one for one in panel if one not in seats)
                        review(self._setting, self._scores, sat, seats, chair_id=chair_id, second=second)
                        continue
                    pattern = self._scores.of(sat.facts, None)
                    filled = [_filled(candidate.story, number, place, seat) for seat in range(len(seats))]
                    sit(self._setting, sat, seats, pattern=pattern, filled=filled, with_marks=True)

    def _centre(self, candidates: Sequence[Member], held_on: date, *, closed_on: date | None = None) -> tuple[int, int]:
        """Open a centre in the area of its first candidate, and return its id and its chair's."""
        setting = self._setting
        self._held += 1
        area_id = candidates[0].area_id
        title = f"{setting.area_names[area_id]} assessment centre, {held_on:%B %Y}"
        chair_id = self._people.office["coordinator"].id
        centre_id = setting.rows.add(
            Centre,
            title=title,
            area_id=area_id,
            standard_id=setting.standard.id,
            chair_id=chair_id,
            venue=VENUES[self._held % len(VENUES)],
            held_on=held_on,
            closed_at=at(closed_on, 17) if closed_on else None,
        )
        opened = at(working_day(min(setting.today, held_on) - timedelta(days=70)), 10)
        after = {"title": title, "held_on": held_on, "chair_id": chair_id, "standard_id": setting.standard.id}
        setting.history.note("centre.opened", opened, "coordinator", centre_id, after=after)
        if closed_on:
            setting.history.note("centre.closed", at(closed_on, 17), "coordinator", centre_id)
        return centre_id, chair_id

    def _put_forward(self, centre_id: int, candidate: Member, held_on: date) -> int:
        on = min(held_on, self._setting.today) - timedelta(days=20 + candidate.id % 30)
        candidacy_id = self._setting.rows.add(
            Candidacy,
            centre_id=centre_id,
            staff_id=candidate.id,
            nominated_by_id=candidate.manager_id,
            put_forward_on=on,
        )
        self._setting.history.note(
            "candidate.put_forward",
            at(on, 11, candidate.id % 60),
            "coordinator",
            candidacy_id,
            staff_id=candidate.id,
            after={"centre_id": centre_id, "nominated_by_id": candidate.manager_id},
        )
        return candidacy_id

    def _sats(self, candidacy_id: int, candidate: Member, held_on: date, number: int) -> Iterator[Sat]:
        pairs = zip(self._setting.standard.exercises, self._setting.facts.exercises, strict=True)
        for place, (exercise, facts) in enumerate(pairs):
            begins = at(held_on, 9 + 2 * place, 6 * (number % 10))
            yield Sat(candidacy_id=candidacy_id, candidate=candidate, exercise=exercise, facts=facts, begins=begins)

    def _panel(self, pool: int, on: date) -> list[Member]:
        """Return the assessors of a centre: current on the day, and the pool's two logins first where it has them."""
        pooled = [one for one in self._people.assessors if one.pool == pool]
        current = [one for one in pooled if any(on in days for days in one.assessing)]
        logins = [one for one in current if one.id in self._login_ids()]
        others = [one for one in current if one not in logins]
        turn = self._held % max(1, len(others))
        return [*logins, *others[turn:], *others[:turn]][:PANEL]

    def _newcomers(self, pool: int, again: Again) -> list[Member]:
        """Return assessors who did not assess the candidate before, as many as are wanted if there are so many."""
        today, wanted = self._setting.today, self._setting.standard.assessors_per_exercise
        pooled = [one for one in self._people.assessors if one.pool == pool and one.id not in again.assessed_by]
        return [one for one in pooled if any(today in days for days in one.assessing)][:wanted]

    def _login_ids(self) -> set[int | None]:
        return {self._setting.actors[word].staff_id for word in ("assessor", "second.assessor")}

    def _seats(self, panel: Sequence[Member], place: int, number: int) -> list[Member]:
        """Return who assesses an exercise; the panel moves on with each candidate, so that everybody sees several."""
        wanted = self._setting.standard.assessors_per_exercise
        first = (wanted * place + number) % len(panel)
        return [panel[(first + seat) % len(panel)] for seat in range(wanted)]


def shared_out(members: Sequence[Member], most: int) -> list[Sequence[Member]]:
    """Return the members in parts of nearly equal size, none of more than *most*."""
    parts = -(-len(members) // most)
    return [members[len(members) * part // parts : len(members) * (part + 1) // parts] for part in range(parts)]


def _days_ago(today: date, days: int) -> date:
    """Return a working day, at least so many days ago."""
    day = today - timedelta(days=days)
    return day - timedelta(days=max(0, day.weekday() - 4))


def _filled(story: Story, candidate: int, exercise: int, seat: int) -> Filled:
    """Return how far a form is at a centre that is under way."""
    if story == Story.REVEALED:
        return Filled.SEALED
    if story == Story.HALF:
        return Filled.SEALED if (candidate + exercise + seat) % 2 == 0 else Filled.BEGUN
    return (Filled.BLANK, Filled.BLANK, Filled.BEGUN, Filled.BLANK, Filled.SEALED)[
        (2 * candidate + exercise + seat) % 5
    ]
