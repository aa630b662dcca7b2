"""What people came to at a training event: the roll, the three parts, and when a part is assessed again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from selection.commands.demo import certificates
from selection.commands.demo.days import at, working_day
from selection.commands.demo.places import VENUES
from selection.commands.demo.setting import Member, Setting
from selection.models.courses import Course
from selection.models.training import Attendance, CourseResult, PartAssessment, Reassessment
from selection.rules.courses import METHODS
from selection.rules.training import PartResult, Result, attended_enough, is_passed, reassess_by

RECORDER, SECOND = "treatment.manager", "coordinator"
"""Who trains and records, and who does where that would be themselves; the training lead certifies."""

AGAIN_IN = 9
"""In how many days a part that was not passed is assessed again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """An event that was opened, and its days."""

    id: int
    course: Course
    days: Sequence[date]


def record(setting: Setting, event: Held, member: Member, booking_id: int, result: Result) -> int:
    """Record attendance and result on the event's last day; return the result's id."""
    last = event.days[-1]
    course = certificates.course_facts(event.course)
    call_the_roll(setting, event, booking_id, result.days_present)
    passed = is_passed(result, course)
    parts = {part: getattr(result, part) for part in ("understanding", "competencies", "abilities")}
    recorded = {"attended_enough": attended_enough(result, course), "passed": passed}
    again_by = None if passed else reassess_by(course, recorded_on=last)
    result_id = setting.rows.add(
        CourseResult,
        booking_id=booking_id,
        staff_id=member.id,
        course_id=event.course.id,
        stage=event.course.stage,
        programme_id=event.course.programme_id,
        reassess_by=again_by,
        recorded_by_id=setting.actors[_recorder(setting, member)].account_id,
        recorded_on=last,
        recorded_at=at(last, 16),
        **parts,
        **recorded,
    )
    _assess(setting, event, member, booking_id, parts)
    setting.history.note(
        "result.recorded",
        at(last, 16),
        _recorder(setting, member),
        booking_id,
        staff_id=member.id,
        after={**parts, **recorded, "reassess_by": again_by},
    )
    return result_id


def assess_again(setting: Setting, event: Held, member: Member, booking_id: int) -> None:
    """Set a day, as far as there is time, on which the part that is not passed yet is assessed again."""
    last = event.days[-1]
    again_by = reassess_by(certificates.course_facts(event.course), recorded_on=last)
    on_day = min(working_day(setting.today + timedelta(days=AGAIN_IN)), again_by)
    if on_day <= setting.today:
        return
    values = {"on_day": on_day, "venue": VENUES[0]}
    setting.rows.join(
        Reassessment,
        booking_id=booking_id,
        arranged_by_id=setting.actors[_recorder(setting, member)].account_id,
        arranged_at=at(last, 17),
        **values,
    )
    setting.history.note(
        "reassessment.arranged", at(last, 17), _recorder(setting, member), booking_id, staff_id=member.id, after=values
    )


def call_the_roll(setting: Setting, event: Held, booking_id: int, days_present: int) -> None:
    """Record that the person was there on so many of the event's days, from the first on."""
    for number, each in enumerate(event.days):
        setting.rows.join(Attendance, booking_id=booking_id, day=each, present=number < days_present)


def _assess(setting: Setting, event: Held, member: Member, booking_id: int, parts: Mapping[str, PartResult]) -> None:
    """Store what each part that was assessed came to."""
    last = event.days[-1]
    recorder = setting.actors[_recorder(setting, member)]
    for part, came_to in parts.items():
        if came_to != PartResult.NOT_ASSESSED:
            setting.rows.add(
                PartAssessment,
                booking_id=booking_id,
                staff_id=member.id,
                part=part,
                attempt=1,
                result=came_to,
                method=METHODS[part],
                assessed_on=last,
                assessed_by_id=recorder.staff_id,
                recorded_by_id=recorder.account_id,
                recorded_at=at(last, 16),
            )


def _recorder(setting: Setting, member: Member) -> str:
    """Return who records the person's result: not themselves, and not their line manager."""
    return SECOND if setting.actors[RECORDER].staff_id in (member.id, member.manager_id) else RECORDER
