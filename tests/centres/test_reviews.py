"""A borderline is reviewed by the chair and somebody who did not sit it, each alone and blind to the other outcomes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.grounds import OutcomeGround
from selection.models.notices import Notice
from selection.models.people import Account, Staff
from selection.models.reviews import BorderlineReview, BorderlineView
from selection.models.scoring import ExerciseOutcome
from selection.models.trail import TrailEntry
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, decision, pages, said, send, with_token
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
SECRET = "Waited until she had said it all."
YES = {"outcome": "competent", "reason": "Empathy came late but it came."}
NO = {"outcome": "not_yet", "reason": "It came too late."}


@dataclass
class Edge:
    """A borderline presentation; the role play is competent, and the interview is revealed and not computed."""

    there: Prepared
    chair: Browserlike
    second: Account

    @property
    def review(self) -> str:
        return at(self.there, PRESENTATION, "/borderline")


@pytest.fixture
def edge(store: Store, clients: Clients) -> Edge:
    with store.session() as session:
        there = centres.prepared(session)
        for form in there.forms[ROLE_PLAY]:
            centres.rate(session, form, [4, 4, 4], evidence=SECRET)
        for form in there.forms[PRESENTATION]:
            centres.rate(session, form, [2, 2, 5])
        for form in there.forms[INTERVIEW]:
            centres.rate(session, form, [1, 1, 1, 1], evidence=SECRET)
        second = centres.assessor(session, "Sue Second")
    chair = clients().sign_in_as(there.chair)
    for kind in (ROLE_PLAY, PRESENTATION):
        send(chair, at(there, kind, "/outcome"))
    return Edge(there, chair, second)


def asked(edge: Edge, clients: Clients, store: Store) -> Browserlike:
    """Let the chair ask the second person; return that person's browser at the review."""
    send(edge.chair, edge.review + "/ask", {"second": edge.second.staff_id})
    browser = clients().sign_in_as(edge.second)
    review = store.one(select(BorderlineReview))
    browser.get(f"/centres/reviews/{review.id}")
    return browser


def test_it_is_resolved_once_both_say_the_same(store: Store, clients: Clients, edge: Edge) -> None:
    edge.chair.get(at(edge.there, PRESENTATION))
    page = edge.chair.follow("Review the borderline")
    assert page.heading == "Who reviews the borderline with you?"
    page = edge.chair.fill({"second": edge.second.staff_id}, button="Ask them")
    assert page.heading == "Is it competent, or not yet?"
    assert "Named the feeling and waited." in page.main, "they see the evidence of this exercise"
    edge.chair.fill(YES, button="Give this view")

    letter = store.one(select(Notice))
    assert (letter.staff_id, letter.subject) == (
        edge.second.staff_id,
        "Your view is asked: a borderline at North, spring",
    )
    assert "a borderline presentation" in letter.body
    assert "Cara" not in letter.body
    second = clients().sign_in_as(edge.second)
    page = second.get("/")
    page = second.follow("Give your view on a borderline")
    assert "you see theirs once you have given yours" in page.main
    assert YES["reason"] not in page.text
    page = second.fill(NO, button="Give this view")
    assert "You do not say the same yet" in page.main
    assert YES["reason"] in page.main
    page = second.fill({"outcome": "competent", "reason": "In the last scene."}, button="Give this view")
    assert "This review is over" in page.heading

    first, latest = store.all(
        select(ExerciseOutcome).where(ExerciseOutcome.kind == PRESENTATION).order_by(ExerciseOutcome.id)
    )
    assert (first.result, latest.result) == ("borderline", "competent")
    assert (latest.resolved_by_id, latest.seconded_by_id) == (edge.there.chair.staff_id, edge.second.staff_id)
    assert latest.working["lines"][:-3] == first.working["lines"]
    of_first, of_latest = (store.count(OutcomeGround, OutcomeGround.outcome_id == each.id) for each in (first, latest))
    assert of_first == of_latest == 2
    assert store.count(BorderlineView) == 3
    send(edge.chair, at(edge.there, PRESENTATION, "/outcome"))
    assert store.count(ExerciseOutcome) == 3, "computing again does not undo what was resolved"
    page = edge.chair.get(at(edge.there, ROLE_PLAY))
    assert SECRET in page.main, "afterwards the other exercises are open again"
    for entry in store.all(select(TrailEntry).where(TrailEntry.event == "review.said")):
        assert (entry.after, entry.reason) == (None, "")


