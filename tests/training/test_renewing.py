"""A refresher renews: early it joins, and somebody's days on a group go on across the seam; late it leaves the gap."""

from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation.authorise import authorise_where_due
from selection.authorisation.explain import explain
from selection.authorisation.invariant import rows
from selection.core.db import db
from selection.models.authorisations import Authorisation, Certificate
from selection.models.groups import Assignment, Group
from selection.models.people import Account, Staff
from selection.models.practice import Practice
from selection.models.training import Event
from selection.rules.eligibility import ActingRole
from selection.rules.explanation import Answer, Question
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.training import CourseKind
from selection.rules.validity import Span
from tests.conftest import Clock
from tests.factories import chain, groups, people, programmes, training
from tests.pages import Browserlike
from tests.training.conftest import World

BEGAN, ENDS = date(2026, 9, 1), date(2027, 5, 31)


@pytest.fixture
def fay(world: World, app: Flask) -> Staff:
    """Somebody who may deliver until the end of May, when their programme training ends."""
    fay = world.ready("Fay Able", stage=Stage.PROGRAMME)
    with world.store.session() as session:
        given: dict[str, Any] = {"programme": session.merge(world.programme), "first": BEGAN, "last": ENDS}
        chain.certificate(session, session.get_one(Staff, fay.id), Stage.PROGRAMME, by=world.lead, **given)
    with app.app_context():
        authorise_where_due(fay.id, by=people.actor(world.lead))
        db.session.commit()
    return fay


def passes(world: World, lead: Browserlike, clock: Clock, fay: Staff, *, first: date, **kind: Any) -> Event:
    """Fay passes a course of three days from then on, a refresher unless said, and is certified on its last."""
    with world.store.session() as session:
        programme = kind.pop("programme", None) or session.merge(world.programme)
        given = {"title": "A short course", "kind": CourseKind.REFRESHER}
        course = training.course(session, session.merge(programme), **(given | kind))
        event = training.event(session, course, first=first)
        clock.set(event.ends_on)
        who = session.get_one(Staff, fay.id)
        booking = training.booking(session, event, who, present=(True, True, True))
        training.result(session, booking, by=world.trainer)
    lead.get(f"/training/events/{event.id}/certify")
    lead.fill(button="Certify those ticked")
    return event


def open_group(world: World, first: date, last: date) -> Group:
    with world.store.session() as session:
        programme = session.merge(world.programme)
        tom = chain.authorised(
            session, people.staff(session, "Tom"), programme, ActingRole.TREATMENT_MANAGER, by=world.lead
        )
        group = groups.group(session, programme, first=first, last=last)
        groups.supervise(session, group, tom)
        return group


def days(world: World, fay: Staff, stage: Stage = Stage.PROGRAMME) -> list[tuple[date, date]]:
    query = select(Certificate).where(Certificate.staff_id == fay.id, Certificate.stage == stage)
    return [(one.valid_from, one.valid_to) for one in world.store.all(query.order_by(Certificate.id))]


def asked(app: Flask, world: World, fay: Staff, first: date, last: date) -> Answer:
    with app.app_context():
        question = Question(
            role=ActingRole.FACILITATOR, programme_id=world.programme.id, days=Span(first=first, last=last)
        )
        return explain([fay.id], question)[fay.id]


def test_an_early_renewal_joins_and_an_assignment_goes_on_across_the_seam(
    world: World, lead: Browserlike, clock: Clock, fay: Staff, app: Flask
) -> None:
    group = open_group(world, date(2027, 5, 3), date(2027, 7, 30))
    with world.store.session() as session:
        manager: Account = people.account(session, Role.PROGRAMME_MANAGER)
    passes(world, lead, clock, fay, first=date(2027, 4, 5))
    assert days(world, fay) == [(BEGAN, ENDS), (date(2027, 4, 7), date(2030, 5, 31))], "55 days left are not lost"
    rights = world.store.all(select(Authorisation).where(Authorisation.staff_id == fay.id).order_by(Authorisation.id))
    assert [(right.valid_from, right.valid_to) for right in rights] == [
        (BEGAN, ENDS),
        (date(2027, 6, 1), date(2029, 8, 31)),
    ], "as long as fundamental training"
    lead.sign_in_as(manager).get(f"/groups/{group.id}/assign")
    lead.fill(button="Assign Fay Able")
    spells = world.store.all(select(Assignment).order_by(Assignment.starts_on))
    assert [(spell.starts_on, spell.ends_on, spell.authorisation_id) for spell in spells] == [
        (date(2027, 5, 3), ENDS, rights[0].id),
        (date(2027, 6, 1), date(2027, 7, 30), rights[1].id),
    ]
    told = asked(app, world, fay, date(2027, 5, 3), date(2027, 7, 30))
    assert told.is_yes
    assert [right.id for right in told.rights] == [right.id for right in rights]
    with world.store.connection() as connection:
        assert all(finding.holds for finding in rows.findings(connection))
    _is_seen_to_join(world, lead, fay)


