"""Pages of the versions: all of them, one whole, two side by side."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from selection.prescribed.content import content_hash
from selection.prescribed.facts import facts_of
from selection.prescribed.labels import in_words
from selection.prescribed.lines import lines_of
from selection.rules.roles import Permission
from selection.rules.standards import ExerciseKind, in_points
from selection.rules.versions import Change, differences, size
from selection.standards import queries
from selection.standards.blueprint import bp
from selection.standards.publishing.actions import problems
from selection.standards.versions.forms import CompareForm
from selection.web.gate import requires, signed_in


@bp.get("/")
@requires(Permission.STANDARDS_READ)
def index() -> ResponseReturnValue:
    """List every version of every standard."""
    return render_template("standards/index.html", standards=queries.every(), writes=_writes())


@bp.get("/<int:standard_id>")
@requires(Permission.STANDARDS_READ)
def show(standard_id: int) -> ResponseReturnValue:
    """Show one version whole; to those who may change a draft with the ways to do so."""
    standard = queries.one(standard_id)
    history = queries.history(standard)
    kinds = {each.kind for each in standard.exercises}
    return render_template(
        "standards/show.html",
        standard=standard,
        facts=facts_of(standard),
        hash=standard.content_hash or content_hash(standard),
        history=history,
        problems=0 if standard.state == "published" else len(problems(standard)),
        writes=_writes(),
        edits=_writes() and standard.state == "draft" and not history.is_proposed,
        missing=[kind for kind in ExerciseKind if kind not in kinds],
        in_words=in_words,
        in_points=in_points,
    )


@bp.get("/<int:standard_id>/compare")
@requires(Permission.STANDARDS_READ)
def compare(standard_id: int) -> ResponseReturnValue:
    """Show two versions side by side: what was added, removed, changed and moved."""
    form = CompareForm(request.args, meta={"csrf": False})
    form.offer(queries.every(), standard_id)
    chosen = form.chosen()
    standard, other = queries.beside(standard_id, chosen)
    if other is None:
        return render_template("standards/compare.html", form=form, standard=standard, other=None)
    before, after = lines_of(other), lines_of(standard)
    found = differences(before, after)
    return render_template(
        "standards/compare.html",
        form=form,
        standard=standard,
        other=other,
        differences=found,
        counts={change: sum(each.change is change for each in found) for change in Change},
        same=max(0, size(after) - sum(each.change is not Change.REMOVED for each in found)),
    )


def _writes() -> bool:
    return signed_in().reach(Permission.STANDARDS_WRITE).everywhere
