"""From sealed ratings to the end: deadlock, borderline, feedback, appeal, and a re-sit that selects."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.centres import Decision
from selection.models.people import Account, Staff
from selection.models.standards import Standard
from selection.rules.calendar import add_months
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.factories import centres, people
from tests.journeys import steps
from tests.journeys.steps import Service
from tests.journeys.visitor import Visitor
from tests.store import Store

Visitors = Callable[[], Visitor]
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
SOLID = centres.SOLID[INTERVIEW]


@pytest.fixture
def furnished(store: Store) -> Service:
    return steps.furnish(store)


def test_from_a_deadlock_to_the_feedback(furnished: Service, visitors: Visitors, store: Store) -> None:
    today = clock.today()
    current = {"first": today - timedelta(days=90), "last": today + timedelta(days=90)}
    with store.session() as session:
        standard = session.scalars(select(Standard)).one()
        centre = centres.centre(session, chair=furnished.chair, standard=standard, held_on=today)
        cara = centres.candidacy(session, centre, people_of(session, furnished.cara))
        points: dict[ExerciseKind, tuple[list[int | None], ...]] = {
            ROLE_PLAY: ([2, 3, 4], [4, 3, 4]),
            PRESENTATION: ([2, 2, 5], [2, 2, 5]),
            INTERVIEW: (SOLID, SOLID),
        }
        for sitting in cara.sittings:
            for login, given in zip((furnished.ann, furnished.ben), points[ExerciseKind(sitting.kind)], strict=True):
                centres.rate(session, centres.seat(session, sitting, login), given)
        dev = centres.assessor(session, "Dev Third", **current)
        sue = centres.assessor(session, "Sue Second", **current)
    chair = steps.arrives(visitors, furnished.chair)
    chair.follow("Assessment centres")
    chair.follow("North, spring")
    chair.follow("Wash-up")
    chair.sees("The assessors gave 2 and 4, on different sides of the standard.")
    a_third_breaks_the_deadlock(chair, visitors, dev)
    two_review_the_borderline(chair, visitors, sue)
    chair.follow("Go to the decision on Cara Candidate")
    chair.sees("What follows: Selected")
    chair.press("Sign the decision")
    chair.follow("Show the feedback")
    chair.fill("A word to the candidate", "You listened well.")
    chair.press("Release the feedback")
    chair.sees("can read the feedback now")
    chair.open(f"/centres/{centre.id}/report")
    chair.sees("Selected: 1")

    reader = steps.arrives(visitors, furnished.cara)
    reader.follow("Read your feedback")
    reader.sees("You listened well.")
    reader.sees("Named the feeling and waited.")
    reader.does_not_see("Ann Assessor")
    with reader.page.expect_download() as saved:
        reader.page.get_by_role("link", name="Save as a document (PDF)").click()
    assert saved.value.suggested_filename == "feedback.pdf"


def a_third_breaks_the_deadlock(chair: Visitor, visitors: Visitors, dev: Account) -> None:
    """The two do not agree on empathy; a third rates alone, and the median counts."""
    chair.follow("Evidence of the role play of Cara Candidate")
    chair.follow("Call in a third assessor")
    choice = chair.page.get_by_label("Third assessor", exact=True)
    choice.select_option(value=choice.locator("option", has_text="Dev Third").get_attribute("value"))
    chair.fill("Why is a third assessor called in?", "We do not agree on the last scene.")
    chair.press("Call in the third assessor")
    chair.sees("Dev Third is called in as third assessor and has not sealed yet.")
    third = steps.arrives(visitors, dev)
    steps.rates(third, "Cara Candidate", points=3)
    steps.seals(third)
    chair.page.reload()
    chair.look()
    chair.follow("Record what was agreed on empathy and warmth")
    chair.tick("Deadlock: the median with the third assessor counts")
    chair.fill("Reason", "We could not agree.")
    chair.fill("Evidence", "The last scene.")
    chair.press("Record what was agreed")
    chair.sees("With the third assessor, 2, 3 and 4; the median is 3.")
    chair.press("Compute the outcome")
    chair.sees("The outcome of the role play is competent")


def two_review_the_borderline(chair: Visitor, visitors: Visitors, sue: Account) -> None:
    """The presentation is borderline; until both say the same, the others are closed to the chair."""
    for exercise in ("formal interview", "presentation"):
        chair.follow("Wash-up")
        chair.follow(f"Evidence of the {exercise} of Cara Candidate")
        chair.press("Compute the outcome")
    chair.sees("The outcome of the presentation is borderline")
    chair.follow("Review the borderline")
    choice = chair.page.get_by_label("Who reviews it with you?", exact=True)
    choice.select_option(value=choice.locator("option", has_text="Sue Second").get_attribute("value"))
    chair.press("Ask them")
    gives_view(chair, "Competent", "It came late, but it came.")
    chair.follow("Wash-up")
    chair.sees("Closed to you while a borderline is under review")
    second = steps.arrives(visitors, sue)
    second.follow("Give your view on a borderline")
    gives_view(second, "Not yet competent", "Too late.")
    second.sees("You do not say the same yet")
    gives_view(second, "Competent", "The last slide shows it.")
    second.sees("The borderline is resolved: competent.")
    chair.follow("Evidence of the presentation of Cara Candidate")
    chair.sees("Resolved by the chair and an assessor who did not sit it.")


def gives_view(reviewer: Visitor, view: str, reason: str) -> None:
    reviewer.tick(view)
    reviewer.fill("Reason", reason)
    reviewer.press("Give this view")


def test_an_appeal_is_heard_and_a_re_sit_selects(furnished: Service, visitors: Visitors, store: Store) -> None:
    today = clock.today()
    with store.session() as session:
        standard = session.scalars(select(Standard)).one()
        held = add_months(today, -7)
        autumn = centres.centre(session, chair=furnished.chair, standard=standard, title="Autumn", held_on=held)
        first = centres.candidacy(session, autumn, people_of(session, furnished.cara))
        centres.decided(
            session,
            first,
            {PRESENTATION: Outcome.NOT_YET},
            by=furnished.chair,
            decided_on=held,
            result="not_yet",
        )
        gus = people.account(session, Role.STAFF_MEMBER, of=people.staff(session, "Gus Candidate"))
        lately = centres.centre(session, chair=furnished.chair, standard=standard, title="Lately", held_on=today)
        other = centres.candidacy(session, lately, people_of(session, gus))
        centres.decided(
            session, other, {ROLE_PLAY: Outcome.NOT_YET}, by=furnished.chair, decided_on=today, result="not_yet"
        )
        hana = people.account(session, Role.COORDINATOR, of=people.staff(session, "Hana Hearer"))
    an_appeal_is_upheld(visitors, gus, hana)
    chair = steps.arrives(visitors, furnished.chair)
    steps.opens_a_centre(chair)
    chair.sees("Stands from before")
    chair.follow("Give them to assessors")
    steps.gives_places(chair, "Ann Assessor", "Ben Assessor")
    chair.sees("2 places are given")
    for login in (furnished.ann, furnished.ben):
        assessor = steps.arrives(visitors, login)
        steps.rates(assessor, "Cara Candidate")
        steps.seals(assessor)
    chair.follow("Wash-up")
    chair.follow("Evidence of the presentation of Cara Candidate")
    chair.press("Compute the outcome")
    chair.follow("Go to the decision on Cara Candidate")
    chair.sees("Stands from Autumn")
    chair.press("Sign the decision")
    chair.sees("is signed: selected")
    results = store.all(select(Decision.result).where(Decision.staff_id == furnished.cara.staff_id))
    assert sorted(results) == ["not_yet", "selected"]


def an_appeal_is_upheld(visitors: Visitors, gus: Account, hana: Account) -> None:
    """Gus appeals, somebody who was not involved hears it, and the exercise is void."""
    candidate = steps.arrives(visitors, gus)
    candidate.open("/centres/me")
    candidate.sees("Not yet")
    candidate.follow("Appeal against the decision of Lately")
    candidate.fill("What was not done as the standard asks, and in which exercise?", "The actor had no brief.")
    candidate.press("Appeal")
    candidate.sees("To be heard")
    hearer = steps.arrives(visitors, hana)
    hearer.follow("Hear an appeal")
    hearer.sees("The actor had no brief.")
    hearer.tick("Upheld")
    hearer.tick("Role play")
    hearer.fill("Heard on", clock.today())
    hearer.fill("Reason", "The brief was missing.")
    hearer.press("Record the hearing")
    hearer.sees("The appeal of Gus Candidate is upheld.")
    candidate.open("/centres/me")
    candidate.sees("you can be put forward to sit: role play.")


def people_of(session: Session, login: Account) -> Staff:
    """Return the staff member whose login this is."""
    return session.get_one(Staff, login.staff_id)
