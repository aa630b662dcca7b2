"""The steps of the path as people take them: each function is one person at work, from the menu on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from selection.core import clock
from selection.models.people import Account, Staff
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Role
from tests.factories import centres, chain, people, programmes, standards, training
from tests.journeys.visitor import Visitor
from tests.store import Store

EXERCISES = ("Role play", "Presentation", "Formal interview")


@dataclass
class Service:
    """Who takes part; a login signs in with the factories' password."""

    chair: Account
    ann: Account
    ben: Account
    lead: Account
    second: Account
    manager: Account
    auditor: Account
    cara: Account
    boss: Account
    tom: Staff


def furnish(store: Store) -> Service:
    """Put in a service with everybody but a facilitator: a standard, a programme, its courses, and who runs them."""
    with store.session() as session:
        standards.standard(session)
        programme = programmes.programme(session)
        training.course(session, title="Fundamental skills", days=1)
        training.course(session, programme, title="C-SOGP skills", days=1)

        def login(name: str, *roles: Role, **given: Any) -> Account:
            return people.account(session, *roles, of=people.staff(session, name, **given))

        boss = login("Nora Nominator", Role.ASSESSOR)
        current = {"first": clock.today() - timedelta(days=90), "last": clock.today() + timedelta(days=90)}
        tom = people.staff(session, "Tom Treatment")
        service = Service(
            chair=login("Chris Chair", Role.COORDINATOR),
            ann=centres.assessor(session, "Ann Assessor", **current),
            ben=centres.assessor(session, "Ben Assessor", **current),
            lead=login("Lena Lead", Role.TRAINING_LEAD),
            second=login("Sam Second", Role.TRAINING_LEAD),
            manager=login("Mo Manager", Role.PROGRAMME_MANAGER),
            auditor=login("Ada Auditor", Role.AUDITOR),
            cara=login("Cara Candidate", Role.STAFF_MEMBER, line_manager_id=boss.staff_id),
            boss=boss,
            tom=tom,
        )
        days = {"first": clock.today() - timedelta(days=400), "last": clock.today() + timedelta(days=600)}
        for role in (ActingRole.TREATMENT_MANAGER, ActingRole.FACILITATOR):
            chain.authorised(session, tom, programme, role, by=service.lead, **days)
        return service


def arrives(visitors: Callable[[], Visitor], login: Account) -> Visitor:
    """Return somebody who has signed in, in a browser of their own."""
    visitor = visitors()
    visitor.sign_in(login.email, people.PASSWORD)
    return visitor


def opens_a_centre(chair: Visitor) -> None:
    """The coordinator opens a centre today and puts Cara forward."""
    chair.follow("Assessment centres")
    chair.follow("Open a centre")
    chair.fill("Title", "North, this season")
    chair.fill("Venue", "Court Street")
    chair.fill("Day", clock.today())
    chair.press("Save")
    chair.sees("North, this season is open")
    chair.follow("Put a candidate forward")
    chair.fill("Name or staff number", "cara")
    chair.press("Search")
    chair.page.get_by_role("radio", name="Cara Candidate").check()
    chair.press("Put forward")
    chair.sees("Cara Candidate is put forward")


def gives_places(chair: Visitor, first: str, second: str) -> None:
    """The coordinator gives every place to two assessors."""
    for label, name in (("Assessor", first), ("Second assessor", second)):
        choice = chair.page.get_by_label(label, exact=True)
        choice.select_option(value=choice.locator("option", has_text=name).get_attribute("value"))
    chair.press("Give them these places")


def rates(assessor: Visitor, exercise: str, points: int = 4) -> None:
    """An assessor opens a form that waits for them and rates every competency of it, not yet sealing."""
    assessor.open("/centres/mine")
    assessor.follow_part(exercise)
    page = assessor.page
    for section in page.locator("section.app-rating__competency").all():
        radio = section.locator(f'input[name^="rating-"][value="{points}"]')
        if radio.count() == 0:
            continue
        section.locator('input[name^="mark-"][value="seen"]').first.check()
        section.locator('textarea[name^="evidence-"]').fill("Said: tell me how that was for you.")
        radio.check()
    page.locator('input[name="judgement"][value="competent"]').check()


def seals(assessor: Visitor) -> None:
    """The assessor seals the form that is open."""
    assessor.press("Seal the form")
    assessor.sees("is sealed")


def washes_up_and_decides(chair: Visitor) -> None:
    """The chair computes every outcome and signs what follows."""
    for exercise in EXERCISES:
        chair.follow("Assessment centres")
        chair.follow("North, this season")
        chair.follow("Wash-up")
        chair.sees("4, 4")
        chair.follow(f"Evidence of the {exercise.lower()} of Cara Candidate")
        chair.press("Compute the outcome")
        chair.sees(f"The outcome of the {exercise.lower()} is competent")
    chair.follow("Go to the decision on Cara Candidate")
    chair.sees("What follows: Selected")
    chair.press("Sign the decision")
    chair.sees("is signed: selected")


def trains(lead: Visitor, second: Visitor, course: str) -> None:
    """A training lead runs the course in one day, from the booking to the result; another certifies."""
    today = clock.today()
    lead.follow("Training")
    lead.follow("Courses")
    lead.follow(f"Open an event of {course}")
    lead.fill("Or name the days one by one", f"{today.day} {today.month} {today.year}")
    lead.fill("Venue", "Training centre")
    lead.fill("Places", "10")
    lead.press("Save the event")
    lead.follow("Book people")
    lead.tick("Book Cara Candidate")
    lead.press("Book those ticked")
    lead.sees("1 person is booked")
    lead.follow("Take the roll")
    lead.page.locator("input[name=present]").check()
    lead.press("Save the roll")
    lead.follow("Cara Candidate")
    for part in ("Understanding", "Competencies", "Abilities"):
        lead.tick("Passed", of=part)
    lead.press("Save the result")
    lead.sees("another training lead certifies it")
    second.open(lead.page.url.removeprefix(lead.address))
    second.press("Certify Cara Candidate")
    second.sees("1 certificate is issued")


def opens_a_group(manager: Visitor) -> None:
    """The programme manager plans a group of a hundred days and names Tom, which opens it."""
    manager.follow("Groups")
    manager.follow("Plan a group")
    manager.fill("Reference", "N-1")
    manager.fill("Venue", "Court Street")
    manager.fill("Members", "8")
    manager.fill("First day", clock.today())
    manager.fill("Last day", clock.today() + timedelta(days=100))
    manager.press("Plan the group")
    manager.sees("Nobody is named")
    manager.press("Choose Tom Treatment")


def assigns(manager: Visitor, name: str) -> None:
    """The programme manager assigns somebody to the group for all of its days."""
    manager.open("/groups/")
    manager.follow("N-1")
    manager.follow("Assign a facilitator")
    manager.press(f"Assign {name}")
    manager.sees(f"{name} is assigned")
