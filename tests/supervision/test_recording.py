"""Supervision is recorded by whoever supervises on whom they supervise, signed, read by few, corrected by adding."""

from collections.abc import Callable
from datetime import date, time

from flask import Flask
from sqlalchemy import select

from selection.authorisation.plan import plan_for_stop
from selection.authorisation.withdraw import stop
from selection.core.db import db
from selection.models.groups import Assignment
from selection.models.supervision import RecordAction, RecordAnswer, RecordSubject, SupervisorRecord
from selection.models.trail import TrailEntry
from selection.rules.eligibility import StopKind
from selection.rules.records import RecordKind
from selection.rules.roles import Role
from tests.conftest import TODAY
from tests.costs import counted
from tests.factories import chain, groups, people, records, sessions
from tests.forms import Value
from tests.pages import Browserlike, Page
from tests.store import Store
from tests.supervision.conftest import Desk

NEXT = date(2027, 4, 9)


def filled(desk: Desk, **more: Value) -> dict[str, Value]:
    first, second = (question.id for question in desk.forms[RecordKind.SUPERVISION].questions)
    usual: dict[str, Value] = {
        f"subject-{desk.fay.facilitator_id}": "present",
        f"subject-{desk.finn.facilitator_id}": "no",
        f"words-{first}": "Two sessions, both as written.",
        f"words-{second}": "",
        "what-0": "Read chapter four",
        "who-0": str(desk.fay.facilitator_id),
        "due-0": NEXT,
        "next_on": NEXT,
    }
    return usual | more


def new(tom: Browserlike, desk: Desk) -> Page:
    return tom.get(f"/supervision/groups/{desk.group.id}/new")


def test_a_record_is_drafted_signed_and_then_read_by_whom_it_is_on(
    tom: Browserlike, fay: Browserlike, clients: Callable[[], Browserlike], desk: Desk, store: Store
) -> None:
    new(tom, desk)
    draft = tom.fill(filled(desk), button="Keep as a draft")
    assert "Nobody else sees it" in draft.banner
    fay.get(draft.path, expect=404)
    signed = tom.fill(button="Sign")
    assert "signed" in signed.banner
    assert "Two sessions, both as written." in signed.main
    assert "Read chapter four" in signed.main
    assert "Two sessions, both as written." in fay.get(draft.path).main
    assert draft.path in fay.get("/supervision/people/me").links.values()
    finn = clients().sign_in_as(desk.manager)
    finn.get(draft.path, expect=404)
    assert "Signed" in clients().sign_in_as(desk.auditor).get(draft.path).heading

    row = store.one(select(SupervisorRecord))
    assert (row.held_on, row.next_on, row.supervisor_id) == (TODAY, NEXT, desk.tom_login.staff_id)
    (subject,) = store.all(select(RecordSubject))
    assert (subject.facilitator_id, subject.assignment_id) == (desk.fay.facilitator_id, desk.fay.id)
    assert [one.words for one in store.all(select(RecordAnswer))] == ["Two sessions, both as written."]
    assert [one.who_id for one in store.all(select(RecordAction))] == [desk.fay.facilitator_id]
    trail = [(one.event, one.staff_id) for one in store.all(select(TrailEntry).order_by(TrailEntry.id))]
    on_fay = desk.fay.facilitator_id
    assert ("supervisor_record.signed", on_fay) in trail
    assert trail.count(("supervisor_record.viewed", on_fay)) == 2  # by Fay, and by the auditor
    assert not any("as written" in str(one.after) for one in store.all(select(TrailEntry)))


REFUSED: tuple[tuple[dict[str, Value], str], ...] = (
    ({"held_on": date(2027, 3, 16)}, "still to come"),
    ({"held_on": date(2027, 1, 31)}, "You do not supervise this group on"),
    ({"subject-fay": "no"}, "Choose at least one facilitator"),
    ({"subject-fay": "absent"}, "Nobody came"),
    ({"next_on": None}, "Agree on the next appointment"),
    ({"next_on": TODAY}, "not after this one"),
    ({"words": ""}, "What was it: write something"),
    ({"words": "x" * 8_001}, "at most 8,000 letters"),
)


