"""A group's sessions through its pages: laid out, moved with what follows, caught up with, and who is in the room."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core.clock import LONDON
from selection.models.groups import Group
from selection.models.notices import Notice
from selection.models.people import Staff
from selection.models.programmes import Module, Programme
from selection.models.sessions import GroupSession, Place, Trainee
from selection.prescribed.editions import terms_of
from selection.rules.editions import ModuleTerms
from selection.rules.eligibility import ActingRole
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import chain, groups, people, programmes, sessions
from tests.groups.looks import boxes, events
from tests.pages import Browserlike
from tests.store import Store

FIRST, LAST = date(2027, 4, 5), date(2027, 9, 30)


@pytest.fixture
def group(store: Store, clock: Clock) -> Group:
    """An open group of the shipped programme, with three facilitators until the end and Cora until 31 May."""
    with store.session() as session:
        programme = programmes.shipped(session)
        lead = people.account(session, Role.TRAINING_LEAD)
        manager = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
        tom = chain.authorised(
            session, people.staff(session, "Tom Treat"), programme, ActingRole.TREATMENT_MANAGER, by=lead
        )
        made = groups.group(session, programme, first=FIRST, last=LAST, reference="NORTH-1")
        link = groups.supervise(session, made, tom)
        for name, last in (("Fay", LAST), ("Finn", LAST), ("Flo", LAST), ("Cora", date(2027, 5, 31))):
            right = chain.authorised(session, people.staff(session, name), programme, by=lead)
            kind = "cover" if name == "Cora" else "regular"
            groups.assign(session, made, right, link, by=manager, last=last, kind=kind)
    return made


@pytest.fixture
def manager(client: Browserlike, group: Group, store: Store) -> Browserlike:
    with store.session() as session:
        return client.sign_in_as(people.account(session, Role.PROGRAMME_MANAGER, in_area="North"))


def modules(store: Store) -> dict[str, str]:
    return {one.title: str(one.id) for one in store.all(select(Module))}


def stored(store: Store) -> list[tuple[int, date, time, time]]:
    found = store.all(select(GroupSession).order_by(GroupSession.day, GroupSession.starts_at))
    return [(one.number, one.day, one.starts_at, one.ends_at) for one in found]


def later(minutes: int) -> datetime:
    """Return a moment after that at which the tests begin: no two letters are of the same one."""
    return datetime.combine(TODAY, time(12, minutes), LONDON)


def told_of(store: Store, words: str) -> list[str]:
    """Return who was written to in these words, by name."""
    people = select(Staff.name).join(Notice, Notice.staff_id == Staff.id).where(Notice.body.contains(words))
    return sorted(store.all(people))


def lay_out(manager: Browserlike, group: Group, store: Store, titles: list[str], **more: Any) -> None:
    known = modules(store)
    manager.get(f"/groups/{group.id}/schedule")
    values: dict[str, Any] = {"modules": [known[title] for title in titles], "weekday_1": "0", "starts_1": "10:00"}
    manager.fill(values | more, button="Show what this does")
    manager.fill(button="Store this schedule")


def test_the_short_route_is_thirty_five_sessions_in_two_groups(
    manager: Browserlike, group: Group, store: Store
) -> None:
    lay_out(manager, group, store, ["Induction"])
    assert len(stored(store)) == 10
    assert (5, date(2027, 5, 10), time(10), time(12, 30)) in stored(store), (
        "Easter is past, and 3 May is a bank holiday"
    )
    assert date(2027, 5, 3) not in [row[1] for row in stored(store)]
    assert date(2027, 5, 31) not in [row[1] for row in stored(store)]
    page = manager.get(f"/groups/{group.id}/sessions")
    assert "10 sessions, 25 hours" in page.main
    manager.get(f"/groups/{group.id}/schedule")
    known = modules(store)
    better = "Better Lives and Relapse Prevention"
    page = manager.fill({"modules": [known["Induction"], known[better]]}, button="Show what this does")
    assert f"{better} is run as a separate closed group. Choose it alone" in page.text
    lay_out(manager, group, store, [better], fit="y", without="y")
    assert len(stored(store)) == 25
    assert "25 sessions, 62.5 hours" in manager.get(f"/groups/{group.id}/sessions").main


def test_the_team_is_in_the_room_by_turns(app: Flask, manager: Browserlike, group: Group, store: Store) -> None:
    lay_out(manager, group, store, ["Induction"])
    places = store.all(select(Place))
    by_session: dict[int, list[Place]] = {}
    for place in places:
        by_session.setdefault(place.session_id, []).append(place)
    assert {len(there) for there in by_session.values()} == {3, 4}, "Cora's spell ends on 31 May"
    assert {sum(place.in_room for place in there) for there in by_session.values()} == {2}
    names = {one.id: one.name for one in store.all(select(Staff))}
    turns = [sum(p.in_room for p in places if names[p.facilitator_id] == name) for name in ("Fay", "Finn", "Flo")]
    assert max(turns) - min(turns) <= 1
    with counted(app) as sent:
        page = manager.get(f"/groups/{group.id}/sessions")
    assert len(sent) <= 6, sent
    assert "10 coming sessions lack somebody" in page.main, "nobody has six months of experience"


def test_a_session_moves_alone_or_with_what_follows_after_it_was_shown(
    manager: Browserlike, group: Group, store: Store
) -> None:
    lay_out(manager, group, store, ["Induction"])
    third = store.one(select(GroupSession).where(GroupSession.number == 3))
    manager.get(f"/groups/{group.id}/sessions/{third.id}/move")
    page = manager.fill(boxes(day=date(2027, 5, 3)), button="Show what this does")
    assert "3 May 2027 is a bank holiday: May Day." in page.text
    assert "It would be out of order: Induction, session 4, on 26 April 2027, comes before it." in page.text
    assert store.one(select(GroupSession.day).where(GroupSession.number == 3)) == date(2027, 4, 19), "nothing is stored"
    manager.fill({"following": "following", **boxes(day=date(2027, 4, 21))}, button="Show what this does")
    page = manager.fill(button="Move them")
    assert "Induction, session 3 is on 21 April 2027 now." in page.banner
    assert [row[1] for row in stored(store)][2:5] == [date(2027, 4, 21), date(2027, 4, 26), date(2027, 5, 10)]
    manager.get(f"/groups/{group.id}/sessions/{third.id}/move")
    later = {"following": "following", **boxes(day=date(2027, 4, 27))}
    page = manager.fill(later, button="Show what this does")
    assert "Cora is on the group from 5 April 2027 to 31 May 2027, and Induction, session 7" in page.text
    manager.fill({"without": "y"}, button="Show what this does")
    manager.fill({"reason": "The room is let."}, button="Move them")
    assert [row[1] for row in stored(store)][2:5] == [date(2027, 4, 27), date(2027, 5, 10), date(2027, 5, 17)]
    assert events(store).count("session.moved") == 1 + 8


def test_a_move_outside_a_spell_says_who_and_why(
    app: Flask, manager: Browserlike, group: Group, store: Store, clock: Clock
) -> None:
    lay_out(manager, group, store, ["Induction"])
    clock.set(later(1))
    third = store.one(select(GroupSession).where(GroupSession.number == 3))
    there = store.count(Place, Place.session_id == third.id)
    assert there == 4
    manager.get(f"/groups/{group.id}/sessions/{third.id}/move")
    page = manager.fill(boxes(day=date(2027, 6, 2)), button="Show what this does")
    assert (
        "Cora is on the group from 5 April 2027 to 31 May 2027, and Induction, session 3 would be on 2 June 2027."
        in page.text
    )
    manager.fill({"without": "y"}, button="Show what this does")
    with counted(app) as sent:
        manager.fill(button="Move it")
    assert len(sent) <= 15 + 6, sent  # the page that follows is read too
    assert store.count(Place, Place.session_id == third.id) == 3
    told = told_of(store, "not 19 April 2027, 10:00, but 2 June 2027, 10:00")
    assert told == ["Cora", "Fay", "Finn", "Flo", "Tom Treat"], "who loses a place by it too"


def test_days_beyond_the_group_are_refused_or_taken_along(manager: Browserlike, group: Group, store: Store) -> None:
    known = modules(store)
    rest = [title for title in known if not title.startswith("Better")]
    manager.get(f"/groups/{group.id}/schedule")
    values: dict[str, Any] = {"modules": [known[title] for title in rest], "weekday_1": "0", "starts_1": "9.30"}
    page = manager.fill(values, button="Show what this does")
    assert "The group runs from 5 April 2027 to 30 September 2027;" in page.text
    page = manager.fill({"fit": "y"}, button="Show what this does")
    assert "The group's last day moves from 30 September 2027 to 13 March 2028." in page.text
    manager.fill(button="Store this schedule")
    assert len(stored(store)) == 45
    assert store.one(select(Group.ends_on)) == stored(store)[-1][1]


def test_who_is_in_the_room_is_chosen_and_nobody_is_in_two(manager: Browserlike, group: Group, store: Store) -> None:
    lay_out(manager, group, store, ["Induction"])
    first = store.one(select(GroupSession).where(GroupSession.number == 1))
    with store.session() as session:
        fay = session.scalars(select(Staff).where(Staff.name == "Fay")).one()
        flo = session.scalars(select(Staff).where(Staff.name == "Flo")).one()
        programme = session.scalars(select(Programme)).one()
        other = groups.group(session, programme, first=FIRST, last=LAST, reference="NORTH-2")
        tom = chain.authorised(session, people.staff(session, "Thea"), programme, ActingRole.TREATMENT_MANAGER)
        link = groups.supervise(session, other, tom)
        spell = groups.assign(
            session, other, chain.authorised(session, flo, programme), link, by=people.account(session)
        )
        at = sessions.session_of(session, other, FIRST, starts_at=time(12), ends_at=time(13))
        sessions.place(session, at, spell)
    manager.get(f"/groups/{group.id}/sessions/{first.id}")
    page = manager.fill({"in_room": [str(flo.id), str(fay.id)]}, button="Save who is in the room")
    assert "Flo is at NORTH-2 on 5 April 2027, 12:00 to 13:00." in page.text
    page = manager.fill({"in_room": [str(fay.id)]}, button="Save who is in the room")
    assert "1 in the room, 2 needed." in page.main
    manager.get(f"/groups/{group.id}/sessions")
    page = manager.fill(button="Fill the rooms")
    assert "1 place in a room was filled." in page.banner
    assert store.count(Place, Place.session_id == first.id, Place.in_room) == 2
    assert "Filled by turns, 1 in all" in manager.get(f"/groups/{group.id}").main


def test_catching_up_and_sitting_in(app: Flask, manager: Browserlike, group: Group, store: Store, clock: Clock) -> None:
    lay_out(manager, group, store, ["Induction"])
    with store.session() as session:
        by = people.account(session, Role.TRAINING_LEAD)
        trainee = people.staff(session, "Tara Trainee", number="T-1")
        chain.certificate(session, trainee, Stage.SELECTION, by=by)
        people.staff(session, "Ned New", number="N-1")
    clock.set(later(1))
    manager.get(f"/groups/{group.id}/sessions/new")
    second = store.one(select(GroupSession).where(GroupSession.number == 2))
    values = {"session_id": str(second.id), "starts_at": "14:00", **boxes(day=date(2027, 4, 14))}
    page = manager.fill(values)
    assert "A session for Induction, session 2 is added on 14 April 2027." in page.banner
    extra = store.one(select(GroupSession).where(GroupSession.kind == "catch_up"))
    assert (extra.number, extra.title, extra.ends_at) == (2, "Induction, session 2, catch-up", time(16, 30))
    assert store.count(Place, Place.session_id == extra.id) == 4
    assert len(told_of(store, "Induction, session 2, catch-up: 14 April 2027, 14:00 to 16:30")) == 5
    manager.get(f"/groups/{group.id}/sessions/{extra.id}")
    page = manager.fill({"number": "N-1"}, button="Let them sit in")
    assert "Ned New has not passed selection at an assessment centre." in page.text
    with counted(app) as sent:
        page = manager.fill({"number": "T-1", "extent": "module"}, button="Let them sit in")
    assert len(sent) <= 20, len(sent)  # however many sessions it is
    assert "Tara Trainee sits in. They fill no place." in page.banner
    assert store.count(Trainee) == 11
    page = manager.fill(button="Take off")
    assert store.count(Trainee) == 10
    clock.set(later(2))
    manager.fill(button="Take it back")
    assert store.count(GroupSession) == 10
    assert len(told_of(store, "not 14 April 2027, 14:00, but on no other day")) == 5
    _moves_with_who_sits_in(manager, group, store, clock)


def _moves_with_who_sits_in(manager: Browserlike, group: Group, store: Store, clock: Clock) -> None:
    third = store.one(select(GroupSession.id).where(GroupSession.number == 3))
    manager.get(f"/groups/{group.id}/sessions/{third}/move")
    manager.fill(boxes(day=date(2027, 4, 20)), button="Show what this does")
    clock.set(later(3))
    manager.fill(button="Move it")
    assert "Tara Trainee" in told_of(store, "not 19 April 2027, 10:00, but 20 April 2027"), "she sits in at it"


def test_what_has_begun_stays_when_the_rest_is_laid_out_again(
    manager: Browserlike, group: Group, store: Store, clock: Clock
) -> None:
    lay_out(manager, group, store, ["Induction"])
    clock.set(date(2027, 4, 13))
    known = modules(store)
    manager.get(f"/groups/{group.id}/schedule")
    page = manager.fill({"modules": [known["Victim empathy"]]}, button="Show what this does")
    assert "Induction, session 1 was on 5 April 2027, and these modules leave no place for it." in page.text
    lay_out(manager, group, store, ["Induction"], weekday_1="1", starts_1="17:30")
    assert stored(store)[:3] == [
        (1, date(2027, 4, 5), time(10), time(12, 30)),
        (2, date(2027, 4, 12), time(10), time(12, 30)),
        (3, date(2027, 4, 13), time(17, 30), time(20)),
    ]
    first = store.one(select(GroupSession).where(GroupSession.number == 1))
    assert "Move" not in manager.get(f"/groups/{group.id}/sessions/{first.id}").links
    manager.get(f"/groups/{group.id}/sessions/{first.id}/move")
    page = manager.fill(boxes(day=date(2027, 5, 11)), button="Show what this does")
    assert "has begun or is recorded, and stays as it was." in page.text


def test_a_group_keeps_its_edition_until_it_is_moved_with_its_schedule(
    manager: Browserlike, group: Group, store: Store, clock: Clock
) -> None:
    lay_out(manager, group, store, ["Induction"])
    before = stored(store)
    clock.set(date(2027, 4, 14))
    with store.session() as session:
        programme = session.get_one(Programme, group.programme_id)
        shorter = [replace(one, sessions=8) for one in terms_of(programme.newest).modules if one.title == "Induction"]
        programmes.edition(session, programme, shorter, in_room=3)
    page = manager.get(f"/groups/{group.id}")
    assert "edition 1 (there is a newer one: see what moving to it would do" in page.main
    assert "2 at each session" in manager.get(f"/groups/{group.id}/sessions").main
    page = manager.get(f"/groups/{group.id}/edition")
    assert {row["Of"] for row in page.table("table:has(#changes)")} >= {"In the room at each session", "Induction"}
    assert [row["Will be"] for row in page.table("table:has(#shifts-caption)")] == ["Goes", "Goes"]
    assert "Say why the group is moved." in manager.fill().errors[0]
    manager.fill({"reason": "The shorter module suits this group."})
    assert stored(store) == before[:8]
    said = "Why: The shorter module suits this group."
    assert told_of(store, said) == ["Fay", "Finn", "Flo", "Tom Treat"], "who had a place at a session that goes"
    assert "3 at each session" in manager.get(f"/groups/{group.id}/sessions").main
    assert "The shorter module suits this group." in manager.get(f"/groups/{group.id}").main
    with store.session() as session:
        programme = session.get_one(Programme, group.programme_id)
        programmes.edition(session, programme, [ModuleTerms(title="Other", sessions=4, minutes=90)])
    page = manager.get(f"/groups/{group.id}/edition")
    assert "Choose at least one module." in page.main
    assert "Induction, session 1 was on 5 April 2027, and these modules leave no place for it." in page.main
    assert "Move the group to edition 3" not in page.main


def test_bank_holidays_are_those_of_the_areas_nation_unless_said_otherwise(
    manager: Browserlike, group: Group, store: Store
) -> None:
    store.sql("UPDATE area SET nation = 'scotland'")
    lay_out(manager, group, store, ["Induction"], **boxes(first=date(2027, 6, 7)))
    days = [row[1] for row in stored(store)]
    assert date(2027, 8, 2) not in days
    assert date(2027, 8, 9) in days
    lay_out(manager, group, store, ["Induction"], nation="england_and_wales", **boxes(first=date(2027, 6, 7)))
    assert date(2027, 8, 2) in [row[1] for row in stored(store)]
