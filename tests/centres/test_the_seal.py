"""Nobody sees another's rating before all have sealed, and no sealed form is opened after that."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select

from selection.centres.washup import written
from selection.core.clock import now
from selection.models.notices import Notice
from selection.models.scoring import RatingForm
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from selection.rules.scoring import GlobalJudgement
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, form, send
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
SECRET = "She interrupted him three times."
INCIDENT = "She shouted at the actor."


@pytest.fixture
def there(store: Store) -> Prepared:
    """Ann has sealed the role play, with words that can be told from all others; Ben has only begun."""
    with store.session() as session:
        made = centres.prepared(session)
        ann, ben = made.forms[ROLE_PLAY]
        centres.rate(session, ann, [1, 1, 1], evidence=SECRET, incident=INCIDENT, judgement=GlobalJudgement.CLEAR_NO)
        centres.rate(session, ben, [5, 5, 5], evidence="He said so himself.", sealed=False)
        return made


def test_the_query_itself_loads_nothing_before_the_reveal(app: Flask, store: Store, there: Prepared) -> None:
    sitting, chair = there.sitting(ROLE_PLAY).id, people.actor(there.chair)
    with app.app_context():
        assert written.of_sitting(chair, sitting) == []
        assert written.of_centre(chair, there.centre.id) == {}
        assert written.of_candidacy(chair, there.candidacy.id) == {}
    with store.session() as session:
        session.get_one(RatingForm, there.forms[ROLE_PLAY][1].id).sealed_at = now()
    with app.app_context():
        assert [form.assessor for form in written.of_sitting(chair, sitting)] == ["Ann Assessor", "Ben Assessor"]
        assert list(written.of_centre(chair, there.centre.id)) == [sitting]


def test_the_trail_tells_nothing_of_it(store: Store, clients: Clients, there: Prepared) -> None:
    ben = clients().sign_in_as(there.second)
    presentation = there.forms[ExerciseKind.PRESENTATION][1]
    ben.get(form(presentation))
    ben.fill({"judgement": "clear_no", "incident": ["y"], "incident_note": INCIDENT}, button="Save and go on later")
    for entry in store.all(select(TrailEntry).where(TrailEntry.event.like("form.%"))):
        assert set(entry.after or {}) <= {"rated", "of", "sealed_at"}


def test_the_chair_sees_how_far_they_are_and_no_more(clients: Clients, there: Prepared) -> None:
    chair = clients().sign_in_as(there.chair)
    assert "1 of 2 sealed" in chair.get(f"/centres/{there.centre.id}/wash-up").main
    page = chair.get(at(there, ROLE_PLAY))
    assert "Ann Assessor: Sealed" in page.main
    assert "Ben Assessor: Not sealed yet" in page.main
    for act in ("/outcome", "/judgement", "/incident", "/third", "/borderline"):
        page = send(chair, at(there, ROLE_PLAY, act), expect=409)
        assert "Ben Assessor did not seal the role play yet." in page.main


def test_when_the_last_has_sealed_all_is_revealed(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        session.get_one(RatingForm, there.forms[ROLE_PLAY][1].id).sealed_at = now()
    page = clients().sign_in_as(there.chair).get(at(there, ROLE_PLAY))
    assert page.main.count(SECRET) == 3
    assert INCIDENT in page.main
    assert page.main.count("He said so himself.") == 3


def test_three_assessors_reveal_when_all_three_have_sealed(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        session.get_one(RatingForm, there.forms[ROLE_PLAY][1].id)
        extra = centres.seat(session, session.merge(there.sitting(ROLE_PLAY)), centres.assessor(session, "Dev Extra"))
        session.get_one(RatingForm, there.forms[ROLE_PLAY][1].id).sealed_at = now()
    chair = clients().sign_in_as(there.chair)
    assert SECRET not in chair.get(at(there, ROLE_PLAY)).text
    with store.session() as session:
        centres.rate(session, session.merge(extra), [3, 3, 3])
    assert SECRET in chair.get(at(there, ROLE_PLAY)).text


def reopen(there: Prepared, number: int) -> str:
    sitting = there.sitting(ROLE_PLAY)
    return f"/centres/{there.centre.id}/sittings/{sitting.id}/forms/{there.forms[ROLE_PLAY][number].id}/reopen"


def test_the_chair_opens_a_sealed_form_again_with_a_reason(store: Store, clients: Clients, there: Prepared) -> None:
    chair = clients().sign_in_as(there.chair)
    chair.get(at(there, ROLE_PLAY))
    page = chair.follow("Open the form of Ann Assessor again")
    assert SECRET not in page.text
    page = chair.fill({"why": " "}, button="Open the form again")
    assert page.errors == ["There is no reason for opening the form again. Say why it should be opened."]
    page = chair.fill({"why": "She rated the wrong candidate."}, button="Open the form again")
    assert "Ann Assessor can write on the form again" in page.banner
    letter = store.one(select(Notice))
    assert (letter.staff_id, "She rated the wrong candidate." in letter.body) == (there.first.staff_id, True)
    assert "Cara" not in letter.body
    assert store.one(select(RatingForm).where(RatingForm.id == there.forms[ROLE_PLAY][0].id)).sealed_at is None
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "form.reopened"))
    assert (entry.reason, entry.staff_id) == ("She rated the wrong candidate.", there.candidacy.staff_id)
    page = send(chair, reopen(there, 0), {"why": "Again."})
    assert page.errors == ["The form is not sealed, so that there is nothing to open."]
    ann = clients().sign_in_as(there.first)
    assert SECRET in ann.get(form(there.forms[ROLE_PLAY][0])).text
    assert "is sealed" in ann.fill({}, button="Seal the form").banner
    send(chair, at(there, ROLE_PLAY, "/void"), {"reason": "The actor left."})
    assert "Open the form of" not in chair.get(at(there, ROLE_PLAY)).main
    page = send(chair, reopen(there, 0), {"why": "Again."})
    assert page.errors == ["The exercise is void, and nothing more is written on its forms."]


def test_nobody_opens_a_form_after_the_reveal(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        session.get_one(RatingForm, there.forms[ROLE_PLAY][1].id).sealed_at = now()
    page = send(clients().sign_in_as(there.chair), reopen(there, 0), {"why": "She changed her mind."})
    assert page.errors == [
        (
            "The ratings have been revealed, so that no form may be opened again."
            " Put a moderated value beside the original ratings."
        )
    ]
    assert store.count(RatingForm, RatingForm.sealed_at.is_not(None)) == 2


def test_only_the_chair_opens_a_form(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        other = people.account(session, Role.COORDINATOR)
        south = people.account(session, Role.COORDINATOR, in_area="South")
    page = send(clients().sign_in_as(other), reopen(there, 0), {"why": "To see."}, expect=409)
    assert "Only the chair of this centre, Chris Chair, may do this." in page.main
    send(clients().sign_in_as(south), reopen(there, 0), {"why": "To see."}, expect=404)
    send(clients().sign_in_as(there.first), reopen(there, 0), {"why": "To see."}, expect=403)
    assert store.count(RatingForm, RatingForm.sealed_at.is_not(None)) == 1
