"""Candidates are put forward by those who run the centre, and refused with every reason."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from selection.core import clock as time
from selection.models.authorisations import Stop
from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.people import Account, Staff
from selection.models.scoring import RatingForm
from selection.models.standards import Standard
from selection.models.trail import TrailEntry
from selection.rules.calendar import NO_END
from selection.rules.outcomes import Outcome
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, letters, send, with_token
from tests.factories import centres, chain, people, standards
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.races import Sent, one_wins
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def there(store: Store) -> Prepared:
    with store.session() as session:
        return centres.prepared(session)


def put_forward(browser: Browserlike, there: Prepared, who: Staff, nominated_by: str = "") -> list[str]:
    """Try to put somebody forward; return the reasons against it."""
    sent = {"candidate": who.id, "nominated_by": nominated_by}
    return send(browser, f"/centres/{there.centre.id}/candidates", sent).errors


def test_who_is_put_forward_sits_every_exercise(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        dana, boss = people.staff(session, "Dana Dell"), people.staff(session, "Nora Nominator")
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}/candidates", words="dell dan")
    page = browser.fill({"candidate": dana.id, "nominated_by": boss.number}, button="Put forward")
    assert "Dana Dell is put forward" in page.banner
    assert letters(store, dana.id) == ["You are put forward: North, spring, 15 March 2027"]
    candidacy = store.one(select(Candidacy).where(Candidacy.staff_id == dana.id))
    assert (candidacy.nominated_by_id, candidacy.put_forward_on) == (boss.id, date(2027, 3, 15))
    kinds = store.all(select(Sitting.kind).where(Sitting.candidacy_id == candidacy.id).order_by(Sitting.id))
    assert list(kinds) == [*ExerciseKind]
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "candidate.put_forward"))
    assert (entry.staff_id, entry.after) == (
        dana.id,
        {"centre_id": there.centre.id, "nominated_by_id": boss.id},
    )


def test_a_repeated_submit_is_stored_once(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        dana = people.staff(session, "Dana Dell")
    browser = clients().sign_in_as(there.chair)
    assert put_forward(browser, there, dana) == []
    assert put_forward(browser, there, dana) == ["Dana Dell is on this centre already."]
    assert store.count(Candidacy, Candidacy.staff_id == dana.id) == 1
    assert store.count(Sitting, Sitting.staff_id == dana.id) == 3


def test_the_search_says_who_cannot_and_why(store: Store, clients: Clients, there: Prepared) -> None:
    browser = clients().sign_in_as(there.chair)
    page = browser.get(f"/centres/{there.centre.id}/candidates", words="cara")
    assert page.all(".app-reasons__item") == ["Cara Candidate is on this centre already."]
    number = there.candidacy.staff.number
    assert "Cara Candidate" in browser.get(f"/centres/{there.centre.id}/candidates", words=number).main
    assert "Nobody is found" in browser.get(f"/centres/{there.centre.id}/candidates", words="zebra").main


def test_reasons_against_a_person(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        gone = people.staff(session, "Gone Already", left_on=date(2027, 3, 14))
        stopped = people.staff(session, "Stopped Person")
        session.add(
            Stop(
                staff_id=stopped.id,
                kind="suspension",
                from_day=date(2027, 3, 1),
                to_day=NO_END,
                reason="A complaint.",
                decided_by_id=there.chair.id,
                decided_at=time.now(),
            )
        )
    browser = clients().sign_in_as(there.chair)
    assert put_forward(browser, there, gone) == ["Gone Already leaves the service on 14 March 2027."]
    assert put_forward(browser, there, stopped) == [
        "Stopped Person is under a suspension on 15 March 2027. It must end or be lifted first."
    ]
    chair = there.centre.chair_id
    assert put_forward(browser, there, store.one(select(Staff).where(Staff.id == chair))) == [
        "Chris Chair chairs this centre. Name another chair first.",
        "This is you, and nobody puts themselves forward. Ask somebody else who runs centres.",
    ]
    assert store.count(Candidacy) == 1


def test_an_unknown_nominator_or_oneself_is_refused_and_the_choice_stays(
    store: Store, clients: Clients, there: Prepared
) -> None:
    with store.session() as session:
        dana = people.staff(session, "Dana Dell")
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}/candidates", words="dana")
    page = browser.fill({"candidate": dana.id, "nominated_by": "S99999"}, button="Put forward")
    assert page.errors == [
        "There is no staff member with the number S99999. Enter a staff number, or leave the field empty."
    ]
    assert page.soup.select_one("input[name=candidate][checked]")
    assert put_forward(browser, there, dana, dana.number) == ["Nobody nominates themselves. Leave the field empty."]
    browser.get(f"/centres/{there.centre.id}/candidates", words="dana")
    assert browser.fill({}, button="Put forward").errors == ["Choose a candidate"]
    sent = {"candidate": 2**64, "nominated_by": ""}
    assert send(browser, f"/centres/{there.centre.id}/candidates", sent).errors == ["Choose a candidate"]


def earlier(store: Store, there: Prepared, decided_on: date, result: str, **outcomes: Outcome) -> Staff:
    """Store a decision of an earlier centre on a new person, under the same standard."""
    with store.session() as session:
        who = people.staff(session, "Rita Resit")
        standard = session.get_one(Standard, there.centre.standard_id)
        held = centres.centre(session, chair=there.chair, standard=standard, title="Autumn", held_on=decided_on)
        candidacy = centres.candidacy(session, held, who)
        results = {ExerciseKind(kind): outcome for kind, outcome in outcomes.items()}
        centres.decided(session, candidacy, results, by=there.chair, decided_on=decided_on, result=result)
        return who


def test_a_valid_pass_and_a_re_sit_too_soon_are_refused_with_the_day(
    store: Store, clients: Clients, there: Prepared
) -> None:
    browser = clients().sign_in_as(there.chair)
    selected = earlier(store, there, date(2026, 1, 10), "selected")
    address = f"/centres/{there.centre.id}/candidates?words=rita"
    page = send(browser, address, {"candidate": selected.id, "nominated_by": ""})
    assert page.errors == [
        "The candidate is selected, and the pass is still valid. Nothing needs to be sat while it is."
    ]
    assert "Earliest: 10 January 2028." in page.main
    assert store.count(Candidacy, Candidacy.staff_id == selected.id) == 1


def test_whose_selection_elsewhere_is_recognised_sits_nothing(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        who = people.staff(session, "Rae Recognised")
        lead = people.account(session, Role.TRAINING_LEAD)
        chain.certificate(session, who, Stage.SELECTION, by=lead)
    page = clients().sign_in_as(there.chair).get(f"/centres/{there.centre.id}/candidates?words=rae")
    assert "The selection of Rae Recognised elsewhere is recognised on 15 March 2027." in page.main
    assert "A training lead recognises it on evidence" in page.main
    with store.session() as session:
        rae = people.account(session, Role.STAFF_MEMBER, of=session.merge(who))
    page = clients().sign_in_as(rae).get("/centres/me")
    assert "Your selection elsewhere is recognised" in page.main
    assert "Nobody has put you forward" not in page.main


def test_a_re_sit_is_of_what_was_not_yet(store: Store, clients: Clients, there: Prepared) -> None:
    browser = clients().sign_in_as(there.chair)
    rita = earlier(store, there, date(2026, 9, 1), "not_yet", presentation=Outcome.NOT_YET)
    page = browser.get(f"/centres/{there.centre.id}/candidates", words="rita")
    assert "Sits presentation. The role play stands until 31 August 2027." in page.main
    assert put_forward(browser, there, rita) == []
    here = (
        select(Sitting.kind).join(Candidacy).where(Sitting.staff_id == rita.id, Candidacy.centre_id == there.centre.id)
    )
    assert list(store.all(here)) == ["presentation"]


def test_who_waits_for_another_centre_is_refused(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        standard = session.get_one(Standard, there.centre.standard_id)
        other = centres.centre(session, chair=there.chair, standard=standard, title="Autumn", held_on=date(2026, 9, 1))
        dana = people.staff(session, "Dana Dell")
        centres.candidacy(session, other, dana)
    browser = clients().sign_in_as(there.chair)
    assert put_forward(browser, there, dana) == [
        "Dana Dell waits for a decision of Autumn, 1 September 2026. That centre decides first."
    ]


def test_people_of_other_areas_are_out_of_reach(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        runs = people.account(session, Role.COORDINATOR, in_area="North")
        south = people.staff(session, "Sandy South", in_area="South")
    browser = clients().sign_in_as(runs)
    assert "Nobody is found" in browser.get(f"/centres/{there.centre.id}/candidates", words="sandy").main
    assert put_forward(browser, there, south) == [
        "There is no such staff member in the areas where you run centres. Search again."
    ]


def test_a_candidate_is_taken_back_until_somebody_begins(store: Store, clients: Clients, there: Prepared) -> None:
    browser = clients().sign_in_as(there.chair)
    with store.session() as session:
        form = session.merge(there.forms[ExerciseKind.ROLE_PLAY][0])
        centres.rate(session, form, [3], sealed=False)
    page = browser.get(f"/centres/{there.centre.id}")
    assert page.all("main button") == ["Close the centre"]
    page = send(browser, f"/centres/{there.centre.id}/candidates/{there.candidacy.id}/take-back", expect=409)
    assert "Ann Assessor began to rate Cara Candidate, and what was rated is kept." in page.main
    assert store.count(Candidacy) == 1


def test_nor_once_an_exercise_is_void(store: Store, clients: Clients, there: Prepared) -> None:
    browser = clients().sign_in_as(there.chair)
    send(browser, at(there, ExerciseKind.ROLE_PLAY, "/void"), {"reason": "A fire alarm."})
    page = browser.get(f"/centres/{there.centre.id}")
    assert page.all("main button") == ["Close the centre"]
    page = send(browser, f"/centres/{there.centre.id}/candidates/{there.candidacy.id}/take-back", expect=409)
    assert "The role play of Cara Candidate is declared void, and what was declared is kept." in page.main


def test_taking_back_removes_what_was_prepared(store: Store, clients: Clients, there: Prepared) -> None:
    browser = clients().sign_in_as(there.chair)
    browser.get(f"/centres/{there.centre.id}")
    page = browser.fill(button="Take back")
    assert "Cara Candidate is taken back" in page.banner
    assert (store.count(Candidacy), store.count(Sitting), store.count(RatingForm)) == (0, 0, 0)
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "candidate.withdrawn"))
    assert entry.staff_id == there.candidacy.staff_id
    assert letters(store, there.candidacy.staff_id) == ["You are taken back: North, spring, 15 March 2027"]
    send(browser, f"/centres/{there.centre.id}/candidates/{there.candidacy.id}/take-back", expect=404)


def test_only_who_runs_centres_puts_forward(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        auditor: Account = people.account(session, Role.AUDITOR)
    clients().sign_in_as(auditor).get(f"/centres/{there.centre.id}/candidates", expect=403)
    clients().sign_in_as(there.first).get(f"/centres/{there.centre.id}/candidates", expect=403)


def test_nobody_is_put_forward_to_a_centre_that_is_closed_at_the_same_moment(store: Store, clients: Clients) -> None:
    with store.session() as session:
        chair, other = (people.account(session, Role.COORDINATOR) for _ in range(2))
        made = centres.centre(session, chair=chair)
        who = people.staff(session, "Cara Candidate")
    requests: list[Sent] = []
    for login, door, sent in ((chair, "close", {}), (other, "candidates", {"candidate": who.id})):
        browser = clients().sign_in_as(login)
        requests.append((browser, f"/centres/{made.id}/{door}", with_token(browser, sent)))
    one_wins(*requests)
    closed = store.one(select(Centre)).closed_at is not None
    assert store.count(Candidacy) == (0 if closed else 1)


def test_nobody_is_put_forward_to_two_centres_at_the_same_moment(store: Store, clients: Clients) -> None:
    with store.session() as session:
        chairs = [people.account(session, Role.COORDINATOR) for _ in range(2)]
        standard = standards.standard(session)
        both = [centres.centre(session, chair=chair, standard=standard, title=chair.name) for chair in chairs]
        who = people.staff(session, "Cara Candidate")
    requests: list[Sent] = []
    for login, made in zip(chairs, both, strict=True):
        browser = clients().sign_in_as(login)
        requests.append((browser, f"/centres/{made.id}/candidates", with_token(browser, {"candidate": who.id})))
    one_wins(*requests)
    assert store.count(Candidacy) == 1
