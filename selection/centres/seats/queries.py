"""Reads of assessors: who is current on a day, and whose training is recorded."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from selection.core.db import db
from selection.core.scope import within
from selection.models.centres import AssessorTraining
from selection.models.people import Staff
from selection.rules.roles import Actor, Permission
from selection.web.pages import PER_PAGE, Pages


def current_on(day: date) -> list[tuple[int, str]]:
    """Return who is current as an assessor on the day, of whatever area: id, and name with staff number."""
    query = (
        select(Staff.id, Staff.name, Staff.number)
        .where(
            Staff.id.in_(
                select(AssessorTraining.staff_id).where(
                    AssessorTraining.valid_from <= day, AssessorTraining.valid_to >= day
                )
            ),
            Staff.left_on.is_(None) | (Staff.left_on >= day),
        )
        .order_by(Staff.sort_name, Staff.id)
    )
    return [(row.id, f"{row.name} ({row.number})") for row in db.session.execute(query)]


def trained(by: Actor, *, page: int) -> tuple[Sequence[AssessorTraining], Pages]:
    """Return a page of the assessor training recorded within reach, what ends last first."""
    reach = within(Staff.area_id, by.reach(Permission.CENTRES_RUN))
    query = select(AssessorTraining).join(AssessorTraining.staff).where(reach)
    total = db.session.scalars(select(func.count()).select_from(query.subquery())).one()
    rows = query.options(contains_eager(AssessorTraining.staff)).order_by(
        AssessorTraining.valid_to.desc(), Staff.sort_name, AssessorTraining.id
    )
    pages = Pages.at(page, total)
    return db.session.scalars(rows.offset(pages.before).limit(PER_PAGE)).all(), pages
