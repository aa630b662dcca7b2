"""Recording that a certificate was false."""

from sqlalchemy import func, or_, select

from selection.authorisation.plan import Plan
from selection.authorisation.withdraw import withdraw_certificate
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.authorisations import Authorisation, Certificate
from selection.models.groups import Assignment, Supervision
from selection.models.practice import DeliveredDay
from selection.models.stops import Breach, BreachSpell
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.trail.record import Entry, entry, record, record_many


def record_breach(certificate: Certificate, plan: Plan, *, what: str, by: Actor) -> Breach:
    """Record a certificate as false, with every spell that rested on it so far, and end in the same deed what is left.

    Days that are over keep who delivered on them; they are named as a breach. Raises Refused with every reason.
    """
    if reasons := _reasons_against(certificate, what, by):
        raise Refused(*reasons)
    breach = Breach(
        certificate_id=certificate.id,
        staff_id=certificate.staff_id,
        stage=certificate.stage,
        found_on=clock.today(),
        what=what.strip(),
        recorded_at=clock.now(),
        recorded_by_id=by.account_id,
    )
    breach.spells = [*_facilitated(certificate, plan), *_supervised(certificate, plan)]
    db.session.add(breach)
    db.session.flush()
    record(
        "breach.recorded",
        by=by,
        subject_id=breach.id,
        staff_id=breach.staff_id,
        after={"number": certificate.number, "spells": len(breach.spells)},
        reason=breach.what,
    )
    record_many([_on_group(breach, spell, by) for spell in breach.spells])
    if certificate.withdrawn_on is None or certificate.withdrawn_on > plan.from_day:
        withdraw_certificate(certificate, plan, reason=f"Found false: {breach.what}", by=by)
    return breach


def _on_group(breach: Breach, spell: BreachSpell, by: Actor) -> Entry:
    """Return the entry by which a group's history knows that somebody's days on it rested on a false certificate.

    It gives no reason: what was false about it stands on the person's record, for those who may read it.
    """
    after = {"kind": spell.did, "starts_on": spell.first_day, "ends_on": spell.last_day}
    return entry("breach.touched_group", by=by, subject_id=spell.group_id, staff_id=breach.staff_id, after=after)


def _reasons_against(certificate: Certificate, what: str, by: Actor) -> list[Reason]:
    reasons = []
    if not what.strip():
        reasons.append(Reason(code="reason.missing", message="Say what was false about it.", field="reason"))
    if by.staff_id == certificate.staff_id:
        reasons.append(Reason(code="breach.own", message="Nobody judges their own certificate.", remedy="Ask another."))
    found = db.session.scalar(select(Breach.found_on).where(Breach.certificate_id == certificate.id))
    if found is not None:
        reasons.append(Reason(code="breach.there", message="This certificate is recorded as false already."))
    return reasons


def _rights(certificate: Certificate):  # type: ignore[no-untyped-def] # noqa: ANN202
    leaning = (Authorisation.selection_id, Authorisation.fundamental_id, Authorisation.training_id)
    return select(Authorisation.id).where(or_(*(column == certificate.id for column in leaning)))


def _facilitated(certificate: Certificate, plan: Plan) -> list[BreachSpell]:
    delivered = (
        select(func.count(DeliveredDay.id))
        .where(DeliveredDay.assignment_id == Assignment.id, DeliveredDay.stands)
        .scalar_subquery()
    )
    query = select(Assignment.group_id, Assignment.starts_on, Assignment.ends_on, delivered)
    begun = query.where(
        Assignment.authorisation_id.in_(_rights(certificate)), Assignment.starts_on <= plan.last
    ).order_by(Assignment.starts_on, Assignment.id)
    return [
        BreachSpell(
            group_id=group, did="facilitated", first_day=first, last_day=min(end, plan.last), days_delivered=days
        )
        for group, first, end, days in db.session.execute(begun)
    ]


def _supervised(certificate: Certificate, plan: Plan) -> list[BreachSpell]:
    query = select(Supervision.group_id, Supervision.starts_on, Supervision.ends_on)
    begun = query.where(
        Supervision.authorisation_id.in_(_rights(certificate)), Supervision.starts_on <= plan.last
    ).order_by(Supervision.starts_on, Supervision.id)
    return [
        BreachSpell(group_id=group, did="supervised", first_day=first, last_day=min(end, plan.last))
        for group, first, end in db.session.execute(begun)
    ]
