"""The verb on supervision: days of a group pass to a supervisor, whether they are the first, the next or take over."""

from datetime import date

from selection.authorisation import commitments, gather
from selection.core.errors import Refused
from selection.core.storing import refused_with
from selection.groups import loading
from selection.groups.supervision import telling
from selection.groups.supervision.chain import with_days_taken
from selection.groups.supervision.rewriting import rewrite
from selection.groups.today import has_begun
from selection.models.groups import Group
from selection.rules.assignment import GroupFacts
from selection.rules.eligibility import ActingRole, Person
from selection.rules.handover import (
    cut_by_rights,
    hands_over,
    reasons_against_deputising,
    reasons_against_taking_over,
)
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.staffing import reasons_against_span
from selection.rules.validity import Span
from selection.trail.record import record


def supervise(
    group: Group,
    supervisor_id: int,
    *,
    role: ActingRole,
    days: Span,
    reason: str,
    today: date,
    by: Actor,
    as_deputy: bool = False,
) -> None:
    """Name somebody as the group's supervisor on the days; assignments on those days go on under them.

    As deputy they stand in for whoever is named for the days already, who goes on afterwards. Who takes over and who
    hands over are told by letter. The group is one that `loading.to_change` returned; it is open once each of its days
    has a supervisor. Raises Refused with every reason against it.
    """
    group_id = group.id
    most = group.edition.supervisor_groups
    begun = today in days and has_begun(group_id, today)

    def judged(facts: GroupFacts) -> tuple[Person, tuple[Reason, ...]]:
        person = gather.person(supervisor_id)
        elsewhere = commitments.supervising([supervisor_id], days, besides=group_id)[supervisor_id]
        return person, (
            *reasons_against_taking_over(person, role, facts, days, today=today, begun=begun),
            *(reasons_against_deputising(facts, days) if as_deputy else ()),
            *reasons_against_span(person.name, elsewhere, days, most=most, reason=reason),
        )

    facts = loading.facts(group)
    person, reasons = judged(facts)
    if hands_over(facts, days) and not reason.strip():
        reasons += (Reason(code="reason.missing", message="Say why somebody else takes over.", field="reason"),)
    if reasons:
        raise Refused(*reasons)
    links = cut_by_rights(days, person.rights_as(role, group.programme_id))
    absent = next((link for link in group.supervisions if days.first in loading.days_of(link)), None)
    deputises_for_id = absent.supervisor_id if as_deputy and absent is not None else None
    handing_over = [link.supervisor for link in group.supervisions if loading.days_of(link).meets(days)]
    chain = with_days_taken(group, days, links, supervisor_id=supervisor_id, deputises_for_id=deputises_for_id)
    before = {"state": group.state, "supervised_to": group.supervised_to}
    with refused_with(lambda: judged(loading.facts(loading.to_change(group_id, by=by)))[1]):
        rewrite(group, chain, days=loading.days_of(group), reason=reason, by=by)
        if group.state != before["state"]:
            after = {"state": group.state, "supervised_to": group.supervised_to}
            record("group.opened", by=by, subject_id=group_id, before=before, after=after)
    telling.of_supervision(group, supervisor_id, handing_over, days=days, as_deputy=as_deputy, reason=reason)
