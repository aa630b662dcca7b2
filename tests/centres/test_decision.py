"""The chair signs what follows from the outcomes; nobody chooses it, and it is signed once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select

from selection.models.authorisations import Certificate
from selection.models.centres import Candidacy, Decision
from selection.models.grounds import OutcomeGround
from selection.models.scoring import ExerciseOutcome, RatingForm
from selection.models.trail import TrailEntry
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, decision, filled, form, send
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
COMPETENT, NOT_YET, INCOMPLETE, VOID = Outcome.COMPETENT, Outcome.NOT_YET, Outcome.INCOMPLETE, Outcome.VOID


def with_outcomes(store: Store, **outcomes: Outcome) -> Prepared:
    """Return a candidate with an outcome for every exercise, competent unless said otherwise."""
    with store.session() as session:
        there = centres.revealed(session)
        for sitting in there.candidacy.sittings:
            result = outcomes.get(sitting.kind, COMPETENT)
            centres.outcome(session, sitting, result, by=there.chair)
            if result is VOID:
                sitting.void_reason = "A fire alarm."
        return there


@pytest.mark.parametrize(
    ("outcomes", "result", "reasons"),
    [
        pytest.param({}, "selected", [], id="all three competent"),
        pytest.param(
            {"role_play": NOT_YET},
            "not_yet",
            ["The role play is not yet competent. Sit the role play again."],
            id="two do not make up for one",
        ),
        pytest.param(
            {"presentation": INCOMPLETE},
            "deferred",
            ["The evidence of the presentation is incomplete. Complete the evidence."],
            id="incomplete defers",
        ),
        pytest.param(
            {"formal_interview": VOID, "role_play": NOT_YET},
            "void",
            [
                "The role play is not yet competent. Sit the role play again.",
                "The formal interview was not run properly. Run the formal interview again.",
            ],
            id="void before all",
        ),
    ],
)
def test_the_result_follows_from_the_outcomes(
    store: Store, clients: Clients, outcomes: dict[str, Outcome], result: str, reasons: list[str]
) -> None:
    there = with_outcomes(store, **outcomes)
    chair = clients().sign_in_as(there.chair)
    chair.get(decision(there))
    page = chair.fill({}, button="Sign the decision")
    signed = store.one(select(Decision))
    assert (signed.result, signed.decided_on, signed.chair_id) == (result, date(2027, 3, 15), there.chair.staff_id)
    ids = {outcome.kind: outcome.id for outcome in store.all(select(ExerciseOutcome))}
    assert {kind: getattr(signed, f"{kind}_id") for kind in ExerciseKind} == ids
    assert page.all(".app-reasons__item") == reasons
    assert store.count(Certificate) == (1 if result == "selected" else 0)
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "decision.signed"))
    assert ((entry.after or {})["result"], entry.staff_id) == (result, there.candidacy.staff_id)


def test_nothing_that_is_sent_chooses_the_result(store: Store, clients: Clients) -> None:
    there = with_outcomes(store, role_play=NOT_YET)
    send(clients().sign_in_as(there.chair), decision(there), {"result": "selected", "decision": "selected", "note": ""})
    assert store.one(select(Decision)).result == "not_yet"


def test_a_repeated_submit_is_signed_once(store: Store, clients: Clients) -> None:
    there = with_outcomes(store)
    chair = clients().sign_in_as(there.chair)
    old = chair.get(decision(there))
    chair.fill({"note": "First."}, button="Sign the decision", page=old)
    chair.fill({"note": "Second."}, button="Sign the decision", page=old)
    assert store.one(select(Decision)).reason == "First."
    assert store.count(Certificate) == 1


def test_what_keeps_a_decision_from_being_signed(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
        centres.rated(session, there, ROLE_PLAY, [3, 3, 3], [3, 3, 3])
        centres.rated(session, there, PRESENTATION, [3, 3, 3], [3, 3, 3])
        centres.outcome(session, there.sitting(PRESENTATION), Outcome.BORDERLINE, by=there.chair)
    page = send(clients().sign_in_as(there.chair), decision(there), {"note": "Now."})
    assert page.errors == [
        "The presentation is borderline. The chair and an assessor who did not sit the exercise resolve it first.",
        (
            "Ann Assessor and Ben Assessor did not seal the formal interview."
            " Wait for the form, or declare the exercise void."
        ),
    ]
    assert store.count(Decision) == 0


def test_what_a_third_assessor_seals_late_is_settled_before_the_decision(store: Store, clients: Clients) -> None:
    """The two agree after all and the outcome is computed; then the third seals, and reports an incident."""
    with store.session() as session:
        there = centres.prepared(session)
        centres.rated(session, there, ROLE_PLAY, [2, 3, 3], [5, 3, 3])
        for kind in (PRESENTATION, INTERVIEW):
            centres.rated(session, there, kind, centres.SOLID[kind], centres.SOLID[kind])
            centres.outcome(session, there.sitting(kind), by=there.chair)
        dev = centres.assessor(session, "Dev Third")
        third = centres.seat(session, there.sitting(ROLE_PLAY), dev, third=True)
    chair = clients().sign_in_as(there.chair)
    deadlocked = there.sitting(ROLE_PLAY).exercise.competencies[0].id
    agreed = {"value": "3", "reason": "Ben had missed the second half.", "evidence": "The summary at the end."}
    send(chair, at(there, ROLE_PLAY, f"/competencies/{deadlocked}"), agreed)
    send(chair, at(there, ROLE_PLAY, "/outcome"))
    with store.session() as session:
        centres.rate(session, session.merge(third), [1, 1, 1], incident="Mocked the role player.")
    waits = chair.get("/").main
    assert ("Settle an exercise at the wash-up" in waits, "Sign a decision" in waits) == (True, False)
    page = send(chair, decision(there))
    late = "Dev Third sealed after the outcome of the role play was computed. Compute it again at the wash-up."
    assert page.errors == [late]
    send(chair, at(there, ROLE_PLAY, "/outcome"), expect=409)
    send(chair, at(there, ROLE_PLAY, "/incident"), {"confirmed": "no", "reason": "It was the script."})
    assert "Sign a decision" in chair.get("/").main
    send(chair, decision(there))
    signed = store.one(select(Decision))
    assert signed.result == "selected"
    cited = store.all(select(OutcomeGround.form_id).where(OutcomeGround.outcome_id == signed.role_play_id))
    assert third.id in cited


def test_nothing_is_sealed_on_what_is_decided_meanwhile(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.revealed(session)
        dev = centres.assessor(session, "Dev Third")
        third = centres.seat(session, there.sitting(ROLE_PLAY), dev, third=True)
    browser = clients().sign_in_as(dev)
    sealed = browser.get(form(third)).form(button="Seal the form")
    sealed.fill(filled(browser.get(form(third)), [3, 3, 3]))
    sealed.press("Seal the form")
    with store.session() as session, ThreadPoolExecutor(1) as pool:
        candidate = session.scalars(select(Candidacy).with_for_update()).one()
        sent = pool.submit(browser.http.post, form(third), data=sealed.sent())
        sleep(0.2)  # until it waits
        centres.decided(session, candidate, by=there.chair)
        session.commit()
        assert sent.result().status_code == 409
    assert store.count(RatingForm, RatingForm.third, RatingForm.sealed_at.is_not(None)) == 0


def test_only_the_chair_signs(store: Store, clients: Clients) -> None:
    there = with_outcomes(store)
    with store.session() as session:
        other = people.account(session, Role.COORDINATOR)
        south = people.account(session, Role.COORDINATOR, in_area="South")
        auditor = people.account(session, Role.AUDITOR)
    page = clients().sign_in_as(other).get(decision(there))
    assert "The chair, Chris Chair, signs it." in page.main
    page = send(clients().sign_in_as(other), decision(there))
    assert page.errors == ["Only the chair of this centre, Chris Chair, may do this. Ask Chris Chair."]
    send(clients().sign_in_as(south), decision(there), expect=404)
    clients().sign_in_as(auditor).get(decision(there))
    send(clients().sign_in_as(auditor), decision(there), expect=403)
    assert store.count(Decision) == 0


def test_what_is_decided_does_not_change(store: Store, clients: Clients) -> None:
    there = with_outcomes(store, role_play=NOT_YET)
    chair = clients().sign_in_as(there.chair)
    send(chair, decision(there))
    before = store.count(ExerciseOutcome)
    for act in ("/outcome", "/void", "/judgement", "/borderline"):
        page = send(chair, at(there, ROLE_PLAY, act), {"reason": "x"}, expect=409)
        assert "The decision is signed." in page.main
    send(chair, f"/centres/{there.centre.id}/candidates/{there.candidacy.id}/take-back", expect=409)
    assert store.count(ExerciseOutcome) == before
    assert not chair.get(at(there, ROLE_PLAY)).soup.select("main form")


def test_a_re_sit_is_decided_with_what_stands(store: Store, clients: Clients) -> None:
    with store.session() as session:
        chair = people.account(session, Role.COORDINATOR, of=people.staff(session, "Chris Chair"))
        first = centres.centre(session, chair=chair, title="Autumn", held_on=date(2026, 9, 1))
        candidate = centres.candidacy(session, first)
        old = centres.decided(
            session, candidate, {PRESENTATION: NOT_YET}, by=chair, decided_on=date(2026, 9, 3), result="not_yet"
        )
        again = centres.centre(session, chair=chair, standard=first.standard, title="Spring")
        resit = centres.candidacy(session, again, candidate.staff, kinds=[PRESENTATION])
        for name in ("Ann", "Ben"):
            form = centres.seat(session, resit.sittings[0], centres.assessor(session, name))
            centres.rate(session, form, [3, 3, 3])
        centres.outcome(session, resit.sittings[0], by=chair)
    browser = clients().sign_in_as(chair)
    page = browser.get(f"/centres/{again.id}/candidates/{resit.id}/decision")
    assert page.main.count("Stands from Autumn, 1 September 2026") == 2
    page = browser.fill({}, button="Sign the decision")
    signed = store.one(select(Decision).where(Decision.candidacy_id == resit.id))
    assert (signed.result, signed.role_play_id, signed.formal_interview_id) == (
        "selected",
        old.role_play_id,
        old.formal_interview_id,
    )
    assert page.main.count("Stands from Autumn, 1 September 2026") == 2


def test_looking_at_a_decision_leaves_a_trail(store: Store, clients: Clients) -> None:
    there = with_outcomes(store)
    clients().sign_in_as(there.chair).get(decision(there))
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "decision.viewed"))
    assert (entry.staff_id, entry.actor_id) == (there.candidacy.staff_id, there.chair.id)


def test_two_signatures_at_the_same_moment_are_one(app: Flask, store: Store, clients: Clients) -> None:
    there = with_outcomes(store)
    browsers = [clients().sign_in_as(there.chair) for _ in range(2)]
    forms = [browser.get(decision(there)).form(button="Sign the decision").sent() for browser in browsers]
    start = Barrier(2)

    def sign(number: int) -> int:
        start.wait()
        return browsers[number].http.post(decision(there), data=forms[number]).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(sign, range(2)))
    assert answers == [302, 302]
    assert (store.count(Decision), store.count(Certificate)) == (1, 1)
