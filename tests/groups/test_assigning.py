"""Assigning to a group: who can, who cannot and why, and that the rows lean on what justifies them."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from selection.core import clock as real_clock
from selection.core.db import db
from selection.core.errors import NotHere, Refused
from selection.groups import loading
from selection.groups.assignments.actions import assign
from selection.models.authorisations import Stop
from selection.models.groups import Assignment, Group
from selection.models.notices import Notice
from selection.models.people import Account, Grant, Staff
from selection.rules.eligibility import ActingRole
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.supervision import AssignmentKind
from selection.rules.validity import Span
from tests.conftest import TODAY, Clock
from tests.costs import counted
from tests.factories import chain, groups, people, programmes
from tests.factories.groups import FIRST, LAST, Scene
from tests.groups.looks import boxes, events, leaning, spells
from tests.pages import Browserlike, Page
from tests.store import Store

WHY = "Why not, and what would put it right"
DAY, BEFORE = date(2027, 7, 1), date(2027, 6, 30)
OUTSIDE = ["days.outside_group", "supervision.gap"]


@pytest.fixture
def group(scene: Scene, store: Store) -> Group:
    """An open group under Tom, without anybody on it."""
    with store.session() as session:
        return groups.open_group(session, scene, reference="NORTH-1")[0]


@pytest.fixture
def do(app: Flask, scene: Scene, group: Group) -> Callable[..., None]:
    """Assigns to the group as the manager, or raises what the action raises."""

    def assign_to_it(who: Staff, first: date = FIRST, last: date = LAST) -> None:
        with app.app_context():
            by = people.actor(scene.manager)
            found, person = loading.to_assign(group.id, who.id, by=by)
            days, today = Span(first=first, last=last), real_clock.today()
            assign(found, person.id, kind=AssignmentKind.REGULAR, days=days, today=today, by=by)
            db.session.commit()

    return assign_to_it


def refused(do: Callable[..., None], *given: object) -> list[str]:
    """Return why the action refuses; it must."""
    with pytest.raises(Refused) as refusal:
        do(*given)
    return [reason.code for reason in refusal.value.reasons]


def why_not(page: Page, name: str) -> str:
    """Return what the page says against the person."""
    rows = page.table("[aria-labelledby=cannot-caption] table")
    return next(row[WHY] for row in rows if row["Name"].startswith(name))


def can(page: Page) -> list[str]:
    """Return whose names have a button, in order."""
    return [words.removeprefix("Assign ") for words in page.all("[aria-labelledby=can-caption] button")]


def test_who_can_be_assigned_is_assigned(manager: Browserlike, group: Group, store: Store, scene: Scene) -> None:
    page = manager.get(f"/groups/{group.id}/assign")
    assert can(page) == ["Fay First", "Finn Second"]
    page = manager.fill(button="Assign Fay First")
    assert page.banner == "Fay First is assigned from 5 April 2027 to 30 September 2027."
    assert can(page) == ["Finn Second"]
    assert "Fay First is already on this group on some of these days" in why_not(page, "Fay First")
    assert spells(store, group.id) == [("Fay First", "Tom Treat", FIRST, LAST)]
    assert leaning(store) == []
    entry = store.one(select(Assignment))
    assert (entry.kind, entry.made_by_id) == ("regular", scene.manager.id)
    assert events(store) == ["assignment.made"]
    letter = store.one(select(Notice))
    assert letter.to_address == scene.fay.email
    said = "from 5 April 2027 to 30 September 2027 you are on NORTH-1 as regular facilitator, under Tom Treat."
    assert said in letter.body


def test_once_the_team_is_full_the_group_is_shown(
    manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    with store.session() as session:
        third = people.staff(session, "Fred Third", number="T-3")
        right = chain.authorised(session, third, scene.programme)
        old = groups.group(session, scene.programme, first=date(2026, 3, 2), last=date(2026, 9, 30))
        groups.assign(session, old, right, groups.supervise(session, old, scene.tom_may), by=scene.manager)
    page = manager.get(f"/groups/{group.id}/assign")
    assert "T-3, North, 6 months of experience" in page.main
    assert page.main.count("months of experience") == 1
    for name in ("Fay First", "Finn Second"):
        assert manager.fill(button=f"Assign {name}").heading == "Who can be assigned to NORTH-1?"
    page = manager.fill(button="Assign Fred Third")
    assert page.heading == "NORTH-1 Open"
    assert "What is missing" not in page.main


def test_a_period_is_a_spell_for_each_supervisor_and_authorisation(
    do: Callable[..., None], scene: Scene, store: Store, group: Group, manager: Browserlike
) -> None:
    with store.session() as session:
        other = groups.group(session, scene.programme)
        groups.supervise(session, other, scene.tom_may, last=BEFORE)
        groups.supervise(session, other, scene.dora_may, first=DAY)
        ann = people.staff(session, "Ann Again")
        chain.authorised(session, ann, scene.programme, last=date(2027, 5, 31))
        chain.authorised(session, ann, scene.programme, first=date(2027, 6, 1))
    manager.get(f"/groups/{other.id}/assign", **boxes(starts_on=FIRST, ends_on=LAST))
    manager.fill(button="Assign Ann Again")
    assert [row[1:] for row in spells(store, other.id)] == [
        ("Tom Treat", FIRST, date(2027, 5, 31)),
        ("Tom Treat", date(2027, 6, 1), BEFORE),
        ("Dora Design", DAY, LAST),
    ]
    assert leaning(store) == []
    assert events(store) == ["assignment.made"] * 3
    page = manager.get(f"/groups/{other.id}")
    assert page.table("[aria-labelledby=team-caption] table")[0]["Days"] == "5 April 2027 to 30 September 2027"


PATH = {
    (): ["selection.missing", "fundamental.missing", "programme.missing"],
    (Stage.SELECTION,): ["fundamental.missing", "programme.missing"],
    (Stage.SELECTION, Stage.FUNDAMENTAL): ["programme.missing"],
    tuple(Stage): ["authorisation.missing"],
}
SAID = {
    "selection.missing": "has not passed selection at an assessment centre. They are put forward",
    "fundamental.missing": "has not passed fundamental training. They book fundamental training",
    "programme.missing": "has not passed programme training. They book the training of this programme",
    "authorisation.missing": "is not authorised as facilitator on 5 April 2027. A training lead can authorise",
}


def test_a_person_on_the_path_is_refused_at_each_step_with_the_right_reason(
    do: Callable[..., None], manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    with store.session() as session:
        by = people.account(session, Role.TRAINING_LEAD)
        cora = people.staff(session, "Cora Candidate")
    for passed, expected in PATH.items():
        with store.session() as session:
            for stage in passed[-1:]:
                programme = scene.programme if stage == Stage.PROGRAMME else None
                chain.certificate(session, cora, stage, programme=programme, by=by)
        page = manager.get(f"/groups/{group.id}/assign")
        assert "Cora Candidate" not in can(page)
        said = {code for code, words in SAID.items() if words in why_not(page, "Cora Candidate")}
        assert said == set(expected)
        assert refused(do, cora) == expected
    assert store.count(Assignment) == 0


def stop(session: Session, who: Staff, by: Account, kind: str, last: date) -> None:
    """Suspend or deselect somebody from the day of the test on."""
    values = {"kind": kind, "from_day": TODAY, "to_day": last, "reason": "An inquiry.", "decided_at": real_clock.now()}
    session.add(Stop(staff_id=who.id, decided_by_id=by.id, **values))


def test_each_reason_is_said_on_the_page_and_by_the_action(
    do: Callable[..., None], manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    with store.session() as session:
        by = people.account(session, Role.TRAINING_LEAD)
        ends, other = people.staff(session, "Enda Ends"), people.staff(session, "Otto Other")
        joins = people.staff(session, "Joy Joins", joined_on=date(2027, 5, 1))
        leaves = people.staff(session, "Lee Leaves", left_on=date(2027, 5, 31))
        suspended, deselected = people.staff(session, "Sue Suspended"), people.staff(session, "Des Deselected")
        chain.authorised(session, ends, scene.programme, last=date(2027, 5, 31), by=by)
        chain.authorised(session, other, programmes.programme(session, "OTHER"), by=by)
        for who in (joins, leaves, suspended, deselected):
            chain.authorised(session, who, scene.programme, by=by)
        stop(session, suspended, by, "suspension", BEFORE)
        stop(session, deselected, by, "deselection", date(9999, 12, 31))
    ended = [f"{stage}.not_valid" for stage in Stage]
    for who, expected, said, earliest in (
        (ends, ended, "ends on 31 May 2027. Renew it", None),
        (other, ["programme.missing"], "has not passed programme training", None),
        (joins, ["person.not_yet_here"], "joins the service on 1 May 2027", "1 May 2027"),
        (leaves, ["person.left"], "leaves the service on 31 May 2027", None),
        (suspended, ["person.suspended"], "is suspended from 15 March 2027 until 30 June 2027", "1 July 2027"),
        (deselected, ["person.deselected"], "was deselected on 15 March 2027", None),
    ):
        page = manager.get(f"/groups/{group.id}/assign", words=who.name, **boxes(starts_on=FIRST, ends_on=LAST))
        assert said in why_not(page, who.name)
        assert refused(do, who) == expected
        assert ("Could be assigned from" in why_not(page, who.name)) == (earliest is not None)
        if earliest is not None:
            offer = f"Could be assigned from {earliest} : show who can on these days, {who.name} among them"
            assert can(manager.get(page.links[offer])) == [who.name]


def test_the_supervisor_is_not_assigned_under_themselves(
    do: Callable[..., None], manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    with store.session() as session:
        chain.authorised(session, scene.tom, scene.programme)
    page = manager.get(f"/groups/{group.id}/assign", words="tom", **boxes(starts_on=FIRST, ends_on=LAST))
    assert "Tom Treat supervises this group on some of these days, and nobody works under themselves." in why_not(
        page, "Tom"
    )
    assert refused(do, scene.tom) == ["supervision.own"]


def test_days_that_cannot_be(do: Callable[..., None], manager: Browserlike, group: Group, scene: Scene) -> None:
    for first, last, expected, said in (
        (LAST, FIRST, ["days.order"], "The last day is before the first day."),
        (date(2027, 3, 14), LAST, ["days.past", *OUTSIDE], "An assignment cannot begin in the past."),
        (FIRST, date(2027, 10, 1), OUTSIDE, "The group runs from 5 April 2027 to 30 September 2027."),
    ):
        page = manager.get(f"/groups/{group.id}/assign", **boxes(starts_on=first, ends_on=last))
        assert any(said in message for message in page.errors)
        assert refused(do, scene.fay, first, last) == expected


def test_only_to_an_open_group(
    do: Callable[..., None], manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    for state in ("planned", "halted", "closed"):
        store.sql("UPDATE delivery_group SET state = :state", state=state)
        page = manager.get(f"/groups/{group.id}/assign")
        assert page.errors[0].startswith(f"The group is {state}, not open.")
        assert refused(do, scene.fay) == ["group.not_open"]


def test_a_button_pressed_twice_assigns_once(manager: Browserlike, group: Group, scene: Scene, store: Store) -> None:
    page = manager.get(f"/groups/{group.id}/assign")
    manager.fill(button="Assign Fay First", page=page)
    again = manager.fill(button="Assign Fay First", page=page, expect=409)
    assert again.heading == "Fay First cannot be chosen"
    assert "Fay First is already on this group on some of these days." in again.main
    assert store.count(Assignment) == 1
    assert manager.follow("Choose somebody else or other days").heading == "Who can be assigned to NORTH-1?"


def test_people_are_looked_for_in_ones_own_areas_unless_asked(
    clients: Callable[[], Browserlike], group: Group, scene: Scene, store: Store, do: Callable[..., None]
) -> None:
    with store.session() as session:
        sue = people.staff(session, "Sue South", in_area="South")
        chain.authorised(session, sue, scene.programme)
        wide = people.account(session, Role.PROGRAMME_MANAGER, in_area="North")
        wide.grants += [Grant(role=Role.TREATMENT_MANAGER, area_id=sue.area_id)]
    browser = clients().sign_in_as(wide)
    asked = boxes(starts_on=FIRST, ends_on=LAST)
    assert can(browser.get(f"/groups/{group.id}/assign")) == ["Fay First", "Finn Second"]
    assert can(browser.get(f"/groups/{group.id}/assign", areas="all", **asked)) == [
        "Fay First",
        "Finn Second",
        "Sue South",
    ]
    assert can(browser.get(f"/groups/{group.id}/assign", areas="here", words="fin", **asked)) == ["Finn Second"]
    with pytest.raises(NotHere):
        do(sue)


def test_a_long_list_is_paged_and_searched(manager: Browserlike, group: Group, scene: Scene, store: Store) -> None:
    with store.session() as session:
        by = people.account(session, Role.TRAINING_LEAD)
        for number in range(26):
            chain.authorised(session, people.staff(session, f"Able {number:02}"), scene.programme, by=by)
    page = manager.get(f"/groups/{group.id}/assign")
    assert len(can(page)) == 25
    assert "1 to 25 of 28 people" in page.main
    page = manager.get(str(page.soup.select("[aria-label='Pages of who can'] a[rel=next]")[0]["href"]))
    assert can(page) == ["Able 25", "Fay First", "Finn Second"]
    page = manager.get(f"/groups/{group.id}/assign", words="able 07", **boxes(starts_on=FIRST, ends_on=LAST))
    assert can(page) == ["Able 07"]
    page = manager.get(f"/groups/{group.id}/assign", words="nobody", **boxes(starts_on=FIRST, ends_on=LAST))
    assert "Nobody of that name or number can be assigned" in page.main
    page = manager.get(f"/groups/{group.id}/assign", trained_only="y", **boxes(starts_on=FIRST, ends_on=LAST))
    assert [row["Name"].split(" S0")[0] for row in page.table("[aria-labelledby=cannot-caption] table")] == [
        "Dora Design",
        "Tom Treat",
    ]


def test_a_gap_between_two_authorisations_is_seen(
    manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    """The database takes such a person for one who can; the rules have the last word."""
    with store.session() as session:
        gus = people.staff(session, "Gus Gap")
        chain.authorised(session, gus, scene.programme, last=BEFORE)
        chain.authorised(session, gus, scene.programme, first=date(2027, 7, 2))
    page = manager.get(f"/groups/{group.id}/assign")
    assert "Gus Gap" not in can(page)
    rows = page.table("[aria-labelledby=can-caption] table")
    assert "Gus Gap's certificate of fundamental training ends on 30 June 2027." in next(
        row["Choose"] for row in rows if row["Name"].startswith("Gus Gap")
    )


def test_few_statements_whatever_the_size(
    app: Flask, manager: Browserlike, group: Group, scene: Scene, store: Store
) -> None:
    with store.session() as session:
        by = people.account(session, Role.TRAINING_LEAD)
        for number in range(30):
            chain.authorised(session, people.staff(session, f"Able {number:02}"), scene.programme, by=by)
            people.staff(session, f"Baker {number:02}")
    with counted(app) as sent:
        page = manager.get(f"/groups/{group.id}/assign")
    assert len(sent) <= 6, sent
    assert len(page.text) < 60_000
    with counted(app) as sent:
        manager.fill(button="Assign Able 03")
    assert len(sent) <= 8 + 6, sent  # the page that follows is read too
    with counted(app) as sent:
        manager.fill(button="Assign Able 03", page=page, expect=409)
    assert len(sent) <= 8, sent
    with counted(app) as sent:
        manager.get(f"/groups/{group.id}")
    assert len(sent) <= 6, sent


def test_what_is_stored_leans_on_what_justifies_it(
    do: Callable[..., None], scene: Scene, group: Group, store: Store
) -> None:
    with store.session() as session:
        cora = people.staff(session, "Cora Candidate")
    do(scene.fay)
    for statement in (
        f"UPDATE assignment SET facilitator_id = {cora.id}",
        "UPDATE assignment SET ends_on = '2027-10-01'",
        "UPDATE assignment SET supervisor_id = facilitator_id",
        "UPDATE supervision SET ends_on = '2027-06-01'",
        "UPDATE authorisation SET valid_to = '2027-06-01' WHERE role = 'facilitator'",
        "UPDATE authorisation SET valid_to = '2027-06-01' WHERE role = 'treatment_manager'",
        "DELETE FROM supervision",
        "UPDATE delivery_group SET ends_on = '2027-10-01'",
    ):
        with pytest.raises(IntegrityError):
            store.sql(statement)
    assert spells(store, group.id) == [("Fay First", "Tom Treat", FIRST, LAST)]


def test_bad_requests_store_nothing(
    manager: Browserlike, group: Group, scene: Scene, store: Store, clock: Clock
) -> None:
    token = manager.get("/groups/new").soup.select_one("main [name=csrf_token]")["value"]  # type: ignore[index]
    good = {"first": FIRST.isoformat(), "last": LAST.isoformat(), "kind": "regular", "staff_id": str(scene.fay.id)}
    for key, value in (("first", "soon"), ("last", ""), ("kind", "boss"), ("staff_id", "x"), ("staff_id", "9" * 30)):
        manager.post(f"/groups/{group.id}/assign", good | {key: value, "csrf_token": token}, expect=400)
    manager.post(f"/groups/{group.id}/assign", good | {"staff_id": "987654", "csrf_token": token}, expect=404)
    manager.post(f"/groups/{group.id}/assign", good, expect=400)
    huge = good | {"staff_id": "9" * 30, "role": "treatment_manager", "csrf_token": token}
    manager.post(f"/groups/{group.id}/supervise", huge, expect=400)
    page = manager.get(f"/groups/{group.id}/assign", starts_on=["31", "2", "2027"], ends_on=["", "", ""])
    assert page.errors == ["First day: there is no such day in the calendar", "Enter the last day"]
    assert store.count(Assignment) == 0


def test_a_designated_supervisor_is_no_facilitator(do: Callable[..., None], group: Group, scene: Scene) -> None:
    assert scene.dora_may.role == ActingRole.DESIGNATED_SUPERVISOR
    assert refused(do, scene.dora) == ["authorisation.missing"]
