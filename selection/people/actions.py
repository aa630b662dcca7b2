"""What changes the register by hand: a person added or changed, an acquaintance declared."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Acquaintance, Staff, StaffWord
from selection.people import queries
from selection.people.entries import columns_of, on_trail, words_for
from selection.rules import register
from selection.rules.reasons import Reason
from selection.rules.register import Entry
from selection.rules.roles import Actor, Permission
from selection.trail.record import changed, record


def add(entry: Entry, *, by: Actor) -> Staff:
    """Add a person to the register, or raise Refused with every reason against it."""
    met = queries.met_by(entry)
    _refuse([*register.reasons_against_entry(entry), *_reasons_in_place(entry, met, None, by)])
    person = Staff(**_columns(entry, met))
    db.session.add(person)
    _flush()
    _find_by(person.id, words_for(entry))
    record("staff.created", by=by, subject_id=person.id, staff_id=person.id, after=on_trail(entry))
    return person


def change(person: Staff, entry: Entry, *, by: Actor) -> bool:
    """Change what the register holds of a person; return whether anything was different. Refused if it may not be."""
    was = queries.entry_of(person)
    before, after = changed(on_trail(was), on_trail(entry))
    if not after:
        return False
    met = queries.met_by(entry)
    reasons = [*register.reasons_against_entry(entry), *_reasons_in_place(entry, met, person, by)]
    _refuse([*reasons, *_reasons_against_leaving(person, entry)])
    for column, value in _columns(entry, met).items():
        setattr(person, column, value)
    _flush()
    words = words_for(entry)
    if words != words_for(was):
        db.session.execute(delete(StaffWord).where(StaffWord.staff_id == person.id))
        _find_by(person.id, words)
    record("staff.changed", by=by, subject_id=person.id, staff_id=person.id, before=before, after=after)
    return True


def declare_acquaintance(person: Staff, number: str, *, note: str, by: Actor) -> Staff:
    """Declare that a person and the one with the staff number know each other; return the other."""
    other = queries.by_number(number.strip(), by.reach(Permission.PEOPLE_READ))
    if other is None:
        raise Refused(_about("number", "unknown", f"Nobody of your areas has the number {number.strip()}."))
    if other.id == person.id:
        raise Refused(_about("number", "own", "This is the person's own number."))
    if queries.are_acquainted(person.id, other.id):
        raise Refused(_about("number", "declared", f"{person.name} and {other.name} are declared already."))
    kept = "".join(sign for sign in note.strip() if sign.isprintable() or sign == "\n")
    db.session.add(Acquaintance(staff_id=person.id, other_id=other.id, declared_on=clock.today(), note=kept))
    db.session.flush()
    for one, another in ((person, other), (other, person)):
        record(
            "acquaintance.declared",
            by=by,
            subject_id=one.id,
            staff_id=one.id,
            after={"other_id": another.id, "note": kept},
        )
    return other


def _refuse(reasons: Iterable[Reason]) -> None:
    if reasons := tuple(reasons):
        raise Refused(*reasons)


def _reasons_in_place(entry: Entry, met: queries.Met, person: Staff | None, by: Actor) -> Iterator[Reason]:
    """Yield what speaks against the entry beside the others that are there, for this actor."""
    own = person.id if person else None
    if met.number_of not in (None, own):
        yield register.number_taken()
    if met.email_of not in (None, own):
        yield register.email_taken()
    if entry.area_id is not None and not by.reach(Permission.PEOPLE_WRITE).takes_in(entry.area_id):
        yield register.outside_reach()
    if entry.line_manager and not _may_manage(met, person, by):
        yield register.manager_unknown(entry.line_manager)


def _may_manage(met: queries.Met, person: Staff | None, by: Actor) -> bool:
    if met.manager_id is None or met.manager_area is None:
        return False
    stays = person is not None and person.line_manager_id == met.manager_id
    return stays or by.reach(Permission.PEOPLE_READ).takes_in(met.manager_area)


def _reasons_against_leaving(person: Staff, entry: Entry) -> Iterator[Reason]:
    if entry.left_on is not None and entry.left_on != person.left_on:
        for group, until in queries.at_work_after([(person.id, entry.left_on)]).get(person.id, []):
            yield register.still_at_work(group, until)


def _columns(entry: Entry, met: queries.Met) -> Mapping[str, Any]:
    return columns_of(entry) | {"line_manager_id": met.manager_id if entry.line_manager else None}


def _find_by(staff_id: int, words: Iterable[str]) -> None:
    db.session.execute(insert(StaffWord), [{"word": word, "staff_id": staff_id} for word in sorted(words)])


def _flush() -> None:
    """Write what is new; if somebody else took the number or the address in the same moment, raise Refused."""
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        breach = str(error.orig)
        taken = [reason for word, reason in _TAKEN.items() if word in breach]
        if not taken:
            raise
        raise Refused(*taken) from error


_TAKEN = {
    "staff_number": register.number_taken(),
    "staff.number": register.number_taken(),
    "staff_email": register.email_taken(),
    "staff.email": register.email_taken(),
}


def _about(field: str, code: str, message: str) -> Reason:
    return Reason(code=f"acquaintance.{code}", field=field, message=message, remedy="Check the number.")
