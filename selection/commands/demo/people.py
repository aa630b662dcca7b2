"""The demo's staff: the office, the managers, the assessors, those on the path, and everybody else."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle

from sqlalchemy import select

from selection.commands.demo.days import at, months_ago
from selection.commands.demo.history import RECORDS
from selection.commands.demo.names import Addresses, names
from selection.commands.demo.places import Place, areas_for
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import Story, on_the_path, told
from selection.core.db import db
from selection.models.centres import AssessorTraining
from selection.models.people import Area, Staff, StaffWord
from selection.rules.calendar import add_months, last_day_valid
from selection.rules.names import sort_key, words_of
from selection.rules.pairing import DEFAULT_VALID_MONTHS
from selection.rules.validity import Span

RECORDS_BEGIN = 52
"""How many months ago the service began to keep its records here."""

OFFICE = {
    "administrator": "Service administrator",
    "coordinator": "Assessment centre coordinator",
    "training.lead": "Training lead",
    "training.lead.north": "Training lead",
    "programme.manager": "Programme manager",
    "programme.manager.north": "Programme manager",
    "auditor": "Quality auditor",
}
"""Those who have a login and are not on the path: the word before the @ of their address, and their job."""

JOBS = (
    *("Probation officer",) * 5,
    *("Probation services officer",) * 3,
    *("Case administrator", "Victim liaison officer", "Offender manager", "Court officer"),
)
PATH_JOBS = {
    Story.LONG_SERVING: "Treatment manager",
    Story.AUTHORISED: "Programme facilitator",
    Story.RECOGNISED: "Programme facilitator",
    Story.LAPSING: "Programme facilitator",
}
PEOPLE_A_POOL = 250
STAFF_A_MANAGER = 14
PATH_AN_ASSESSOR = 10
LAPSED_ONE_IN = 5
LEAVERS_ONE_IN = 40


def areas(staff: int) -> dict[int, Place]:
    """Return the demo's areas by id, made where they are not there."""
    wanted = areas_for(staff)
    found = {area.name: area for area in db.session.scalars(select(Area))}
    for place in wanted:
        if place.name not in found:
            found[place.name] = Area(name=place.name)
            db.session.add(found[place.name])
    db.session.flush()
    return {found[place.name].id: place for place in wanted}


@dataclass(kw_only=True)
class Register:
    """Puts people on the register, one after the other, each in the next area."""

    setting: Setting
    areas: list[int]
    pools: int

    def __post_init__(self) -> None:
        self._names = names(self.setting.rng)
        self._addresses = Addresses("service.example")
        self._next_area = cycle(range(len(self.areas)))
        self._count = 0
        self._managers: defaultdict[int, list[Member]] = defaultdict(list)

    def enter(
        self,
        job: str,
        *,
        story: Story = Story.NEVER,
        months: int | None = None,
        place: int | None = None,
        leads: bool = False,
        may_leave: bool = False,
    ) -> Member:
        """Enter a person, with a line manager of the area unless they lead themselves."""
        self._count += 1
        place = next(self._next_area) if place is None else place
        joined_on = self._joined_on(months)
        left_on = self._left_on() if story == Story.LEFT or (may_leave and self._count % LEAVERS_ONE_IN == 0) else None
        name, number, area_id = next(self._names), f"P{self._count:05}", self.areas[place]
        email = self._addresses.of(name)
        above = [] if leads else self._managers[area_id]
        manager_id = self.setting.rng.choice(above).id if above else None
        staff_id = self.setting.rows.add(
            Staff,
            number=number,
            name=name,
            sort_name=sort_key(name),
            email=email,
            job_title=job,
            area_id=area_id,
            line_manager_id=manager_id,
            joined_on=joined_on,
            left_on=left_on,
        )
        for word in sorted(words_of(name, number, email)):
            self.setting.rows.join(StaffWord, word=word, staff_id=staff_id)
        began = months_ago(self.setting.today, RECORDS_BEGIN)
        self.setting.history.note(
            "staff.created",
            at(max(joined_on, began), 8, self._count % 60),
            RECORDS,
            staff_id,
            staff_id=staff_id,
            after={"number": number, "name": name, "email": email, "job_title": job, "joined_on": joined_on},
        )
        member = Member(
            id=staff_id,
            name=name,
            area_id=area_id,
            pool=place % self.pools,
            story=story,
            months=months,
            joined_on=joined_on,
            left_on=left_on,
            manager_id=manager_id,
        )
        if leads:
            self._managers[area_id].append(member)
        return member

    def _joined_on(self, months: int | None) -> date:
        rng = self.setting.rng
        return months_ago(self.setting.today, (months or 6) + rng.randrange(8, 200), days=rng.randrange(28))

    def _left_on(self) -> date:
        return self.setting.today - timedelta(days=self.setting.rng.randrange(20, 150))


def enter_everybody(setting: Setting, staff: int, area_ids: list[int]) -> People:
    """Put so many people on the register, and say who is what."""
    on_path = on_the_path(staff)
    register = Register(setting=setting, areas=area_ids, pools=min(len(area_ids), max(1, on_path // PEOPLE_A_POOL)))
    managers = list(_managers(register, max(len(area_ids) + 1, staff // STAFF_A_MANAGER)))
    office = {word: register.enter(job, place=0) for word, job in OFFICE.items()}
    assessors = [_assessor(register, number) for number in range(max(8 * register.pools, on_path // PATH_AN_ASSESSOR))]
    path = [_on_path(register, story, months) for story, months in told(on_path)]
    others = staff - len(managers) - len(office) - len(assessors) - len(path)
    rest = [register.enter(setting.rng.choice(JOBS), may_leave=True) for _ in range(others)]
    return People(
        everybody=[*managers, *office.values(), *assessors, *path, *rest],
        path=path,
        managers=managers,
        assessors=assessors,
        office=office,
        pools=register.pools,
    )


def _managers(register: Register, count: int) -> Iterator[Member]:
    for number in range(count):
        place = number if number < len(register.areas) else None
        yield register.enter("Senior probation officer", place=place, leads=True)


def _on_path(register: Register, story: Story, months: int | None) -> Member:
    job = PATH_JOBS.get(story) or register.setting.rng.choice(JOBS[:8])
    return register.enter(job, story=story, months=months)


def _assessor(register: Register, number: int) -> Member:
    """Enter an assessor: trained every year, the last time within the year or, for one in five, before that."""
    today, rng = register.setting.today, register.setting.rng
    member = register.enter("Senior probation officer", months=RECORDS_BEGIN)
    lapsed = number % LAPSED_ONE_IN == LAPSED_ONE_IN - 1
    newest = add_months(today, -rng.randrange(13, 20) if lapsed else -rng.randrange(2, 11))
    for first in _every_year(newest, today):
        days = Span(first=first, last=last_day_valid(first, DEFAULT_VALID_MONTHS))
        member.assessing.append(days)
        note = "Assessor training, two days"
        register.setting.rows.add(
            AssessorTraining, staff_id=member.id, valid_from=days.first, valid_to=days.last, note=note
        )
        register.setting.history.note(
            "assessor.trained",
            at(max(days.first, months_ago(today, RECORDS_BEGIN)), 16),
            "coordinator",
            member.id,
            staff_id=member.id,
            after={"valid_from": days.first, "valid_to": days.last, "note": note},
        )
    return member


def _every_year(newest: date, today: date) -> Iterable[date]:
    return [add_months(newest, -DEFAULT_VALID_MONTHS * years) for years in range(5) if newest < today]
