"""Reads of appeals: those within reach, and one of them with everybody who had a part in the centre."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, not_, or_, select, union_all
from sqlalchemy.orm import joinedload

from selection.core.db import db
from selection.core.errors import NotHere
from selection.core.scope import within
from selection.models.appeals import Appeal, AppealHearing
from selection.models.capture import Transcription
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.people import Account, Acquaintance, Grant, Staff
from selection.models.reviews import BorderlineReview
from selection.models.scoring import RatingForm
from selection.rules.appeals import Involved
from selection.rules.roles import GRANTS, Actor, Permission
from selection.rules.standards import ExerciseKind
from selection.web.pages import PER_PAGE, Pages

GIVING = [role for role, permissions in GRANTS.items() if Permission.ACCOUNTS_MANAGE in permissions]
HEARING = [role for role, permissions in GRANTS.items() if Permission.CENTRES_DECIDE in permissions]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """An appeal in the list."""

    id: int
    name: str
    centre: str
    lodged_on: date
    result: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ToHear:
    """An appeal with the decision that it is against, what was sat for it, and who was involved."""

    appeal: Appeal
    hearing: AppealHearing | None
    decision: Decision
    centre: Centre
    candidacy_id: int
    name: str
    email: str
    sittings: dict[ExerciseKind, int]
    void_before: frozenset[ExerciseKind]
    involved: Involved


def listed(by: Actor, *, page: int) -> tuple[list[Listed], Pages]:
    """Return a page of the appeals within reach that are not one's own, those that wait to be heard first."""
    columns = (Appeal.id, Staff.name, Centre.title.label("centre"), Appeal.lodged_on, AppealHearing.result)
    query = (
        select(*columns)
        .join(Decision, Decision.id == Appeal.decision_id)
        .join(Candidacy, Candidacy.id == Decision.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Staff, Staff.id == Appeal.staff_id)
        .outerjoin(AppealHearing, AppealHearing.appeal_id == Appeal.id)
        .where(within(Centre.area_id, by.reach(Permission.CENTRES_DECIDE)), Appeal.staff_id != by.staff_id)
    )
    total = db.session.scalars(select(func.count()).select_from(query.subquery())).one()
    order = (AppealHearing.id.is_not(None), Appeal.lodged_on, Appeal.id)
    pages = Pages.at(page, total)
    rows = db.session.execute(query.order_by(*order).offset(pages.before).limit(PER_PAGE))
    return [Listed(**row) for row in rows.mappings()], pages


