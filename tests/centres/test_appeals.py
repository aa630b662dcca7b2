"""A candidate appeals once, on process; somebody who was not involved hears it; what is void may be sat again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from selection.core.clock import now
from selection.models.appeals import Appeal, AppealHearing, AppealVoid
from selection.models.capture import Transcription
from selection.models.centres import Decision
from selection.models.notices import Notice
from selection.models.people import Account, Acquaintance, Grant, Staff
from selection.models.scoring import ExerciseOutcome
from selection.models.trail import TrailEntry
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import decision, send
from tests.conftest import Clock
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.forms import Value
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
GROUNDS = "The actor in my role play had no brief."
UPHELD: dict[str, Value] = {
    "result": "upheld",
    "void": ["role_play"],
    "heard_on": date(2027, 3, 15),
    "reason": "The brief was missing.",
}


@pytest.fixture
def there(store: Store, clock: Clock) -> Prepared:
    """Cara was not yet selected, for her role play."""
    with store.session() as session:
        made = centres.revealed(session)
        centres.decided(session, made.candidacy, {ROLE_PLAY: Outcome.NOT_YET}, by=made.chair, result="not_yet")
        return made


@pytest.fixture
def cara(store: Store, clients: Clients, there: Prepared) -> Browserlike:
    with store.session() as session:
        login = people.account(session, Role.STAFF_MEMBER, of=session.get_one(Staff, there.candidacy.staff_id))
    return clients().sign_in_as(login)


def hearer(store: Store, name: str = "Hana Hearer", **given: str) -> Account:
    with store.session() as session:
        return people.account(session, Role.COORDINATOR, of=people.staff(session, name), **given)


def appeal(there: Prepared) -> str:
    return f"/centres/me/{there.candidacy.id}/appeal"


def sent(finding: dict[str, Value], on: date = date(2027, 3, 15)) -> dict[str, Any]:
    """Return the finding as a browser sends it."""
    return {**finding, "heard_on": [str(on.day), str(on.month), str(on.year)]}


def test_a_candidate_appeals_once(store: Store, clients: Clients, there: Prepared, cara: Browserlike) -> None:
    cara.get("/centres/me")
    page = cara.follow("Appeal against the decision of North, spring")
    assert "up to 12 April 2027 (local setting)" in page.main
    page = cara.fill({"grounds": " "}, button="Appeal")
    assert page.errors == ["There are no grounds. Say what was not done as the standard asks, and in which exercise."]
    page = cara.fill({"grounds": GROUNDS}, button="Appeal")
    assert "Your appeal is lodged" in page.banner
    assert "You appealed on 15 March 2027. To be heard" in page.main
    page = send(cara, appeal(there), {"grounds": "Again."})
    assert page.errors == ["You appealed against this decision already, and there is one appeal."]


def test_from_the_hearing_to_another_sitting(
    store: Store, clients: Clients, there: Prepared, cara: Browserlike
) -> None:
    login = hearer(store)
    hearer(store, "Sol South", in_area="South")
    send(cara, appeal(there), {"grounds": GROUNDS})
    [letter] = store.all(select(Notice))
    assert (letter.staff_id, letter.subject) == (login.staff_id, "An appeal waits to be heard: North, spring")
    assert "Cara" not in letter.body, "neither the chair nor who is out of reach gets one, and it names nobody"
    hana = clients().sign_in_as(login)
    hana.get("/")
    page = hana.follow("Hear an appeal")
    assert GROUNDS in page.main
    page = hana.fill(UPHELD | {"void": []}, button="Record the hearing")
    assert page.errors == ["The appeal is upheld, and no exercise is void. Say which exercise was not run properly."]
    page = hana.fill(UPHELD, button="Record the hearing")
    assert "The appeal of Cara Candidate is upheld." in page.banner
    assert "Hana Hearer" in page.main
    assert not page.soup.select("main form")
    hana.get("/centres/appeals")
    assert "Upheld" in hana.page.main  # type: ignore[union-attr]

    void = store.one(select(AppealVoid))
    latest = store.all(select(ExerciseOutcome).order_by(ExerciseOutcome.id))[-1]
    assert (void.outcome_id, latest.result, latest.kind) == (latest.id, "void", "role_play")
    assert store.one(select(Decision)).result == "not_yet", "what was signed stays as it was signed"
    assert [each.subject for each in store.all(select(Notice))][1:] == ["Your appeal: upheld"]
    page = clients().sign_in_as(there.chair).get(decision(there))
    assert "role play void, so that this decision does not count as an attempt" in page.main

    page = cara.get("/centres/me")
    assert "Upheld The brief was missing." in page.main
    assert "From 15 March 2027 you can be put forward to sit: role play." in page.main
    with store.session() as session:
        again = centres.centre(session, chair=there.chair, standard=session.merge(there.centre).standard, title="Again")
    page = clients().sign_in_as(there.chair).get(f"/centres/{again.id}/candidates?words=cara")
    assert "Sits role play." in page.main
    told = set(store.all(select(TrailEntry.event).where(TrailEntry.staff_id == there.candidacy.staff_id)))
    assert {"appeal.lodged", "appeal.viewed", "appeal.heard"} <= told


def test_a_dismissed_appeal_changes_nothing(store: Store, clients: Clients, there: Prepared, cara: Browserlike) -> None:
    send(cara, appeal(there), {"grounds": GROUNDS})
    address = f"/centres/appeals/{store.one(select(Appeal.id))}"
    hana = clients().sign_in_as(hearer(store))
    finding = UPHELD | {"result": "dismissed"}
    page = send(hana, address, sent(finding))
    assert page.errors == ["The appeal is dismissed, so that no exercise is void."]
    page = send(hana, address, sent(finding | {"void": []}, date(2027, 3, 14)))
    assert page.errors == ["The hearing is not before the appeal, and not in the future. Enter the day of the hearing."]
    send(hana, address, sent(finding | {"void": []}))
    assert store.one(select(AppealHearing)).result == "dismissed"
    assert store.count(ExerciseOutcome) == 3
    page = send(hana, address, sent(UPHELD))
    assert page.errors == ["This appeal is heard and decided. There is no second hearing."]
    assert "From 15 September 2027 you can be put forward" in cara.get("/centres/me").main


def test_who_was_involved_does_not_hear_it(store: Store, clients: Clients, there: Prepared, cara: Browserlike) -> None:
    send(cara, appeal(there), {"grounds": GROUNDS})
    address = f"/centres/appeals/{store.one(select(Appeal.id))}"
    boss, friend, typist = hearer(store, "Bea Boss"), hearer(store, "Fay Friend"), hearer(store, "Tom Typist")
    with store.session() as session:
        candidate = session.get_one(Staff, there.candidacy.staff_id)
        candidate.line_manager_id = boss.staff_id
        session.add(Acquaintance(staff_id=friend.staff_id, other_id=candidate.id, declared_on=date(2027, 1, 1)))
        session.add(Grant(account_id=there.second.id, role=Role.COORDINATOR))
        paper = {"form_id": there.forms[ExerciseKind.ROLE_PLAY][0].id, "assessor_id": there.first.staff_id}
        typed = {"by_id": typist.id, "by_staff_id": typist.staff_id, "paper_kept": "Safe", "begun_at": now()}
        session.add(Transcription(**paper, **typed))
    for login, role in (
        (there.chair, "chair the centre"),
        (boss, "are Cara Candidate's line manager"),
        (friend, "know Cara Candidate"),
        (typist, "typed a form on Cara Candidate from paper"),
        (there.second, "assessed Cara Candidate"),
    ):
        browser = clients().sign_in_as(login)
        assert "Hear an appeal" not in browser.get("/").main
        assert f"You {role}, and an appeal is heard by somebody who was not involved." in browser.get(address).main
        send(browser, address, sent(UPHELD))
    send(clients().sign_in_as(hearer(store, "Sue South", in_area="South")), address, sent(UPHELD), expect=404)
    send(cara, address, sent(UPHELD), expect=403)
    assert store.count(AppealHearing) == 0
    assert store.count(ExerciseOutcome) == 3


def test_where_everybody_was_involved_whoever_gives_roles_is_told(
    store: Store, clients: Clients, there: Prepared, cara: Browserlike
) -> None:
    with store.session() as session:
        admin = people.account(session, Role.ADMINISTRATOR)
        people.account(session, Role.ADMINISTRATOR, in_area="South")
    send(cara, appeal(there), {"grounds": GROUNDS})
    letter = store.one(select(Notice))
    assert (letter.to_address, letter.subject) == (admin.email, "Nobody can hear an appeal: North, spring")
    hana = clients().sign_in_as(hearer(store))
    hana.get("/centres/")
    assert hana.follow("Appeals").all("main tbody tr") != []


def test_it_is_too_late_after_the_last_day(store: Store, there: Prepared, cara: Browserlike, clock: Clock) -> None:
    clock.set(date(2027, 4, 12))
    assert "Appeal against" in cara.get("/centres/me").main
    clock.set(date(2027, 4, 13))
    assert "Appeal against" not in cara.get("/centres/me").main
    page = send(cara, appeal(there), {"grounds": GROUNDS})
    assert page.errors == ["The last day to appeal was 12 April 2027. You can be put forward again, as your page says."]
    assert store.count(Appeal) == 0


def test_nobody_appeals_for_somebody_else(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        stranger = people.account(session, *Role)
    send(clients().sign_in_as(stranger), appeal(there), {"grounds": GROUNDS}, expect=404)


def test_a_page_of_somebody_who_was_never_put_forward(store: Store, clients: Clients, clock: Clock) -> None:
    with store.session() as session:
        nobody = people.account(session, Role.STAFF_MEMBER)
    page = clients().sign_in_as(nobody).get("/centres/me")
    assert "Nobody has put you forward to an assessment centre yet." in page.main
