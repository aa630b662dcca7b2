"""A refresher that is to come: its course, and who is booked to renew a certificate before it ends."""

from datetime import timedelta

from selection.commands.demo.days import at, months_ago
from selection.commands.demo.setting import People, Setting
from selection.commands.demo.stories import Story
from selection.commands.demo.training import Training
from selection.core.db import db
from selection.models.courses import Course, CourseVersion
from selection.rules.programmes import Stage
from selection.rules.training import CourseKind

REFRESHER_IN = 18
"""In how many days it begins: before the certificates end that it renews."""

MADE_MONTHS_AGO = 12
TERMS = {"days": 2, "attendance_percent": 100, "valid_months": 36, "months_after_step_before": 12, "reassess_months": 3}


def refresh(training: Training, setting: Setting, people: People) -> None:
    """Open a refresher of fundamental training for those who are about to lapse, and book all of them but the last."""
    course = _course(setting)
    for pool in range(people.pools):
        lapsing = people.in_pool(pool, Story.LAPSING)
        if some := lapsing[:-1] or lapsing:
            event = training.coming(pool, course, some, setting.today + timedelta(days=REFRESHER_IN))
            for member in some:
                training.book(event, member)


def _course(setting: Setting) -> Course:
    made_at = at(months_ago(setting.today, MADE_MONTHS_AGO), 10)
    course = Course(title="Fundamental skills refresher", stage=Stage.FUNDAMENTAL, kind=CourseKind.REFRESHER)
    course.versions.append(CourseVersion(number=1, made_at=made_at, reason="", **TERMS))
    db.session.add(course)
    db.session.flush()
    after = {"title": course.title, "stage": course.stage, "kind": course.kind}
    setting.history.note("course.created", made_at, "training.lead", course.id, after=after)
    return course
