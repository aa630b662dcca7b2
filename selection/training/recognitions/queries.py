"""Reads of recognitions."""

from dataclasses import dataclass

from sqlalchemy import exists, func, not_, select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.imports import ImportedStep
from selection.models.people import Staff
from selection.models.programmes import Programme
from selection.models.recognitions import Recognition
from selection.rules.recognition import RecognitionPlan
from selection.rules.roles import Actor, Permission
from selection.web.pages import PER_PAGE, Pages


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A recognition, whose it is, who approved it, the programme if there is one, and its certificate."""

    recognition: Recognition
    staff: Staff
    approver: str
    programme: str | None
    certificate: Certificate


def listed(*, page: int, by: Actor) -> tuple[list[Listed], Pages]:
    """Return a page of the recognitions within reach, newest first; those of a file are shown with the file."""
    approver = aliased(Staff)
    query = (
        select(Recognition, Staff, approver.name, Programme.code, Certificate)
        .join(Staff, Staff.id == Recognition.staff_id)
        .join(approver, approver.id == Recognition.approved_by_id)
        .join(Certificate, Certificate.recognition_id == Recognition.id)
        .outerjoin(Programme, Programme.id == Recognition.programme_id)
        .where(within(Staff.area_id, by.reach(Permission.TRAINING_READ)))
        .where(not_(exists().where(ImportedStep.recognition_id == Recognition.id)))
    )
    total = db.session.scalars(
        select(func.count()).select_from(query.with_only_columns(Recognition.id).subquery())
    ).one()
    pages = Pages.at(page, total)
    rows = db.session.execute(query.order_by(Recognition.id.desc()).offset(pages.before).limit(PER_PAGE))
    return [
        Listed(recognition=row[0], staff=row[1], approver=row[2], programme=row[3], certificate=row[4]) for row in rows
    ], pages


def twin(plan: RecognitionPlan, certified_by: int | None) -> Certificate | None:
    """Return the certificate that is there already if the same recognition is approved twice by the same person."""
    query = (
        select(Certificate)
        .join(Recognition, Recognition.id == Certificate.recognition_id)
        .where(
            Recognition.staff_id == plan.staff_id,
            Recognition.stage == plan.stage,
            Recognition.programme_id.is_not_distinct_from(plan.programme_id),
            Recognition.evidence == plan.evidence.strip(),
            Recognition.requested_by_id == plan.requested_by_id,
            Recognition.approved_by_id == certified_by,
            Certificate.valid_from == plan.days.first,
            Certificate.withdrawn_on.is_(None),
        )
    )
    return db.session.scalars(query.limit(1)).one_or_none()
