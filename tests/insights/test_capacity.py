"""The forecast page: figures that were counted by hand, what would close a gap, and how far it reaches."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core import clock as time
from selection.insights.forecast.chart import BOTTOM, chart
from selection.models.groups import Group
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.models.training import Booking
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ActingRole
from selection.rules.forecast import Month
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.training import CourseKind
from selection.rules.validity import Span
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import chain, people, programmes, training
from tests.pages import Browserlike, Page
from tests.store import Store


@dataclass
class World:
    """Three facilitators, one of whom ends in July, a fourth on the way, and groups that need two to September."""

    lead: Account
    programme: Programme


@pytest.fixture
def world(store: Store, clock: Clock) -> World:
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD)
        programme = programmes.programme(session, team_size=4, groups_at_once=2)
        for name, last in (("Ann Long", date(2028, 12, 31)), ("Ben Short", date(2027, 7, 10))):
            chain.authorised(session, people.staff(session, name), programme, last=last, by=lead)
        leaver = people.staff(session, "Lee Leaver", left_on=date(2027, 5, 31))
        chain.authorised(session, leaver, programme, by=lead)
        chain.authorised(session, people.staff(session, "Tom Over"), programme, ActingRole.TREATMENT_MANAGER, by=lead)
        for name in ("Nia Next", "Ned Unbooked"):
            person = people.staff(session, name)
            for stage in (Stage.SELECTION, Stage.FUNDAMENTAL):
                chain.certificate(session, person, stage, by=lead)
            if name == "Nia Next":
                course = training.course(session, programme=programme)
                event = training.event(session, course, first=date(2027, 9, 6))
                session.add(Booking(event_id=event.id, staff_id=person.id, booked_at=time.now()))
        area = people.area(session)
        session.add(
            Group(
                reference="G1",
                programme_id=programme.id,
                edition_id=programme.newest.id,
                area_id=area.id,
                venue="Office",
                size=8,
                starts_on=date(2027, 6, 1),
                ends_on=date(2027, 10, 5),
            )
        )
    return World(lead, programme)


def figures(page: Page, who: str) -> dict[str, tuple[str, ...]]:
    rows = page.table(f"table:has(#figures-{who})")
    return {row.pop("Month"): tuple(row.values()) for row in rows}


def test_the_figures(client: Browserlike, app: Flask, world: World) -> None:
    client.sign_in_as(world.lead)
    with counted(app) as sent:
        page = client.get("/insights/capacity")
    assert len(sent) <= 6
    facilitators = figures(page, "facilitators")
    assert len(facilitators) == 24
    assert next(iter(facilitators)) == "March 2027"
    assert facilitators["May 2027"] == ("3", "0", "0", "")
    assert facilitators["June 2027"] == ("2", "0", "2", ""), "who leaves on the last of May no longer counts"
    assert facilitators["July 2027"] == ("1", "0", "2", "1")
    assert facilitators["September 2027"] == ("1", "0", "2", "1")
    assert facilitators["October 2027"] == ("1", "1", "2", ""), "who is booked counts from the month after"
    assert facilitators["November 2027"] == ("1", "1", "0", "")
    assert figures(page, "supervisors")["July 2027"] == ("1", "0", "1", "")
    assert "From 1 July 2027 to 30 September 2027, up to 1 facilitator is missing" in page.main
    assert [name for name in page.all(".govuk-details li") if "authorised to" in name] == [
        "Ben Short , authorised to 10 July 2027"
    ]
    assert "1 person has passed selection and fundamental training and is not booked" in page.main
    assert "Nia Next" in page.main


def test_who_is_booked_on_a_refresher_goes_on_and_who_has_lapsed_needs_one(
    client: Browserlike, store: Store, world: World
) -> None:
    """Ben, who ends in July, is booked on the refresher of June; Ida was trained in 2024 and has delivered nothing."""
    with store.session() as session:
        programme = session.get_one(Programme, world.programme.id)
        ben = session.scalars(select(Staff).where(Staff.name == "Ben Short")).one()
        given: dict[str, Any] = {"programme": programme, "kind": CourseKind.REFRESHER}
        event = training.event(
            session, training.course(session, **given), title="June refresher", first=date(2027, 6, 7)
        )
        training.booking(session, event, ben)
        # His refresher renews the programme's training alone; the step before has to last as well.
        chain.certificate(session, ben, Stage.FUNDAMENTAL, last=date(2027, 12, 31), by=world.lead)
        chain.certificate(session, ben, Stage.SELECTION, last=NO_END, by=world.lead)
        chain.authorised(session, people.staff(session, "Ida Idle"), programme, first=date(2024, 9, 1), by=world.lead)
        programmes.other_numbers(session, programme.id, team_size=8)
    page = client.sign_in_as(world.lead).get("/insights/capacity")
    found = figures(page, "facilitators")
    assert [found[f"{month} 2027"][:2] for month in ("June", "July", "December")] == [
        ("2", "0"),
        ("1", "1"),
        ("1", "2"),
    ]
    assert found["January 2028"][:2] == ("1", "1")
    (renewal,) = [line for line in page.all(".govuk-details li") if "lapsed" in line or "authorised to" in line]
    assert renewal == "Ida Idle , lapsed for want of delivery"
    assert "Ben Short , June refresher: could act from 11 July 2027" in page.main


def test_another_area_and_no_programme(client: Browserlike, store: Store, world: World) -> None:
    with store.session() as session:
        west = people.account(session, Role.PROGRAMME_MANAGER, in_area="West")
    page = client.sign_in_as(west).get("/insights/capacity", area=1, programme="x")
    assert figures(page, "facilitators")["July 2027"] == ("0", "0", "0", "")
    assert "Ben Short" not in page.main


def test_without_a_programme_the_page_says_so(client: Browserlike, store: Store) -> None:
    with store.session() as session:
        lead = people.account(session, Role.TRAINING_LEAD)
    assert "There is no programme yet." in client.sign_in_as(lead).get("/insights/capacity").main


@pytest.mark.parametrize(
    ("counts", "lines"),
    [
        pytest.param([0], [0, 1], id="nothing at all"),
        pytest.param([3, 4], [0, 1, 2, 3, 4], id="few"),
        pytest.param([15], [0, 5, 10, 15], id="by fives"),
        pytest.param([4321], [0, 2000, 4000, 6000], id="thousands"),
    ],
)
def test_the_scale_takes_in_the_highest(counts: Sequence[int], lines: list[int]) -> None:
    days = Span(first=TODAY, last=TODAY + timedelta(days=1))
    months = [Month(days=days, able=count, expected=0, needed=0, renewals=()) for count in counts]
    drawn = chart(months)
    assert [count for _, count in drawn.lines] == lines
    assert all(0 < bar.able_y <= BOTTOM for bar in drawn.bars)
