"""What an import would do to the register, line by line, and what speaks against it; changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from selection.people import queries
from selection.people.entries import on_trail
from selection.people.imports.checking import Checked, Line
from selection.people.imports.facts import Facts, Stored, chunks, gathered
from selection.rules import register
from selection.rules.reasons import Reason
from selection.rules.register import Entry, reasons_against_entry
from selection.rules.roles import Actor, Permission, Reach
from selection.spreadsheets.cells import Faults


@dataclass(frozen=True, slots=True)
class Change:
    """A person who is on the register and would be different."""

    stored: Stored
    entry: Entry

    def differences(self) -> dict[str, tuple[object, object]]:
        """Return what would be different, as it is and as it would be."""
        before, after = on_trail(self.stored.entry), on_trail(self.entry)
        return {key: (before[key], after[key]) for key in after if before[key] != after[key]}


@dataclass(slots=True)
class Plan:
    """Who would be created, changed and left as they are; `managers` are the ids of line managers, by number."""

    created: list[Entry] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: int = 0
    claimed: set[str] = field(default_factory=set)
    managers: dict[str, int] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)

    @property
    def rows(self) -> int:
        """How many people the file names."""
        return len(self.created) + len(self.changed) + self.unchanged

    def mark(self) -> str:
        """Return a word that changes when the plan does, so that nobody confirms what they have not seen."""
        told = sha256(str(self.unchanged).encode())
        for entry in self.created:
            told.update(repr(entry).encode())
        for change in self.changed:
            told.update(repr((change.stored.id, change.stored.version, change.entry)).encode())
        return told.hexdigest()[:32]


def plan(checked: Checked, *, by: Actor, lock: bool = False) -> Plan:
    """Return what the checked lines would do if the actor imported them; faults are those that the register shows.

    `claimed` are addresses that pass from one person of the file to another, so that they must be let go first.
    """
    made = Plan()
    judge = _Judge(checked, made, {line.entry.number: line for line in checked.lines}, by)
    for chunk in chunks(checked.lines):
        facts = gathered(chunk, lock=lock)
        made.managers |= {number: manager.id for number, manager in facts.managers.items()}
        judge.take(chunk, facts)
    return made


@dataclass(slots=True)
class _Judge:
    checked: Checked
    made: Plan
    in_file: dict[str, Line]
    by: Actor
    reach: Reach = field(init=False)
    seeing: Reach = field(init=False)

    def __post_init__(self) -> None:
        self.reach = self.by.reach(Permission.PEOPLE_IMPORT)
        self.seeing = self.by.reach(Permission.PEOPLE_READ)

    def take(self, chunk: Sequence[Line], facts: Facts) -> None:
        """Sort the lines of a chunk into those created, changed and unchanged, and note what is against them."""
        leaving: list[tuple[Line, int, date]] = []
        for line in chunk:
            stored = facts.stored.get(line.entry.number)
            entry = self._completed(line.entry, stored)
            for reason in self._reasons(entry, stored, facts):
                self._note(line, reason)
            if stored is None:
                self.made.created.append(entry)
            elif stored.entry == entry:
                self.made.unchanged += 1
            else:
                self.made.changed.append(Change(stored, entry))
                if entry.left_on is not None and entry.left_on != stored.entry.left_on:
                    leaving.append((line, stored.id, entry.left_on))
        if leaving:
            busy = queries.at_work_after((staff_id, left_on) for _, staff_id, left_on in leaving)
            for line, staff_id, _ in leaving:
                for group, until in busy.get(staff_id, []):
                    self._note(line, register.still_at_work(group, until))

    def _completed(self, entry: Entry, stored: Stored | None) -> Entry:
        """Return the entry with what the file has no column for as it is stored."""
        if stored is None or not self.checked.absent:
            return entry
        return replace(entry, **{name: getattr(stored.entry, name) for name in self.checked.absent})

    def _reasons(self, entry: Entry, stored: Stored | None, facts: Facts) -> Iterator[Reason]:
        if stored is not None and self.checked.absent:
            yield from reasons_against_entry(entry)
        if stored is not None and not self.reach.takes_in(stored.entry.area_id or 0):
            yield register.number_taken()
        holder = facts.email_of.get(entry.email)
        if holder not in (None, entry.number):
            if self._keeps(holder or "", entry.email):
                yield register.email_taken()
            else:
                self.made.claimed.add(entry.email)
        if entry.line_manager and not self._may_manage(entry, stored, facts):
            yield register.manager_unknown(entry.line_manager)

    def _keeps(self, holder: str, email: str) -> bool:
        """True if the person who has the address keeps it: the file does not name them, or with the same address."""
        line = self.in_file.get(holder)
        return line is None or line.entry.email == email

    def _may_manage(self, entry: Entry, stored: Stored | None, facts: Facts) -> bool:
        if entry.line_manager in self.in_file:
            return True
        if stored is not None and stored.entry.line_manager == entry.line_manager:
            return True
        manager = facts.managers.get(entry.line_manager)
        return manager is not None and self.seeing.takes_in(manager.area_id)

    def _note(self, line: Line, reason: Reason) -> None:
        self.made.faults.add(
            line.row, self.checked.heading(reason.field or ""), f"{reason.message} {reason.remedy}".strip()
        )
