"""People say of themselves what they like to; nobody sees it beside a name, and who judges sees not even figures."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from selection.core.clock import now
from selection.models.centres import Candidacy
from selection.models.equality import EqualityAnswer
from selection.models.people import Staff
from selection.models.trail import TrailEntry
from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.factories import centres, people
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
BEFORE = date(2026, 12, 1)


def test_somebody_answers_changes_it_and_takes_it_back(store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
        login = people.account(session, Role.STAFF_MEMBER, of=session.get_one(Staff, there.candidacy.staff_id))
    cara = clients().sign_in_as(login)
    cara.get("/centres/me")
    page = cara.follow("Equality monitoring")
    assert "You need not answer any of this." in page.main
    page = cara.fill({"sex": "another_term", "disability": "no"}, button="Save my answers")
    assert page.errors == []
    assert "Your answers are kept" in page.banner
    assert page.form().sent()["sex"] == ["another_term"]
    assert page.form().sent()["age"] == ["unsaid"]
    cara.fill({"sex": "unsaid", "age": "30_to_39"}, button="Save my answers")
    held = store.one(select(EqualityAnswer))
    assert (held.staff_id, held.sex, held.age, held.disability) == (login.staff_id, None, "30_to_39", "no")
    page = cara.fill({"age": "unsaid", "disability": "unsaid"}, button="Save my answers")
    assert "Nothing is kept." in page.banner
    assert store.count(EqualityAnswer) == 0
    entries = store.all(select(TrailEntry).where(TrailEntry.event.like("equality.%")).order_by(TrailEntry.id))
    assert [each.event for each in entries] == ["equality.answered", "equality.answered", "equality.taken_back"]
    assert {(each.before, each.after) for each in entries} == {(None, None)}, "what was answered is not on the trail"


def test_only_who_judges_nobody_sees_figures_and_none_of_few(store: Store, clients: Clients) -> None:
    with store.session() as session:
        first = centres.prepared(session, held_on=BEFORE)
        for number in range(11):
            candidacy: Candidacy = centres.candidacy(session, first.centre)
            short = {ExerciseKind.ROLE_PLAY: Outcome.NOT_YET} if number % 2 else {}
            result = "not_yet" if number % 2 else "selected"
            centres.decided(session, candidacy, short, by=first.chair, decided_on=BEFORE, result=result)
            sex = "female" if number < 10 else "male"
            session.add(EqualityAnswer(staff_id=candidacy.staff_id, sex=sex, answered_at=now()))
        auditor = people.account(session, Role.AUDITOR)
        logins = [
            people.account(session, Role.AUDITOR, Role.ASSESSOR),
            people.account(session, Role.AUDITOR, in_area="North"),
        ]
        barred = [people.account(session, role) for role in (Role.COORDINATOR, Role.ASSESSOR, Role.ADMINISTRATOR)]
    browser = clients().sign_in_as(auditor)
    browser.get("/centres/")
    page = browser.follow("Equality monitoring of selection")
    assert "decided before 1 January 2027" in page.main
    assert "Female 10 5" in page.main
    assert "Male Too few to show" in page.main
    for login in logins:
        clients().sign_in_as(login).get("/equality/", expect=409)
    for login in barred:
        clients().sign_in_as(login).get("/equality/", expect=403)


def test_no_other_file_of_the_service_names_the_answers() -> None:
    service = Path(__file__).resolve().parents[2] / "selection"
    naming = {
        str(path.relative_to(service))
        for path in service.rglob("*.py")
        if "EqualityAnswer" in path.read_text(encoding="utf-8") or "equality_answer" in path.read_text(encoding="utf-8")
    }
    own = {f"equality/{name}.py" for name in ("actions", "queries")}
    assert naming == {*own, "models/equality.py", "commands/demo/equality.py"}
