"""What several topics insist on before they change anything."""

from sqlalchemy import ColumnElement, select

from selection.centres.roster import facts_of
from selection.core.db import db, reading_only
from selection.core.errors import Refused
from selection.models.centres import Candidacy, Centre, Sitting
from selection.rules.centres import reasons_against_chairing, reasons_against_changing
from selection.rules.reasons import Reason
from selection.rules.roles import Actor


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


def hold_candidacy(candidacy_id: int) -> None:
    """Let nobody else settle, compute or sign for the candidate until this transaction ends."""
    _hold(Candidacy.id == candidacy_id)


def hold_sitting(sitting_id: int) -> None:
    """As `hold_candidacy`, for the candidate of one exercise; sealing and reopening wait for each other as well."""
    _hold(Candidacy.id == select(Sitting.candidacy_id).where(Sitting.id == sitting_id).scalar_subquery())


def _hold(condition: ColumnElement[bool]) -> None:
    if not reading_only.get():
        db.session.execute(select(Candidacy.id).where(condition).with_for_update())
