"""An open group with a supervisor and a facilitator, for what is about withdrawals."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.authorisations import Authorisation
from selection.models.groups import Assignment, Group, Supervision
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Role
from tests.factories import chain, people, programmes

FIRST, LAST = date(2027, 2, 1), date(2027, 8, 31)


@dataclass
class Delivery:
    """A group that runs on the day of the tests, and everybody on it."""

    programme: Programme
    group: Group
    facilitator: Staff
    supervisor: Staff
    right: Authorisation
    supervising: Authorisation
    supervision: Supervision
    assignment: Assignment
    lead: Account


def delivery(session: Session, reference: str = "G1", *, in_area: str = "North") -> Delivery:
    """Return an open group from February to August 2027 with one supervisor and one facilitator throughout."""
    lead = people.account(session, Role.TRAINING_LEAD, Role.TREATMENT_MANAGER, Role.PROGRAMME_MANAGER)
    programme = programmes.programme(session, f"P-{reference}")
    facilitator = people.staff(session, f"Fay {reference}", in_area=in_area)
    supervisor = people.staff(session, f"Tom {reference}", in_area=in_area)
    right = chain.authorised(session, facilitator, programme, by=lead)
    supervising = chain.authorised(session, supervisor, programme, ActingRole.TREATMENT_MANAGER, by=lead)
    group = Group(
        reference=reference,
        programme_id=programme.id,
        edition_id=programme.newest.id,
        area_id=people.area(session, in_area).id,
        venue="Office",
        size=8,
        starts_on=FIRST,
        ends_on=LAST,
    )
    session.add(group)
    session.flush()
    supervision = Supervision(
        group_id=group.id,
        programme_id=programme.id,
        supervisor_id=supervisor.id,
        role=ActingRole.TREATMENT_MANAGER,
        starts_on=FIRST,
        ends_on=LAST,
        authorisation_id=supervising.id,
        authorisation_from=supervising.valid_from,
        authorisation_to=supervising.valid_to,
    )
    session.add(supervision)
    session.flush()
    group.state, group.supervised_from, group.supervised_to = "open", FIRST, LAST
    assignment = Assignment(
        group_id=group.id,
        programme_id=programme.id,
        facilitator_id=facilitator.id,
        kind="regular",
        starts_on=FIRST,
        ends_on=LAST,
        authorisation_id=right.id,
        authorisation_from=right.valid_from,
        authorisation_to=right.valid_to,
        supervision_id=supervision.id,
        supervisor_id=supervisor.id,
        supervision_from=FIRST,
        supervision_to=LAST,
        **chain.within_practice(session, right),
        made_at=clock.now(),
        made_by_id=lead.id,
    )
    session.add(assignment)
    session.flush()
    return Delivery(programme, group, facilitator, supervisor, right, supervising, supervision, assignment, lead)
