"""A centre is opened, found, changed and closed by those who run centres in its area."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from selection.core.clock import now
from selection.models.centres import Candidacy, Centre
from selection.models.notices import Notice
from selection.models.people import Account
from selection.models.trail import TrailEntry
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import letters, send, with_token
from tests.factories import centres, people, standards
from tests.forms import Value
from tests.pages import Browserlike
from tests.races import one_wins
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
DETAILS: dict[str, Value] = {"title": "North, spring", "venue": "Court Street", "held_on": date(2027, 4, 2)}


def coordinator(store: Store, in_area: str | None = None) -> Account:
    with store.session() as session:
        return people.account(session, Role.COORDINATOR, in_area=in_area)


def test_the_list_is_searched_sorted_and_of_ones_own_areas(store: Store, clients: Clients) -> None:
    with store.session() as session:
        chair = people.account(session, Role.COORDINATOR, in_area="North")
        standard = standards.standard(session)
        south = people.area(session, "South").id
        for title, day, more in (
            ("Bravo", date(2027, 3, 1), {}),
            ("Alpha", date(2027, 5, 1), {"venue": "Mill Lane"}),
            ("Shut", date(2026, 1, 1), {"closed_at": now()}),
            ("Elsewhere", date(2027, 6, 1), {"area_id": south}),
        ):
            centres.centre(session, chair=chair, standard=standard, title=title, held_on=day, **more)
    browser = clients().sign_in_as(chair)

    def names(**asked: Any) -> list[str]:
        return [row["Centre"].split()[0] for row in browser.get("/centres/", **asked).table()]

    assert names() == ["Alpha", "Bravo"]
    assert names(sort="held_on") == ["Bravo", "Alpha"]
    assert names(sort="-title") == ["Bravo", "Alpha"]
    assert names(words="mill") == ["Alpha"]
    assert names(state="closed") == ["Shut"]
    assert names(state="all", sort="title") == ["Alpha", "Bravo", "Shut"]
    assert "No centre matches" in browser.get("/centres/", words="nothing\0 like it").main
    states = {row["Centre"].split()[0]: row["State"] for row in browser.get("/centres/", state="all").table()}
    assert states == {"Alpha": "Planned", "Bravo": "To be closed", "Shut": "Closed"}


def test_a_centre_needs_its_details_and_keeps_what_was_typed(store: Store, clients: Clients) -> None:
    with store.session() as session:
        standards.standard(session)
    browser = clients().sign_in_as(coordinator(store))
    browser.get("/centres/new")
    page = browser.fill({"venue": "Court Street"}, button="Save")
    assert page.errors == ["Enter a title", "Enter the day of the centre"]
    assert page.soup.select_one('[name="venue"]')["value"] == "Court Street"  # type: ignore[index]
    page = browser.fill({"title": "N" * 201, "held_on": ["30", "2", "2027"]}, button="Save")
    assert page.errors == ["Use at most 200 characters", "Day: there is no such day in the calendar"]
    assert store.count(Centre) == 0
    page = browser.fill({"title": " North,\0  spring ", "held_on": date(2027, 4, 2)}, button="Save")
    assert page.heading == "North, spring"


def test_a_chair_has_a_login_that_may_decide_in_the_area(store: Store, clients: Clients) -> None:
    with store.session() as session:
        standard = standards.standard(session)
        people.area(session, "North")
        south = people.account(session, Role.COORDINATOR, in_area="South")
        nobody = people.staff(session, "Nobody At All")
        runs = people.account(session, Role.COORDINATOR)
    browser = clients().sign_in_as(runs)
    browser.get("/centres/new")
    page = browser.fill(DETAILS | {"chair": south.staff_id}, button="Save")
    assert page.errors == [
        (
            "The chair has no login with which to decide in this area. "
            "Ask an administrator for the role, or choose another chair."
        )
    ]
    made_up = {**DETAILS, "held_on": ["2", "4", "2027"], "area": 1, "standard": standard.id, "chair": nobody.id}
    assert "Not a valid choice" in send(browser, "/centres/new", made_up).errors[0]
    assert store.count(Centre) == 0


def test_a_chair_who_lost_the_login_is_said_on_the_page(store: Store, clients: Clients) -> None:
    with store.session() as session:
        runs = people.account(session, Role.COORDINATOR)
        gone = people.account(session, Role.COORDINATOR, of=people.staff(session, "Gone Chair"))
        gone.active = False
        centre = centres.centre(session, chair=gone)
    browser = clients().sign_in_as(runs)
    page = browser.get(f"/centres/{centre.id}")
    assert "The chair, Gone Chair, has no login that may decide in North" in page.main
    page = browser.follow("Change the centre")
    assert "Gone Chair (no login that may decide)" in page.main
    assert "is changed" in browser.fill({"title": "North, late spring"}, button="Save").banner


def test_a_change_is_stored_and_told(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}/edit")
    browser.fill({"venue": "Mill Lane"}, button="Save")
    assert store.one(select(Centre)).venue == "Mill Lane"
    [entry] = store.all(select(TrailEntry).where(TrailEntry.event == "centre.changed"))
    assert (entry.before, entry.after) == ({"venue": "Court Street"}, {"venue": "Mill Lane"})
    told = [there.candidacy.staff_id, there.first.staff_id, there.second.staff_id]
    assert [letters(store, each) for each in told] == [["Changed: North, spring, 15 March 2027"]] * 3
    browser.get(f"/centres/{there.centre.id}/edit")
    browser.fill({"title": "North, early spring"}, button="Save")
    assert store.count(Notice) == 3, "another title is no news"


def test_a_form_opened_before_somebody_elses_change_shows_both(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
    one, other = clients().sign_in_as(there.chair), clients().sign_in_as(there.chair)
    old = one.get(f"/centres/{there.centre.id}/edit")
    other.get(f"/centres/{there.centre.id}/edit")
    other.fill({"venue": "Mill Lane"}, button="Save")
    page = one.fill({"venue": "Station Road"}, button="Save", page=old, expect=409)
    assert {row["Field"]: (row["Stored now"], row["What you sent"]) for row in page.table()}["Venue"] == (
        "Mill Lane",
        "Station Road (differs)",
    )
    assert store.one(select(Centre)).venue == "Mill Lane"


def test_another_day_must_suit_everybody_and_the_standard_stays(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
        newer = standards.standard(session, number=2)
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}/edit")
    page = browser.fill({"held_on": date(2028, 1, 1), "standard": newer.id}, button="Save")
    assert sorted(page.errors) == [
        (
            "Ann Assessor is not current as an assessor on 1 January 2028. "
            "Record the assessor training that covers the day, or choose another assessor."
        ),
        (
            "Ben Assessor is not current as an assessor on 1 January 2028. "
            "Record the assessor training that covers the day, or choose another assessor."
        ),
        "Candidates are on the centre, so that its standard stays. Open another centre.",
    ]
    page = browser.fill({"held_on": date(2027, 12, 31), "standard": there.centre.standard_id}, button="Save")
    assert "is changed" in page.banner


def test_nobody_gets_a_place_on_a_day_that_was_moved_at_the_same_moment(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
        other = people.account(session, Role.COORDINATOR)
        late = centres.assessor(session, "Lea Late", last=date(2027, 3, 20))
        alone = centres.candidacy(session, there.centre)
    mover, giver = clients().sign_in_as(there.chair), clients().sign_in_as(other)
    moved = mover.get(f"/centres/{there.centre.id}/edit").form(button="Save")
    moved.fill({"held_on": date(2027, 4, 1)})
    place = {"candidate": alone.id, "exercise": alone.sittings[0].exercise_id, "assessor": late.staff_id, "second": 0}
    one_wins(
        (mover, f"/centres/{there.centre.id}/edit", dict(moved.sent())),
        (giver, f"/centres/{there.centre.id}/seats", with_token(giver, place)),
    )


def test_a_candidate_does_not_become_the_chair(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
        cara = people.account(session, Role.COORDINATOR, of=there.candidacy.staff)
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}/edit")
    page = browser.fill({"chair": cara.staff_id}, button="Save")
    assert page.errors == ["Cara Candidate is a candidate of this centre. Choose another chair."]


def test_a_centre_closes_when_all_is_sealed_and_decided(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session, kinds=[ExerciseKind.ROLE_PLAY])
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}")
    page = browser.fill(button="Close the centre", expect=409)
    assert page.all(".app-reasons__item") == [
        (
            "Ann Assessor and Ben Assessor did not seal the role play of Cara Candidate."
            " Wait for the form, or declare the exercise void."
        ),
        "There is no decision on Cara Candidate. The chair signs it.",
    ]
    with store.session() as session:
        session.merge(there.candidacy)
        for form in there.forms[ExerciseKind.ROLE_PLAY]:
            centres.rate(session, session.merge(form), [3, 3, 3])
        candidacy = session.get_one(Candidacy, there.candidacy.id)
        centres.decided(session, candidacy, {ExerciseKind.ROLE_PLAY: Outcome.NOT_YET}, by=there.chair, result="not_yet")
    browser.get(f"/centres/{there.centre.id}")
    assert "is closed" in browser.fill(button="Close the centre").banner
    closed_at = store.one(select(Centre)).closed_at
    send(browser, f"/centres/{there.centre.id}/close")
    assert store.one(select(Centre)).closed_at == closed_at
    page = send(browser, f"/centres/{there.centre.id}/edit", expect=200)
    assert "Enter a title" in page.errors


def test_a_closed_centre_does_not_change(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session, closed_at=now())
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}/edit")
    page = browser.fill({"venue": "Mill Lane"}, button="Save")
    assert page.errors == ["The centre is closed. What was closed stays as it is."]


def test_a_closed_centre_gets_another_chair_who_releases_the_feedback(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
        centres.decided(
            session, there.candidacy, {ExerciseKind.ROLE_PLAY: Outcome.NOT_YET}, by=there.chair, result="not_yet"
        )
        session.get_one(Centre, there.centre.id).closed_at = now()
        session.get_one(Account, there.chair.id).active = False
        nora = people.account(session, Role.COORDINATOR, of=people.staff(session, "Nora New"))
    browser = clients().sign_in_as(nora)
    page = browser.get(f"/centres/{there.centre.id}")
    assert "nobody can release the feedback" in page.main
    browser.follow("Name another chair")
    page = browser.fill({"venue": "Mill Lane", "chair": nora.staff_id}, button="Save")
    assert page.errors == ["The centre is closed. Until all feedback is released, it can still get another chair."]
    browser.fill({"venue": "Court Street", "chair": nora.staff_id}, button="Save")
    browser.get(f"/centres/{there.centre.id}/candidates/{there.candidacy.id}/feedback")
    assert "can read the feedback now" in browser.fill({}, button="Release the feedback").banner
    assert "Name another chair" not in browser.get(f"/centres/{there.centre.id}").main


@pytest.mark.parametrize("page", ["", "/edit", "/candidates", "/seats", "/wash-up"])
def test_a_centre_of_another_area_is_not_there(store: Store, clients: Clients, page: str) -> None:
    with store.session() as session:
        there = centres.prepared(session)
    browser = clients().sign_in_as(coordinator(store, in_area="South"))
    browser.get(f"/centres/{there.centre.id}{page}", expect=404)
    assert "North, spring" not in browser.get("/centres/").main
