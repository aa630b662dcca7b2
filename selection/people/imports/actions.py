"""The import as one deed, the same from the page and from the command: all of a file or nothing."""

from pathlib import PurePath

from selection.core.db import db
from selection.core.errors import Refused
from selection.people.imports.checking import Checked, checked
from selection.people.imports.facts import areas_by_name
from selection.people.imports.plan import Plan, plan
from selection.people.imports.storing import store
from selection.rules.names import kept
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.spreadsheets.reading import read
from selection.trail.record import record

PLAN_CHANGED = Reason(
    code="import.plan_changed",
    message="The register has changed since you saw what the import would do.",
    remedy="Read it once more, then confirm.",
)
FAULTY = Reason(code="import.faulty", message="The file has faults.", remedy="Put them right, then import it again.")


def check(content: bytes, *, by: Actor) -> tuple[Checked, str]:
    """Return what is in a file and what is wrong with it as such, and in words how it was read.

    Raises Unreadable if the file as a whole cannot be taken.
    """
    areas = areas_by_name(by.reach(Permission.PEOPLE_IMPORT))
    db.session.rollback()  # nothing was changed; a long file takes a while to read, and others may write meanwhile
    source = read(content)
    return checked(source.rows, areas), source.read_as


def import_staff(done: Checked, *, file: str, by: Actor, seen: str | None = None) -> Plan:
    """Bring the register to what the checked file says, all of it or nothing; return what was done.

    `seen` is the mark of the plan that was on screen: another plan is refused. The same file twice changes nothing.
    """
    made = plan(done, by=by, lock=True)
    if done.faults or made.faults:
        raise Refused(FAULTY)
    if seen is not None and seen != made.mark():
        raise Refused(PLAN_CHANGED)
    store(made, by=by)
    record(
        "staff.imported",
        by=by,
        subject_id=None,
        after={
            "file": kept(PurePath(file).name)[:200],
            "rows": made.rows,
            "created": len(made.created),
            "changed": len(made.changed),
            "unchanged": made.unchanged,
        },
    )
    return made
