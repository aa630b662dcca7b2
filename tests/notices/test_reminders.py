"""Reminders: who hears of what ends, once each, in one letter a day, over a mail server that really listens."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from selection.authorisation import explain
from selection.jobs.reminding import remind_today
from selection.models.notices import DeliveryReminder, Notice, Reminder
from selection.models.people import Account, Staff
from selection.models.programmes import Programme
from selection.notices import deliver
from selection.rules.eligibility import Person
from selection.rules.explanation import Answer, Question
from selection.rules.programmes import Stage
from selection.rules.roles import EVERYWHERE, Role
from selection.rules.training import CourseKind
from selection.training.reminders import queries
from tests.conftest import Clock
from tests.costs import counted
from tests.factories import chain, people, training
from tests.factories.delivery import Delivery, delivery
from tests.notices.conftest import Inbox
from tests.pages import Browserlike
from tests.store import Store

END = date(2027, 6, 30)


@dataclass
class World:
    """A facilitator whose programme training ends two months before their group does, and who must hear of it."""

    running: Delivery
    person: Staff
    leads: dict[str, Account]
    certificate_id: int


@pytest.fixture
def world(store: Store) -> World:
    with store.session() as session:
        running = delivery(session)
        roles = {"lead": Role.TRAINING_LEAD, "manager": Role.PROGRAMME_MANAGER}
        leads = {name: people.account(session, role, in_area="North") for name, role in roles.items()}
        leads["elsewhere"] = people.account(session, Role.TRAINING_LEAD, Role.PROGRAMME_MANAGER, in_area="West")
        spare = people.staff(session, "Pat Spare")
        began = date(2024, 7, 1)
        certificate = chain.certificate(session, spare, Stage.FUNDAMENTAL, first=began, last=END, by=running.lead)
    return World(running, spare, leads, certificate.id)


def reminded(app: Flask) -> str:
    with app.app_context():
        return str(remind_today())


def test_the_person_and_the_lead_of_the_area_hear_once(
    app: Flask, store: Store, world: World, clock: Clock, inbox: Inbox
) -> None:
    clock.set(END - timedelta(days=91))
    assert reminded(app) == "0 letters about 0 endings"
    clock.set(END - timedelta(days=90))
    assert reminded(app) == "3 letters about 3 endings"
    assert reminded(app) == "0 letters about 0 endings", "a second run on the same day"
    clock.set(END - timedelta(days=61))
    assert reminded(app) == "0 letters about 0 endings", "nothing new before the next is due"
    with app.app_context():
        deliver.deliver_due()
    everywhere, lead = world.running.lead.email, world.leads["lead"].email
    assert inbox.to() == sorted([world.person.email, everywhere, lead])
    letters = {str(letter["To"]): letter for letter in inbox.letters}
    own = letters[world.person.email].get_content()
    assert letters[world.person.email]["Subject"] == "Your certificate of fundamental training ends soon"
    assert "Your own, fundamental training: last valid on 30 June 2027 (in 90 days)." in own
    assert letters[lead]["Subject"] == "Pat Spare: the certificate of fundamental training ends soon"
    assert store.count(Reminder) == 3


def test_each_of_the_four_goes_out_and_then_no_more(app: Flask, store: Store, world: World, clock: Clock) -> None:
    for left in (90, 60, 30, 7):
        clock.set(END - timedelta(days=left))
        assert reminded(app) == "3 letters about 3 endings", left
    for left in (6, 0, -1):
        clock.set(END - timedelta(days=left))
        assert reminded(app) == "0 letters about 0 endings", left
    assert store.count(Notice) == 12


def end_early(store: Store, running: Delivery) -> None:
    """Let the facilitator's training, and with it their spell, end two months before the group does."""
    person = running.facilitator.id
    store.sql("UPDATE assignment SET ends_on = :last WHERE facilitator_id = :this", last=END, this=person)
    store.sql("UPDATE authorisation SET valid_to = :last WHERE staff_id = :this", last=END, this=person)
    store.sql(
        "UPDATE certificate SET valid_to = :last WHERE staff_id = :this AND stage <> 'selection'", last=END, this=person
    )