def _is_seen_to_join(world: World, lead: Browserlike, fay: Staff) -> None:
    """On the record, the matrix, the timeline, the list of what ends soon, and where it is asked whether they may."""
    record = lead.sign_in_as(world.lead).get(f"/staff/{fay.id}")
    for held in ("1 September 2026 to 31 May 2027", "7 April 2027 to 31 May 2030", "1 June 2027 to 31 August 2029"):
        assert held in record.main, held
    assert "done. Valid from 7 April 2027 to 31 May 2030." in record.main, "the step lasts as long as the later one"
    (row,) = [row for row in lead.get("/insights/skills").table() if row["Person"].startswith("Fay Able")]
    assert {row["C-SOGP training"], row["C-SOGP facilitator"]} == {"Valid"}, "nothing ends"
    assert "Fay Able" not in lead.get("/training/ending").main
    assert "Number" in lead.get(f"/staff/{fay.id}/timeline").main
    asked: dict[str, Any] = {"person": fay.number, "programme": world.programme.code, "role": "facilitator"}
    told = lead.get("/authorisations/explain", **asked, first="2027-05-03", last="2027-07-30").main
    assert "Yes" in told
    assert "1 September 2026 to 31 May 2027" in told
    assert "1 June 2027 to 31 August 2029" in told


def test_a_conversion_opens_another_programme_and_leaves_the_first(
    world: World, lead: Browserlike, clock: Clock, fay: Staff, app: Flask
) -> None:
    with world.store.session() as session:
        other = programmes.programme(session, "OTHER")
    kind = {"kind": CourseKind.CONVERSION, "from_programme_id": world.programme.id, "programme": other}
    passes(world, lead, clock, fay, first=date(2027, 4, 5), **kind)
    assert days(world, fay) == [(BEGAN, ENDS), (date(2027, 4, 7), date(2030, 4, 6))], (
        "for its own days: it renews nothing"
    )
    rights = world.store.all(select(Authorisation).where(Authorisation.staff_id == fay.id).order_by(Authorisation.id))
    assert [(right.programme_id, right.valid_from, right.valid_to) for right in rights] == [
        (world.programme.id, BEGAN, ENDS),
        (other.id, date(2027, 4, 7), date(2029, 8, 31)),
    ]
    assert [one.programme_id for one in world.store.all(select(Practice).order_by(Practice.id))][-1] == other.id


def test_a_renewal_after_the_end_leaves_the_gap_and_says_so(
    world: World, lead: Browserlike, clock: Clock, fay: Staff, app: Flask
) -> None:
    passes(world, lead, clock, fay, first=date(2027, 6, 7))
    assert days(world, fay) == [(BEGAN, ENDS), (date(2027, 6, 9), date(2030, 6, 8))], "from the pass on, and no longer"
    told = asked(app, world, fay, date(2027, 5, 20), date(2027, 6, 30))
    assert [(one.code, one.earliest) for one in told.reasons] == [("programme.not_valid", date(2027, 6, 9))]
    assert "ends on 31 May 2027" in told.reasons[0].message
    assert asked(app, world, fay, date(2027, 6, 9), date(2027, 6, 30)).is_yes
    page = lead.get(
        f"/authorisations/explain?person={fay.number}&programme={world.programme.code}"
        "&role=facilitator&first=2027-06-01&last=2027-06-30"
    )
    assert "31 May 2027" in page.main
    assert "9 June 2027" in page.main