def test_both_are_blind_to_the_other_outcomes(app: Flask, store: Store, clients: Clients, edge: Edge) -> None:
    with store.session() as session:
        # Whatever else they may do in the service, who was named sees no more than the chair.
        both = people.account(
            session, Role.ASSESSOR, Role.COORDINATOR, Role.AUDITOR, of=people.staff(session, "Bo Both")
        )
        centres.trained(session, session.get_one(Staff, both.staff_id))
    edge.second = both
    second = asked(edge, clients, store)
    colleague = clients().sign_in_as(edge.there.first)
    about = ("/centres", "/people", "/trail", "/api")
    addresses = sorted({each for each in pages(app, edge.there) if each.startswith(about)})
    for browser in (edge.chair, second):
        for address in addresses:
            text = said(browser.http.get(address))
            assert SECRET not in text, f"{address} shows another exercise"
        page = browser.get(at(edge.there, ROLE_PLAY))
        assert "closed to you while you review a borderline" in page.main
        assert "Competent" not in page.main
        row = browser.get(f"/centres/{edge.there.centre.id}").all("main tbody tr")[0]
        assert "Closed to you Borderline Closed to you" in row
        page = browser.get(decision(edge.there))
        assert page.main.count("Closed to you") == 2
    assert "4, 4" not in edge.chair.get(f"/centres/{edge.there.centre.id}/wash-up").main
    assert colleague.http.get(at(edge.there, ROLE_PLAY)).status_code == 403
    for act in ("/outcome", "/void", "/judgement"):
        page = send(edge.chair, at(edge.there, INTERVIEW, act), {"reason": "x"}, expect=409)
        assert "Resolve the borderline first." in page.main


def test_others_are_not_blind(store: Store, clients: Clients, edge: Edge) -> None:
    with store.session() as session:
        auditor = people.account(session, Role.AUDITOR)
    page = clients().sign_in_as(auditor).get(f"/centres/{edge.there.centre.id}/wash-up")
    assert "4, 4" in page.main


def test_of_two_borderlines_the_chair_takes_one_after_the_other(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session, kinds=[ROLE_PLAY, PRESENTATION])
        for kind in (ROLE_PLAY, PRESENTATION):
            centres.rated(session, there, kind, [2, 2, 5], [2, 2, 5])
            centres.outcome(session, there.sitting(kind), Outcome.BORDERLINE, by=there.chair)
        second = centres.assessor(session, "Sue Second")
    edge = Edge(there, clients().sign_in_as(there.chair), second)
    page = send(edge.chair, edge.review + "/ask", {"second": second.staff_id}, expect=409)
    assert "The presentation is closed to you" in page.main
    first = at(there, ROLE_PLAY, "/borderline")
    send(edge.chair, first + "/ask", {"second": second.staff_id})
    send(edge.chair, first, YES)
    browser = clients().sign_in_as(second)
    send(browser, f"/centres/reviews/{store.one(select(BorderlineReview.id))}", YES)
    page = edge.chair.get(edge.review + "/ask")
    assert page.heading == "Who reviews the borderline with you?"