def test_managers_hear_where_a_group_would_lose_somebody_and_all_of_it_is_one_letter(
    app: Flask, store: Store, world: World, clock: Clock, inbox: Inbox
) -> None:
    end_early(store, world.running)
    clock.set(END - timedelta(days=30))
    assert reminded(app) == "5 letters about 11 endings"
    with app.app_context():
        deliver.deliver_due()
    letters = {str(letter["To"]): letter for letter in inbox.letters}
    assert world.leads["elsewhere"].email not in letters
    own = letters[world.running.facilitator.email]
    assert own["Subject"] == "2 certificates end soon"
    assert own.get_content().count("Groups that would lose you: G1.") == 2
    manager = letters[world.leads["manager"].email].get_content()
    assert manager.count("Fay G1, ") == manager.count("Groups that would lose them: G1.") == 2
    assert "Pat Spare" not in manager, "no group would lose them"
    lead = letters[world.leads["lead"].email].get_content()
    assert (lead.count("Fay G1, "), lead.count("Pat Spare, ")) == (2, 1)


def test_no_manager_hears_where_a_spell_ends_before_the_certificate_as_it_was_meant_to(
    app: Flask, store: Store, world: World, clock: Clock
) -> None:
    end_early(store, world.running)
    person = world.running.facilitator.id
    last = END - timedelta(days=1)
    store.sql("UPDATE assignment SET ends_on = :last WHERE facilitator_id = :this", last=last, this=person)
    clock.set(END - timedelta(days=30))
    assert reminded(app) == "4 letters about 9 endings", "the person and both leads, of both; and of Pat Spare's"


def test_a_reminder_that_is_not_taken_is_tried_again_and_arrives_once(
    app: Flask, store: Store, client: Browserlike, world: World, clock: Clock, inbox: Inbox
) -> None:
    with store.session() as session:
        administrator = people.account(session, Role.ADMINISTRATOR)
    now = datetime(2027, 4, 1, 12, tzinfo=UTC)
    clock.set(now)
    assert reminded(app) == "3 letters about 3 endings"
    inbox.answer = "451 The mailbox is busy"
    for tries, waits in ((1, timedelta(minutes=1)), (2, timedelta(minutes=5))):
        with app.app_context():
            assert deliver.deliver_due().failed == 3
            assert deliver.deliver_due().failed == 0, "it waits before it is tried again"
        notice, *_ = store.all(select(Notice))
        assert (notice.tries, notice.due_at) == (tries, now + waits)
        page = client.sign_in_as(administrator).get("/notices/")
        assert page.main.count("451 The mailbox is busy") == 3
        now = notice.due_at
        clock.set(now)
    inbox.answer = None
    with app.app_context():
        assert (deliver.deliver_due().sent, deliver.deliver_due().sent) == (3, 0)
    assert reminded(app) == "0 letters about 0 endings", "it counts as told"
    assert len(inbox.letters) == len(set(inbox.to())) == 3


