"""What a file would add, person by person, and what speaks against it; changes nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from flask import current_app

from selection.core import clock
from selection.rules.historic import Had, Passed, judged
from selection.rules.names import folded
from selection.rules.roles import Actor, Permission
from selection.rules.validity import Span
from selection.rules.words import day_in_words
from selection.spreadsheets.cells import Faults
from selection.training.imports.checking import Checked, Line
from selection.training.imports.facts import Facts, Known, by_person, gathered

UNKNOWN = "Nobody within your area has this number. Import the people first, or check the number."


@dataclass(frozen=True, slots=True)
class Step:
    """A line that can stand for a certificate, whose it is, and the days on which that would be valid."""

    line: Line
    staff_id: int
    days: Span


@dataclass(slots=True)
class Plan:
    """The steps of a file that are new, how many stand on a file already, and what is wrong."""

    steps: list[Step] = field(default_factory=list)
    there: int = 0
    faults: Faults = field(default_factory=Faults)


def plan(checked: Checked, *, by: Actor) -> Plan:
    """Return what the checked lines would add if the actor handed them in; faults are by row and column."""
    made, reach = Plan(), by.reach(Permission.TRAINING_CERTIFY)
    for chunk in by_person(checked.lines):
        facts = gathered(chunk, reach)
        for lines in chunk:
            made.steps += _of_person(lines, facts, checked, made)
    made.steps.sort(key=lambda step: step.line.row)
    return made


def _of_person(lines: Sequence[Line], facts: Facts, checked: Checked, made: Plan) -> Iterator[Step]:
    person = facts.people.get(lines[0].number)
    if person is None:
        for line in lines:
            made.faults.add(line.row, checked.heading("number"), UNKNOWN)
        return
    new, had = [], list(person.had)
    for line in lines:
        if line.name and not _is_called(person, line.name):
            message = f"{line.number} is {person.name} on the register. Check which of the two is meant."
            made.faults.add(line.row, checked.heading("name"), message)
        last = facts.on_file.get((person.id, line.taught.stage, line.taught.programme_id, line.passed_on))
        if last is None:
            new.append(line)
        elif line.valid_until in (None, last):
            made.there += 1
            had.append(_had(line, last))
        else:
            message = f"This stands on an earlier file already, valid until {day_in_words(last)}."
            made.faults.add(line.row, checked.heading("valid_until"), message)
    yield from _judged(new, had, person, checked, made)


def _judged(lines: Sequence[Line], had: Sequence[Had], person: Known, checked: Checked, made: Plan) -> Iterator[Step]:
    by_row = {line.row: line for line in lines}
    months = current_app.config["RENEWAL_MONTHS"]
    for one in judged(map(passed, lines), had, today=clock.today(), renewal_months=months):
        for reason in one.reasons:
            sentence = f"{reason.message} {reason.remedy}".strip()
            made.faults.add(one.passed.row, checked.heading(reason.field or ""), sentence)
        yield Step(by_row[one.passed.row], person.id, one.days)


def passed(line: Line) -> Passed:
    """Return a line as the rules see it."""
    of = line.taught
    return Passed(
        row=line.row,
        course=of.title,
        stage=of.stage,
        programme_id=of.programme_id,
        kind=of.kind,
        from_programme_id=of.from_programme_id,
        passed_on=line.passed_on,
        valid_months=of.valid_months,
        valid_until=line.valid_until,
    )


def _had(line: Line, last: date) -> Had:
    days = Span(first=line.passed_on, last=last)
    return Had(stage=line.taught.stage, programme_id=line.taught.programme_id, days=days)


def _is_called(person: Known, name: str) -> bool:
    return folded(person.name) == folded(name)