def test_what_is_missing_is_said_at_its_field_and_nothing_is_stored(tom: Browserlike, desk: Desk, store: Store) -> None:
    names = {
        "subject-fay": f"subject-{desk.fay.facilitator_id}",
        "words": f"words-{desk.forms[RecordKind.SUPERVISION].questions[0].id}",
    }
    first = new(tom, desk)
    for change, error in REFUSED:
        given = filled(desk) | {names.get(name, name): value for name, value in change.items()}
        page = tom.fill(given, button="Sign", page=first)
        assert any(error in one for one in page.errors), (error, page.errors)
        assert page.form(button="Sign").sent()["what-0"] == ["Read chapter four"]
    assert store.count(SupervisorRecord) == 0


def test_only_the_supervisor_gets_at_the_form_and_only_for_their_people(
    fay: Browserlike, dora: Browserlike, tom: Browserlike, desk: Desk, store: Store
) -> None:
    for somebody in (fay, dora):
        somebody.get(f"/supervision/groups/{desk.group.id}/new", expect=404)
        somebody.get(f"/supervision/groups/{desk.group.id}/wellbeing", expect=404)
    page = new(tom, desk)
    sent = page.form(button="Sign").sent() | {f"subject-{desk.tom_login.staff_id}": ["present"]}
    sent |= {f"subject-{one.facilitator_id}": ["no"] for one in (desk.fay, desk.finn)}
    assert tom.post(page.path, sent).errors == ["Choose at least one facilitator."]
    assert store.count(SupervisorRecord) == 0


def test_who_left_the_group_is_refused_on_a_later_day(tom: Browserlike, desk: Desk, store: Store) -> None:
    with store.session() as session:
        session.merge(desk.fay).ends_on = date(2027, 3, 1)
    new(tom, desk)
    page = tom.fill(filled(desk), button="Sign")
    assert page.errors == [
        "Fay First is not on this group on 15 March 2027. Only who was on the group on the day can be on its record."
    ]
    tom.fill({"held_on": date(2027, 2, 28)}, button="Sign")
    assert store.count(SupervisorRecord, SupervisorRecord.signed_at.is_not(None)) == 1


def test_the_same_record_sent_twice_is_one(tom: Browserlike, desk: Desk, store: Store) -> None:
    page = new(tom, desk)
    for _ in range(2):
        tom.fill(filled(desk), button="Sign", page=page)
    assert store.count(SupervisorRecord) == 1
    assert store.count(RecordSubject) == 1


def test_another_record_of_the_same_day_and_people_takes_no_place_unseen(
    tom: Browserlike, desk: Desk, store: Store
) -> None:
    page = new(tom, desk)
    words = f"words-{desk.forms[RecordKind.SUPERVISION].questions[0].id}"
    for button, said in (("Keep as a draft", "begun"), ("Sign", "signed")):
        tom.fill(filled(desk), button=button, page=page)
        clash = tom.fill(filled(desk, **{words: "A second talk."}), button="Sign", page=page)
        assert f"You have {said} a supervision record of 15 March 2027 on the same people already." in clash.errors[0]
        assert clash.form(button="Sign").sent()[words] == ["A second talk."]
    assert [one.words for one in store.all(select(RecordAnswer))] == ["Two sessions, both as written."]


def test_a_draft_changed_meanwhile_is_not_overwritten(tom: Browserlike, desk: Desk, store: Store) -> None:
    new(tom, desk)
    draft = tom.fill(filled(desk), button="Keep as a draft")
    first = tom.follow("Change")
    tom.fill({"next_on": date(2027, 4, 8)}, button="Keep as a draft")
    clash = tom.fill({"next_on": date(2027, 4, 7)}, button="Keep as a draft", page=first, expect=409)
    assert "changed" in clash.main
    assert store.one(select(SupervisorRecord)).next_on == date(2027, 4, 8)
    tom.get(draft.path)
    tom.fill(button="Throw the draft away")
    assert store.count(SupervisorRecord) == store.count(RecordAnswer) == store.count(RecordAction) == 0


