"""Events: opened, listed, changed, within reach."""

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import select

from selection.models.notices import Notice
from selection.models.training import Event, EventDay
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import people, training
from tests.factories.training import MONDAY
from tests.forms import Value
from tests.pages import Browserlike
from tests.training.conftest import LAST_DAY, World

THURSDAY = date(2027, 5, 6)
GOOD: dict[str, Value] = {
    "title": "",
    "first": THURSDAY,
    "last": THURSDAY + timedelta(days=4),
    "venue": "Hall",
    "places": "8",
}


def new(world: World) -> str:
    """Where an event of fundamental training is opened."""
    return f"/training/courses/{world.fundamental.id}/events/new"


def test_an_event_is_opened_over_a_weekend(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        trainer = people.staff(session, "Tom Rain")
    lead.get(new(world))
    page = lead.fill(GOOD | {"trainers": f"{trainer.number}\nTom Rain"})
    assert page.heading == "Fundamental training Fundamental skills"
    assert "Trainers Tom Rain" in page.main
    event = world.store.one(select(Event).where(Event.venue == "Hall"))
    days = world.store.all(select(EventDay.day).where(EventDay.event_id == event.id).order_by(EventDay.day))
    assert list(days) == [date(2027, 5, 6), date(2027, 5, 7), date(2027, 5, 10)]
    (entry,) = world.trail("event.opened")
    assert entry.after is not None
    assert entry.after["days"] == [str(day) for day in days]
    assert entry.after["trainers"] == [trainer.number]
    letter = world.store.one(select(Notice))
    assert (letter.to_address, letter.subject) == (
        trainer.email,
        f"You train: {event.title}, 6 May 2027 to 10 May 2027",
    )


def test_an_event_leaves_out_the_bank_holidays_of_its_area_and_keeps_those_that_are_named(
    world: World, lead: Browserlike
) -> None:
    """Good Friday 2027 is 26 March; Easter Monday, the 29th, is no bank holiday in Scotland."""
    easter: dict[str, Value] = {"first": date(2027, 3, 25), "last": date(2027, 3, 31)}
    for nation, expected in (("england_and_wales", [25, 30, 31]), ("scotland", [25, 29, 30, 31])):
        world.store.sql("UPDATE area SET nation = :nation", nation=nation)
        lead.get(new(world))
        lead.fill(GOOD | easter | {"venue": nation})
        event = world.store.one(select(Event).where(Event.venue == nation))
        days = world.store.all(select(EventDay.day).where(EventDay.event_id == event.id).order_by(EventDay.day))
        assert [day.day for day in days] == expected
        again = lead.get(f"/training/events/{event.id}/edit").form().pairs
        assert ("days", "") in again, "first and last day say it all"
    lead.get(new(world))
    lead.fill({"days": "26 3 2027\n29 3 2027\n30 3 2027", "venue": "At Easter", "places": "8"})
    named = world.store.one(select(Event).where(Event.venue == "At Easter"))
    assert named.starts_on == date(2027, 3, 26)


def test_days_can_be_named_one_by_one(world: World, lead: Browserlike) -> None:
    lead.get(new(world))
    lead.fill({"days": "12 5 2027\n10/05/2027\n\n11.5.2027\n10 5 2027", "venue": "Hall", "places": "8"})
    event = world.store.one(select(Event).where(Event.venue == "Hall"))
    assert (event.starts_on, event.ends_on) == (date(2027, 5, 10), date(2027, 5, 12))
    assert world.store.count(EventDay, EventDay.event_id == event.id) == 3


WRONG: dict[str, tuple[dict[str, Value], str]] = {
    "no days": ({"first": None, "last": None}, "Enter the first and the last day"),
    "no last day": ({"last": None}, "Enter the first and the last day"),
    "ends before it begins": ({"last": date(2027, 5, 5)}, "The last day is before the first day"),
    "31 February": ({"first": ["31", "2", "2027"]}, "there is no such day in the calendar"),
    "no figures": ({"first": ["x", "2", "2027"]}, "enter day, month and year in figures"),
    "two figures of a year": ({"first": ["1", "5", "27"]}, "enter a year from 1900 to 2199"),
    "too few days": ({"last": date(2027, 5, 7)}, "The course takes 3 days, and these are 2"),
    "a weekend": ({"first": date(2027, 5, 8), "last": date(2027, 5, 9)}, "No day from Monday to Friday"),
    "years": ({"last": date(2030, 5, 6)}, "An event has at most 60 days"),
    "over already": ({"first": date(2027, 3, 8), "last": date(2027, 3, 12)}, "The last day is in the past"),
    "a day in words": ({"days": "tomorrow"}, "“tomorrow” is no day"),
    "nowhere": ({"venue": ""}, "Enter the venue"),
    "a venue too long": ({"venue": "x" * 201}, "The venue can have 200 characters"),
    "no places": ({"places": "0"}, "Places: enter a whole number from 1 to 500"),
    "a stranger": ({"trainers": "Nobody Known"}, "Nobody in your area has the number or the name"),
}


def test_what_is_wrong_is_said_and_what_was_typed_stays(world: World, lead: Browserlike) -> None:
    for case, (change, error) in WRONG.items():
        lead.get(new(world))
        page = lead.fill(GOOD | {"title": "Kept title"} | change)
        assert any(error in one for one in page.errors), (case, page.errors)
        assert ("title", "Kept title") in page.form().pairs
    assert world.store.count(Event) == 1


def test_a_name_that_two_people_have_is_not_guessed(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        one, two = people.staff(session, "Sam Roe"), people.staff(session, "Sam Roe")
    lead.get(new(world))
    page = lead.fill(GOOD | {"trainers": "sam roe"})
    assert page.errors == [f"“sam roe” can be {one.number} and {two.number}: give the staff number."]
    assert "Trainers Sam Roe" in lead.fill({"trainers": two.number}).main


def test_an_event_sent_twice_is_there_once(world: World, lead: Browserlike) -> None:
    form = lead.get(new(world))
    first = lead.fill(GOOD, page=form)
    assert lead.fill(GOOD, page=form).path == first.path
    assert world.store.count(Event) == 2
    assert len(world.trail("event.opened")) == 1
    with world.store.session() as session:
        trainer = people.staff(session, "Tom Rain")
    for number, change in enumerate(({"places": "9"}, {"trainers": trainer.number}, {"begins": "10:00"}), start=2):
        lead.fill(GOOD | change, page=form)
        assert len(world.trail("event.opened")) == number, "another one at the same time and place"
    lead.get(f"{first.path}/cancel")
    lead.fill({"reason": "The hall is flooded."}, button="Cancel the event")
    again = lead.fill(GOOD, page=form)
    assert again.path != first.path, "a cancelled event is not opened by opening it again"
    assert "was cancelled" not in again.main


def test_nobody_opens_an_event_in_an_area_out_of_reach(
    world: World, as_: Callable[..., Browserlike], lead: Browserlike
) -> None:
    with world.store.session() as session:
        south = people.area(session, "South")
        north = people.area(session, "North")
    browser = as_(Role.TRAINING_LEAD, in_area="North")
    page = browser.get(new(world))
    offered = [option["value"] for option in page.soup.select("select[name=area] option")]
    assert offered == [str(north.id)]
    sent = page.form().sent() | {
        "area": south.id,
        "venue": "Hall",
        "places": 8,
        "days": "10 5 2027\n11 5 2027\n12 5 2027",
    }
    browser.post(new(world), sent, expect=404)
    assert world.store.count(Event) == 1


def test_the_list_holds_what_is_coming_within_reach_and_the_past_apart(
    world: World, lead: Browserlike, as_: Callable[..., Browserlike], clock: Clock
) -> None:
    with world.store.session() as session:
        programme = session.merge(world.specific)
        training.event(session, programme, title="In the south", in_area="South", first=MONDAY + timedelta(days=7))
    assert [row["Event"] for row in lead.get("/training/").table()] == ["Spring course", "In the south"]
    assert [row["Event"] for row in lead.get("/training/", stage="programme").table()] == ["In the south"]
    assert [row["Event"] for row in as_(Role.AUDITOR, in_area="South").get("/training/").table()] == ["In the south"]
    clock.set(LAST_DAY)
    assert lead.get("/training/").table()[0]["Days"].endswith("Under way")
    clock.set(LAST_DAY + timedelta(days=1))
    assert [row["Event"] for row in lead.get("/training/").table()] == ["In the south"]
    (row,) = lead.get("/training/", when="past").table()
    assert row["Event"] == "Spring course"
    assert row["Days"].endswith("Over")
    assert "No event of this kind" in lead.get("/training/", when="past", stage="programme").main


def test_a_long_list_comes_in_pages(world: World, lead: Browserlike) -> None:
    with world.store.session() as session:
        course = session.merge(world.fundamental)
        for number in range(30):
            training.event(session, course, title=f"No. {number}", first=MONDAY + timedelta(days=number + 1))
    page = lead.get("/training/")
    assert "1 to 25 of 31 events" in page.main
    assert len(page.table()) == 25
    assert len(lead.follow("2").table()) == 6


def test_an_event_is_changed(world: World, lead: Browserlike) -> None:
    path = f"/training/events/{world.event.id}/edit"
    lead.get(path)
    page = lead.fill({"venue": "Another hall", "last": MONDAY + timedelta(days=3)})
    assert "saved" in page.banner
    (entry,) = world.trail("event.changed")
    assert entry.before is not None
    assert entry.after is not None
    assert set(entry.after) == {"venue", "days"}
    assert len(entry.after["days"]) == 4
    lead.get(path)
    lead.fill({})
    assert len(world.trail("event.changed")) == 1, "nothing was different"
    with world.store.session() as session:
        trainers = [people.staff(session, name) for name in ("Tom Rain", "Una Sky")]
    for one in trainers:
        lead.get(path)
        lead.fill({"trainers": one.number})
    tom, una = ([letter.subject[:11] for letter in world.letters(one)] for one in trainers)
    assert (tom, una) == (["You train: ", "You no long"], ["You train: "])


def test_whoever_opened_the_form_before_a_change_is_shown_both(world: World, lead: Browserlike) -> None:
    path = f"/training/events/{world.event.id}/edit"
    old = lead.get(path)
    lead.fill({"venue": "First hall"})
    page = lead.fill({"venue": "Second hall"}, page=old, expect=409)
    (row,) = [row for row in page.table() if row["Field"] == "Venue"]
    assert (row["Stored now"], row["What you sent"]) == ("First hall", "Second hall (differs)")


UNFAIR: dict[str, tuple[dict[str, Value], str]] = {
    "fewer places than bookings": ({"places": "1"}, "2 people are booked already."),
    "a booked trainer": ({"trainers": "Ann Lee"}, "Ann Lee is booked on the event and cannot train it."),
    "days on which a pass no longer serves": (
        {"first": date(2027, 9, 1), "last": date(2027, 9, 3)},
        "Ann Lee's pass of selection at an assessment centre serves to book",
    ),
}


def test_a_change_must_let_stay_who_is_booked(world: World, lead: Browserlike) -> None:
    world.booked("Ann Lee")
    world.booked("Ben Roe")
    for case, (change, error) in UNFAIR.items():
        lead.get(f"/training/events/{world.event.id}/edit")
        page = lead.fill(change)
        assert any(error in one for one in page.errors), (case, page.errors)
    assert world.store.one(select(Event)).starts_on == MONDAY


def test_a_day_whose_roll_was_taken_stays(world: World, lead: Browserlike) -> None:
    world.booked("Ann Lee", present=(True,))
    lead.get(f"/training/events/{world.event.id}/edit")
    page = lead.fill({"first": MONDAY + timedelta(days=1), "last": MONDAY + timedelta(days=3)})
    assert page.errors == ["Attendance was recorded for 5 April 2027, so that day stays."]


def test_an_event_out_of_reach_is_not_there(world: World, as_: Callable[..., Browserlike]) -> None:
    browser = as_(Role.TRAINING_LEAD, in_area="South")
    for path in ("", "/edit", "/book", "/roll"):
        browser.get(f"/training/events/{world.event.id}{path}", expect=404)


def test_who_reads_training_changes_nothing(world: World, as_: Callable[..., Browserlike]) -> None:
    browser = as_(Role.AUDITOR)
    page = browser.get(f"/training/events/{world.event.id}")
    assert "Book people" not in page.links
    for path in ("/edit", "/book", "/cancel", "/certify"):
        browser.get(f"/training/events/{world.event.id}{path}", expect=403)
    browser.get(f"/training/events/{world.event.id}/roll", expect=404)
    browser.get(new(world), expect=403)
