"""A person's record: what it says, to whom, and that reading it leaves a trail."""

from dataclasses import dataclass
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core import clock
from selection.models.authorisations import Certificate
from selection.models.people import Account, Acquaintance, Staff
from selection.models.programmes import Programme
from selection.models.trail import TrailEntry
from selection.rules.outcomes import Outcome
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.conftest import TODAY
from tests.costs import counted
from tests.factories import centres, chain, people, programmes, standards, standings, training
from tests.factories.delivery import delivery
from tests.pages import Browserlike
from tests.people.conftest import Keepers
from tests.store import Store


@dataclass
class Somebody:
    """A person of the area North on the path, their own login, and who leads their training."""

    person: Staff
    login: Account
    lead: Account
    programme: Programme

    @property
    def url(self) -> str:
        return f"/staff/{self.person.id}"


@pytest.fixture
def ann(store: Store, keepers: Keepers) -> Somebody:
    with store.session() as session:
        person = people.staff(session, "Ann Other", job_title="Probation officer")
        return Somebody(
            person=person,
            login=people.account(session, Role.STAFF_MEMBER, of=person),
            lead=people.account(session, Role.TRAINING_LEAD, of=people.staff(session, "Lee Lead")),
            programme=programmes.programme(session),
        )


def test_somebody_at_the_beginning(client: Browserlike, ann: Somebody, keepers: Keepers) -> None:
    page = client.sign_in_as(keepers.reader).get(ann.url)
    assert page.heading.endswith("Ann Other")
    assert page.all(".app-path__step") == [
        "Selection at an assessment centre : next.",
        "Fundamental training : later.",
        "Programme training : later.",
        "Authorised for the programme : later.",
    ]
    assert "Ann Other has not passed selection at an assessment centre." in page.words(".app-reasons")
    assert "Not put forward" in page.all(".app-tag")
    assert page.main.count("None yet.") == 4
    assert "Change the details" not in page.links


def test_what_is_booked_and_where_they_are_a_candidate(
    client: Browserlike, store: Store, ann: Somebody, keepers: Keepers
) -> None:
    with store.session() as session:
        chair = people.account(session, Role.COORDINATOR)
        on = centres.centre(session, chair=chair, title="Spring centre", held_on=date(2027, 3, 20))
        centres.candidacy(session, on, session.merge(ann.person))
        event = training.event(session, title="Fundamentals in May")
        training.booking(session, event, ann.person)
        over = training.event(session, title="Long over", first=date(2027, 1, 4))
        training.booking(session, over, ann.person)
        cancelled = training.booking(session, training.event(session, title="Cancelled"), ann.person)
        cancelled.cancelled_at = cancelled.booked_at
    page = client.sign_in_as(keepers.reader).get(ann.url)
    steps = page.all(".app-path__step")
    assert steps[0] == "Selection at an assessment centre : next. Candidate at Spring centre on 20 March 2027."
    assert steps[1].startswith("Fundamental training : later. Booked on Fundamentals in May, 5 April 2027")
    assert page.table("table:has(#bookings)")[0]["Event"] == "Fundamentals in May"
    assert page.table("table:has(#centres)") == [
        {"Centre": "Spring centre", "Day": "20 March 2027", "State": "Candidate"}
    ]
    assert "Long over" not in page.main
    assert "Cancelled" not in page.main


def test_certificates_say_on_what_they_stand_and_whether_they_were_withdrawn(
    client: Browserlike, store: Store, ann: Somebody, keepers: Keepers
) -> None:
    with store.session() as session:
        standard = standards.standard(session)
        training.selected(session, ann.person, standard, by=ann.lead)
        result = training.result(
            session,
            training.booking(session, training.event(session, training.course(session)), ann.person),
            by=people.account(session, Role.STAFF_MEMBER),
            on=date(2027, 1, 8),
        )
        passed = chain.certificate(session, ann.person, Stage.PROGRAMME, programme=ann.programme, by=ann.lead)
        passed.withdrawn_on, passed.valid_to = date(2027, 2, 1), date(2027, 1, 31)
        passed.withdrawn_reason = "The evidence was another person's."
        earned = Certificate(
            number="C-EARNED",
            staff_id=ann.person.id,
            stage=Stage.FUNDAMENTAL,
            valid_from=date(2027, 1, 8),
            valid_to=date(2030, 1, 7),
            issued_at=clock.now(),
            issued_by_id=ann.lead.id,
            result_id=result.id,
            result_passed=True,
        )
        session.add(earned)
    page = client.sign_in_as(keepers.reader).get(ann.url)
    rows = {row["Step"]: row for row in page.table("table:has(#certificates)")}
    assert rows["Selection"]["Stands on"] == "Decision of a centre"
    assert rows["Selection"]["Valid"].endswith("to no end")
    assert rows["Fundamental training"] == {
        "Step": "Fundamental training",
        "Number": "C-EARNED",
        "Valid": "8 January 2027 to 7 January 2030",
        "Stands on": "Result of training",
        "State": "In force",
    }
    withdrawn = rows["Programme training, C-SOGP"]
    assert withdrawn["Stands on"] == "Recognition of other learning"
    assert withdrawn["State"] == "Withdrawn from 1 February 2027: The evidence was another person's."
    assert page.all(".app-path__step")[2] == "Programme training : next. Ended on 31 January 2027."


