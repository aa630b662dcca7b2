"""Pages of a draft's anchors, exercises and competencies."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.roles import Permission
from selection.rules.standards import ExerciseKind
from selection.standards.blueprint import bp
from selection.standards.drafts.changing import opened
from selection.standards.drafts.forms import GoForm
from selection.standards.editing import actions
from selection.standards.editing.actions import find_competency, find_exercise
from selection.standards.editing.forms import (
    AnchorsForm,
    CompetencyForm,
    ExerciseForm,
    MoveForm,
    NewExerciseForm,
    anchor_boxes,
    competency_boxes,
    exercise_boxes,
)
from selection.standards.guards import everywhere
from selection.web.gate import requires

WRITE = Permission.STANDARDS_WRITE
USUAL_MINUTES = 30
"""What a new exercise is offered with [local default]."""


@bp.route("/<int:standard_id>/anchors", methods=["GET", "POST"])
@requires(WRITE)
def anchors(standard_id: int) -> ResponseReturnValue:
    """Write what each point of a draft's scale means."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST")
    there = {each.point for each in draft.row.anchors}
    points = sorted(there | set(range(draft.row.scale_min, draft.row.scale_max + 1)))
    boxes = anchor_boxes(draft.row.anchors)
    form = AnchorsForm.for_points(points)(data={**boxes, "version": draft.row.version})
    if form.validate_on_submit():
        form.check_part(draft.row.version, boxes, what="The draft")
        actions.write_anchors(draft, form.written(points), by=by)
        return _saved(standard_id, "The anchors are saved.")
    off_scale = [point for point in points if not draft.row.scale_min <= point <= draft.row.scale_max]
    return render_template("standards/anchors.html", form=form, draft=draft, points=points, off_scale=off_scale)


@bp.route("/<int:standard_id>/exercises/new", methods=["GET", "POST"])
@requires(WRITE)
def new_exercise(standard_id: int) -> ResponseReturnValue:
    """Add an exercise that a draft does not have yet."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST", whole=True)
    form = NewExerciseForm(data={"version": draft.row.version, "minutes": USUAL_MINUTES})
    there = {each.kind for each in draft.row.exercises}
    form.offer(kind for kind in ExerciseKind if kind not in there)
    if form.validate_on_submit():
        form.check_part(draft.row.version, {}, what="The draft")
        try:
            actions.add_exercise(draft, ExerciseKind(form.kind.data), form.words(), by=by)
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            return _saved(standard_id, "The exercise is added. Say next what it looks for.")
    return render_template("standards/edit.html", form=form, draft=draft, heading="Add an exercise")


@bp.route("/<int:standard_id>/exercises/<int:exercise_id>", methods=["GET", "POST"])
@requires(WRITE)
def exercise(standard_id: int, exercise_id: int) -> ResponseReturnValue:
    """Change what the candidate is told, and how long an exercise takes."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST", whole=True)
    part = find_exercise(draft, exercise_id)
    form = ExerciseForm(data={**exercise_boxes(part), "version": draft.row.version})
    if form.validate_on_submit():
        form.check_part(draft.row.version, exercise_boxes(part), what="The draft")
        actions.change_exercise(draft, part, form.words(), by=by)
        return _saved(standard_id, f"{part.title} is saved.")
    return render_template("standards/edit.html", form=form, draft=draft, heading=part.title or "Exercise")


@bp.route("/<int:standard_id>/exercises/<int:exercise_id>/remove", methods=["GET", "POST"])
@requires(WRITE)
def remove_exercise(standard_id: int, exercise_id: int) -> ResponseReturnValue:
    """Ask whether an exercise shall be removed, and remove it."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST", whole=True)
    part = find_exercise(draft, exercise_id)
    form = GoForm(obj=draft.row)
    if form.validate_on_submit():
        form.check(draft.row, what="The draft")
        actions.remove_exercise(draft, part, by=by)
        return _saved(standard_id, f"{part.title} is removed.")
    warning = f"Its {len(part.competencies)} competencies and their indicators go with it."
    question = f"Remove {part.title} from the draft?"
    return render_template(
        "standards/sure.html", form=form, draft=draft, question=question, warning=warning, yes="Remove the exercise"
    )


@bp.post("/<int:standard_id>/exercises/<int:exercise_id>/move")
@requires(WRITE)
def move_exercise(standard_id: int, exercise_id: int) -> ResponseReturnValue:
    """Move an exercise one place up or down."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=True, whole=True)
    part = find_exercise(draft, exercise_id)
    form = MoveForm()
    form.check(draft.row, what="The draft")
    actions.move_exercise(draft, part, down=bool(form.down.data), by=by)
    return _saved(standard_id, f"{part.title} is moved.", f"exercise-{part.id}")


