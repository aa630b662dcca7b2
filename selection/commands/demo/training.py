"""Training events: those by which the people of a centre went on together, and those that are still to come."""

from collections import defaultdict
from collections.abc import Container, Sequence
from datetime import date, timedelta

from selection.commands.demo import certificates
from selection.commands.demo.centres import shared_out
from selection.commands.demo.days import at, months_ago, working_days
from selection.commands.demo.places import VENUES
from selection.commands.demo.results import RECORDER, Held, assess_again, record
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import (
    PASSED_FUNDAMENTAL,
    PASSED_PROGRAMME,
    TO_FUNDAMENTAL,
    TO_PROGRAMME,
    Story,
)
from selection.core.bank_holidays import bank_holidays
from selection.models.courses import Course
from selection.models.training import Booking, Event, EventDay, EventTrainer, Waiting
from selection.rules.sessions import Nation
from selection.rules.training import PartResult, Result, is_passed

MOST_PLACES = 16
BOOKED_AHEAD = 35
FUNDAMENTAL_IN, PROGRAMME_IN = 25, 38
"""In how many days the next events begin."""

WITHDRAWN_DAYS_AGO = 40
WITHDRAWN_BECAUSE = "Two session reviews in a row fell short of what the training had shown; to be trained again."


class Training:
    """Holds events in one pool of areas after the other."""

    def __init__(self, setting: Setting, people: People) -> None:
        self._setting = setting
        self._people = people
        self._opened = 0
        self._extended = False

    def hold(self) -> "Training":
        """Hold every event that the stories need, and open those that are still to come; return itself."""
        for pool in range(self._people.pools):
            members = self._people.in_pool(pool)
            self._past(pool, self._setting.fundamental, TO_FUNDAMENTAL, _of(members, PASSED_FUNDAMENTAL))
            trained = PASSED_PROGRAMME | {Story.PART_FAILED}
            self._past(pool, self._setting.specific, TO_PROGRAMME, _of(members, trained))
            booked = self._people.in_pool(pool, Story.BOOKED)
            waiting = [one for one in self._people.in_pool(pool, Story.FUNDAMENTAL) if one.months == TO_PROGRAMME]
            cancelled = self._people.in_pool(pool, Story.SELECTED)[::4]
            waits = [] if pool else self._people.in_pool(pool, Story.SELECTED)[1:3]
            self._coming(pool, self._setting.fundamental, FUNDAMENTAL_IN, booked, cancelled, waits)
            self._coming(pool, self._setting.specific, PROGRAMME_IN, waiting, [], [])
        return self

    def _past(self, pool: int, course: Course, after: int, members: Sequence[Member]) -> None:
        by_months: defaultdict[int, list[Member]] = defaultdict(list)
        for member in members:
            assert member.months is not None
            by_months[member.months].append(member)
        for months, together in sorted(by_months.items(), reverse=True):
            for some in shared_out(together, MOST_PLACES):
                first = months_ago(self._setting.today, months - after, days=-2 * course.newest.days)
                event = self.event(pool, course, some, first)
                for member in some:
                    self._result(event, member, self.book(event, member))

    def _coming(
        self,
        pool: int,
        course: Course,
        days: int,
        members: Sequence[Member],
        cancelled: Sequence[Member],
        waits: Sequence[Member],
    ) -> None:
        """Open events that are to come; where somebody waits, the first of them has no place left."""
        for some in shared_out(members, MOST_PLACES):
            first = self._setting.today + timedelta(days=days)
            event = self.coming(pool, course, some, first, places=len(some) if waits else MOST_PLACES)
            for number, member in enumerate(waits):
                self._waits(event, member, number)
            waits = []
            for member in some:
                self.book(event, member)
            for member in cancelled:
                self.book(event, member, cancelled=True)
            cancelled = []

    def _waits(self, event: Held, member: Member, number: int) -> None:
        """Put somebody on the event's waiting list, each a day after the one before."""
        asked_at = at(self._setting.today - timedelta(days=9 - number), 10)
        lead = self._setting.actors["training.lead"].account_id
        waiting_id = self._setting.rows.add(
            Waiting, event_id=event.id, staff_id=member.id, asked_at=asked_at, asked_by_id=lead
        )
        self._setting.history.note(
            "waiting.joined", asked_at, "training.lead", waiting_id, staff_id=member.id, after={"event_id": event.id}
        )

    def coming(
        self, pool: int, course: Course, members: Sequence[Member], first: date, *, places: int = MOST_PLACES
    ) -> Held:
        """Open an event that is to come, on no bank holiday."""
        off = bank_holidays(Nation.ENGLAND_AND_WALES, first, years=2)
        return self.event(pool, course, members, first, places=places, off=off)

    def event(
        self,
        pool: int,
        course: Course,
        members: Sequence[Member],
        first: date,
        *,
        places: int = MOST_PLACES,
        off: Container[date] = (),
    ) -> Held:
        """Open an event in the area of the first who is on it, with the training lead and a treatment manager."""
        setting = self._setting
        self._opened += 1
        area_id = members[0].area_id
        days = working_days(first, course.newest.days, off)
        title = f"{course.title}, {setting.area_names[area_id]}, {days[0]:%B %Y}"
        event_id = setting.rows.add(
            Event,
            course_id=course.id,
            course_version_id=course.newest.id,
            area_id=area_id,
            title=title,
            venue=VENUES[self._opened % len(VENUES)],
            places=places,
            starts_on=days[0],
            ends_on=days[-1],
        )
        for each in days:
            setting.rows.join(EventDay, event_id=event_id, day=each)
        experts = self._people.in_pool(pool, Story.LONG_SERVING)
        trainers = [setting.actors[RECORDER].staff_id, experts[self._opened % len(experts)].id]
        for staff_id in dict.fromkeys(trainers):
            if staff_id not in {member.id for member in members}:
                setting.rows.join(EventTrainer, event_id=event_id, staff_id=staff_id)
        opened = at(min(setting.today, days[0]) - timedelta(days=60), 9)
        after = {"title": title, "course_id": course.id, "area_id": area_id, "places": places}
        setting.history.note("event.opened", opened, "training.lead", event_id, after=after)
        return Held(id=event_id, course=course, days=days)

    def book(self, event: Held, member: Member, *, cancelled: bool = False) -> int:
        """Book somebody on the event, or note that they were and cancelled; return the booking's id."""
        newest = max(step.days.first for step in member.steps) if member.steps else event.days[0]
        on = max(newest, min(event.days[0], self._setting.today) - timedelta(days=BOOKED_AHEAD))
        booked_at = at(on, 17, 30)
        booking_id = self._setting.rows.add(
            Booking,
            event_id=event.id,
            staff_id=member.id,
            booked_at=booked_at,
            cancelled_at=booked_at + timedelta(minutes=90) if cancelled else None,
        )
        for name, when in (("booking.made", 0), ("booking.cancelled", 90))[: 2 if cancelled else 1]:
            self._setting.history.note(
                name,
                booked_at + timedelta(minutes=when),
                "training.lead",
                booking_id,
                staff_id=member.id,
                after={"event_id": event.id},
            )
        return booking_id

    def _result(self, event: Held, member: Member, booking_id: int) -> None:
        """Record what the person came to, and issue what a pass earns."""
        result = self._came_to(event, member)
        result_id = record(self._setting, event, member, booking_id, result)
        if is_passed(result, certificates.course_facts(event.course)):
            self._certify(event, member, result_id)
        elif PartResult.NOT_ASSESSED not in (result.understanding, result.competencies, result.abilities):
            assess_again(self._setting, event, member, booking_id)

    def _came_to(self, event: Held, member: Member) -> Result:
        """Return a pass, or for who is short of a part: each part in turn, or with every fourth the attendance."""
        present, parts = len(event.days), [PartResult.PASSED] * 3
        if member.story == Story.PART_FAILED and event.course is self._setting.specific:
            place = member.id % 4
            if place < len(parts):
                parts[place] = PartResult.NOT_YET
            else:
                present, parts[2] = present // 2, PartResult.NOT_ASSESSED
        understanding, competencies, abilities = parts
        return Result(
            understanding=understanding,
            competencies=competencies,
            abilities=abilities,
            days_present=present,
            days_held=len(event.days),
        )

    def _certify(self, event: Held, member: Member, result_id: int) -> None:
        last = event.days[-1]
        if member.story == Story.LAPSING and event.course is self._setting.fundamental and not self._extended:
            self._extended = True
            certificates.extended(self._setting, member, event.course, result_id, last)
        elif member.story == Story.WITHDRAWN and event.course is self._setting.specific:
            from_day = self._setting.today - timedelta(days=WITHDRAWN_DAYS_AGO)
            certificates.withdrawn(
                *(self._setting, member, event.course, result_id, last), from_day=from_day, reason=WITHDRAWN_BECAUSE
            )
        else:
            certificates.passed(self._setting, member, event.course, result_id, last)


def _of(members: Sequence[Member], stories: frozenset[Story]) -> list[Member]:
    return [member for member in members if member.story in stories]
