"""No step of the path can be skipped: at each, the page says who cannot and why, and offers nothing to press."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.authorisations import Authorisation, Certificate
from selection.models.centres import AssessorTraining
from selection.models.courses import Course
from selection.models.groups import Group
from selection.models.people import Staff
from selection.models.programmes import Programme
from selection.models.scoring import RatingForm
from selection.models.standards import Standard
from selection.models.training import Event
from selection.rules.eligibility import ActingRole
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.factories import centres, chain, groups, people, training
from tests.journeys import steps
from tests.journeys.steps import Service
from tests.journeys.visitor import Visitor
from tests.store import Store

NOT_SELECTED = "Cara Candidate has not passed selection at an assessment centre."
NO_FUNDAMENTAL = "Cara Candidate has not passed fundamental training."
NO_PROGRAMME = "Cara Candidate has not passed programme training."
RATE_IT = "Rate it with a whole number from 1 to 5, or record that there was no opportunity to see it."
Visitors = Callable[[], Visitor]


@pytest.fixture
def furnished(store: Store) -> Service:
    """Everybody of the path, and an assessor's training for Cara's line manager."""
    service, today = steps.furnish(store), clock.today()
    with store.session() as session:
        days = {"valid_from": today - timedelta(days=90), "valid_to": today + timedelta(days=90)}
        session.add(AssessorTraining(staff_id=service.boss.staff_id, note="", **days))
    return service


def test_no_place_for_an_assessor_with_a_conflict(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        on_a_centre(session, furnished)
    chair = steps.arrives(visitors, furnished.chair)
    chair.open("/centres/")
    chair.follow("North, spring")
    chair.follow("Assessors")
    steps.gives_places(chair, "Nora Nominator", "Ann Assessor")
    chair.sees("3 places were not given; 3 were")
    chair.sees("Nora Nominator, role play of Cara Candidate")
    chair.sees("Nora Nominator is Cara Candidate's line manager.")
    given = [form.assessor_id for form in store.all(select(RatingForm))]
    assert given == [furnished.ann.staff_id] * 3


def evidence(section: Locator) -> Locator:
    """Return where the evidence on a competency is written."""
    return section.locator('textarea[name^="evidence-"]')


def test_an_incomplete_form_cannot_be_sealed(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        on_a_centre(session, furnished, ExerciseKind.ROLE_PLAY)
    ann = steps.arrives(visitors, furnished.ann)
    ann.open("/centres/mine")
    ann.follow_part("Role play")
    first, second = ann.page.locator("section.app-rating__competency").all()[:2]
    evidence(first).fill("Asked how that was for him.")
    first.get_by_label("4: Point 4").check()
    second.get_by_label("2: Point 2").check()
    ann.press("Seal the form")

    assert ann.page.locator(".govuk-error-summary li").all_inner_texts() == [
        "“Directiveness and challenge” has no note of evidence. Write what the candidate said or did.",
        "“Response to feedback” is not rated; a blank does not count as the lowest point. " + RATE_IT,
        "“Response to feedback” has no note of evidence. Write what the candidate said or did.",
        "There is no judgement of the whole exercise. Choose clear no, borderline, competent or strong.",
    ]
    expect(evidence(first)).to_have_value("Asked how that was for him.")
    expect(first.get_by_label("4: Point 4")).to_be_checked()
    expect(second.get_by_label("2: Point 2")).to_be_checked()
    ann.page.locator(".govuk-error-summary a").first.click()
    expect(evidence(second)).to_be_focused()
    assert store.count(RatingForm, RatingForm.sealed_at.is_not(None)) == 0


def test_a_form_is_rated_and_sealed_by_keyboard_alone(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        on_a_centre(session, furnished, ExerciseKind.PRESENTATION)
    ann = steps.arrives(visitors, furnished.ann)
    ann.open("/centres/mine")
    ann.follow_part("Presentation")
    keyboard = ann.page.keyboard
    keys = {"mark": ["Space"], "rating": ["Space", "ArrowDown", "ArrowDown", "ArrowDown"], "judgement": ["Space"]}
    while not ann.page.locator("button[value=seal]:focus").count():
        keyboard.press("Tab")
        where = ann.page.evaluate("document.activeElement.name || document.activeElement.tagName")
        assert where != "BODY", "the keyboard went past the button"
        if where.startswith("evidence-"):
            keyboard.type("Began with a question.")
        for key in keys.get(where.partition("-")[0], ()):
            keyboard.press(key)
    with ann.page.expect_event("load"):
        keyboard.press("Enter")
    ann.look()
    ann.sees("Your form on Cara Candidate is sealed")
    assert store.count(RatingForm, RatingForm.sealed_at.is_not(None)) == 1
    ann.follow_part("Presentation")
    ann.sees("Began with a question.")


def test_fundamental_training_takes_a_selection(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        event = an_event(session, Stage.FUNDAMENTAL)
    lead = steps.arrives(visitors, furnished.lead)
    cannot_be_booked(lead, event, NOT_SELECTED)


def test_programme_training_takes_fundamental_training(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        first, second = an_event(session, Stage.FUNDAMENTAL), an_event(session, Stage.PROGRAMME)
        is_selected(session, furnished)
    lead = steps.arrives(visitors, furnished.lead)
    lead.open(f"/training/events/{first.id}/book")
    expect(lead.page.get_by_label("Book Cara Candidate")).to_be_visible()
    cannot_be_booked(lead, second, NO_FUNDAMENTAL)


def test_a_part_not_passed_is_no_certificate(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        event = an_event(session, Stage.FUNDAMENTAL)
        is_selected(session, furnished)
        training.booking(session, event, cara(session), present=[True])
    lead = steps.arrives(visitors, furnished.lead)
    lead.open(f"/training/events/{event.id}")
    lead.follow("Cara Candidate")
    for part, words in (("Understanding", "Passed"), ("Competencies", "Passed"), ("Abilities", "Not yet")):
        lead.tick(words, of=part)
    lead.press("Save the result")
    lead.sees("Not passed yet")
    lead.sees("What is open can be assessed again until")
    expect(lead.page.get_by_role("button", name="Certify")).to_have_count(0)
    lead.open(f"/training/events/{event.id}")
    expect(row_of("Cara Candidate", lead)).to_contain_text("Not passed yet")
    expect(lead.page.get_by_role("button", name="Certify")).to_have_count(0)
    held = store.all(select(Certificate.stage).where(Certificate.staff_id == furnished.cara.staff_id))
    assert held == [Stage.SELECTION]


def test_a_group_takes_nobody_who_is_untrained(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        of = a_group(session, under=tom_may_supervise(session, furnished))
    manager = steps.arrives(visitors, furnished.manager)
    manager.open(f"/groups/{of.id}/assign")
    looks_for(manager, "cara")
    cannot(manager, "Cara Candidate", NOT_SELECTED, NO_FUNDAMENTAL, NO_PROGRAMME)
    manager.sees("Nobody of that name or number can be assigned on each of these days.")


def test_nobody_works_under_themselves(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        dora, programme = people.staff(session, "Dora Design"), session.scalars(select(Programme)).one()
        last = clock.today() + timedelta(days=600)
        right = chain.authorised(session, dora, programme, ActingRole.DESIGNATED_SUPERVISOR, last=last)
        own = a_group(session, under=tom_may_supervise(session, furnished))
        other = a_group(session, under=right)
    manager = steps.arrives(visitors, furnished.manager)
    manager.open(f"/groups/{own.id}/assign")
    looks_for(manager, "tom")
    reason = "Tom Treatment supervises this group on some of these days, and nobody works under themselves."
    cannot(manager, "Tom Treatment", reason)
    manager.open(f"/groups/{other.id}/assign")
    looks_for(manager, "tom")
    expect(manager.page.get_by_role("button", name="Assign Tom Treatment")).to_be_visible()


def test_nobody_supervises_without_the_right(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        of = a_group(session)
    manager = steps.arrives(visitors, furnished.manager)
    manager.open(f"/groups/{of.id}/supervise")
    looks_for(manager, "cara")
    not_appointed = "Cara Candidate is not appointed as treatment manager on"
    cannot(manager, "Cara Candidate", NOT_SELECTED, NO_FUNDAMENTAL, NO_PROGRAMME, not_appointed)
    looks_for(manager, "tom")
    expect(manager.page.get_by_role("button", name="Choose Tom Treatment")).to_be_visible()


def test_a_group_without_a_supervisor_takes_nobody(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        of = a_group(session)
    manager = steps.arrives(visitors, furnished.manager)
    manager.open(f"/groups/{of.id}")
    manager.sees("Nobody is assigned, and nobody can be until the group is open.")
    expect(manager.page.get_by_role("button", name="Assign a facilitator")).to_have_count(0)
    manager.open(f"/groups/{of.id}/assign")
    manager.sees("Nobody can be assigned on these days")
    manager.sees("The group is planned, not open.")
    manager.sees("Nobody is named as supervisor from")
    expect(manager.page.locator("button[name=staff_id]")).to_have_count(0)
    manager.follow("Name a supervisor for each day first")
    assert manager.heading == f"Who supervises {of.reference}?"


def test_a_staff_member_reads_nobody_elses_record(furnished: Service, visitors: Visitors) -> None:
    visitor = steps.arrives(visitors, furnished.cara)
    visitor.open(f"/staff/{furnished.boss.staff_id}")
    visitor.sees("Your role does not carry this permission.")
    visitor.does_not_see("Nora Nominator")
    visitor.open("/staff/me")
    visitor.sees("Cara Candidate")


def test_a_record_of_another_area_is_not_there(furnished: Service, visitors: Visitors, store: Store) -> None:
    with store.session() as session:
        far = people.staff(session, "Sue South", in_area="South")
        login = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
    manager = steps.arrives(visitors, login)
    manager.open(f"/staff/{far.id}")
    manager.sees("what it led to lies outside your area")
    manager.does_not_see("Sue South")
    manager.open(f"/staff/{furnished.cara.staff_id}")
    manager.sees("Cara Candidate")


def cara(session: Session) -> Staff:
    """The candidate, as staff."""
    return session.scalars(select(Staff).where(Staff.name == "Cara Candidate")).one()


def on_a_centre(session: Session, of: Service, *seated: ExerciseKind) -> None:
    """Cara is put forward to a centre of today; of the exercises named, each is given to Ann and Ben."""
    standard = session.scalars(select(Standard)).one()
    centre = centres.centre(session, chair=of.chair, standard=standard, held_on=clock.today())
    for sitting in centres.candidacy(session, centre, cara(session)).sittings:
        if sitting.kind in seated:
            centres.seat(session, sitting, of.ann)
            centres.seat(session, sitting, of.ben)


def is_selected(session: Session, of: Service) -> None:
    """Cara was found competent in all three exercises a month ago."""
    standard = session.scalars(select(Standard)).one()
    training.selected(session, cara(session), standard, on=clock.today() - timedelta(days=30), by=of.chair)


def an_event(session: Session, stage: Stage) -> Event:
    """The course of the stage is run today."""
    course = session.scalars(select(Course).where(Course.stage == stage)).one()
    return training.event(session, course, first=clock.today(), days=1)


def tom_may_supervise(session: Session, of: Service) -> Authorisation:
    """The authorisation on which Tom supervises."""
    own = select(Authorisation).where(Authorisation.staff_id == of.tom.id)
    return session.scalars(own.where(Authorisation.role == ActingRole.TREATMENT_MANAGER)).one()


def a_group(session: Session, *, under: Authorisation | None = None) -> Group:
    """A group of a hundred days from today: open under the supervisor, or planned without one."""
    today, programme = clock.today(), session.scalars(select(Programme)).one()
    made = groups.group(session, programme, first=today, last=today + timedelta(days=100))
    if under:
        groups.supervise(session, made, under)
    return made


def row_of(name: str, visitor: Visitor) -> Locator:
    """The row of a table that is about somebody."""
    return visitor.page.get_by_role("row").filter(has=visitor.page.get_by_role("rowheader", name=name))


def cannot_be_booked(lead: Visitor, event: Event, reason: str) -> None:
    """Among those who may be booked Cara is not; among everybody she is, with the reason and without a box."""
    lead.open(f"/training/events/{event.id}")
    lead.follow("Book people")
    lead.does_not_see("Cara Candidate")
    lead.follow("show everybody")
    row = row_of("Cara Candidate", lead)
    expect(row).to_contain_text(reason)
    expect(row).to_contain_text("nothing is skipped")
    expect(row.get_by_role("checkbox")).to_have_count(0)


def looks_for(manager: Visitor, words: str) -> None:
    """Look for somebody among those who can and those who cannot."""
    manager.fill("Name or number", words)
    manager.press("Show")


def cannot(manager: Visitor, name: str, *reasons: str) -> None:
    """Somebody stands in the list of who cannot, with these reasons and no other, and without a button."""
    row = row_of(name, manager)
    expect(row).to_have_count(1)
    expect(row.locator(".app-reasons__item")).to_have_count(len(reasons))
    for reason in reasons:
        expect(row).to_contain_text(reason)
    expect(manager.page.locator("button[name=staff_id]")).to_have_count(0)
