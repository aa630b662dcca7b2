"""At most six queries a page and eight a write, however many candidates there are."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from selection.rules.outcomes import Outcome
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.centres.pages import at, decision, filled, form, send
from tests.costs import counted
from tests.factories import centres, people
from tests.factories.centres import Prepared
from tests.pages import Browserlike
from tests.store import Store

Clients = Callable[[], Browserlike]
pytestmark = pytest.mark.usefixtures("clock")
ROLE_PLAY = ExerciseKind.ROLE_PLAY
PAGE, WRITE = 6, 8


@pytest.fixture
def there(store: Store) -> Prepared:
    """A centre with eight candidates, all of whose ratings are revealed."""
    with store.session() as session:
        made = centres.revealed(session)
        for _ in range(7):
            more = centres.candidacy(session, made.centre)
            for sitting in more.sittings:
                for login in (made.first, made.second):
                    centres.rate(
                        session, centres.seat(session, sitting, login), centres.SOLID[ExerciseKind(sitting.kind)]
                    )
        return made


def test_pages(app: Flask, store: Store, clients: Clients, there: Prepared) -> None:
    chair, ann = clients().sign_in_as(there.chair), clients().sign_in_as(there.first)
    centre = f"/centres/{there.centre.id}"
    own = form(there.forms[ROLE_PLAY][0])
    pages = [
        *((chair, page) for page in ("/centres/", "/centres/new", "/centres/assessors")),
        *((chair, centre + page) for page in ("", "/edit", "/seats", "/candidates?words=person", "/wash-up")),
        *((chair, page) for page in (at(there, ROLE_PLAY), at(there, ROLE_PLAY, "/void"), decision(there))),
        *((ann, page) for page in ("/centres/mine", own)),
    ]
    for browser, page in pages:
        with counted(app) as sent:
            browser.get(page)
        assert len(sent) <= PAGE, f"{page}: {len(sent)} queries\n" + "\n".join(sent)


def test_writes(app: Flask, store: Store, clients: Clients) -> None:
    with store.session() as session:
        there = centres.prepared(session)
    ann = clients().sign_in_as(there.first)
    for button in ("Save and go on later", "Seal the form"):
        page = ann.get(form(there.forms[ROLE_PLAY][0]))
        marks = {str(tag["name"]): "seen" for tag in page.soup.select('input[name^="mark-"]')}
        with counted(app) as sent:
            ann.http.post(page.url, data=_sent(page, filled(page, [3, 3, 3]) | marks, button))
        assert len(sent) <= WRITE, f"{button}: {len(sent)} queries\n" + "\n".join(sent)


def _sent(page: Any, values: dict[str, Any], button: str) -> dict[str, Any]:
    form = page.form(button=button)
    form.fill(values)
    form.press(button)
    return dict(form.sent())


def test_seats_for_all_and_a_signature(app: Flask, store: Store, clients: Clients, there: Prepared) -> None:
    chair = clients().sign_in_as(there.chair)
    for kind in ExerciseKind:
        send(chair, at(there, kind, "/outcome"))
    page = chair.get(decision(there))
    with counted(app) as sent:
        chair.http.post(decision(there), data=_sent(page, {"note": ""}, "Sign the decision"))
    assert len(sent) <= WRITE, "\n".join(sent)

    with store.session() as session:
        for name in ("Dana", "Emil", "Fay"):
            centres.candidacy(session, session.merge(there.centre), people.staff(session, name))
    page = chair.get(f"/centres/{there.centre.id}/seats")
    values = {"assessor": there.first.staff_id, "second": there.second.staff_id}
    with counted(app) as sent:
        answer = chair.http.post(page.url, data=_sent(page, values, "Give them these places"))
    assert answer.status_code == 302
    assert len(sent) <= WRITE, "\n".join(sent)


def test_an_appeal_is_lodged_and_a_second_person_asked(app: Flask, store: Store, clients: Clients) -> None:
    with store.session() as session:
        first = centres.prepared(session)
        for kind, each in first.forms.items():
            for one in each:
                centres.rate(session, one, [2, 2, 5] if kind is ROLE_PLAY else centres.SOLID[kind])
        second = centres.assessor(session, "Sue Second")
        gone = centres.candidacy(session, centres.centre(session, chair=first.chair, standard=first.centre.standard))
        centres.decided(session, gone, {ROLE_PLAY: Outcome.NOT_YET}, by=first.chair, result="not_yet")
        login = people.account(session, Role.STAFF_MEMBER, of=gone.staff)
        for _ in range(5):
            people.account(session, Role.COORDINATOR)
    cara = clients().sign_in_as(login)
    page = cara.get(f"/centres/me/{gone.id}/appeal")
    with counted(app) as sent:
        cara.http.post(page.url, data=_sent(page, {"grounds": "No brief."}, "Appeal"))
    assert len(sent) <= WRITE, "\n".join(sent)
    chair = clients().sign_in_as(first.chair)
    send(chair, at(first, ROLE_PLAY, "/outcome"))
    page = chair.get(at(first, ROLE_PLAY, "/borderline/ask"))
    with counted(app) as sent:
        chair.http.post(page.url, data=_sent(page, {"second": second.staff_id}, "Ask them"))
    assert len(sent) <= WRITE, "\n".join(sent)
