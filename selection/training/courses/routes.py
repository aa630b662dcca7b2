"""Pages of courses."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.courses import Course, CourseVersion
from selection.rules.roles import Permission
from selection.training.blueprint import bp
from selection.training.courses import actions, queries
from selection.training.courses.forms import CourseForm
from selection.web import choices
from selection.web.gate import requires, signed_in


@bp.get("/courses/")
@requires(Permission.TRAINING_READ)
def courses() -> ResponseReturnValue:
    """List the courses with their settings."""
    return render_template("training/courses.html", courses=queries.every())


@bp.route("/courses/new", methods=["GET", "POST"])
@requires(Permission.TRAINING_CERTIFY)
def new_course() -> ResponseReturnValue:
    """Make a course."""
    form = CourseForm()
    form.offer(choices.programmes(), queries.courses())
    del form.reason
    if form.validate_on_submit():
        try:
            course = actions.make(form.settings(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The course {course.title} is there. Its events can be opened now.")
            return redirect(url_for(".courses"))
    return render_template("training/course_form.html", form=form, course=None)


@bp.route("/courses/<int:course_id>", methods=["GET", "POST"])
@requires(Permission.TRAINING_CERTIFY)
def edit_course(course_id: int) -> ResponseReturnValue:
    """Change a course."""
    course = queries.one(course_id, writing=request.method == "POST")
    form = CourseForm()
    form.offer(choices.programmes(), [one for one in queries.courses() if one.id != course_id])
    if request.method == "GET":
        form.show(course)
    elif form.validate():
        form.check_against(course)
        try:
            version = actions.change(course, form.settings(), reason=form.reason.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(_saved(course, version))
            return redirect(url_for(".courses"))
    return render_template("training/course_form.html", form=form, course=course)


def _saved(course: Course, version: CourseVersion | None) -> str:
    if version is None:
        return f"The course {course.title} is saved; what it asks for is unchanged."
    return f"The course {course.title} is saved as version {version.number}. Events that are open keep theirs."
