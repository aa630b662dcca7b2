"""Feedback is made of the evidence, released by the chair, and read by its candidate and nobody else."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from sqlalchemy import select

from selection.centres.feedback.content import level_in_words
from selection.centres.papers import Anchor
from selection.models.appeals import FeedbackRelease
from selection.models.people import Account, Staff
from selection.models.scoring import IndicatorMark
from selection.models.trail import TrailEntry
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, decision, letters, send
from tests.factories import centres, people, standards
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.papers import read_accessible
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY, PRESENTATION, INTERVIEW = ExerciseKind
OTHERS = "Said of another candidate altogether."


@pytest.fixture(scope="session", params=["sqlite"])
def database_kind(request: pytest.FixtureRequest) -> str:
    """What is read and how it is set is the same on both databases."""
    kind: str = request.param
    return kind


@pytest.fixture
def there(store: Store, clients: Clients) -> Prepared:
    """Cara, decided by the chair: not yet, for her presentation; and somebody else on the same centre."""
    with store.session() as session:
        made = centres.prepared(session)
        centres.rated(session, made, ROLE_PLAY, [4, 4, 3], [4, 3, 3])
        centres.rated(session, made, PRESENTATION, [2, 2, 2], [2, 2, 2])
        centres.rated(session, made, INTERVIEW, [3, 3, 3, 3], [3, 3, 3, 3])
        other = centres.candidacy(session, made.centre)
        for login in (made.first, made.second):
            centres.rate(session, centres.seat(session, other.sittings[0], login), [5, 5, 5], evidence=OTHERS)
    decide(clients, made)
    return made


def decide(clients: Clients, there: Prepared) -> None:
    chair = clients().sign_in_as(there.chair)
    for kind in ExerciseKind:
        send(chair, at(there, kind, "/outcome"))
    send(chair, decision(there), {"note": ""})


def candidate(store: Store, there: Prepared) -> Account:
    with store.session() as session:
        return people.account(session, Role.STAFF_MEMBER, of=session.get_one(Staff, there.candidacy.staff_id))


def feedback(there: Prepared) -> str:
    return f"/centres/{there.centre.id}/candidates/{there.candidacy.id}/feedback"


def mine(there: Prepared) -> str:
    return f"/centres/me/{there.candidacy.id}/feedback"


def test_it_is_read_once_the_chair_has_released_it(store: Store, clients: Clients, there: Prepared) -> None:
    cara = clients().sign_in_as(candidate(store, there))
    page = cara.get("/centres/me")
    assert "Your feedback is not released yet." in page.main
    assert "From 15 September 2027 you can be put forward to sit: presentation." in page.main
    assert "The role play stands until 14 March 2028." in page.main
    for address in (mine(there), f"{mine(there)}.pdf", feedback(there)):
        assert cara.http.get(address).status_code in {403, 404}

    chair = clients().sign_in_as(there.chair)
    chair.get("/")
    page = chair.follow("Release feedback")
    assert "Due by 12 April 2027 (local setting)" in page.main
    page = chair.fill({"note": "You listened well."}, button="Release the feedback")
    assert "can read the feedback now" in page.banner
    send(chair, feedback(there), {"note": "Another."})
    assert store.one(select(FeedbackRelease)).note == "You listened well."
    assert letters(store, there.candidacy.staff_id) == [
        "It is decided: North, spring, 15 March 2027",
        "Your feedback from North, spring",
    ]

    cara.get("/")
    page = cara.follow("Read your feedback")
    for said in ("You listened well.", "Went well: empathy and warmth", "To work on: clear explanation, preparation"):
        assert said in page.main
    assert "3.5: between “Point 3” and “Point 4”" in page.main
    assert "Named the feeling and waited." in page.main
    for hidden in (OTHERS, "Ann Assessor", "Ben Assessor"):
        assert hidden not in page.text
    viewed = store.all(
        select(TrailEntry).where(TrailEntry.event == "feedback.viewed", TrailEntry.actor_name == "Cara Candidate")
    )
    assert len(viewed) == 1

    answer = cara.http.get(f"{mine(there)}.pdf")
    text = read_accessible(answer.data, title="Feedback for Cara Candidate")
    for said in ("You listened well.", "Presentation: not yet competent", "Named the feeling and waited."):
        assert said in text
    assert "Assessor" not in text.replace("assessor", "")
    assert OTHERS not in text


def test_nobody_else_reads_it(store: Store, clients: Clients, there: Prepared) -> None:
    send(clients().sign_in_as(there.chair), feedback(there), {"note": ""})
    with store.session() as session:
        stranger = people.account(session, *Role)
    for address in (mine(there), f"{mine(there)}.pdf"):
        assert clients().sign_in_as(stranger).http.get(address).status_code == 404
    assert clients().sign_in_as(there.first).http.get(feedback(there)).status_code == 403


def test_only_the_chair_releases_it(store: Store, clients: Clients, there: Prepared) -> None:
    with store.session() as session:
        other = people.account(session, Role.COORDINATOR)
        south = people.account(session, Role.COORDINATOR, in_area="South")
    page = send(clients().sign_in_as(other), feedback(there), {"note": ""})
    assert page.errors == ["Only the chair of this centre, Chris Chair, may do this. Ask Chris Chair."]
    send(clients().sign_in_as(south), feedback(there), {"note": ""}, expect=404)
    assert store.count(FeedbackRelease) == 0


def test_there_is_none_before_the_decision(store: Store, clients: Clients) -> None:
    with store.session() as session:
        made = centres.revealed(session)
    clients().sign_in_as(made.chair).get(feedback(made), expect=404)


def test_indicators_are_told_apart_and_names_follow_the_standard(store: Store, clients: Clients) -> None:
    with store.session() as session:
        standard = standards.standard(session, content_format=2, feedback_names_assessors=True)
        made = centres.prepared(session, standard=standard)
        for kind in (PRESENTATION, INTERVIEW):
            centres.rated(session, made, kind, centres.SOLID[kind], centres.SOLID[kind])
        indicators = made.sitting(ROLE_PLAY).exercise.competencies[0].indicators
        for indicator, mark in zip(indicators, ("seen", "not_seen", "contrary", "seen"), strict=True):
            session.add(IndicatorMark(form_id=made.forms[ROLE_PLAY][0].id, indicator_id=indicator.id, seen=mark))
        session.flush()
        centres.rated(session, made, ROLE_PLAY, [3, 3, 3], [3, 3, 3])
    decide(clients, made)
    page = clients().sign_in_as(made.chair).get(feedback(made))
    section = page.soup.select("section")[0].get_text(" ", strip=True)
    assert "What was shown: Shows it 1 What spoke against it: Shows it 3 Shows it 4 What was noted:" in section
    assert "Ann Assessor: Named the feeling and waited." in section


@pytest.mark.parametrize(
    ("points", "words"),
    [
        pytest.param(None, "Not rated: there was no opportunity to see it.", id="not rated"),
        pytest.param(Fraction(3), "3: Good", id="a point of the scale"),
        pytest.param(Fraction(7, 2), "3.5: between “Good” and “Strong”", id="between two points"),
    ],
)
def test_a_level_is_said_in_the_words_of_the_scale(points: Fraction | None, words: str) -> None:
    anchors = [Anchor(point=3, label="Good", text=""), Anchor(point=4, label="Strong", text="")]
    assert level_in_words(points, anchors) == words


def test_the_report_of_the_centre_is_a_page_and_a_document(store: Store, clients: Clients, there: Prepared) -> None:
    chair = clients().sign_in_as(there.chair)
    chair.get(f"/centres/{there.centre.id}")
    page = chair.follow("Report")
    for said in ("Not yet: 1, Undecided: 1", "3.5", "one apart on the same side", "SHA-256 " + "0" * 64):
        assert said in page.main
    answer = chair.http.get(f"/centres/{there.centre.id}/report.pdf")
    text = read_accessible(answer.data, title="Report: North, spring")
    for said in ("Cara Candidate", "Presentation: not yet", "Decision: Not yet, 15 March 2027"):
        assert said in text
    assert store.count(TrailEntry, TrailEntry.event == "report.viewed") == 2


def test_who_is_selected_is_not_told_what_to_sit_next(store: Store, clients: Clients) -> None:
    with store.session() as session:
        made = centres.revealed(session)
        centres.decided(session, made.candidacy, by=made.chair)
    page = clients().sign_in_as(candidate(store, made)).get("/centres/me")
    assert "It serves to book training until 14 March 2029" in page.main
    assert "put forward to sit" not in page.main
