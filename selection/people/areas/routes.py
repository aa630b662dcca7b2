"""Pages of the areas: the list, a new one, a change."""

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from selection.core.db import db
from selection.core.errors import ChangedMeanwhile, NotHere, Refused
from selection.models.people import Area
from selection.people.areas import actions
from selection.people.areas.forms import AreaForm
from selection.people.routes import bp
from selection.rules.roles import Permission
from selection.rules.sessions import NATION_NAMES, Nation
from selection.web.gate import requires, signed_in


@bp.get("/areas")
@requires(Permission.PEOPLE_WRITE)
def areas() -> ResponseReturnValue:
    """List the areas, by name."""
    _insist_on_everywhere()
    found = db.session.scalars(select(Area).order_by(Area.name)).all()
    return render_template("people/areas.html", areas=found, nations=NATION_NAMES)


@bp.route("/areas/new", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def add_area() -> ResponseReturnValue:
    """Add an area."""
    _insist_on_everywhere()
    form = AreaForm()
    if form.validate_on_submit():
        try:
            area = actions.add(form.name.data, Nation(form.nation.data), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The area {area.name} is there.")
            return redirect(url_for(".areas"))
    return render_template("people/area.html", form=form, area=None)


@bp.route("/areas/<int:area_id>", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def change_area(area_id: int) -> ResponseReturnValue:
    """Give an area another name or nation."""
    _insist_on_everywhere()
    area = db.session.get(Area, area_id)
    if area is None:
        raise NotHere
    now = f"{area.nation} {area.name}"
    form = AreaForm(name=area.name, nation=area.nation, seen=now)
    if form.validate_on_submit():
        if form.seen.data != now:
            theirs = {"name": area.name, "nation": NATION_NAMES[Nation(area.nation)]}
            yours = {"name": form.name.data, "nation": NATION_NAMES[Nation(form.nation.data)]}
            raise ChangedMeanwhile(what="The area", theirs=theirs, yours=yours)
        try:
            actions.change(area, form.name.data, Nation(form.nation.data), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The area {area.name} is saved.")
            return redirect(url_for(".areas"))
    return render_template("people/area.html", form=form, area=area)


def _insist_on_everywhere() -> None:
    """An area is of the whole service, so it takes somebody whose reach is the whole service."""
    if not signed_in().reach(Permission.PEOPLE_WRITE).everywhere:
        abort(403)