def test_what_is_signed_is_corrected_by_a_record_of_its_own(tom: Browserlike, desk: Desk, store: Store) -> None:
    with store.session() as session:
        asks = desk.forms[RecordKind.SUPERVISION]
        row = records.supervised(session, desk.fay, TODAY, asks=asks, by=desk.tom_login, next_on=NEXT)
    tom.get(f"/supervision/records/{row.id}/change")
    assert tom.page
    assert tom.page.path == f"/supervision/records/{row.id}"  # a signed record has no such page
    tom.follow("Correct")
    assert tom.fill({"reason": ""}).errors == ["Say what is put right, and why."]
    tom.fill({"reason": "The day was wrong."})
    tom.fill({"held_on": date(2027, 3, 12)}, button="Sign")
    old = tom.get(f"/supervision/records/{row.id}")
    assert "This record was put right." in old.main
    assert "Correct" not in old.links
    new_row = store.one(select(SupervisorRecord).where(SupervisorRecord.corrects_id == row.id))
    assert (new_row.held_on, new_row.reason) == (date(2027, 3, 12), "The day was wrong.")
    assert store.one(select(SupervisorRecord).where(SupervisorRecord.id == row.id)).held_on == TODAY
    charges = tom.get("/supervision/mine").table()
    assert charges[0]["Last supervised"] == "Not yet"  # Finn
    assert charges[1]["Last supervised"] == "12 March 2027"


def test_a_recording_is_reviewed_and_each_facilitator_sees_their_own_ratings(
    tom: Browserlike, fay: Browserlike, dora: Browserlike, desk: Desk, store: Store
) -> None:
    day = date(2027, 3, 1)
    with store.session() as session:
        spells = [session.merge(one) for one in (desk.fay, desk.finn)]
        watched = records.held(session, day, *spells, by=desk.manager)
        unrecorded = records.held(session, date(2027, 3, 8), *spells, by=desk.manager, recording="")
    review = f"/supervision/groups/{desk.group.id}/sessions/{watched.id}/review"
    tom.get(review.replace(str(watched.id), str(unrecorded.id)), expect=404)
    dora.get(review, expect=404)
    words, clear, together = (question.id for question in desk.forms[RecordKind.REVIEW].questions)
    fays, finns = desk.fay.facilitator_id, desk.finn.facilitator_id
    assert "Review" in " ".join(tom.get(f"/supervision/groups/{desk.group.id}").links)
    tom.get(review)
    page = tom.fill({f"words-{words}": "The first hour."}, button="Sign")
    assert len(page.errors) == 4
    page = tom.fill(
        {
            f"points-{clear}-{fays}": "3",
            f"points-{clear}-{finns}": "1",
            f"points-{together}-{fays}": "na",
            f"points-{together}-{finns}": "2",
        },
        button="Sign",
    )
    rows = {row["Question"]: row for row in page.table()}
    assert rows["Mean of what was rated"]["Fay First"] == "3"  # not 1.5: what does not apply is not nought
    assert rows["Mean of what was rated"]["Finn Second"] == "1.5"
    own = fay.get(page.path).table()
    assert set(own[0]) == {"Question", "Fay First"}
    assert set(dora.get(page.path).table()[0]) == {"Question", "Fay First", "Finn Second"}
    subjects = store.all(select(RecordSubject))
    assert {(one.on_day, one.held_on, one.session_id) for one in subjects} == {(day, TODAY, watched.id)}
    assert tom.get("/supervision/mine").table()[0]["Session reviews due"] == "None"


def test_nobody_reviews_a_session_that_they_delivered(tom: Browserlike, desk: Desk, store: Store) -> None:
    """Dora supervises from today on; in February, when Tom did, she was on the team herself."""
    with store.session() as session:
        scene = desk.scene
        group = groups.group(session, scene.programme, first=date(2027, 2, 1), last=date(2027, 8, 31))
        before = groups.supervise(session, group, scene.dora_may, last=date(2027, 3, 14))
        groups.supervise(session, group, scene.tom_may, first=TODAY)
        right = chain.authorised(session, session.merge(scene.tom), scene.programme)
        toms = groups.assign(session, group, right, before, by=desk.manager)
        fays = groups.assign(session, group, scene.fay_may, before, by=desk.manager)
        both, hers = (
            records.held(session, day, *spells, by=desk.manager)
            for day, spells in ((date(2027, 3, 1), (toms, fays)), (date(2027, 3, 8), (fays,)))
        )
    links = tom.get(f"/supervision/groups/{group.id}").links.values()
    review = "/supervision/groups/{}/sessions/{}/review".format
    assert review(group.id, hers.id) in links
    assert review(group.id, both.id) not in links
    tom.get(review(group.id, both.id))
    asks = [question.id for question in desk.forms[RecordKind.REVIEW].questions]
    page = tom.fill({f"words-{asks[0]}": "All.", f"points-{asks[1]}-{desk.fay.facilitator_id}": "3"}, button="Sign")
    assert any("You delivered this session yourself." in one for one in page.errors)
    assert store.count(SupervisorRecord) == 0


