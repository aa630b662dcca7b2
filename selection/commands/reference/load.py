"""Loads what is missing of the reference data; what is there, changed or not, stays as it is."""

from sqlalchemy import select

from selection.commands.reference.courses import new_fundamental_course, new_programme_course
from selection.commands.reference.programme import AIMS, CODE, FIRST_EDITION, new_programme
from selection.commands.reference.records import new_record_form
from selection.commands.reference.standard import NUMBER, TITLE, new_standard
from selection.core.db import db
from selection.models.courses import Course
from selection.models.programmes import Programme
from selection.models.record_forms import RecordForm
from selection.models.standards import Standard
from selection.programmes.actions import publish as publish_edition
from selection.rules.editions import total
from selection.rules.programmes import Stage
from selection.rules.records import RecordKind
from selection.rules.roles import Actor
from selection.standards.publishing.actions import publish_shipped
from selection.supervision.questions.actions import publish as publish_form
from selection.trail.record import record


def load(*, by: Actor) -> list[str]:
    """Add what is missing, and return a sentence for each thing that was added."""
    programme, added = _programme(by)
    return [*added, *_standard(by), *_courses(programme, by), *_record_forms(by)]


def _programme(by: Actor) -> tuple[Programme, list[str]]:
    programme = db.session.scalars(select(Programme).where(Programme.code == CODE)).one_or_none()
    if programme is not None:
        return programme, []
    programme = new_programme()
    db.session.add(programme)
    db.session.flush()
    record(
        "programme.created",
        by=by,
        subject_id=programme.id,
        after={"code": programme.code, "title": programme.title, "modules": list(AIMS)},
    )
    publish_edition(programme, FIRST_EDITION, aims=AIMS, why="", by=by)
    db.session.flush()
    db.session.refresh(programme, ["editions"])
    whole = total(FIRST_EDITION.modules)
    size = f"{len(AIMS)} modules, {whole.sessions} sessions, {float(whole.hours):g} hours"
    return programme, [f"Added the programme {programme.code}: {size}."]


def _standard(by: Actor) -> list[str]:
    query = select(Standard.id).where(Standard.title == TITLE, Standard.number == NUMBER)
    if db.session.scalars(query).one_or_none() is not None:
        return []
    standard = new_standard()
    db.session.add(standard)
    publish_shipped(standard, by=by)
    competencies = sum(len(each.competencies) for each in standard.exercises)
    size = f"{len(standard.exercises)} exercises, {competencies} competencies"
    return [f"Added and published the standard “{standard.title}”, version {standard.number}: {size}."]


def _record_forms(by: Actor) -> list[str]:
    held = set(db.session.scalars(select(RecordForm.kind)))
    added = []
    for kind in RecordKind:
        if kind not in held:
            form = new_record_form(kind)
            db.session.add(form)
            db.session.flush()
            publish_form(form, by=by)
            added.append(f"Added and published the form “{form.title}”, version 1: {len(form.questions)} questions.")
    return added


def _courses(programme: Programme, by: Actor) -> list[str]:
    held = {(course.stage, course.programme_id) for course in db.session.scalars(select(Course))}
    missing = []
    if (Stage.FUNDAMENTAL, None) not in held:
        missing.append(new_fundamental_course())
    if (Stage.PROGRAMME, programme.id) not in held:
        missing.append(new_programme_course(programme))
    db.session.add_all(missing)
    db.session.flush()
    for course in missing:
        after = {key: getattr(course, key) for key in ("title", "stage", "programme_id")}
        after |= {key: getattr(course.newest, key) for key in ("number", "days", "attendance_percent")}
        record("course.created", by=by, subject_id=course.id, after=after)
    return [f"Added the course “{course.title}”, {course.newest.days} days." for course in missing]
