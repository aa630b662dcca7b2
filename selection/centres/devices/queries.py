"""Reads of the devices that still hold forms of a centre."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from selection.core.db import db
from selection.core.errors import NotHere
from selection.models.capture import FormHold
from selection.models.centres import Candidacy, Sitting
from selection.models.people import Staff
from selection.models.scoring import RatingForm
from selection.rules.capture import Hold
from selection.rules.standards import ExerciseKind

Assessor = aliased(Staff)


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A device that holds a form: of whom, whose, since when, and what it last said."""

    form_id: int
    device_id: str
    device: str
    kind: str
    assessor: str
    candidate: str
    candidate_id: int
    opened_at: datetime
    seen_at: datetime
    unsent: int

    @property
    def about(self) -> str:
        """What the form is of, in words."""
        return f"{ExerciseKind(self.kind).words} of {self.candidate}"

    @property
    def facts(self) -> Hold:
        """The hold as the rules see it."""
        return Hold(
            device=self.device, assessor=self.assessor, about=self.about, seen_at=self.seen_at, unsent=self.unsent
        )


def of_centre(centre_id: int) -> list[Listed]:
    """Return every device that still holds a form of the centre, the longest unheard of first; one query."""
    query = _query().where(Candidacy.centre_id == centre_id).order_by(FormHold.seen_at, FormHold.form_id)
    return [Listed(**row) for row in db.session.execute(query).mappings()]


def one(centre_id: int, form_id: int, device_id: str) -> Listed:
    """Return one device that holds one form of the centre; raises NotHere if it does not, or no more."""
    query = _query().where(
        Candidacy.centre_id == centre_id, FormHold.form_id == form_id, FormHold.device_id == device_id
    )
    row = db.session.execute(query).mappings().one_or_none()
    if row is None:
        raise NotHere
    return Listed(**row)


def _query() -> Select[*tuple[Any, ...]]:
    return (
        select(
            *(FormHold.form_id, FormHold.device_id, FormHold.device, Sitting.kind, Assessor.name.label("assessor")),
            *(Staff.name.label("candidate"), Staff.id.label("candidate_id")),
            *(FormHold.opened_at, FormHold.seen_at, FormHold.unsent),
        )
        .join(RatingForm, RatingForm.id == FormHold.form_id)
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .join(Candidacy, Candidacy.id == Sitting.candidacy_id)
        .join(Staff, Staff.id == RatingForm.staff_id)
        .join(Assessor, Assessor.id == RatingForm.assessor_id)
        .where(FormHold.ended_at.is_(None))
    )
