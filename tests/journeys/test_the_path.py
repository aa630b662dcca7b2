"""One candidate from an assessment centre to a group, each step through its pages as the role whose step it is."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from selection.core import clock
from selection.models.authorisations import Authorisation, Certificate
from selection.models.groups import Assignment, Group
from tests.journeys import steps
from tests.journeys.steps import Service
from tests.journeys.visitor import Visitor
from tests.store import Store

EVIDENCE = "Said: tell me how that was for you."


@pytest.fixture
def furnished(store: Store) -> Service:
    return steps.furnish(store)


def test_a_candidate_comes_to_a_group(furnished: Service, visitors: Callable[[], Visitor], store: Store) -> None:
    chair = steps.arrives(visitors, furnished.chair)
    steps.opens_a_centre(chair)
    chair.follow("Give them to assessors")
    steps.gives_places(chair, "Ann Assessor", "Ben Assessor")
    chair.sees("6 places are given")

    ann, ben = steps.arrives(visitors, furnished.ann), steps.arrives(visitors, furnished.ben)
    for exercise in steps.EXERCISES:
        steps.rates(ann, exercise)
        steps.seals(ann)
    nobody_sees(chair, ben)
    for exercise in steps.EXERCISES:
        steps.rates(ben, exercise)
        steps.seals(ben)
    steps.washes_up_and_decides(chair)

    lead, second = steps.arrives(visitors, furnished.lead), steps.arrives(visitors, furnished.second)
    steps.trains(lead, second, "Fundamental skills")
    assert store.count(Authorisation, Authorisation.staff_id == furnished.cara.staff_id) == 0
    steps.trains(lead, second, "C-SOGP skills")

    manager = steps.arrives(visitors, furnished.manager)
    steps.opens_a_group(manager)
    steps.assigns(manager, "Cara Candidate")
    manager.sees("Cara Candidate")

    leans_on_three_certificates(store, furnished)
    cara = steps.arrives(visitors, furnished.cara)
    cara.open("/staff/me")
    cara.sees("N-1")
    auditor = steps.arrives(visitors, furnished.auditor)
    auditor.open(f"/staff/{furnished.cara.staff_id}")
    auditor.sees("Assigned to a group")
    auditor.follow("Audit trail")
    auditor.sees("Assigned to a group")
    auditor.follow("Seals: check that nobody tampered with it")
    auditor.press("Seal and check now")
    auditor.sees("entries are as they were sealed")


def nobody_sees(chair: Visitor, ben: Visitor) -> None:
    """Before the last form is sealed, neither the chair nor the other assessor sees what Ann wrote."""
    chair.follow("Assessment centres")
    chair.follow("North, this season")
    chair.follow("Wash-up")
    chair.sees("1 of 2 sealed")
    chair.does_not_see("4, ")
    chair.follow("Evidence of the role play of Cara Candidate")
    chair.does_not_see(EVIDENCE)
    ben.open("/centres/mine")
    ben.follow_part("Role play")
    ben.does_not_see(EVIDENCE)


def leans_on_three_certificates(store: Store, furnished: Service) -> None:
    """The assignment stands on an authorisation, and that on three certificates of Cara's own."""
    assignment = store.one(select(Assignment))
    right = store.one(select(Authorisation).where(Authorisation.id == assignment.authorisation_id))
    own = store.all(select(Certificate).where(Certificate.staff_id == furnished.cara.staff_id))
    assert {right.selection_id, right.fundamental_id, right.training_id} == {row.id for row in own}
    assert len(own) == 3
    assert (assignment.facilitator_id, assignment.supervisor_id) == (furnished.cara.staff_id, furnished.tom.id)
    group = store.one(select(Group))
    assert (group.state, group.supervised_from, group.supervised_to) == ("open", group.starts_on, group.ends_on)
    assert group.ends_on == clock.today() + timedelta(days=100)
