"""On the day when nothing works: forms are printed, written by hand, and typed by another person, marked for good."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from selection.models.capture import FormOperation, Transcription
from selection.models.people import Account, Grant
from selection.models.scoring import RatingForm
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import EVIDENCE, at, filled, form, send
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike, Page
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
SQLITE = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
"""For what no database can make different."""
SAFE = "Folder of this centre, Court Street"


@pytest.fixture
def there(store: Store) -> Prepared:
    with store.session() as session:
        return centres.prepared(session, kinds=[ROLE_PLAY])


@pytest.fixture
def typist(store: Store) -> Account:
    with store.session() as session:
        return people.account(session, Role.COORDINATOR, of=people.staff(session, "Tina Typist"))


def address(there: Prepared, seat: int = 0) -> str:
    return f"/centres/{there.centre.id}/forms/{there.forms[ROLE_PLAY][seat].id}/transcribe"


def types(browser: Browserlike, there: Prepared, *, button: str, seat: int = 0, **more: str | None) -> Page:
    page = browser.get(address(there, seat))
    return browser.fill(filled(page, [3, 4, None]) | {"paper_kept": SAFE} | more, button=button)


@SQLITE
def test_every_form_that_is_to_be_filled_is_printed(clients: Clients, there: Prepared, typist: Account) -> None:
    page = clients().sign_in_as(typist).get(f"/centres/{there.centre.id}/paper")
    assert [row["Assessor"] for row in page.table()] == ["Ann Assessor", "Ben Assessor"]
    assert len(page.soup.select(".app-paper")) == 2
    paper = page.words(".app-paper")
    for words in (
        "30 minutes",
        "Shows it 4 (speaks against it)",
        "☐ Not seen",
        "3: Point 3 (the standard)",
        "What 5 means.",
    ):
        assert words in paper
    on_every_sheet = page.words(".app-paper thead")
    for words in ("Form ", "Role play of Cara Candidate", "Ann Assessor", there.centre.title):
        assert words in on_every_sheet


def test_another_person_types_and_seals_it_and_it_is_marked(
    store: Store, clients: Clients, there: Prepared, typist: Account
) -> None:
    tina = clients().sign_in_as(typist)
    tina.get(f"/centres/{there.centre.id}/paper")
    tina.follow("Type from paper : role play of Cara Candidate, Ann Assessor")
    assert "Say where the paper form is kept" in tina.fill({}, button="Save and go on later").text
    assert store.count(Transcription) == 0
    types(tina, there, button="Save and go on later")
    page = tina.get(address(there))
    assert EVIDENCE in page.text
    assert "is sealed" in tina.fill({}, button="Seal the form").banner
    assert [row.door for row in store.all(select(FormOperation))] == ["paper", "paper"]
    assert store.one(select(Transcription)).by_id == typist.id
    ann = clients().sign_in_as(there.first)
    assert (
        f"Tina Typist typed this from your paper form. The paper is kept: {SAFE}."
        in ann.get(form(there.forms[ROLE_PLAY][0])).main
    )
    trail = {row.event: row.after or {} for row in store.all(select(TrailEntry).where(TrailEntry.event.like("form.%")))}
    assert trail["form.transcribed"] == {"assessor_id": there.first.staff_id, "paper_kept": SAFE}
    assert trail["form.sealed"]["from_paper_by"] == "Tina Typist"
    assert EVIDENCE not in str(trail)
    ben = clients().sign_in_as(there.second)
    ben.fill(filled(ben.get(form(there.forms[ROLE_PLAY][1])), [3, 4, 3]), button="Seal the form")
    page = clients().sign_in_as(there.chair).get(at(there, ROLE_PLAY))
    assert page.main.count("Ann Assessor (typed from paper by Tina Typist): ") == 3
    assert "Ben Assessor: " in page.main
    assert [row["Assessor"] for row in page.table("table:has(#whole)")] == [
        "Ann Assessor (typed from paper by Tina Typist)",
        "Ben Assessor",
    ]
    wash_up = clients().sign_in_as(there.chair).get(f"/centres/{there.centre.id}/wash-up").main
    assert "Ann Assessor (typed from paper by Tina Typist)" in wash_up
    assert "(paper), " in wash_up


@SQLITE
def test_who_must_not_see_a_rating_does_not_type_it(
    store: Store, clients: Clients, there: Prepared, typist: Account
) -> None:
    with store.session() as session:
        for login in (there.first, there.second):
            session.add(Grant(account_id=login.id, role=Role.COORDINATOR))
        south = people.account(session, Role.COORDINATOR, in_area="South")
    for login, words in (
        (there.first, "This is your own form."),
        (there.second, "each assessor rates alone"),
        (there.chair, "You chair this centre"),
    ):
        browser = clients().sign_in_as(login)
        assert words in browser.get(address(there), expect=409).main
        assert words in send(browser, address(there), {"version": "1", "paper_kept": SAFE}, expect=409).main
    clients().sign_in_as(south).get(address(there), expect=404)
    ann = clients().sign_in_as(there.first)
    ann.get(form(there.forms[ROLE_PLAY][0]))
    ann.fill({"judgement": "strong"}, button="Save and go on later")
    assert (
        "Ann Assessor has begun this form already." in clients().sign_in_as(typist).get(address(there), expect=409).main
    )
    assert store.count(Transcription) == 0


def test_what_the_assessor_changes_afterwards_is_theirs_alone(
    store: Store, clients: Clients, there: Prepared, typist: Account
) -> None:
    tina = clients().sign_in_as(typist)
    types(tina, there, button="Save and go on later")
    ann = clients().sign_in_as(there.first)
    assert "Tina Typist began to type this from your paper form." in ann.get(form(there.forms[ROLE_PLAY][0])).main
    ann.fill({"judgement": "strong"}, button="Save and go on later")
    tina.get(address(there), expect=409)
    assert store.one(select(RatingForm).where(RatingForm.global_judgement.is_not(None))).global_judgement == "strong"


@SQLITE
def test_gaps_and_a_clash_are_shown_as_on_the_assessors_own_page(
    store: Store, clients: Clients, there: Prepared, typist: Account
) -> None:
    tina = clients().sign_in_as(typist)
    old = tina.get(address(there))
    page = types(tina, there, button="Seal the form", judgement=None)
    assert "The form is saved, but it cannot be sealed yet" in page.main
    assert page.errors == [
        "There is no judgement of the whole exercise. Choose clear no, borderline, competent or strong."
    ]
    tina.fill({"judgement": "strong", "paper_kept": SAFE}, button="Save and go on later", page=old, expect=409)
    assert store.count(Transcription) == 1
