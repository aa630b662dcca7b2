"""What several topics insist on before they change anything."""

from typing import Protocol

from sqlalchemy import ColumnElement, select

from selection.centres.roster import Candidate, Sits, facts_of
from selection.core.db import db, reading_only
from selection.core.errors import Refused
from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.reviews import BorderlineReview
from selection.models.scoring import RatingForm
from selection.rules.centres import reasons_against_chairing, reasons_against_changing, reasons_against_touching
from selection.rules.reasons import Reason
from selection.rules.roles import Actor


class About(Protocol):
    """One exercise of one candidate at a centre, however much more is known of it."""

    centre: Centre
    candidate: Candidate
    sitting: Sits


def insist(*reasons: Reason) -> None:
    """Raise Refused if there is any reason against."""
    if reasons:
        raise Refused(*reasons)


def insist_on_open(centre: Centre, *, decided: bool = False) -> None:
    """Raise Refused if the centre is closed, or the candidate that it is about is decided."""
    insist(*reasons_against_changing(facts_of(centre), decided=decided))


def insist_on_chair(centre: Centre, by: Actor) -> None:
    """Raise Refused, naming the chair, if it is somebody else who wants to act as the chair."""
    insist(*reasons_against_chairing(facts_of(centre), by.staff_id))


def insist_on_acting(about: About, by: Actor) -> None:
    """Raise Refused unless the chair of the centre acts, on an exercise open to them of a candidate not yet decided."""
    insist_on_chair(about.centre, by)
    insist_on_open(about.centre, decided=about.candidate.decision is not None)
    insist(*reasons_against_touching(about.sitting.facts()))


def hold_candidacy(candidacy_id: int) -> None:
    """Let nobody else settle, compute or sign for the candidate until this transaction ends."""
    _hold(Candidacy.id == candidacy_id)


def hold_sitting(sitting_id: int) -> None:
    """As `hold_candidacy`, for the candidate of one exercise; sealing and reopening wait for each other as well."""
    _hold(Candidacy.id == select(Sitting.candidacy_id).where(Sitting.id == sitting_id).scalar_subquery())


def hold_form(form_id: int) -> None:
    """As `hold_sitting`, of the exercise that is rated on the form; whoever seals does so before they read the form."""
    rated = select(Sitting.candidacy_id).join(RatingForm, RatingForm.sitting_id == Sitting.id)
    _hold(Candidacy.id == rated.where(RatingForm.id == form_id).scalar_subquery())


def hold_review(review_id: int) -> None:
    """As `hold_sitting`, of the exercise whose borderline is reviewed."""
    reviewed = select(Sitting.candidacy_id).join(BorderlineReview, BorderlineReview.sitting_id == Sitting.id)
    _hold(Candidacy.id == reviewed.where(BorderlineReview.id == review_id).scalar_subquery())


def hold_candidates(centre_id: int) -> None:
    """As `hold_candidacy`, for everybody on the centre: let nobody else give places meanwhile, or sign."""
    _hold(Candidacy.centre_id == centre_id)


def hold_centre(centre_id: int) -> None:
    """Let nobody else put somebody forward to the centre, change it or close it until this transaction ends."""
    if not reading_only.get():
        db.session.execute(select(Centre.id).where(Centre.id == centre_id).with_for_update())


def _hold(condition: ColumnElement[bool]) -> None:
    if not reading_only.get():
        db.session.execute(select(Candidacy.id).where(condition).order_by(Candidacy.id).with_for_update())
