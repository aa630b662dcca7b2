"""Pages of the programmes and their editions."""

from hashlib import sha256
from itertools import pairwise

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import ChangedMeanwhile
from selection.prescribed.editions import terms_of
from selection.programmes import actions, queries
from selection.programmes.forms import edition_form
from selection.rules.editions import LOCAL, NAMES, Change, Terms, changes, reasons_against_edition
from selection.rules.roles import Permission
from selection.web.asked import number_in
from selection.web.gate import requires, signed_in

bp = Blueprint("programmes", __name__, url_prefix="/programmes")


@bp.get("/")
@requires(Permission.PROGRAMMES_READ)
def index() -> ResponseReturnValue:
    """List the programmes."""
    return render_template("programmes/index.html", programmes=queries.every())


@bp.get("/<int:programme_id>")
@requires(Permission.PROGRAMMES_READ)
def show(programme_id: int) -> ResponseReturnValue:
    """Show a programme as its newest edition has it: its modules, its routes and how its groups are staffed."""
    return _page(queries.one(programme_id))


@bp.get("/<int:programme_id>/editions/<int:number>")
@requires(Permission.PROGRAMMES_READ)
def edition(programme_id: int, number: int) -> ResponseReturnValue:
    """Show an edition, and what it says otherwise than another one (the one before it, unless said)."""
    return _page(queries.one(programme_id, number), beside=number_in(request.args, "beside") or number - 1)


def _page(shown: queries.Shown, *, beside: int | None = None) -> str:
    other = next((one for one in shown.programme.editions if one.number == beside), None)
    return render_template(
        "programmes/show.html",
        shown=shown,
        other=other,
        changes=changes(terms_of(other), shown.terms) if other else (),
        names=NAMES,
        local_numbers=LOCAL,
        may_write=_may_write(),
    )


@bp.get("/<int:programme_id>/editions")
@requires(Permission.PROGRAMMES_READ)
def editions(programme_id: int) -> ResponseReturnValue:
    """List the editions of a programme: when and why each was published, what it changed, how many groups it has."""
    programme, running = queries.history(programme_id)
    terms = [terms_of(one) for one in programme.editions]
    changed = [(), *(changes(before, after) for before, after in pairwise(terms))]
    return render_template(
        "programmes/editions.html",
        programme=programme,
        lines=list(zip(programme.editions, changed, strict=True))[::-1],
        running=running,
        may_write=_may_write(),
    )


@bp.route("/<int:programme_id>/editions/new", methods=["GET", "POST"])
@requires(Permission.PROGRAMMES_WRITE)
def new_edition(programme_id: int) -> ResponseReturnValue:
    """Make a new edition, after showing what it changes; groups that are there keep the one that they run under."""
    if not _may_write():
        abort(403)
    shown = queries.one(programme_id)
    form = edition_form(shown.terms, shown.edition.number)
    differs: tuple[Change, ...] = ()
    if form.validate_on_submit():
        if form.based_on.data != str(shown.edition.number):
            raise ChangedMeanwhile(what=f"The programme {shown.programme.code}", theirs={}, yours={})
        terms, why = form.terms(), form.reason.data
        aims = {form.new_title.data: form.new_aim.data}
        mark = _mark_of(terms, why, form.new_aim.data)
        if reasons := reasons_against_edition(terms, shown.terms, why):
            form.take(reasons)
            form.seen.data = ""
        elif form.seen.data == mark:
            made = actions.publish(shown.programme, terms, aims=aims, why=why, by=signed_in())
            db.session.commit()
            flash(f"Edition {made.number} of {shown.programme.code} is published. New groups are planned under it.")
            return redirect(url_for(".show", programme_id=programme_id))
        else:
            differs, form.seen.data = changes(shown.terms, terms), mark
    return render_template("programmes/edition_form.html", shown=shown, form=form, changes=differs)


def _mark_of(terms: Terms, *more: str) -> str:
    """Return a word that changes when what is entered does, so that nobody publishes what they have not seen."""
    return sha256(repr((_plain(terms), more)).encode()).hexdigest()[:16]


def _plain(terms: Terms) -> list[object]:
    """Return the terms with nothing in them whose order is left to chance."""
    modules = [(one.title, one.sessions, one.minutes, one.is_separate, sorted(one.routes)) for one in terms.modules]
    return [*(getattr(terms, key) for key in NAMES), modules]


def _may_write() -> bool:
    """A programme serves the whole service, so an edition takes somebody whose reach is the whole service."""
    return signed_in().reach(Permission.PROGRAMMES_WRITE).everywhere
