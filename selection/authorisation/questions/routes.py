"""The page that answers whether somebody may act, with the evidence or every reason."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import ImmutableMultiDict

from selection.authorisation.blueprint import bp
from selection.authorisation.explain import explain_with_evidence
from selection.authorisation.questions.asked import own_number, read
from selection.authorisation.questions.forms import QuestionForm
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.rules.eligibility import ACTING_ROLE_NAMES
from selection.rules.programmes import STAGE_NAMES
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web import choices
from selection.web.gate import requires, signed_in


@bp.get("/explain")
@requires(Permission.OWN_READ, leaves_trail=True)
def explain() -> ResponseReturnValue:
    """Answer whether a person may act on a programme on each of the days, and why; its address can be passed on."""
    form = QuestionForm(_boxes(), first=clock.today(), last=clock.today())
    programmes = choices.programmes()
    form.offer(one.code for one in programmes)
    asked, told = None, None
    if "first" not in request.args:
        form.person.data = request.args.get("person") or own_number(signed_in())
    elif form.validate():
        try:
            asked = read(form.words(), programmes, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            told = explain_with_evidence(asked.person.id, asked.question)
            record("staff.viewed", by=signed_in(), subject_id=asked.person.id, staff_id=asked.person.id)
    page = render_template(
        "authorisation/explain.html",
        form=form,
        asked=asked,
        told=told,
        roles=ACTING_ROLE_NAMES,
        stages=STAGE_NAMES,
        own=asked is not None and asked.person.id == signed_in().staff_id,
    )
    db.session.commit()
    return page


def _boxes() -> ImmutableMultiDict[str, str] | None:
    """Return what the address asks, a day written 2027-03-31 taken apart into its boxes; None if it asks nothing."""
    if "first" not in request.args:
        return None
    pairs = []
    for name, value in request.args.items(multi=True):
        parts = value.split("-")
        whole = name in {"first", "last"} and len(parts) == 3
        pairs += [(name, part) for part in (reversed(parts) if whole else [value])]
    return ImmutableMultiDict(pairs)
