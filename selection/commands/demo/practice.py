"""Practice in the demo: what each certificate of programme training begins, and which days delivered keep it up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from selection.commands.demo.days import at
from selection.commands.demo.rows import Rows
from selection.models.groups import Assignment
from selection.models.practice import DeliveredDay, Practice
from selection.rules.eligibility import Practised
from selection.rules.practice import Lapse, LapseSetting, lapse
from selection.rules.validity import Span


@dataclass(kw_only=True, slots=True)
class Practising:
    """A practice while the demo is made; it is stored once every day delivered is known."""

    id: int
    certificate_id: int
    staff_id: int
    programme_id: int
    begins_on: date
    settings: Sequence[LapseSetting]
    delivered_id: int | None = None
    delivered_on: date | None = None

    @property
    def days(self) -> Span:
        """From its first day to the last on which a spell may begin."""
        return Span(first=self.begins_on, last=self.lapses.last)

    @property
    def lapses(self) -> Lapse:
        """When it lapses, and which setting decides it."""
        return lapse(self.begins_on, self.delivered_on, self.settings)

    def fact(self) -> Practised:
        """Return it as the rules see it."""
        return Practised(id=self.id, programme_id=self.programme_id, days=self.days)


class Practices:
    """Everybody's practice, and the days delivered that it rests on."""

    def __init__(self, rows: Rows, settings: Sequence[LapseSetting], today: date) -> None:
        self._rows = rows
        self._settings = settings
        self._yesterday = today - timedelta(days=1)
        self._by_id: dict[int, Practising] = {}
        self._spells: dict[int, tuple[list[Practising], dict[str, Any]]] = {}

    def begin(self, certificate_id: int, staff_id: int, programme_id: int, on: date) -> Practising:
        """Let practice begin with a certificate of programme training."""
        begun = Practising(
            id=len(self._by_id) + 1,
            certificate_id=certificate_id,
            staff_id=staff_id,
            programme_id=programme_id,
            begins_on=on,
            settings=self._settings,
        )
        self._by_id[begun.id] = begun
        return begun

    def assigned(self, held: list[Practising], assignment_id: int, spell: dict[str, Any]) -> None:
        """Expect an assignment that has begun to be delivered to its last day; `delivered` says which days it was."""
        last = min(spell["ends_on"], self._yesterday)
        if spell["starts_on"] <= last:
            self._spells[assignment_id] = (held, spell)
            _keep_up(held, last)

    def delivered(self, places: Iterable[dict[str, Any]]) -> None:
        """Take the days on which people were in the room as delivered, in place of what was expected."""
        for one in self._by_id.values():
            one.delivered_on = None
        for place in places:
            held, spell = self._spells[place["assignment_id"]]
            day = place["session_day"]
            delivered_id = self._rows.add(
                DeliveredDay,
                staff_id=spell["facilitator_id"],
                programme_id=spell["programme_id"],
                group_id=spell["group_id"],
                day=day,
                assignment_id=place["assignment_id"],
                assignment_from=spell["starts_on"],
                assignment_to=spell["ends_on"],
                recorded_at=at(day, 17),
                recorded_by_id=spell["made_by_id"],
            )
            _keep_up(held, day, delivered_id)

    def store(self) -> None:
        """Store every practice as it is now, and give each assignment its copy of the one that it begins within."""
        for one in self._by_id.values():
            lapses = one.lapses
            self._rows.add(
                Practice,
                certificate_id=one.certificate_id,
                staff_id=one.staff_id,
                programme_id=one.programme_id,
                begins_on=one.begins_on,
                delivered_id=one.delivered_id,
                delivered_on=one.delivered_on,
                delivered_stands=None if one.delivered_on is None else True,
                setting_id=lapses.setting.id,
                setting_from=lapses.setting.days.first,
                setting_to=lapses.setting.days.last,
                months=lapses.setting.months,
                lapses_on=lapses.last,
            )
        for spell in self._rows.waiting(Assignment):
            days = self._by_id[spell["practice_id"]].days
            spell |= {"practice_from": days.first, "practice_to": days.last}


def _keep_up(held: list[Practising], day: date, delivered_id: int | None = None) -> None:
    """Let a day delivered keep up the practice of these that it falls into."""
    kept_up = max((one for one in held if one.begins_on <= day), key=lambda one: one.begins_on)
    if kept_up.delivered_on is None or kept_up.delivered_on < day:
        kept_up.delivered_id, kept_up.delivered_on = delivered_id, day
