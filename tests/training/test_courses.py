"""Courses and their settings."""

from collections.abc import Callable

from selection.models.courses import Course, CourseVersion
from selection.rules.roles import Role
from tests.forms import Value
from tests.pages import Browserlike
from tests.training.conftest import World

GOOD: dict[str, Value] = {
    "title": "Skills for groups",
    "stage": "fundamental",
    "programme": "0",
    "days": "5",
    "attendance_percent": "90",
    "valid_months": "24",
    "months_after_step_before": "18",
    "reassess_months": "2",
    "attempts": "3",
    "understanding_method": "A written paper",
    "understanding_mark": "60",
}


def test_a_course_is_made_with_all_its_settings(world: World, lead: Browserlike) -> None:
    form = lead.get("/training/courses/new").form()
    assert ("valid_months", "36") in form.pairs, "the usual value is offered"
    page = lead.fill(GOOD)
    assert "Skills for groups" in page.banner
    (row,) = [row for row in page.table() if "Skills for groups" in row["Course"]]
    assert row["Days (local setting)"] == "5"
    assert row["Certificate (local setting)"] == "24 months"
    (entry,) = world.trail("course.created")
    assert entry.after is not None
    assert entry.after["reassess_months"] == 2


WRONG: dict[str, tuple[dict[str, Value], str]] = {
    "no title": ({"title": "  "}, "Enter a title"),
    "a title too long": ({"title": "x" * 201}, "The title can have 200 characters"),
    "a title twice": ({"title": "Fundamental skills"}, "There is already a course of this title"),
    "no stage": ({"stage": None}, "Choose what the course is for"),
    "of no programme": ({"stage": "programme"}, "Choose the programme that the course trains for"),
    "needless programme": ({"programme": "1"}, "Fundamental training serves every programme"),
    "no days": ({"days": "0"}, "Days: enter a whole number from 1 to 60"),
    "no number": ({"days": "five"}, "Days: enter a whole number from 1 to 60"),
    "more than all": ({"attendance_percent": "101"}, "enter a whole number from 0 to 100"),
    "no months at all": ({"months_after_step_before": "0"}, "enter a whole number from 1 to 600"),
}


def test_what_is_wrong_is_said_at_the_field_and_the_rest_is_kept(world: World, lead: Browserlike) -> None:
    assert world.programme.id == 1
    for case, (change, error) in WRONG.items():
        lead.get("/training/courses/new")
        page = lead.fill(GOOD | change)
        assert any(error in one for one in page.errors), (case, page.errors)
        assert ("valid_months", "24") in page.form().pairs, "what was typed stays"
    assert world.store.count(Course) == 2


def test_a_course_sent_twice_is_there_once(world: World, lead: Browserlike) -> None:
    first = lead.get("/training/courses/new")
    lead.fill(GOOD, page=first)
    again = lead.fill(GOOD, page=first)
    assert any("already a course of this title" in error for error in again.errors)
    assert world.store.count(Course) == 3


def test_a_course_with_events_keeps_its_step_and_changes_its_settings(world: World, lead: Browserlike) -> None:
    lead.get(f"/training/courses/{world.fundamental.id}")
    page = lead.fill({"stage": "programme", "programme": str(world.programme.id)})
    assert any("The course has events, so its stage and its programme stay" in error for error in page.errors)
    page = lead.get(f"/training/courses/{world.fundamental.id}")
    page = lead.fill({"valid_months": "30"})
    assert "saved" in page.banner
    (entry,) = world.trail("course.changed")
    assert (entry.before, entry.after) == ({"valid_months": 36, "number": 1}, {"valid_months": 30, "number": 2})


def test_a_course_without_events_can_become_another(world: World, lead: Browserlike) -> None:
    lead.get(f"/training/courses/{world.specific.id}")
    assert "saved" in lead.fill({"stage": "fundamental", "programme": "0"}).banner


def test_whoever_opened_the_form_before_a_change_is_shown_both(world: World, lead: Browserlike) -> None:
    old = lead.get(f"/training/courses/{world.fundamental.id}")
    lead.fill({"valid_months": "30"})
    page = lead.fill({"valid_months": "24"}, page=old, expect=409)
    (row,) = [row for row in page.table() if row["Field"] == "Valid months"]
    assert (row["Stored now"], row["What you sent"]) == ("30", "24 (differs)")
    assert world.store.count(CourseVersion, CourseVersion.valid_months == 30) == 1


def test_who_may_not_certify_reads_the_courses_and_no_more(world: World, as_: Callable[..., Browserlike]) -> None:
    browser = as_(Role.PROGRAMME_MANAGER)
    assert "Make a course" not in browser.get("/training/courses/").links
    browser.get("/training/courses/new", expect=403)
    browser.get(f"/training/courses/{world.fundamental.id}", expect=403)
    as_(Role.STAFF_MEMBER).get("/training/courses/", expect=403)


def test_a_course_that_is_not_there(lead: Browserlike) -> None:
    lead.get("/training/courses/999", expect=404)
