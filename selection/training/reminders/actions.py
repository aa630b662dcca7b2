"""Reminding: whoever must hear of what ends gets one letter a day with all of it, and each thing once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.dialects import postgresql, sqlite

from selection.core import clock
from selection.core.db import db
from selection.models.notices import Reminder
from selection.notices.queue import body_of, queue
from selection.rules.programmes import STAGE_NAMES
from selection.rules.reminders import reminder_due
from selection.rules.roles import Reach, Role
from selection.training.reminders import queries
from selection.training.reminders.queries import Ending, Office, Post

EVERYWHERE = Reach(everywhere=True, areas=frozenset())


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
    """What one letter says of one certificate."""

    ending: Ending
    days_before: int
    days_left: int
    what: str
    groups: tuple[str, ...]
    own: bool


def remind(*, today: date, days_before: Sequence[int]) -> Reminded:
    """Queue a letter to everybody who must hear of a certificate that ends soon; what was told before is not again.

    The person hears of their own; training leads of those in their area; managers of those by which a group of theirs
    would lose somebody. Who is several of these hears once.
    """
    found = queries.endings(today, today + timedelta(days=max(days_before, default=0)), EVERYWHERE)
    at_risk = queries.groups_at_risk(found, today)
    offices = queries.offices()
    names: dict[str, str] = {}
    letters: defaultdict[str, list[Item]] = defaultdict(list)
    for ending in found:
        due = reminder_due(ending.days.last, today=today, days_before=days_before)
        if due is None:
            continue
        for address, name in _who_hears(ending, at_risk[ending.certificate_id], offices):
            names.setdefault(address, name)
            letters[address].append(_item(ending, due, at_risk[ending.certificate_id], address, today))
    done = Reminded()
    for address, items in sorted(letters.items()):
        first_row, new = _not_told_yet(address, items)
        if new:
            _send(address, names[address], new, first_row=first_row)
            done.letters += 1
            done.things += len(new)
    return done


def _who_hears(ending: Ending, groups: Iterable[Post], offices: Iterable[Office]) -> Iterator[tuple[str, str]]:
    yield ending.email, ending.name
    areas = {group.area_id for group in groups}
    told = {ending.email}
    for office in offices:
        theirs = {ending.area_id} if office.role == Role.TRAINING_LEAD else areas
        concerned = bool(theirs) if office.area_id is None else office.area_id in theirs
        if concerned and office.email not in told:
            told.add(office.email)
            yield office.email, office.name


def _item(ending: Ending, due: int, groups: Iterable[Post], address: str, today: date) -> Item:
    step = STAGE_NAMES[ending.stage]
    return Item(
        ending=ending,
        days_before=due,
        days_left=(ending.days.last - today).days,
        what=f"{step} of {ending.programme}" if ending.programme else step,
        groups=tuple(group.reference for group in groups),
        own=address == ending.email,
    )


def _not_told_yet(address: str, items: Iterable[Item]) -> tuple[int, list[Item]]:
    """Return the items that this address was not told of yet, which from now on count as told; and the first's row."""
    offered = {(item.ending.certificate_id, item.ending.days.last, item.days_before): item for item in items}
    values = [
        {
            "certificate_id": certificate_id,
            "ends_on": ends_on,
            "days_before": days_before,
            "to_address": address,
            "made_at": clock.now(),
        }
        for certificate_id, ends_on, days_before in offered
    ]
    dialect = db.session.get_bind().dialect.name
    insert = sqlite.insert(Reminder) if dialect == "sqlite" else postgresql.insert(Reminder)
    row = Reminder
    once = insert.on_conflict_do_nothing().returning(row.id, row.certificate_id, row.ends_on, row.days_before)
    told = db.session.execute(once, values).all()
    return min((row.id for row in told), default=0), [offered[row[1], row[2], row[3]] for row in told]


def _send(address: str, name: str, items: Iterable[Item], *, first_row: int) -> None:
    ordered = sorted(items, key=lambda item: (item.ending.days.last, item.ending.name))
    first = ordered[0]
    whose = "Your certificate" if first.own else f"{first.ending.name}: the certificate"
    one = f"{whose} of {first.what} ends soon"
    queue(
        f"reminder:{first_row}",
        to=address,
        subject=f"{len(ordered)} certificates end soon" if len(ordered) > 1 else one,
        body=body_of("reminder", name=name, items=ordered),
    )
