"""Recognition: a step accepted on evidence, by somebody who neither asked for it nor has it."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from selection.models.authorisations import Authorisation, Certificate
from selection.models.people import Staff
from selection.models.recognitions import Recognition
from selection.rules.calendar import NO_END
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import TODAY
from tests.factories import people
from tests.forms import Value
from tests.pages import Browserlike
from tests.training.conftest import World


@pytest.fixture
def ann(world: World) -> Staff:
    """Somebody with an earlier life."""
    with world.store.session() as session:
        people.staff(session, "Max Asks")
        return people.staff(session, "Ann Lee")


GOOD: dict[str, Value] = {
    "person": "Ann Lee",
    "stage": "fundamental",
    "programme": "0",
    "evidence": "Certificate 4711 of another service, of May 2026.",
    "requested_by": "Max Asks",
    "reason": "The content is the same.",
    "first": TODAY,
    "last": date(2030, 3, 14),
}
NEW = "/training/recognitions/new"


def test_a_step_is_recognised_and_certified_and_shown_apart(world: World, lead: Browserlike, ann: Staff) -> None:
    page = lead.get(NEW, person=ann.number)
    assert ("person", ann.number) in page.form().pairs
    page = lead.fill(GOOD)
    certificate = world.store.one(select(Certificate))
    assert certificate.number in page.banner
    (row,) = page.table()
    assert row["Whose"].startswith("Ann Lee")
    assert row["Step"] == "Fundamental training"
    recognition = world.store.one(select(Recognition))
    assert (recognition.approved_by_id, recognition.approved_on) == (world.lead.staff_id, TODAY)
    assert (certificate.valid_from, certificate.valid_to) == (TODAY, date(2030, 3, 14))
    (entry,) = world.trail("recognition.approved")
    assert (entry.staff_id, entry.reason) == (ann.id, "The content is the same.")
    page = lead.get(f"/training/certificates/{certificate.id}")
    assert "Recognised on evidence of earlier or outside learning" in page.main
    assert "Assessed" not in page.main
    assert "Certificate 4711" in page.main


def test_a_selection_can_be_recognised_without_an_end(world: World, lead: Browserlike, ann: Staff) -> None:
    lead.get(NEW)
    lead.fill(GOOD | {"stage": "selection", "last": None})
    certificate = world.store.one(select(Certificate))
    assert (certificate.staff_id, certificate.stage, certificate.valid_to) == (ann.id, "selection", NO_END)


def test_three_recognitions_make_an_authorisation_too(world: World, lead: Browserlike, ann: Staff) -> None:
    for stage in Stage:
        programme = str(world.programme.id) if stage == Stage.PROGRAMME else "0"
        lead.get(NEW)
        lead.fill(GOOD | {"stage": str(stage), "programme": programme})
    assert world.store.one(select(Authorisation)).staff_id == ann.id


WRONG: dict[str, tuple[dict[str, Value], str]] = {
    "nobody": ({"person": ""}, "Enter whose step it is"),
    "unknown": ({"person": "No One"}, "Nobody within your area has the number or the name “No One”."),
    "unknown asker": ({"requested_by": "No One"}, "Nobody has the number or the name “No One”."),
    "no step": ({"stage": None}, "Choose the step"),
    "of what": ({"stage": "programme"}, "Choose the programme whose training is recognised."),
    "needless programme": ({"programme": "1"}, "This step serves every programme."),
    "no evidence": ({"evidence": "  "}, "Say what the evidence is"),
    "no reason": ({"reason": ""}, "Say why it is accepted"),
    "no first day": ({"first": None}, "Enter the first day"),
    "ends before": ({"last": date(2027, 3, 14)}, "The last day is before the first day."),
    "earlier": ({"first": TODAY - timedelta(days=1)}, "A recognition counts from the day of its approval on."),
    "without an end": ({"stage": "fundamental", "last": None}, "Say until when it is valid."),
}


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, lead: Browserlike, ann: Staff) -> None:
    for case, (change, error) in WRONG.items():
        lead.get(NEW)
        page = lead.fill(GOOD | change)
        assert any(error in one for one in page.errors), (case, page.errors)
        if "reason" not in change:
            assert "The content is the same." in page.form().sent()["reason"][0]
    assert (world.store.count(Recognition), world.store.count(Certificate)) == (0, 0)
    assert world.store.count(Staff, Staff.id == ann.id) == 1


def test_nobody_approves_their_own_or_what_they_asked_for(world: World, lead: Browserlike, ann: Staff) -> None:
    me = world.store.one(select(Staff).where(Staff.id == world.lead.staff_id))
    lead.get(NEW)
    page = lead.fill(GOOD | {"person": me.number})
    assert page.errors == ["Nobody recognises a step of their own. Ask another training lead."]
    page = lead.fill(GOOD | {"requested_by": me.number})
    assert page.errors == ["Whoever asks for a recognition does not approve it. Ask another training lead."]
    page = lead.fill(GOOD | {"person": me.number, "requested_by": me.name})
    assert len(page.errors) == 2
    page = lead.fill(GOOD | {"requested_by": ann.number})
    assert "The step is recognised for Ann Lee" in page.banner, "the person may ask for themselves"


def test_a_name_that_two_people_have_is_not_guessed(world: World, lead: Browserlike, ann: Staff) -> None:
    with world.store.session() as session:
        other = people.staff(session, "Ann Lee")
    lead.get(NEW)
    page = lead.fill(GOOD)
    assert page.errors == [f"“Ann Lee” can be {ann.number} or {other.number}: give the number."]


def test_a_recognition_sent_twice_is_there_once(world: World, lead: Browserlike, ann: Staff) -> None:
    form = lead.get(NEW)
    for _ in range(2):
        lead.fill(GOOD, page=form)
    assert (world.store.count(Recognition), world.store.count(Certificate)) == (1, 1)
    assert world.store.one(select(Certificate)).staff_id == ann.id


def test_the_reach_and_the_right_are_kept(
    world: World, lead: Browserlike, ann: Staff, as_: Callable[..., Browserlike]
) -> None:
    lead.get(NEW)
    lead.fill(GOOD)
    south = as_(Role.TRAINING_LEAD, in_area="South")
    assert "No step is recognised in your area." in south.get("/training/recognitions/").main
    south.get(NEW)
    assert "Nobody within your area has" in south.fill(GOOD).errors[0]
    auditor = as_(Role.AUDITOR)
    assert len(auditor.get("/training/recognitions/").table()) == 1
    auditor.get(NEW, expect=403)
    assert world.store.one(select(Recognition)).staff_id == ann.id
