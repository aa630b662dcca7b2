"""The page on which a set of certificates is extended: who is concerned is shown before anything is."""

from datetime import timedelta

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import true

from selection.authorisation.extend import Extension, chosen, extend, facts
from selection.authorisation.find import meant
from selection.core import clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.rules.extension import reasons_against_extension
from selection.rules.roles import Permission
from selection.rules.words import day_in_words
from selection.training.blueprint import bp
from selection.training.extensions import queries
from selection.training.extensions.forms import MOST_AT_ONCE, ExtendForm
from selection.web.gate import requires, signed_in

USUAL_DAYS = 90
"""How far ahead the list looks unless another day is asked for [local default]."""


@bp.route("/certificates/extend", methods=["GET", "POST"])
@requires(Permission.TRAINING_CERTIFY)
def extend_certificates() -> ResponseReturnValue:
    """List what ends soon, tick what is extended, and extend it all together with the reason."""
    form = ExtendForm()
    if form.validate_on_submit():
        try:
            number = _extend(form)
        except Refused as refusal:
            db.session.rollback()
            form.take(refusal.reasons)
        else:
            db.session.commit()
            certificates = "1 certificate is" if number == 1 else f"{number} certificates are"
            flash(f"{certificates} valid until {day_in_words(form.until.entered)}.")
            return redirect(url_for(".extend_certificates"))
    today = clock.today()
    days = min(max(request.args.get("days", USUAL_DAYS, type=int), 1), 730)
    listed = queries.ending(today, today + timedelta(days=days), by=signed_in())
    own = {
        one.id: reasons_against_extension(
            facts(one), until=one.valid_to + timedelta(days=1), approver_id=signed_in().staff_id, today=today
        )
        for one in listed
    }
    return render_template(
        "training/extend.html",
        form=form,
        listed=listed,
        against=own,
        ticked=set(form.certificates.data or ()),
        days=days,
        most=MOST_AT_ONCE,
        most_months=current_app.config["EXTENSION_MONTHS"],
    )


def _extend(form: ExtendForm) -> int:
    """Extend what was ticked; raises NotHere if one of them is out of reach, and Refused with every reason."""
    wanted = set(form.certificates.data)
    certificates = chosen(sorted(wanted), by=signed_in())
    if len(certificates) != len(wanted):
        raise NotHere
    asked = meant(form.requested_by.data, true(), field="requested_by")
    extension = Extension(until=form.until.entered, reason=form.reason.data, requested_by_id=asked.id)
    extend(certificates, extension, by=signed_in())
    return len(certificates)