def test_whether_a_group_would_lose_somebody_is_asked_where_every_page_asks_it(
    app: Flask, store: Store, world: World, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_early(store, world.running)
    today = END - timedelta(days=30)
    clock.set(today)

    def lost() -> set[str]:
        with app.app_context():
            found = queries.endings(today, END, EVERYWHERE)
            return {post.reference for posts in queries.groups_at_risk(found, today).values() for post in posts}

    assert lost() == {"G1"}

    def yes(_person: Person, question: Question) -> Answer:
        return Answer(question=question, reasons=(), earliest=None, rights=(), practice=None)

    monkeypatch.setattr(explain, "answer", yes)
    assert lost() == set()


def test_who_lapses_unless_they_deliver_and_whose_first_delivery_is_expected_is_told_of_with_their_area(
    app: Flask, store: Store, world: World, clock: Clock, inbox: Inbox
) -> None:
    """Fay was trained on 1 January 2026 and delivers nothing; Nia on 1 August 2027, and has six months."""
    fay, first = world.running.facilitator, date(2027, 8, 1)
    with store.session() as session:
        programme = session.get_one(Programme, world.running.programme.id)
        nia = people.staff(session, "Nia New")
        chain.authorised(session, nia, programme, first=first, last=date(2030, 7, 31), by=world.running.lead)
    heard = sorted([world.running.lead.email, world.leads["lead"].email, world.leads["manager"].email])
    clock.set(date(2027, 12, 2))
    assert reminded(app) == "5 letters about 8 endings"
    assert reminded(app) == "0 letters about 0 endings"
    with app.app_context():
        deliver.deliver_due()
    letters = {str(letter["To"]): letter for letter in inbox.letters}
    assert sorted(letters) == sorted([*heard, fay.email, nia.email])
    assert letters[fay.email]["Subject"] == "Your right to deliver P-G1 lapses soon"
    assert (
        "lapses without a delivery. A group can be begun until 1 January 2028 (in 30"
        in letters[fay.email].get_content()
    )
    assert letters[nia.email]["Subject"] == "Your first delivery of P-G1 is expected soon"
    assert "by 1 February 2028 (in 61 days), and none is recorded." in letters[nia.email].get_content()
    assert letters[heard[0]]["Subject"] == "2 things end or are due soon"
    clock.set(date(2027, 12, 3))
    assert reminded(app) == "4 letters about 4 endings", "the next of Nia's alone"
    assert store.count(DeliveryReminder) == 12
    store.sql("UPDATE staff SET left_on = '2027-12-20' WHERE id = :this", this=fay.id)
    clock.set(date(2027, 12, 25))
    assert reminded(app) == "0 letters about 0 endings", "who has left lapses unheard"


@pytest.mark.parametrize("why", ["renewed", "left", "withdrawn"])
def test_nothing_is_told_of_what_needs_nobody(app: Flask, store: Store, world: World, clock: Clock, why: str) -> None:
    this = world.certificate_id
    match why:
        case "renewed":
            with store.session() as session:
                chain.certificate(
                    session,
                    session.get_one(Staff, world.person.id),
                    Stage.FUNDAMENTAL,
                    first=END + timedelta(days=1),
                    last=date(2030, 6, 30),
                    by=world.running.lead,
                )
        case "left":
            store.sql("UPDATE staff SET left_on = :day WHERE id = :this", day=END.isoformat(), this=world.person.id)
        case "withdrawn":
            store.sql(
                "UPDATE certificate SET withdrawn_on = :day, withdrawn_reason = 'It was forged.' WHERE id = :this",
                day=END.isoformat(),
                this=this,
            )
    clock.set(END - timedelta(days=7))
    assert reminded(app) == "0 letters about 0 endings"


def test_the_page_shows_what_ends_what_would_renew_it_and_who_was_told(
    app: Flask, client: Browserlike, store: Store, world: World, clock: Clock
) -> None:
    clock.set(END - timedelta(days=30))
    client.sign_in_as(world.leads["lead"])
    (row,) = client.get("/training/ending").table()
    assert row["Person"] == "Pat Spare North"
    assert (row["Last day"], row["Reminded"]) == ("30 June 2027 In 30 days", "Not yet")
    assert reminded(app) == "3 letters about 3 endings"
    assert row["Renewal"] == "Not booked"
    with store.session() as session:
        pat = session.get_one(Staff, world.person.id)
        given: dict[str, Any] = {"title": "Skills refresher", "kind": CourseKind.REFRESHER}
        event = training.event(session, training.course(session, **given), first=date(2027, 6, 14))
        training.booking(session, event, pat)
    with counted(app) as sent:
        (row,) = client.get("/training/ending").table()
    assert len(sent) <= 6
    assert row["Renewal"] == f"Booked on {event.title} 14 June 2027"
    assert row["Reminded"] == "31 May 2027, 3 people"
    assert (
        "No certificate within your reach" in client.sign_in_as(world.leads["elsewhere"]).get("/training/ending").main
    )
