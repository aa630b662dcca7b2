"""All that the demo's parts share while it is made."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from selection.commands.demo.history import History
from selection.commands.demo.practice import Practices, Practising
from selection.commands.demo.rows import Rows
from selection.commands.demo.stories import Story
from selection.models.courses import Course
from selection.models.programmes import Edition, Programme
from selection.models.standards import Standard
from selection.rules.calendar import NO_END
from selection.rules.eligibility import Appointed, Person, Right, Step, Stopped
from selection.rules.roles import Actor
from selection.rules.standards import SelectionStandard
from selection.rules.validity import Span


@dataclass(kw_only=True, slots=True)
class Member:
    """A staff member while the demo is made; `months` is how long ago their centre was decided, if one was."""

    id: int
    name: str
    area_id: int
    pool: int
    story: Story
    months: int | None
    joined_on: date
    left_on: date | None
    manager_id: int | None
    assessing: list[Span] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    appointments: list[Appointed] = field(default_factory=list)
    rights: list[Right] = field(default_factory=list)
    stops: list[Stopped] = field(default_factory=list)
    practices: list[Practising] = field(default_factory=list)
    busy: list[Span] = field(default_factory=list)

    def facts(self) -> Person:
        """Return what the rules need to know of the person."""
        return Person(
            staff_id=self.id,
            name=self.name,
            employed=Span(first=self.joined_on, last=self.left_on or NO_END),
            steps=tuple(self.steps),
            appointments=tuple(self.appointments),
            rights=tuple(self.rights),
            stops=tuple(self.stops),
            practices=tuple(one.fact() for one in self.practices),
        )


@dataclass(kw_only=True, slots=True)
class People:
    """Everybody, and who is what; a pool is the areas that share centres and events."""

    everybody: list[Member]
    path: list[Member]
    managers: list[Member]
    assessors: list[Member]
    office: dict[str, Member]
    pools: int

    def in_pool(self, pool: int, *stories: Story) -> list[Member]:
        """Return who of the path is in the pool and in one of the stories (in any, if none is named)."""
        return [one for one in self.path if one.pool == pool and (not stories or one.story in stories)]


@dataclass(kw_only=True, slots=True)
class Setting:
    """The day, the dice, the rows, and the reference data that the demo stands on."""

    today: date
    rng: Random
    rows: Rows
    history: History
    programme: Programme
    edition: Edition
    standard: Standard
    facts: SelectionStandard
    fundamental: Course
    specific: Course
    area_names: dict[int, str]
    practices: Practices
    actors: dict[str, Actor] = field(default_factory=dict)
