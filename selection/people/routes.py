"""Pages that add a person, change one, and declare an acquaintance."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from selection.core.db import db
from selection.core.errors import ChangedMeanwhile, Refused
from selection.models.people import Staff
from selection.people import actions, queries
from selection.people.forms import AcquaintanceForm, PersonForm
from selection.rules.roles import Permission
from selection.web import choices
from selection.web.gate import requires, signed_in

bp = Blueprint("people", __name__, url_prefix="/staff")


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def add() -> ResponseReturnValue:
    """Add a person to the register."""
    form = PersonForm()
    if form.validate_on_submit():
        try:
            person = actions.add(form.entry(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{person.name} is on the register.")
            return redirect(url_for(".record", staff_id=person.id))
    form.offer(_areas())
    return render_template("people/add.html", form=form)


@bp.route("/<int:staff_id>/edit", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def edit(staff_id: int) -> ResponseReturnValue:
    """Change what the register holds of a person."""
    person = queries.person(staff_id, signed_in().reach(Permission.PEOPLE_WRITE))
    form = PersonForm(data=queries.fields_of(person))
    if form.validate_on_submit():
        _insist_on_what_was_seen(form, person)
        try:
            done = actions.change(person, form.entry(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The register has the new details of {person.name}." if done else "Nothing was different.")
            return redirect(url_for(".record", staff_id=staff_id))
    form.offer(_areas())
    return render_template("people/edit.html", form=form, person=person)


@bp.route("/<int:staff_id>/acquaintances", methods=["GET", "POST"])
@requires(Permission.PEOPLE_WRITE)
def acquaintance(staff_id: int) -> ResponseReturnValue:
    """Declare that a person knows another, so that neither assesses the other."""
    person = queries.person(staff_id, signed_in().reach(Permission.PEOPLE_WRITE))
    form = AcquaintanceForm()
    if form.validate_on_submit():
        try:
            other = actions.declare_acquaintance(person, form.number.data, note=form.note.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"{person.name} and {other.name} are declared acquaintances.")
            return redirect(url_for(".record", staff_id=staff_id))
    return render_template("people/acquaintance.html", form=form, person=person)


def _areas() -> dict[int, str]:
    return choices.areas_within(signed_in().reach(Permission.PEOPLE_WRITE))


def _insist_on_what_was_seen(form: PersonForm, person: Staff) -> None:
    """Raise ChangedMeanwhile if the person is no longer as the form showed them, unless it asks for what is so."""
    stored = queries.entry_of(person)
    if form.version.data == str(person.version) or form.entry() == stored:
        return
    areas = _areas() | {person.area_id: person.area.name}
    raise ChangedMeanwhile(
        what=f"The entry of {person.name}",
        theirs=form.in_words(stored, areas),
        yours=form.in_words(form.entry(), areas),
    )