def test_who_may_not_review(store: Store, clients: Clients, edge: Edge) -> None:
    with store.session() as session:
        untrained = people.staff(session, "Una Untrained")
        without_login = people.staff(session, "Wim Without")
        centres.trained(session, without_login)
        boss = centres.assessor(session, "Bea Boss")
        session.get_one(Staff, edge.there.candidacy.staff_id).line_manager_id = boss.staff_id
    remedy = " Choose a current assessor who did not sit the exercise."
    not_free = "The second person is not an assessor who is current and free of conflict with the candidate." + remedy
    for second_id, errors in (
        (edge.there.first.staff_id, ["The second person assessed this exercise." + remedy]),
        (untrained.id, [not_free]),
        (boss.staff_id, [not_free]),
        (
            without_login.id,
            [
                (
                    "The second person has no login with which to read the evidence."
                    " Ask an administrator for the role of assessor."
                )
            ],
        ),
        (edge.there.chair.staff_id, ["The chair and the second person are one and the same." + remedy, not_free]),
        (0, [not_free]),
    ):
        assert send(edge.chair, edge.review + "/ask", {"second": second_id}).errors == errors
    assert store.count(BorderlineReview) == 0


def test_what_is_decided_while_a_view_is_on_its_way_stands(store: Store, clients: Clients, edge: Edge) -> None:
    second = asked(edge, clients, store)
    send(edge.chair, edge.review, YES)
    review = store.one(select(BorderlineReview))
    view = with_token(second, YES)
    with store.session() as session, ThreadPoolExecutor(1) as pool:
        held = select(Candidacy).where(Candidacy.id == edge.there.candidacy.id).with_for_update()
        held_sitting = session.get_one(Sitting, edge.there.sitting(PRESENTATION).id)
        session.scalars(held).one()
        held_sitting.void_reason = "A fire alarm."
        centres.outcome(session, held_sitting, Outcome.VOID, by=edge.there.chair)
        sent = pool.submit(second.http.post, f"/centres/reviews/{review.id}", data=view)
        sleep(0.2)  # until it waits
        session.commit()
        assert sent.result().status_code == 200
    latest = select(ExerciseOutcome.result).order_by(ExerciseOutcome.id.desc()).limit(1)
    assert store.one(latest) == "void"


def test_who_becomes_the_chair_begins_the_review_anew(store: Store, clients: Clients, edge: Edge) -> None:
    second = asked(edge, clients, store)
    send(edge.chair, edge.review, YES)
    with store.session() as session:
        nora = people.account(session, Role.COORDINATOR, of=people.staff(session, "Nora New"))
        assert nora.staff_id is not None
        session.get_one(Centre, edge.there.centre.id).chair_id = nora.staff_id
    assert "borderline" not in second.get("/").main
    chair = clients().sign_in_as(nora)
    assert chair.get(edge.review).heading == "Who reviews the borderline with you?"
    page = chair.fill({"second": edge.second.staff_id}, button="Ask them")
    assert "Nora New in the chair and Sue Second, who did not sit it" in page.main
    assert "Nobody has given a view yet" in page.main
    first, again = store.all(select(BorderlineReview.id).order_by(BorderlineReview.id))
    assert second.get(f"/centres/reviews/{first}").heading == "This review is over"
    send(second, f"/centres/reviews/{again}", YES)
    assert "The borderline is resolved: competent." in send(chair, edge.review, YES).banner


def test_only_who_was_asked_gets_in(store: Store, clients: Clients, edge: Edge) -> None:
    asked(edge, clients, store)
    review = f"/centres/reviews/{store.one(select(BorderlineReview.id))}"
    with store.session() as session:
        third = centres.assessor(session, "Tia Third")
    send(clients().sign_in_as(edge.there.first), review, YES, expect=404)
    send(edge.chair, review, YES, expect=403)
    # Somebody else is asked in the second's place: the first review is over.
    send(edge.chair, edge.review + "/ask", {"second": third.staff_id})
    old = clients().sign_in_as(edge.second)
    assert old.get(review).heading == "This review is over"
    send(old, review, YES)
    assert store.count(BorderlineView) == 0
    page = send(edge.chair, edge.review, YES | {"reason": " "})
    assert page.errors == ["There is no reason. Say what in the evidence decides it."]
    page = send(edge.chair, edge.review, {"outcome": "borderline", "reason": "x"})
    assert page.errors == ["Not a valid choice."]
