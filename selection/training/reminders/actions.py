"""Reminding: whoever must hear of what ends gets one letter a day with all of it, and each thing once."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from selection.core import clock
from selection.core.db import Base, db
from selection.models.notices import DeliveryReminder, Reminder
from selection.notices.queue import body_of, queue
from selection.rules.programmes import STAGE_NAMES
from selection.rules.reminders import Ahead, reminder_due
from selection.rules.roles import EVERYWHERE, Role
from selection.training.reminders import queries
from selection.training.reminders.lapsing import Lapsing, lapsing
from selection.training.reminders.queries import Ending, Office, Post


@dataclass(slots=True)
class Reminded:
    """What came of a run."""

    letters: int = 0
    things: int = 0

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.letters} letters about {self.things} endings"


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What one letter says of one certificate that ends, or of one right for want of delivery."""

    of: Ending | Lapsing
    last: date
    days_before: int
    days_left: int
    groups: tuple[str, ...]
    own: bool

    @property
    def what(self) -> str:
        """What ends: a step, of a programme where it is of one; or the programme that is not delivered."""
        if isinstance(self.of, Lapsing):
            return self.of.programme
        step = STAGE_NAMES[self.of.stage]
        return f"{step} of {self.of.programme}" if self.of.programme else step

    @property
    def table(self) -> type[Base]:
        """Where it is kept that it was told."""
        return DeliveryReminder if isinstance(self.of, Lapsing) else Reminder

    def told(self, address: str) -> dict[str, Any]:
        """Return what is kept of it once the address is told."""
        shared = {"days_before": self.days_before, "to_address": address, "made_at": clock.now()}
        if isinstance(self.of, Lapsing):
            whose = {"staff_id": self.of.staff_id, "programme_id": self.of.programme_id}
            return whose | {"what": self.of.what, "on_day": self.last} | shared
        return {"certificate_id": self.of.certificate_id, "ends_on": self.last} | shared


@dataclass(slots=True)
class Letter:
    """All that one address is told on a day."""

    name: str
    items: list[Item] = field(default_factory=list)


def remind(*, today: date, days_before: Sequence[int]) -> Reminded:
    """Queue a letter to everybody who must hear of what ends soon; what was told before is not again.

    The person hears of their own; training leads of those in their area; managers of certificates by which a group of
    theirs would lose somebody, and of people in their area who lapse unless they deliver. Who is several hears once.
    """
    until = today + timedelta(days=max(days_before, default=0))
    letters: dict[str, Letter] = {}
    for (address, name), item in (
        *_of_certificates(today, until, days_before),
        *_of_deliveries(today, until, days_before),
    ):
        letters.setdefault(address, Letter(name=name)).items.append(item)
    done = Reminded()
    for address, letter in sorted(letters.items()):
        key, new = _not_told_yet(address, letter.items)
        if new:
            _send(address, letter.name, new, key=key)
            done.letters += 1
            done.things += len(new)
    return done


Told = Iterator[tuple[tuple[str, str], Item]]
"""What is to be told to whom, by address and name."""


def _of_certificates(today: date, until: date, days_before: Sequence[int]) -> Told:
    found = queries.endings(today, until, EVERYWHERE)
    at_risk = queries.groups_at_risk(found, today)
    offices = queries.offices() if found else []
    for ending in found:
        due = reminder_due(ending.days.last, today=today, days_before=days_before)
        groups = at_risk[ending.certificate_id]
        if due is not None:
            areas = {Role.TRAINING_LEAD: {ending.area_id}, Role.PROGRAMME_MANAGER: {group.area_id for group in groups}}
            for who in _who_hears(ending, areas, offices):
                yield who, _item(ending, ending.days.last, due, who[0], today, groups)


def _of_deliveries(today: date, until: date, days_before: Sequence[int]) -> Told:
    found = lapsing(today, until, EVERYWHERE)
    offices = queries.offices() if found else []
    for one in found:
        due = reminder_due(one.on, today=today, days_before=days_before)
        if due is not None:
            here = {one.area_id}
            for who in _who_hears(one, {Role.TRAINING_LEAD: here, Role.PROGRAMME_MANAGER: here}, offices):
                yield who, _item(one, one.on, due, who[0], today)


def _who_hears(
    of: Ending | Lapsing, areas: dict[Role, set[int]], offices: Iterable[Office]
) -> Iterator[tuple[str, str]]:
    """Yield the person, and everybody who holds one of the roles over one of its areas."""
    yield of.email, of.name
    told = {of.email}
    for office in offices:
        theirs = areas[office.role]
        concerned = bool(theirs) if office.area_id is None else office.area_id in theirs
        if concerned and office.email not in told:
            told.add(office.email)
            yield office.email, office.name


def _item(of: Ending | Lapsing, last: date, due: int, address: str, today: date, groups: Iterable[Post] = ()) -> Item:
    return Item(
        of=of,
        last=last,
        days_before=due,
        days_left=(last - today).days,
        groups=tuple(group.reference for group in groups),
        own=address == of.email,
    )


def _not_told_yet(address: str, items: Sequence[Item]) -> tuple[str, list[Item]]:
    """Return the items that this address was not told of yet, which from now on count as told; and a key for them."""
    keys, new = [], []
    for table in (Reminder, DeliveryReminder):
        offered = [(item, item.told(address)) for item in items if item.table is table]
        if not offered:
            continue
        columns = [column for column in offered[0][1] if column not in {"to_address", "made_at"}]
        insert = sqlite.insert if db.session.get_bind().dialect.name == "sqlite" else postgresql.insert
        once = insert(table).on_conflict_do_nothing()
        returned = once.returning(table.id, *(getattr(table, column) for column in columns))
        rows = db.session.execute(returned, [values for _, values in offered]).all()
        stored = {tuple(row[1:]) for row in rows}
        new += [item for item, values in offered if tuple(values[column] for column in columns) in stored]
        keys += [f"{table.__tablename__}:{min(row.id for row in rows)}"] if rows else []
    return next(iter(keys), ""), new


def _send(address: str, name: str, items: Iterable[Item], *, key: str) -> None:
    ordered = sorted(items, key=lambda item: (item.last, item.of.name))
    ending = [item for item in ordered if isinstance(item.of, Ending)]
    undelivered = [item for item in ordered if isinstance(item.of, Lapsing)]
    queue(
        key,
        to=address,
        subject=_subject(ordered, ending),
        body=body_of("reminder", name=name, items=ending, undelivered=undelivered, LAPSE=Ahead.LAPSE),
    )


def _subject(items: Sequence[Item], ending: Sequence[Item]) -> str:
    first = items[0]
    if len(items) > 1:
        return (
            f"{len(items)} certificates end soon"
            if len(ending) == len(items)
            else f"{len(items)} things end or are due soon"
        )
    if isinstance(first.of, Ending):
        whose = "Your certificate" if first.own else f"{first.of.name}: the certificate"
        return f"{whose} of {first.what} ends soon"
    if first.of.what == Ahead.LAPSE:
        whose = "Your right" if first.own else f"{first.of.name}: the right"
        return f"{whose} to deliver {first.what} lapses soon"
    whose = "Your first delivery" if first.own else f"{first.of.name}: the first delivery"
    return f"{whose} of {first.what} is expected soon"