def test_authorised_appointed_and_at_work(client: Browserlike, store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        team = delivery(session)
    client.sign_in_as(keepers.everywhere)
    page = client.get(f"/staff/{team.facilitator.id}")
    assert [step.split(" : ")[1].split(".")[0] for step in page.all(".app-path__step")] == ["done"] * 4
    assert page.table("table:has(#authorisations)")[0] == {
        "As": "Facilitator",
        "Programme": "P-G1",
        "Days": "1 January 2026 to 31 December 2028",
        "State": "In force",
    }
    assert page.table("table:has(#groups)") == [
        {
            "Group": "G1",
            "As": "Regular facilitator, under Tom G1",
            "Days": "1 February 2027 to 31 August 2027",
            "State": "In force",
        }
    ]
    page = client.get(f"/staff/{team.supervisor.id}")
    assert page.table("table:has(#groups)")[0]["As"] == "Treatment manager"
    assert page.table("table:has(#appointments)")[0]["State"] == "In force Leads the team."


def test_a_stop_is_on_the_record_with_its_reason_but_not_on_ones_own(
    client: Browserlike, store: Store, ann: Somebody, keepers: Keepers
) -> None:
    with store.session() as session:
        standings.stop(session, ann.person, by=ann.lead)
        for actor, reason in ((ann.lead, "Because Bea complained."), (ann.login, "I asked for it.")):
            session.add(
                TrailEntry(
                    at=clock.now(),
                    actor_id=actor.id,
                    actor_name=actor.name,
                    event="stop.decided",
                    subject="stop",
                    staff_id=ann.person.id,
                    after={"kind": "suspension"},
                    reason=reason,
                )
            )
    page = client.sign_in_as(keepers.reader).get(ann.url)
    assert "Stopped" in page.all(".app-tag")
    assert page.table("table:has(#stops)")[0]["State"] == "In force A complaint is looked into."
    assert "Because Bea complained." in page.main
    page = client.sign_in_as(ann.login).get("/staff/me")
    assert page.table("table:has(#stops)")[0]["State"] == "In force"
    assert "Bea" not in page.main
    assert "A complaint" not in page.main
    assert "Reason: I asked for it." in page.main
    assert "Stopped from delivery by Lee Lead" in page.main


def test_no_rating_is_on_the_record_nor_in_its_history(
    client: Browserlike, store: Store, ann: Somebody, keepers: Keepers
) -> None:
    with store.session() as session:
        chair = people.account(session, Role.COORDINATOR)
        on = centres.centre(session, chair=chair, title="Spring centre")
        candidate = centres.candidacy(session, on, session.merge(ann.person))
        centres.decided(session, candidate, {ExerciseKind.PRESENTATION: Outcome.NOT_YET}, by=chair, result="not_yet")
        for event, subject, after in (
            ("form.sealed", "rating_form", {"global_judgement": "clear_no", "rated": 3}),
            ("moderation.agreed", "sitting", {"points": "2", "evidence": "Shouted at the actor"}),
            ("outcome.computed", "sitting", {"kind": "presentation", "result": "not_yet", "mean": "2.7"}),
            ("decision.signed", "decision", {"result": "not_yet", "presentation": "not_yet", "role_play": "competent"}),
        ):
            entry = TrailEntry(
                at=clock.now(),
                actor_name="Chris Chair",
                event=event,
                subject=subject,
                staff_id=ann.person.id,
                after=after,
                reason="They shouted." if subject == "sitting" else "",
            )
            session.add(entry)
    for login, url in ((keepers.everywhere, ann.url), (ann.login, "/staff/me")):
        page = client.sign_in_as(login).get(url)
        assert page.table("table:has(#centres)")[0]["State"] == "Not yet"
        assert "Settled a matter by Chris Chair" in page.main
        assert "Result: not yet" in page.main
        for word in ("clear_no", "2.7", "competent:", "shouted", "Shouted", "Presentation:", "Role play:", "Rated"):
            assert word not in page.main


def test_reading_a_record_leaves_a_trail_that_the_next_reader_sees(
    client: Browserlike, store: Store, ann: Somebody, keepers: Keepers
) -> None:
    client.sign_in_as(keepers.reader).get(ann.url)
    client.sign_in_as(ann.login).get("/staff/me")
    entries = store.all(select(TrailEntry).order_by(TrailEntry.id))
    assert [(entry.event, entry.actor_id, entry.staff_id) for entry in entries] == [
        ("staff.viewed", keepers.reader.id, ann.person.id),
        ("staff.viewed", ann.login.id, ann.person.id),
    ]
    page = client.sign_in_as(keepers.everywhere).get(ann.url)
    assert "Looked at the record by Ralph Reader 15 March 2027, 12:00" in page.main


def test_history_is_in_words(client: Browserlike, store: Store, ann: Somebody, keepers: Keepers) -> None:
    with store.session() as session:
        session.add(
            TrailEntry(
                at=clock.now(),
                actor_name="Wanda Whole",
                event="staff.changed",
                subject="staff",
                staff_id=ann.person.id,
                before={"area_id": people.area(session, "South").id, "left_on": None},
                after={"area_id": people.area(session).id, "left_on": "2027-04-01", "other_id": 5},
            )
        )
    page = client.sign_in_as(keepers.reader).get(ann.url)
    assert "Area: South → North" in page.main
    assert "Left on: nothing → 1 April 2027" in page.main
    assert "Other" not in page.words(".moj-timeline__description")


def test_acquaintances_show_on_both_records(client: Browserlike, store: Store, ann: Somebody, keepers: Keepers) -> None:
    with store.session() as session:
        session.add(Acquaintance(staff_id=ann.lead.staff_id, other_id=ann.person.id, declared_on=TODAY, note="Sisters"))
    client.sign_in_as(keepers.reader)
    assert client.get(ann.url).table("table:has(#acquaintances)")[0]["Person"] == "Lee Lead"
    other = client.get(f"/staff/{ann.lead.staff_id}").table("table:has(#acquaintances)")
    assert other == [{"Person": "Ann Other", "Declared": "15 March 2027", "Note": "Sisters"}]


def test_ones_own_record_is_the_own_page_whoever_one_is(client: Browserlike, keepers: Keepers) -> None:
    page = client.sign_in_as(keepers.everywhere).get(f"/staff/{keepers.everywhere.staff_id}")
    assert page.path == "/staff/me"
    assert page.title.startswith("My record")


def test_others_records_are_closed_to_who_may_not_read_them(
    client: Browserlike, store: Store, ann: Somebody, keepers: Keepers
) -> None:
    with store.session() as session:
        south = people.staff(session, "Sam South", in_area="South")
        auditor = people.account(session, Role.AUDITOR)
        auditor.staff_id = None
    client.sign_in_as(ann.login).get(f"/staff/{keepers.reader.staff_id}", expect=403)
    client.sign_in_as(keepers.reader).get(f"/staff/{south.id}", expect=404)
    client.sign_in_as(keepers.north).get(f"/staff/{south.id}", expect=404)
    client.sign_in_as(keepers.everywhere).get(f"/staff/{south.id}")
    client.get("/staff/987654", expect=404)
    client.get("/staff/99999999999999999999", expect=404)
    client.sign_in_as(auditor).get("/staff/me", expect=404)
    assert store.count(TrailEntry) == 1, "who was turned away saw nothing"


def test_a_long_record_takes_no_more_queries(app: Flask, client: Browserlike, store: Store, keepers: Keepers) -> None:
    with store.session() as session:
        team = delivery(session)
        for number in range(5):
            known = people.staff(session)
            session.add(Acquaintance(staff_id=team.facilitator.id, other_id=known.id, declared_on=TODAY, note=""))
            training.booking(session, training.event(session, title=f"Event of {number}"), team.facilitator)
            standings.stop(session, team.facilitator, by=team.lead, first=date(2020, 1, 1), last=date(2020, 1, 2))
    client.sign_in_as(keepers.everywhere)
    with counted(app) as sent:
        client.get(f"/staff/{team.facilitator.id}")
    assert len(sent) <= 8, "\n".join(sent)
