"""Reads of a programme's settings, and what a change of them would do to people and groups."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from selection.authorisation.delivered import as_fact
from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.authorisations import Authorisation, Certificate
from selection.models.groups import Assignment, Group
from selection.models.people import Account, Staff
from selection.models.practice import Practice
from selection.models.programmes import LapseSetting, Programme
from selection.rules.eligibility import ActingRole
from selection.rules.practice import Lapse, changed_settings, lapse
from selection.rules.validity import day_before


class Kept(NamedTuple):
    """A practice that the change reckons anew: whose it is, and whether they act as facilitators from the day on."""

    practice: Practice
    number: str
    name: str
    email: str
    withdrawn_on: date | None
    acts: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Reckoned:
    """A practice, and when it lapses under the changed settings."""

    kept: Kept
    lapses: Lapse

    @property
    def last(self) -> date:
        """The last day on which a spell may begin; one cut short by a withdrawal stays so."""
        practice, cut = self.kept.practice, self.kept.withdrawn_on
        short = practice.delivered_on is None and cut is not None
        return min(self.lapses.last, day_before(cut)) if short and cut else self.lapses.last


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """A person whose right to begin spells lapses on another day than before, the last of each."""

    staff_id: int
    number: str
    name: str
    email: str
    before: date
    after: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """What other months from a day on would change; nobody lapses before the eve of that day."""

    programme: Programme
    months: int
    from_day: date
    reckoned: tuple[Reckoned, ...]
    moved: tuple[Moved, ...]
    spells: tuple[Assignment, ...]
    elsewhere: tuple[tuple[Assignment, Reckoned], ...]

    @property
    def lapsing(self) -> tuple[Moved, ...]:
        """Who lapses by it on the eve of its first day."""
        return tuple(one for one in self.moved if one.after < one.before and one.after == day_before(self.from_day))

    @property
    def earlier(self) -> tuple[Moved, ...]:
        """Who lapses later than that, but earlier than before."""
        return tuple(one for one in self.moved if day_before(self.from_day) < one.after < one.before)

    @property
    def later(self) -> tuple[Moved, ...]:
        """Who lapses later than before."""
        return tuple(one for one in self.moved if one.after > one.before)

    @property
    def groups(self) -> dict[Group, list[Assignment]]:
        """The groups that lose people, by their references, each with the spells that would begin after a lapse."""
        found: defaultdict[Group, list[Assignment]] = defaultdict(list)
        for spell in sorted(self.spells, key=lambda one: (one.group.reference, one.starts_on, one.id)):
            found[spell.group].append(spell)
        return found

    def mark(self) -> str:
        """Return a word that changes when the plan does, so that nobody confirms what they have not seen."""
        rows = [f"{one.kept.practice.id}.{one.kept.practice.version}.{one.last}" for one in self.reckoned]
        rows += [f"{spell.id}.{spell.version}" for spell in self.spells]
        said = f"{self.programme.lapse_settings[-1].id}:{self.months}:{self.from_day}:{'-'.join(rows)}"
        return sha256(said.encode()).hexdigest()


def programme(programme_id: int, *, writing: bool = False) -> Programme:
    """Return a programme with its settings; with `writing`, others who would change them wait."""
    query = select(Programme).where(Programme.id == programme_id).options(selectinload(Programme.lapse_settings))
    found = db.session.scalars(query.with_for_update(of=Programme) if writing else query).one_or_none()
    if found is None:
        raise NotHere
    return found


def decided(programme_id: int) -> Sequence[tuple[LapseSetting, str | None]]:
    """Return the settings of a programme, the latest first, each with the name of who decided it."""
    query = (
        select(LapseSetting, Account.name)
        .outerjoin(Account, Account.id == LapseSetting.made_by_id)
        .where(LapseSetting.programme_id == programme_id)
        .order_by(LapseSetting.from_day.desc())
    )
    return [(setting, name) for setting, name in db.session.execute(query)]


def plan(of: Programme, *, months: int, from_day: date) -> Plan:
    """Return what it would do if a right lapsed after so many months from the day on; changes nothing."""
    settings = changed_settings([as_fact(one) for one in of.lapse_settings], months=months, from_day=from_day)
    reckoned = [
        Reckoned(kept=kept, lapses=lapse(kept.practice.begins_on, kept.practice.delivered_on, settings))
        for kept in _kept(of.id, from_day)
    ]
    lost, elsewhere = _spells(of.id, from_day, reckoned)
    return Plan(
        programme=of,
        months=months,
        from_day=from_day,
        reckoned=tuple(reckoned),
        moved=tuple(_moved(reckoned)),
        spells=tuple(lost),
        elsewhere=tuple(elsewhere),
    )


def _kept(programme_id: int, from_day: date) -> Iterator[Kept]:
    """Yield the practices that have not lapsed before the eve of the day: no other is touched by the change."""
    right = (Authorisation.staff_id == Staff.id, Authorisation.programme_id == programme_id)
    acts = exists().where(*right, Authorisation.role == ActingRole.FACILITATOR, Authorisation.valid_to >= from_day)
    query = (
        select(Practice, Staff.number, Staff.name, Staff.email, Certificate.withdrawn_on, acts)
        .join(Staff, Staff.id == Practice.staff_id)
        .join(Certificate, Certificate.id == Practice.certificate_id)
        .where(Practice.programme_id == programme_id, Practice.lapses_on >= day_before(from_day))
        .order_by(Staff.sort_name, Staff.id, Practice.id)
    )
    yield from map(Kept._make, db.session.execute(query))


def _moved(reckoned: Sequence[Reckoned]) -> Iterator[Moved]:
    """Yield the people who act and for whom the latest of their lapses moves, in their order."""
    of: defaultdict[int, list[Reckoned]] = defaultdict(list)
    for one in reckoned:
        if one.kept.acts:
            of[one.kept.practice.staff_id].append(one)
    for staff_id, held in of.items():
        before, after = max(one.kept.practice.lapses_on for one in held), max(one.last for one in held)
        if before != after:
            who = held[0].kept
            yield Moved(
                staff_id=staff_id, number=who.number, name=who.name, email=who.email, before=before, after=after
            )


def _spells(
    programme_id: int, from_day: date, reckoned: Sequence[Reckoned]
) -> tuple[list[Assignment], list[tuple[Assignment, Reckoned]]]:
    """Return the spells that would begin after their lapse: those that nothing covers, and those that another does."""
    by_id = {one.kept.practice.id: one for one in reckoned}
    held: defaultdict[int, list[Reckoned]] = defaultdict(list)
    for one in reckoned:
        held[one.kept.practice.staff_id].append(one)
    query = (
        select(Assignment)
        .where(Assignment.programme_id == programme_id, Assignment.starts_on >= from_day)
        .options(joinedload(Assignment.group), joinedload(Assignment.facilitator))
        .order_by(Assignment.id)
    )
    lost, elsewhere = [], []
    for spell in db.session.scalars(query):
        leans_on = by_id.get(spell.practice_id)
        if leans_on is None or spell.starts_on <= leans_on.last:
            continue
        covering = [
            one for one in held[spell.facilitator_id] if one.kept.practice.begins_on <= spell.starts_on <= one.last
        ]
        if covering:
            elsewhere.append((spell, max(covering, key=lambda one: one.last)))
        else:
            lost.append(spell)
    return lost, elsewhere
