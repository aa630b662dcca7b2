"""Assessors are given to exercises where they are current and free of conflict, and refused with every reason."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from selection.models.centres import AssessorTraining
from selection.models.people import Acquaintance, Staff
from selection.models.scoring import RatingForm
from selection.models.standards import Standard
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import filled, letters, send, with_token
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike, Page
from tests.races import Sent, at_once
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def there(store: Store) -> Prepared:
    with store.session() as session:
        return centres.prepared(session)


@pytest.fixture
def empty(store: Store, there: Prepared) -> Prepared:
    """The same centre, on which nobody has a place yet."""
    with store.session() as session:
        for forms in there.forms.values():
            for form in forms:
                session.delete(session.merge(form))
    return there


def give(browser: Browserlike, there: Prepared, *who: int | None, kind: str | None = None, of: int = 0) -> Page:
    """Ask for places for the assessors, of one exercise or of all."""
    exercises = {each.kind: each.id for each in there.centre.standard.exercises}
    ids = [*who, 0]
    sent = {"candidate": of, "exercise": exercises[kind] if kind else 0, "assessor": ids[0], "second": ids[1]}
    return send(browser, f"/centres/{there.centre.id}/seats", sent)


def test_two_are_given_to_all_candidates_of_an_exercise(store: Store, clients: Clients, empty: Prepared) -> None:
    with store.session() as session:
        centre = session.merge(empty.centre)
        for name in ("Dana Dell", "Emil Early"):
            centres.candidacy(session, centre, people.staff(session, name))
    page = give(
        clients().sign_in_as(empty.chair), empty, empty.first.staff_id, empty.second.staff_id, kind="presentation"
    )
    assert "6 places are given" in page.banner
    assert store.count(RatingForm) == 6
    assert "12 places are open" in page.main
    told = store.all(select(TrailEntry).where(TrailEntry.event == "assessor.seated"))
    assert len({(entry.subject_id, entry.staff_id) for entry in told}) == 6
    for assessor in (empty.first, empty.second):
        assert letters(store, assessor.staff_id) == ["You assess: North, spring, 15 March 2027"], (
            "one, however many places"
        )


def test_a_repeated_submit_gives_no_second_place(store: Store, clients: Clients, there: Prepared) -> None:
    chair, candidacy = clients().sign_in_as(there.chair), there.candidacy.id
    page = give(chair, there, there.first.staff_id, kind="role_play", of=candidacy)
    assert page.all(".app-reasons__item") == ["Ann Assessor has a place at this exercise already."]
    assert give(chair, there, there.first.staff_id, kind="role_play").errors == ["There is no open place."]
    assert store.count(RatingForm) == 6


def test_every_reason_is_given_and_who_can_is_seated(store: Store, clients: Clients, empty: Prepared) -> None:
    with store.session() as session:
        boss = people.staff(session, "Bea Boss")
        cara = session.get_one(Staff, empty.candidacy.staff_id)
        cara.line_manager_id = boss.id
        session.add(Acquaintance(staff_id=cara.id, other_id=boss.id, declared_on=date(2027, 1, 1), note=""))
    page = give(clients().sign_in_as(empty.chair), empty, boss.id, empty.first.staff_id, kind="role_play")
    assert "One place was not given; 1 was" in page.main
    assert page.all(".app-reasons__item") == [
        (
            "Bea Boss is not current as an assessor on 15 March 2027."
            " Record the assessor training that covers the day, or choose another assessor."
        ),
        "Bea Boss is Cara Candidate's line manager. Choose another assessor.",
        "Bea Boss and Cara Candidate have a declared acquaintance. Choose another assessor.",
    ]
    assert store.one(select(RatingForm)).assessor_id == empty.first.staff_id


@pytest.mark.parametrize("turned", [False, True])
def test_an_acquaintance_counts_in_either_direction(
    store: Store, clients: Clients, empty: Prepared, turned: bool
) -> None:
    one, other = empty.first.staff_id, empty.candidacy.staff_id
    if turned:
        one, other = other, one
    with store.session() as session:
        session.add(Acquaintance(staff_id=one, other_id=other, declared_on=date(2027, 1, 1), note=""))
    page = give(clients().sign_in_as(empty.chair), empty, empty.first.staff_id)
    assert len(page.all(".app-reasons__item")) == 3
    assert "declared acquaintance" in page.main
    assert store.count(RatingForm) == 0


def test_who_is_in_conflict_since_they_got_the_place_does_not_rate(
    store: Store, clients: Clients, there: Prepared
) -> None:
    """Ann is acquainted with the candidate, and Ben has become their line manager."""
    ann, (form, other) = clients().sign_in_as(there.first), there.forms[ExerciseKind.ROLE_PLAY]
    page = ann.get(f"/centres/forms/{form.id}")
    sealed = page.form(button="Seal the form")
    sealed.fill(filled(page, [3, 3, 3]))
    sealed.press("Seal the form")
    with store.session() as session:
        candidate = session.get_one(Staff, there.candidacy.staff_id)
        candidate.line_manager_id = there.second.staff_id
        who = {"staff_id": candidate.id, "other_id": there.first.staff_id}
        session.add(Acquaintance(**who, declared_on=date(2027, 3, 14), note=""))
    assert ann.http.post(f"/centres/forms/{form.id}", data=sealed.sent()).status_code == 409
    words = "The assessor is the line manager of Cara Candidate or has a declared acquaintance with them"
    for browser, own in ((ann, form), (clients().sign_in_as(there.second), other)):
        assert words in browser.get(f"/centres/forms/{own.id}").main
        assert "rating form" not in browser.get("/").main
    chair = clients().sign_in_as(there.chair)
    page = chair.get(f"/centres/{there.centre.id}/seats")
    assert page.main.count("In conflict knows or manages Cara Candidate, and cannot seal") == 6
    chair.fill(button="Take off Ann Assessor, role play of Cara Candidate")
    assert list(store.all(select(RatingForm.id).where(RatingForm.sitting_id == form.sitting_id))) == [other.id]


def test_the_candidate_the_nominator_and_an_old_assessor_are_refused(
    store: Store, clients: Clients, empty: Prepared
) -> None:
    with store.session() as session:
        candidacy = session.merge(empty.candidacy)
        candidacy.nominated_by_id = empty.first.staff_id
        for staff_id in (candidacy.staff_id,):
            session.add(
                AssessorTraining(staff_id=staff_id, valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31), note="")
            )
        standard = session.get_one(Standard, empty.centre.standard_id)
        earlier = centres.centre(session, chair=empty.chair, standard=standard, held_on=date(2026, 1, 1))
        old = centres.candidacy(session, earlier, candidacy.staff)
        centres.seat(session, old.sittings[0], empty.second)
    browser = clients().sign_in_as(empty.chair)
    page = give(browser, empty, empty.candidacy.staff_id, empty.first.staff_id, kind="role_play")
    assert page.all(".app-reasons__item") == [
        "Cara Candidate is the candidate, and nobody assesses themselves. Choose another assessor.",
        "Ann Assessor put Cara Candidate forward. Choose another assessor.",
    ]
    page = give(browser, empty, empty.second.staff_id, kind="role_play")
    assert "Ben Assessor assessed Cara Candidate at an earlier centre; a re-sit has new assessors." in page.main


def test_there_are_as_many_places_as_the_standard_asks_for(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        third = centres.assessor(session, "Dev Third")
    page = give(clients().sign_in_as(there.chair), there, third.staff_id, kind="role_play", of=there.candidacy.id)
    assert "All 2 places of this exercise are taken." in page.main
    assert store.count(RatingForm) == 6


def test_only_who_is_current_is_offered(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        centres.assessor(session, "Old Hand", last=date(2027, 3, 14))
        centres.assessor(session, "Gone Away", left_on=date(2027, 3, 1))
    browser = clients().sign_in_as(there.chair)
    page = browser.get(f"/centres/{there.centre.id}/seats")
    offered = [words.rpartition(" ")[0] for words in page.all("#assessor option")]
    assert offered == ["Choose an", "Ann Assessor", "Ben Assessor"]
    assert browser.fill({}, button="Give them these places").errors == ["Choose an assessor"]
    assert give(browser, there, 2**64).errors == ["Invalid Choice: could not coerce."]


def test_an_assessor_is_taken_off_until_they_begin(store: Store, clients: Clients, there: Prepared) -> None:
    browser = clients().sign_in_as(there.chair)
    form, other = there.forms[ExerciseKind.ROLE_PLAY]
    sitting = there.sitting(ExerciseKind.ROLE_PLAY)
    browser.get(f"/centres/{there.centre.id}/seats")
    page = browser.fill(button="Take off Ann Assessor, role play of Cara Candidate")
    assert "Ann Assessor no longer assesses the role play of Cara Candidate" in page.banner
    assert store.count(RatingForm, RatingForm.id == form.id) == 0
    assert letters(store, there.first.staff_id) == ["You no longer assess: North, spring, 15 March 2027"]
    with store.session() as session:
        centres.rate(session, session.merge(other), [3], sealed=False)
    address = f"/centres/{there.centre.id}/seats/{sitting.id}/{other.id}/take-off"
    page = send(browser, address, expect=409)
    assert "Ben Assessor began the form, and what was rated is kept." in page.main
    assert store.count(RatingForm, RatingForm.id == other.id) == 1


def test_training_is_recorded_for_a_year_unless_said_otherwise(store: Store, clients: Clients) -> None:
    with store.session() as session:
        runs = people.account(session, Role.COORDINATOR, of=people.staff(session), in_area="North")
        dana, south = people.staff(session, "Dana Dell"), people.staff(session, "Sandy South", in_area="South")
    browser = clients().sign_in_as(runs)
    assert "No assessor training is recorded" in browser.get("/centres/assessors").main
    assert "is a local setting, not a prescribed period" in browser.page.main  # type: ignore[union-attr]
    page = browser.fill({"number": dana.number, "valid_from": date(2027, 3, 1)}, button="Record the training")
    assert "The training of Dana Dell is recorded" in page.banner
    training = store.one(select(AssessorTraining))
    assert (training.valid_from, training.valid_to) == (date(2027, 3, 1), date(2028, 2, 29))
    page = browser.fill({"number": dana.number, "valid_from": date(2027, 3, 1)}, button="Record the training")
    assert page.errors == ["Dana Dell is current on all of these days already."]
    own = store.one(select(Staff.number).where(Staff.id == runs.staff_id))
    page = browser.fill({"number": own, "valid_from": date(2027, 3, 1)}, button="Record the training")
    assert page.errors == [
        "This is your own number, and nobody records their own training. Ask somebody else who runs centres."
    ]
    page = browser.fill({"number": south.number}, button="Record the training")
    assert page.errors == [
        f"There is no staff member with the number {south.number} in the areas where you run centres."
    ]
    page = browser.fill({"months": "0"}, button="Record the training")
    assert page.errors == ["Valid for months: enter a whole number from 1 to 60"]
    assert store.count(AssessorTraining) == 1


def test_only_who_runs_centres_gives_places(store: Store, clients: Clients, there: Prepared) -> None:
    clients().sign_in_as(there.first).get(f"/centres/{there.centre.id}/seats", expect=403)
    clients().sign_in_as(there.first).get("/centres/assessors", expect=403)


def test_two_who_give_places_at_once_give_no_more_than_there_are(
    store: Store, clients: Clients, empty: Prepared
) -> None:
    with store.session() as session:
        more = [centres.assessor(session, name).staff_id for name in ("Dev Third", "Eve Fourth")]
        other = people.account(session, Role.COORDINATOR)
    path = f"/centres/{empty.centre.id}/seats"
    requests: list[Sent] = []
    for login, pair in ((empty.chair, [empty.first.staff_id, empty.second.staff_id]), (other, more)):
        browser = clients().sign_in_as(login)
        sent = {"candidate": 0, "exercise": 0, "assessor": pair[0], "second": pair[1]}
        requests.append((browser, path, with_token(browser, sent)))
    assert sorted(at_once(*requests)) == [200, 302], "one gives them all, the other is told that they are taken"
    assert store.count(RatingForm) == 6
