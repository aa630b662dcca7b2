"""A plan carried out in chunks: people created and changed, the words they are found by, and the trail of each."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy.exc import IntegrityError

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Staff, StaffWord
from selection.people.entries import columns_of, on_trail, words_for
from selection.people.imports.facts import chunks
from selection.people.imports.plan import Change, Plan
from selection.rules.reasons import Reason
from selection.rules.register import Entry
from selection.rules.roles import Actor
from selection.trail.record import changed, entry, record_many

CHANGED_MEANWHILE = Reason(
    code="import.changed_meanwhile",
    message="Somebody changed the register in the same moment. Nothing was stored.",
    remedy="Import the file again.",
)


def store(plan: Plan, *, by: Actor) -> None:
    """Do what the plan says; raises Refused, with everything undone, if the register changed in the same moment."""
    try:
        _let_go(plan)
        for changes in chunks(plan.changed):
            _change(changes, by)
        ids = {change.entry.number: change.stored.id for change in plan.changed} | plan.managers
        for entries in chunks(plan.created):
            ids |= _create(entries, by)
        _manage(plan, ids)
    except IntegrityError as error:
        db.session.rollback()
        raise Refused(CHANGED_MEANWHILE) from error


def _let_go(plan: Plan) -> None:
    """Free the addresses that pass from one person of the file to another."""
    for changes in chunks([change for change in plan.changed if change.stored.entry.email in plan.claimed]):
        values = [{"key": one.stored.id, "email": f"{one.stored.id}@passing.invalid"} for one in changes]
        db.session.connection().execute(
            update(Staff).where(Staff.id == bindparam("key")).values(email=bindparam("email")), values
        )


def _change(changes: Sequence[Change], by: Actor) -> None:
    values, entries = [], []
    for one in changes:
        columns = {f"new_{name}": value for name, value in columns_of(one.entry).items()}
        values.append({"key": one.stored.id, "seen": one.stored.version, "next": one.stored.version + 1} | columns)
        before, after = changed(on_trail(one.stored.entry), on_trail(one.entry))
        key = one.stored.id
        entries.append(entry("staff.changed", by=by, subject_id=key, staff_id=key, before=before, after=after))
    set_to: dict[str, Any] = {
        name.removeprefix("new_"): bindparam(name) for name in values[0] if name.startswith("new_")
    }
    statement = (
        update(Staff)
        .where(Staff.id == bindparam("key"), Staff.version == bindparam("seen"))
        .values(version=bindparam("next"), **set_to)
    )
    if db.session.connection().execute(statement, values).rowcount != len(changes):
        db.session.rollback()
        raise Refused(CHANGED_MEANWHILE)
    renamed = [one for one in changes if words_for(one.entry) != words_for(one.stored.entry)]
    if renamed:
        db.session.execute(delete(StaffWord).where(StaffWord.staff_id.in_([one.stored.id for one in renamed])))
        _find((one.stored.id, one.entry) for one in renamed)
    record_many(entries)


def _create(entries: Sequence[Entry], by: Actor) -> dict[str, int]:
    """Create the people of a chunk, without their line managers; return their ids by number."""
    rows = [columns_of(one) | {"version": 1} for one in entries]
    made = db.session.connection().execute(insert(Staff).returning(Staff.number, Staff.id), rows)
    ids = {number: key for number, key in made}  # noqa: C416 - rows are no pairs to a type checker
    keyed = [(ids[one.number], one) for one in entries]
    _find(keyed)
    record_many(
        [entry("staff.created", by=by, subject_id=key, staff_id=key, after=on_trail(one)) for key, one in keyed]
    )
    return ids


def _find(people: Iterable[tuple[int, Entry]]) -> None:
    words: list[dict[str, Any]] = [
        {"staff_id": key, "word": word} for key, entry in people for word in sorted(words_for(entry))
    ]
    db.session.connection().execute(insert(StaffWord), words)


def _manage(plan: Plan, ids: dict[str, int]) -> None:
    """Name the line managers, now that everybody is there."""
    managed = [(ids[entry.number], entry.line_manager) for entry in plan.created if entry.line_manager]
    managed += [
        (one.stored.id, one.entry.line_manager)
        for one in plan.changed
        if one.entry.line_manager != one.stored.entry.line_manager
    ]
    statement = update(Staff).where(Staff.id == bindparam("key")).values(line_manager_id=bindparam("manager"))
    for chunk in chunks(managed):
        values = [{"key": key, "manager": ids[number] if number else None} for key, number in chunk]
        db.session.connection().execute(statement, values)
