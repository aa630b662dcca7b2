"""A calendar behind a secret link: right on either side of a change of the clocks, small, and gone when revoked."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from selection.core.db import db
from selection.groups import loading
from selection.groups.supervision.actions import supervise
from selection.models.calendars import CalendarLink
from selection.models.groups import Group
from selection.models.people import Account, Staff
from selection.models.sessions import GroupSession, Trainee
from selection.rules.eligibility import ActingRole
from selection.rules.records import RecordKind
from selection.rules.roles import Role
from selection.rules.validity import Span
from tests.conftest import TODAY, Clock
from tests.factories import groups, people, records, sessions
from tests.factories.delivery import FIRST, LAST
from tests.factories.groups import Scene
from tests.pages import Browserlike, Page
from tests.store import Store

LONDON = ZoneInfo("Europe/London")
BEFORE, AFTER = date(2027, 3, 27), date(2027, 3, 29)
"""On either side of the night in which summer time begins."""


@pytest.fixture
def fay_login(store: Store, clock: Clock) -> Account:
    """A facilitator with two sessions and an appointment, on a group on which somebody else is too."""
    with store.session() as session:
        scene: Scene = groups.scene(session)
        group, link = groups.open_group(session, scene, reference="N-1", first=FIRST, last=LAST, venue="Town hall")
        fay = groups.assign(session, group, scene.fay_may, link, by=scene.manager)
        finn = groups.assign(session, group, scene.finn_may, link, by=scene.manager)
        for day in (BEFORE, AFTER):
            met = sessions.session_of(session, group, day, starts_at=time(10), ends_at=time(12, 30))
            sessions.place(session, met, fay)
        sessions.place(session, sessions.session_of(session, group, date(2027, 4, 5)), finn)
        tom = people.account(session, Role.STAFF_MEMBER, of=scene.tom)
        asks = records.form(session, RecordKind.SUPERVISION)
        records.supervised(session, fay, date(2027, 2, 22), asks=asks, by=tom, next_on=date(2027, 3, 20))
        # What was agreed on last is what holds.
        records.supervised(session, fay, date(2027, 3, 1), asks=asks, by=tom, next_on=AFTER)
        return people.account(session, Role.STAFF_MEMBER, of=scene.fay)


def made(browser: Browserlike, group_id: int | None = None) -> str:
    browser.get("/calendar/new", **({} if group_id is None else {"group_id": group_id}))
    page = browser.fill(button="Make the link")
    return str(page.soup.select_one("#address")["value"]).removeprefix("http://localhost")  # type: ignore[index]


def feed(page: Page) -> dict[str, dict[str, object]]:
    calendar = Calendar.from_ical(page.response.data)
    return {
        str(event["SUMMARY"]): {name.lower(): event.decoded(name) for name in ("DTSTART", "DTEND", "UID")}
        | {"status": str(event["STATUS"]), "place": str(event.get("LOCATION", ""))}
        for event in calendar.walk("VEVENT")
    }


def test_one_s_own_calendar(clients: Callable[[], Browserlike], fay_login: Account, store: Store) -> None:
    fay = clients().sign_in_as(fay_login)
    fay.get("/calendar/")
    address = made(fay)
    anybody = clients()
    page = anybody.get(address)
    assert page.response.mimetype == "text/calendar"
    shown = feed(page)
    assert set(shown) == {"N-1: Induction, session 1", "N-1: Induction, session 2", "N-1: supervision"}
    winter, summer = shown["N-1: Induction, session 1"], shown["N-1: Induction, session 2"]
    assert winter["dtstart"] == datetime(2027, 3, 27, 10, tzinfo=UTC)
    assert summer["dtstart"] == datetime(2027, 3, 29, 9, tzinfo=UTC)
    for one, day in ((winter, BEFORE), (summer, AFTER)):
        start, end = one["dtstart"], one["dtend"]
        assert isinstance(start, datetime)
        assert isinstance(end, datetime)
        assert start.astimezone(LONDON) == datetime.combine(day, time(10), LONDON)
        assert end.astimezone(LONDON).time() == time(12, 30)
    assert shown["N-1: supervision"]["dtstart"] == AFTER
    assert page.text.count("N-1: supervision") == 1
    assert winter["place"] == "Town hall"
    assert not any(name in page.text for name in ("Fay", "Finn", "Tom", "@service.example"))

    again = anybody.http.get(address, headers={"If-None-Match": page.response.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert "no-store" not in page.response.headers["Cache-Control"]
    store.sql("UPDATE group_session SET state = 'not_held' WHERE number = 2")
    moved = anybody.http.get(address, headers={"If-None-Match": page.response.headers["ETag"]})
    assert moved.status_code == 200
    assert b"STATUS:CANCELLED" in moved.data


def test_what_was_agreed_on_goes_with_the_group(
    app: Flask, clients: Callable[[], Browserlike], fay_login: Account, store: Store
) -> None:
    with store.session() as session:
        group = session.scalars(select(Group)).one()
        dora = session.scalars(select(Staff).where(Staff.name == "Dora Design")).one()
        tom = select(Account).join(Staff, Staff.id == Account.staff_id).where(Staff.name == "Tom Treat")
        logins = [session.scalars(tom).one(), people.account(session, Role.STAFF_MEMBER, of=dora)]
        manager = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
        met = session.scalars(select(GroupSession).where(GroupSession.day == AFTER)).one()
        session.add(
            Trainee(
                session_id=met.id, staff_id=dora.id, agreed_by_id=manager.id, agreed_at=datetime(2027, 3, 1, tzinfo=UTC)
            )
        )
    toms, doras = (made(clients().sign_in_as(login)) for login in logins)
    anybody = clients()
    assert set(feed(anybody.get(toms))) == {"N-1: supervision"}
    assert set(feed(anybody.get(doras))) == {"N-1: Induction, session 2"}, "where she sits in"
    with app.app_context():
        by, days = people.actor(manager), Span(first=date(2027, 3, 20), last=LAST)
        of = loading.to_change(group.id, by=by)
        role = ActingRole.DESIGNATED_SUPERVISOR
        supervise(of, dora.id, role=role, days=days, reason="Tom leaves.", today=TODAY, by=by)
        db.session.commit()
    assert "N-1: supervision" not in feed(anybody.get(toms))
    assert "N-1: supervision" in feed(anybody.get(doras))


def test_only_a_hash_is_kept_and_a_link_is_made_anew_or_revoked(
    clients: Callable[[], Browserlike], fay_login: Account, store: Store
) -> None:
    fay, anybody = clients().sign_in_as(fay_login), clients()
    first = made(fay)
    secret = first.rsplit("/", 1)[1].removesuffix(".ics")
    link = store.one(select(CalendarLink))
    assert secret not in (link.secret_hash, str(vars(link)))
    second = made(fay)
    anybody.get(first, expect=404)
    anybody.get(second)
    other = clients().sign_in_as(fay_login)
    assert second not in other.get("/calendar/").text
    newest = store.one(select(CalendarLink).where(CalendarLink.revoked_at.is_(None)))
    with store.session() as session:
        thief = people.account(session, Role.PROGRAMME_MANAGER)
    token = clients().sign_in_as(thief).get("/calendar/new").form().sent()
    stranger = clients().sign_in_as(thief)
    stranger.get("/calendar/new")
    stranger.post(f"/calendar/links/{newest.id}/revoke", {"csrf_token": token["csrf_token"]}, expect=400)
    fay.get("/calendar/")
    fay.fill(button="Revoke")
    anybody.get(second, expect=404)
    anybody.get("/calendar/feed/nothing.ics", expect=404)
    third = made(fay)
    with store.session() as session:
        session.merge(fay_login).active = False
    anybody.get(third, expect=404)


def test_a_group_s_calendar_is_for_whom_the_group_is(
    clients: Callable[[], Browserlike], fay_login: Account, store: Store
) -> None:
    with store.session() as session:
        group_id = session.scalars(select(Group.id)).one()
        elsewhere = people.account(session, Role.PROGRAMME_MANAGER, in_area="South")
        here = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
    clients().sign_in_as(elsewhere).get("/calendar/new", group_id=group_id, expect=404)
    address = made(clients().sign_in_as(here), group_id)
    anybody = clients()
    assert len(feed(anybody.get(address))) == 3
    assert len(feed(anybody.get(made(clients().sign_in_as(fay_login), group_id)))) == 3
    with store.session() as session:
        session.merge(here).grants.clear()
    anybody.get(address, expect=404)  # who may no longer see the group sees no calendar of it either
