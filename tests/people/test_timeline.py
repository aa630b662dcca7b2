"""The path as a timeline: the picture to scale, the same in words, and with reserve to the person themselves."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from selection.core import clock as time
from selection.models.authorisations import Stop
from selection.models.trail import TrailEntry
from selection.people.record.lines import Kind, Origin, Paper, phase
from selection.people.timeline.picture import LABELS, WIDTH, picture
from selection.people.timeline.steps import happenings
from selection.rules.calendar import NO_END
from selection.rules.roles import Role
from selection.rules.validity import Span
from tests.conftest import TODAY, Clock
from tests.factories import people
from tests.factories.delivery import Delivery, delivery
from tests.pages import Browserlike
from tests.store import Store


def paper(kind: Kind, word: str, first: date, last: date, withdrawn_on: date | None = None) -> Paper:
    days = Span(first=first, last=last)
    return Paper(
        kind=kind,
        id=1,
        word=word,
        programme_id=7 if word in {"programme", "facilitator"} else None,
        days=days,
        phase=phase(days, TODAY),
        number="C-1",
        origin=Origin.RESULT if kind is Kind.CERTIFICATE else None,
        withdrawn_on=withdrawn_on,
        reason="",
    )


CODES = {7: "C-SOGP"}
SELECTED = paper(Kind.CERTIFICATE, "selection", date(2025, 1, 1), NO_END)
TRAINED = paper(Kind.CERTIFICATE, "programme", date(2025, 9, 1), date(2028, 8, 31))
AUTHORISED = paper(Kind.AUTHORISATION, "facilitator", date(2025, 9, 1), date(2026, 8, 31))


def test_lanes_are_in_the_order_of_the_path_and_bars_to_scale() -> None:
    drawn = picture([AUTHORISED, TRAINED, SELECTED], [], CODES, today=TODAY)
    assert drawn
    assert [lane.name for lane in drawn.lanes] == ["Selection", "C-SOGP training", "C-SOGP facilitator"]
    selection, training, right = (lane.bars[0] for lane in drawn.lanes)
    assert selection.goes_on
    assert selection.x + selection.width == pytest.approx(WIDTH, abs=0.2), "what has no end goes to the edge"
    assert training.x == right.x > selection.x >= LABELS
    assert right.x + right.width < drawn.today_x < training.x + training.width
    assert [year for _, year in drawn.years] == [2025, 2026, 2027, 2028]


def test_there_is_no_picture_of_nothing() -> None:
    never = paper(Kind.CERTIFICATE, "selection", TODAY, TODAY - timedelta(days=1))
    assert picture([], [], CODES, today=TODAY) is None
    assert picture([never], [], CODES, today=TODAY) is None


@pytest.mark.parametrize(
    ("held", "said"),
    [
        pytest.param(SELECTED, [(date(2025, 1, 1), "Certificate of selection at an assessment centre")], id="no end"),
        pytest.param(
            TRAINED,
            [
                (date(2028, 9, 1), "Certificate of programme training of C-SOGP no longer valid"),
                (date(2025, 9, 1), "Certificate of programme training of C-SOGP"),
            ],
            id="ends: the day after it is no longer valid",
        ),
        pytest.param(
            paper(Kind.CERTIFICATE, "fundamental", date(2025, 9, 1), date(2026, 1, 4), withdrawn_on=date(2026, 1, 5)),
            [
                (date(2026, 1, 5), "Certificate of fundamental training withdrawn"),
                (date(2025, 9, 1), "Certificate of fundamental training"),
            ],
            id="withdrawn",
        ),
        pytest.param(
            paper(Kind.EXTENSION, "programme", date(2026, 8, 31), date(2026, 11, 30)),
            [(date(2026, 9, 1), "Certificate of programme training of C-SOGP goes on by an extension")],
            id="extended: the first day on which it is valid by that alone",
        ),
        pytest.param(AUTHORISED, [(date(2025, 9, 1), "Authorised as facilitator of C-SOGP")], id="a right"),
    ],
)
def test_what_is_said_of_a_paper(held: Paper, said: list[tuple[date, str]]) -> None:
    assert [(one.day, one.title) for one in happenings([held], [], CODES)] == said


@pytest.fixture
def running(store: Store, clock: Clock) -> Delivery:
    with store.session() as session:
        made = delivery(session)
        session.add(
            Stop(
                staff_id=made.facilitator.id,
                programme_id=None,
                kind="suspension",
                from_day=date(2027, 9, 1),
                to_day=NO_END,
                reason="A matter of conduct.",
                decided_by_id=made.lead.id,
                decided_at=time.now(),
            )
        )
    return made


def test_the_page_shows_both_and_leaves_a_trail(client: Browserlike, store: Store, running: Delivery) -> None:
    client.sign_in_as(running.lead).get(f"/staff/{running.facilitator.id}")
    page = client.follow("See the path as a timeline")
    assert page.heading == f"The path of {running.facilitator.name}"
    said = dict(zip(page.all(".moj-timeline__title"), page.all(".moj-timeline__date"), strict=True))
    assert said["On the group G1"] == "1 February 2027"
    assert said["Suspension"] == "1 September 2027"
    assert "A matter of conduct." in page.main
    assert len(page.soup.select("svg rect")) == 6
    looked = store.all(select(TrailEntry).where(TrailEntry.event == "staff.viewed"))
    assert len(looked) == 2


def test_who_has_nothing_yet_and_who_is_elsewhere(client: Browserlike, store: Store, clock: Clock) -> None:
    with store.session() as session:
        mine = people.account(session, Role.STAFF_MEMBER)
        other = people.staff(session, in_area="West")
        north = people.account(session, Role.TRAINING_LEAD, in_area="North")
    page = client.sign_in_as(mine).get("/staff/me/timeline")
    assert "You have not been put forward" in page.main
    client.get(f"/staff/{other.id}/timeline", expect=403)
    client.sign_in_as(north).get(f"/staff/{other.id}/timeline", expect=404)
    assert client.get(f"/staff/{north.staff_id}/timeline").path == "/staff/me/timeline"


def test_the_person_sees_their_own_without_the_reasons(client: Browserlike, store: Store, running: Delivery) -> None:
    with store.session() as session:
        own = people.account(session, Role.STAFF_MEMBER, of=running.facilitator)
    client.sign_in_as(own).get("/staff/me")
    page = client.follow("See the path as a timeline")
    assert page.heading == "My path"
    assert "Suspension" in page.all(".moj-timeline__title")
    assert "A matter of conduct." not in page.text