def test_notes_on_a_session_are_of_its_day(tom: Browserlike, desk: Desk, store: Store) -> None:
    with store.session() as session:
        watched = records.held(session, TODAY, session.merge(desk.fay), by=desk.manager, recording="")
        evening = sessions.session_of(session, desk.group, TODAY, starts_at=time(18), ends_at=time(20))
        sessions.place(session, evening, session.get_one(Assignment, desk.fay.id))
    tom.get(f"/supervision/groups/{desk.group.id}/sessions/{evening.id}/observation", expect=404)  # it is to come
    tom.get(f"/supervision/groups/{desk.group.id}/sessions/{watched.id}/observation")
    first = desk.forms[RecordKind.OBSERVATION].questions[0].id
    page = tom.fill({"held_on": date(2027, 3, 14), f"words-{first}": "The opening."}, button="Sign")
    assert "Observation notes are of the day of the session." in page.errors[0] + page.errors[-1]
    assert "signed" in tom.fill({"held_on": TODAY}, button="Sign").banner


def test_wellbeing_is_a_day_and_nothing_else(tom: Browserlike, dora: Browserlike, desk: Desk, store: Store) -> None:
    page = tom.get(f"/supervision/groups/{desk.group.id}/wellbeing")
    assert page.form("main form").names <= {"csrf_token", "subjects", "held_on", "submit"}
    assert tom.fill({"held_on": TODAY}).errors == ["Choose a facilitator"]
    late = tom.fill({"subjects": str(desk.fay.facilitator_id), "held_on": date(2027, 3, 16)})
    assert "still to come" in late.errors[0]
    for _ in range(2):
        tom.get(page.path)
        tom.fill({"subjects": str(desk.fay.facilitator_id), "held_on": TODAY})
    with store.connection() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM wellbeing_contact").mappings().all()
    assert len(rows) == 1
    assert not any(isinstance(value, str) and not value[:4].isdigit() for value in rows[0].values())
    assert "15 March 2027" in dora.get(f"/supervision/people/{desk.fay.facilitator_id}").main


def test_it_costs_the_same_however_many_are_on_the_record(app: Flask, tom: Browserlike, desk: Desk) -> None:
    with counted(app) as sent:
        new(tom, desk)
    assert len(sent) <= 6, sent
    with counted(app) as sent:
        tom.fill(filled(desk, **{f"subject-{desk.finn.facilitator_id}": "present"}), button="Sign")
    shown = [one for one in sent if one.startswith("INSERT")]
    assert len(shown) == 6, shown  # the record, who is on it, what was said, what was agreed, the trail twice


def test_a_suspension_on_the_day_of_a_record_takes_effect_at_once_and_keeps_it(
    app: Flask, desk: Desk, store: Store
) -> None:
    with store.session() as session:
        asks = desk.forms[RecordKind.SUPERVISION]
        records.supervised(session, desk.fay, TODAY, asks=asks, by=desk.tom_login, next_on=NEXT)
        lead = people.actor(people.account(session, Role.TRAINING_LEAD))
    with app.app_context():
        plan = plan_for_stop(desk.fay.facilitator_id, None, TODAY)
        because = {"kind": StopKind.SUSPENSION, "programme_id": None, "until": None, "reason": "A complaint."}
        stop(desk.fay.facilitator_id, plan, **because, by=lead)  # type: ignore[arg-type]
        db.session.commit()
    ended = store.one(select(Assignment.ends_on).where(Assignment.id == desk.fay.id))
    assert ended == TODAY  # and not yesterday, as of whom nothing was recorded today
    assert store.count(SupervisorRecord, SupervisorRecord.signed_at.is_not(None)) == 1