@bp.route("/<int:standard_id>/exercises/<int:exercise_id>/competencies/new", methods=["GET", "POST"])
@requires(WRITE)
def new_competency(standard_id: int, exercise_id: int) -> ResponseReturnValue:
    """Add a competency to an exercise of a draft."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST", whole=True)
    part = find_exercise(draft, exercise_id)
    form = CompetencyForm(data={"version": draft.row.version})
    if form.validate_on_submit():
        form.check_part(draft.row.version, {}, what="The draft")
        actions.add_competency(draft, part, form.words(), by=by)
        return _saved(standard_id, f"The competency is added to {part.title}.", f"exercise-{part.id}")
    heading = f"Add a competency to {part.title}"
    return render_template("standards/edit.html", form=form, draft=draft, heading=heading)


@bp.route("/<int:standard_id>/exercises/<int:exercise_id>/competencies/<int:competency_id>", methods=["GET", "POST"])
@requires(WRITE)
def competency(standard_id: int, exercise_id: int, competency_id: int) -> ResponseReturnValue:
    """Change a competency and its indicators."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST", whole=True)
    part = find_exercise(draft, exercise_id)
    sought = find_competency(part, competency_id)
    form = CompetencyForm(data={**competency_boxes(sought), "version": draft.row.version})
    if form.validate_on_submit():
        form.check_part(draft.row.version, competency_boxes(sought), what="The draft")
        actions.change_competency(draft, part, sought, form.words(), by=by)
        return _saved(standard_id, f"{sought.title} is saved.", f"competency-{sought.id}")
    return render_template("standards/edit.html", form=form, draft=draft, heading=sought.title or "Competency")


@bp.route(
    "/<int:standard_id>/exercises/<int:exercise_id>/competencies/<int:competency_id>/remove", methods=["GET", "POST"]
)
@requires(WRITE)
def remove_competency(standard_id: int, exercise_id: int, competency_id: int) -> ResponseReturnValue:
    """Ask whether a competency shall be removed, and remove it."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=request.method == "POST", whole=True)
    part = find_exercise(draft, exercise_id)
    sought = find_competency(part, competency_id)
    form = GoForm(obj=draft.row)
    if form.validate_on_submit():
        form.check(draft.row, what="The draft")
        actions.remove_competency(draft, part, sought, by=by)
        return _saved(standard_id, f"{sought.title} is removed.", f"exercise-{part.id}")
    question = f"Remove {sought.title} from {part.title}?"
    warning = f"Its {len(sought.indicators)} indicators go with it."
    return render_template(
        "standards/sure.html", form=form, draft=draft, question=question, warning=warning, yes="Remove the competency"
    )


@bp.post("/<int:standard_id>/exercises/<int:exercise_id>/competencies/<int:competency_id>/move")
@requires(WRITE)
def move_competency(standard_id: int, exercise_id: int, competency_id: int) -> ResponseReturnValue:
    """Move a competency one place up or down within its exercise."""
    by = everywhere(WRITE)
    draft = opened(standard_id, by=by, writing=True, whole=True)
    part = find_exercise(draft, exercise_id)
    sought = find_competency(part, competency_id)
    form = MoveForm()
    form.check(draft.row, what="The draft")
    actions.move_competency(draft, part, sought, down=bool(form.down.data), by=by)
    return _saved(standard_id, f"{sought.title} is moved.", f"competency-{sought.id}")


def _saved(standard_id: int, words: str, place: str | None = None) -> Response:
    db.session.commit()
    flash(words)
    return redirect(url_for(".show", standard_id=standard_id, _anchor=place))
