"""Reads of requests: those of oneself, those that one made, and those of people within reach."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.authorisations import Certificate
from selection.models.people import Staff
from selection.models.recognitions import EvidenceFile, RecognitionRequest
from selection.rules.requests import RequestState
from selection.rules.roles import Actor, Permission
from selection.web.pages import PER_PAGE, Pages

PEOPLE = (joinedload(RecognitionRequest.requested_by, innerjoin=True), joinedload(RecognitionRequest.decided_by))


def one(request_id: int, *, by: Actor) -> RecognitionRequest:
    """Return a request with its people and files; raises NotHere."""
    query = (
        select(RecognitionRequest)
        .join(RecognitionRequest.staff)
        .where(RecognitionRequest.id == request_id, _seen_by(by))
        .options(contains_eager(RecognitionRequest.staff), *PEOPLE)
        .options(joinedload(RecognitionRequest.programme), selectinload(RecognitionRequest.files))
    )
    found = db.session.scalars(query).one_or_none()
    if found is None:
        raise NotHere
    return found


def to_decide(request_id: int, *, by: Actor) -> RecognitionRequest:
    """Return a request of somebody whom the actor may certify, after waiting for whoever decides it now."""
    query = (
        select(RecognitionRequest.id)
        .join(RecognitionRequest.staff)
        .where(RecognitionRequest.id == request_id, within(Staff.area_id, by.reach(Permission.TRAINING_CERTIFY)))
        .with_for_update(of=RecognitionRequest)
    )
    if db.session.scalar(query) is None:
        raise NotHere
    return one(request_id, by=by)


def file(file_id: int, *, by: Actor) -> tuple[EvidenceFile, RecognitionRequest]:
    """Return a file of a request that the actor may see; raises NotHere."""
    query = (
        select(EvidenceFile, RecognitionRequest)
        .join(RecognitionRequest, RecognitionRequest.id == EvidenceFile.request_id)
        .join(RecognitionRequest.staff)
        .where(EvidenceFile.id == file_id, _seen_by(by))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotHere
    return row[0], row[1]


def listed(*, page: int, by: Actor) -> tuple[Sequence[RecognitionRequest], Pages]:
    """Return a page of the requests that the actor may see: the open ones first, then the newest."""
    query = select(RecognitionRequest).join(RecognitionRequest.staff).where(_seen_by(by))
    counted = select(func.count()).select_from(query.with_only_columns(RecognitionRequest.id).subquery())
    pages = Pages.at(page, db.session.scalars(counted).one())
    order = ((RecognitionRequest.state != RequestState.OPEN), RecognitionRequest.id.desc())
    rows = query.order_by(*order).offset(pages.before).limit(PER_PAGE)
    options = (contains_eager(RecognitionRequest.staff), joinedload(RecognitionRequest.programme), *PEOPLE)
    return db.session.scalars(rows.options(*options)).all(), pages


def open_for(by: Actor) -> ColumnElement[int]:
    """Return, as part of a query, how many requests wait for a decision of the actor: not their own, nor by them."""
    return (
        select(func.count(RecognitionRequest.id))
        .join(RecognitionRequest.staff)
        .where(
            RecognitionRequest.state == RequestState.OPEN,
            within(Staff.area_id, by.reach(Permission.TRAINING_CERTIFY)),
            RecognitionRequest.staff_id != by.staff_id,
            RecognitionRequest.requested_by_id != by.staff_id,
        )
        .scalar_subquery()
    )


def certificate_of(request: RecognitionRequest) -> int | None:
    """Return the certificate that an approved request led to."""
    if request.recognition_id is None:
        return None
    query = select(Certificate.id).where(Certificate.recognition_id == request.recognition_id)
    return db.session.scalar(query)


def own_number(by: Actor) -> str:
    """Return the staff number of whoever asks; empty if they have none."""
    return db.session.scalar(select(Staff.number).where(Staff.id == by.staff_id)) or ""


def may_ask_for(by: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor may ask for a person: oneself, or somebody within reach."""
    return or_(Staff.id == by.staff_id, within(Staff.area_id, by.reach(Permission.TRAINING_READ)))


def _seen_by(by: Actor) -> ColumnElement[bool]:
    mine = or_(RecognitionRequest.staff_id == by.staff_id, RecognitionRequest.requested_by_id == by.staff_id)
    return or_(mine, within(Staff.area_id, by.reach(Permission.TRAINING_READ)))
