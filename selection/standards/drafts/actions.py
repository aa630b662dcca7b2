"""What begins and ends a draft: an empty one, a copy of any version, another title, and away with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.standards import Anchor, Competency, Exercise, Indicator, Standard, StandardAuthor
from selection.prescribed.content import copy_of
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.standards import queries
from selection.standards.drafts.changing import Draft, add_author, was_changed
from selection.standards.drafts.starting import STARTING_VALUES
from selection.trail.record import record

TAKEN = Reason(
    code="standard.number_taken",
    field="title",
    message="Somebody else began a version of that title at the same moment.",
    remedy="Try again: it gets the next number.",
)
UNTITLED = Reason(code="standard.untitled", field="title", message="The standard has no title.", remedy="Enter one.")


def begin(title: str, *, by: Actor) -> Standard:
    """Return a new draft with the starting values and nothing else."""
    if not title:
        raise Refused(UNTITLED)
    draft = Standard(title=title, number=queries.next_number(title), **STARTING_VALUES)
    return store(draft, "standard.begun", by=by)


def begin_from(source: Standard, title: str, *, by: Actor) -> Standard:
    """Return a new draft that says what the source says; without a title of its own it is the next version."""
    title = title or source.title
    draft = copy_of(source, title=title, number=queries.next_number(title))
    published = source.state == "published"
    draft.based_on_id = source.id if published else source.based_on_id
    wrote = () if published else queries.authors(source.id)
    return store(draft, "standard.begun", by=by, also_by=wrote)


def store(
    draft: Standard, event: str, *, by: Actor, also_by: Iterable[int] = (), told: Mapping[str, Any] | None = None
) -> Standard:
    """Store a new draft, and who wrote it: this person, and those whose words came along."""
    draft.changed_at, draft.changed_by_id = clock.now(), by.account_id
    db.session.add(draft)
    try:
        db.session.flush()
    except IntegrityError as clash:
        db.session.rollback()
        raise Refused(TAKEN) from clash
    add_author(draft, by)
    for account_id in set(also_by) - {by.account_id}:
        db.session.add(StandardAuthor(standard_id=draft.id, account_id=account_id, since=clock.now()))
    after = {"title": draft.title, "number": draft.number, "based_on_id": draft.based_on_id, **(told or {})}
    record(event, by=by, subject_id=draft.id, after=after)
    return draft


def entitle(draft: Draft, title: str, *, by: Actor) -> None:
    """Give the draft another title, and with it the next number of that title."""
    if not title:
        raise Refused(UNTITLED)
    if title == draft.row.title:
        return
    number = queries.next_number(title)
    before, after = {"title": draft.row.title, "number": draft.row.number}, {"title": title, "number": number}
    draft.row.title, draft.row.number = title, number
    try:
        was_changed(draft, "title", before, after, by=by)
    except IntegrityError as clash:
        db.session.rollback()
        raise Refused(TAKEN) from clash


def remove(draft: Draft, *, by: Actor) -> None:
    """Delete the draft and all that hangs on it; the trail keeps that it was there."""
    row = draft.row
    exercises = select(Exercise.id).where(Exercise.standard_id == row.id)
    competencies = select(Competency.id).where(Competency.exercise_id.in_(exercises))
    for statement in (
        delete(Indicator).where(Indicator.competency_id.in_(competencies)),
        delete(Competency).where(Competency.exercise_id.in_(exercises)),
        delete(Exercise).where(Exercise.standard_id == row.id),
        delete(Anchor).where(Anchor.standard_id == row.id),
        delete(Standard).where(Standard.id == row.id),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.expunge(row)
    record("standard.deleted", by=by, subject_id=row.id, before={"title": row.title, "number": row.number})