def to_hear(by: Actor, appeal_id: int) -> ToHear:
    """Return the appeal; raises NotHere if its centre is out of reach. Three queries."""
    query = (
        select(Appeal, AppealHearing, Decision, Centre, Candidacy, Staff)
        .join(Decision, Decision.id == Appeal.decision_id)
        .join(Candidacy, Candidacy.id == Decision.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .join(Staff, Staff.id == Appeal.staff_id)
        .outerjoin(AppealHearing, AppealHearing.appeal_id == Appeal.id)
        .options(joinedload(Centre.chair), joinedload(AppealHearing.heard_by))
        .where(Appeal.id == appeal_id, within(Centre.area_id, by.reach(Permission.CENTRES_DECIDE)))
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotHere
    appeal, hearing, decision, centre, candidacy, staff = row
    sat = db.session.execute(
        select(Sitting.kind, Sitting.id, Sitting.void_reason).where(Sitting.candidacy_id == candidacy.id)
    ).all()
    return ToHear(
        appeal=appeal,
        hearing=hearing,
        decision=decision,
        centre=centre,
        candidacy_id=candidacy.id,
        name=staff.name,
        email=staff.email,
        sittings={ExerciseKind(each.kind): each.id for each in sat},
        void_before=frozenset(ExerciseKind(each.kind) for each in sat if each.void_reason),
        involved=Involved(candidate_id=staff.id, roles=tuple(_roles(centre, decision, candidacy, staff))),
    )


def _roles(centre: Centre, decision: Decision, candidacy: Candidacy, staff: Staff) -> Iterator[tuple[int, str]]:
    yield centre.chair_id, "chair the centre"
    if decision.chair_id != centre.chair_id:
        yield decision.chair_id, "signed the decision"
    if candidacy.nominated_by_id is not None:
        yield candidacy.nominated_by_id, f"put {staff.name} forward"
    if staff.line_manager_id is not None:
        yield staff.line_manager_id, f"are {staff.name}'s line manager"
    yield from _who_judged(candidacy.id, staff)


def _who_judged(candidacy_id: int, staff: Staff) -> Sequence[tuple[int, str]]:
    know = Acquaintance
    queries: tuple[Select[*tuple[Any, ...]], ...] = (
        select(RatingForm.assessor_id, literal(f"assessed {staff.name}"))
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .where(Sitting.candidacy_id == candidacy_id),
        select(BorderlineReview.second_id, literal("reviewed a borderline"))
        .join(Sitting, Sitting.id == BorderlineReview.sitting_id)
        .where(Sitting.candidacy_id == candidacy_id),
        select(Transcription.by_staff_id, literal(f"typed a form on {staff.name} from paper"))
        .join(RatingForm, RatingForm.id == Transcription.form_id)
        .join(Sitting, Sitting.id == RatingForm.sitting_id)
        .where(Sitting.candidacy_id == candidacy_id, Transcription.by_staff_id.is_not(None)),
        select(know.other_id, literal(f"know {staff.name}")).where(know.staff_id == staff.id),
        select(know.staff_id, literal(f"know {staff.name}")).where(know.other_id == staff.id),
    )
    return list(dict.fromkeys((row[0], row[1]) for row in db.session.execute(union_all(*queries))))


def who_may_hear(decision: Decision, centre: Centre) -> Sequence[Staff]:
    """Return everybody with a login who may hear an appeal against the decision: within reach, and not involved."""
    candidacy = db.session.get_one(Candidacy, decision.candidacy_id, options=[joinedload(Candidacy.staff)])
    involved = {candidacy.staff_id, *(who for who, _ in _roles(centre, decision, candidacy, candidacy.staff))}
    query = (
        select(Staff)
        .join(Account, Account.staff_id == Staff.id)
        .join(Grant, Grant.account_id == Account.id)
        .where(Account.active, Grant.role.in_(HEARING), or_(Grant.area_id.is_(None), Grant.area_id == centre.area_id))
        .where(Staff.id.not_in(involved))
        .order_by(Staff.id)
        .distinct()
    )
    return db.session.scalars(query).all()


def who_gives_roles(centre: Centre) -> Sequence[Account]:
    """Return the logins that may give somebody the role with which to hear an appeal of the centre."""
    in_area = or_(Grant.area_id.is_(None), Grant.area_id == centre.area_id)
    gives = select(Grant.account_id).where(Grant.role.in_(GIVING), in_area)
    return db.session.scalars(select(Account).where(Account.active, Account.id.in_(gives)).order_by(Account.id)).all()


def own_decision(by: Actor, candidacy_id: int) -> tuple[Decision, Centre, bool]:
    """Return the decision on oneself, its centre, and whether there is an appeal; raises NotHere for anybody else's."""
    query = (
        select(Decision, Centre, Appeal.id)
        .join(Candidacy, Candidacy.id == Decision.candidacy_id)
        .join(Centre, Centre.id == Candidacy.centre_id)
        .outerjoin(Appeal, Appeal.decision_id == Decision.id)
        .where(Candidacy.id == candidacy_id, Candidacy.staff_id == by.staff_id)
    )
    row = db.session.execute(query).one_or_none()
    if row is None:
        raise NotHere
    decision, centre, appeal_id = row
    return decision, centre, appeal_id is not None


def not_involved(staff_id: int) -> ColumnElement[bool]:
    """Return the condition, on a query of Centre, Candidacy and Decision, that the person may hear an appeal of it."""
    of_exercises = select(Sitting.id).where(Sitting.candidacy_id == Candidacy.id).correlate(Candidacy)
    assessed = select(RatingForm.id).where(RatingForm.sitting_id.in_(of_exercises), RatingForm.assessor_id == staff_id)
    reviewed = select(BorderlineReview.id).where(
        BorderlineReview.sitting_id.in_(of_exercises), BorderlineReview.second_id == staff_id
    )
    typed = (
        select(Transcription.form_id)
        .join(RatingForm, RatingForm.id == Transcription.form_id)
        .where(RatingForm.sitting_id.in_(of_exercises), Transcription.by_staff_id == staff_id)
    )
    manages = select(Staff.id).where(Staff.id == Candidacy.staff_id, Staff.line_manager_id == staff_id)
    knows = select(Acquaintance.staff_id).where(
        or_(
            and_(Acquaintance.staff_id == Candidacy.staff_id, Acquaintance.other_id == staff_id),
            and_(Acquaintance.other_id == Candidacy.staff_id, Acquaintance.staff_id == staff_id),
        )
    )
    return not_(
        or_(
            Centre.chair_id == staff_id,
            Decision.chair_id == staff_id,
            Candidacy.staff_id == staff_id,
            func.coalesce(Candidacy.nominated_by_id, 0) == staff_id,
            *(each.correlate(Candidacy).exists() for each in (assessed, reviewed, typed, manages, knows)),
        )
    )
