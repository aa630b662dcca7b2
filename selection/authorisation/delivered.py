"""Days delivered: who delivered a group on which day is told here, and puts off the day on which the right lapses."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, ScalarSelect, and_, not_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased

from selection.core import clock
from selection.core.db import add_rows, db
from selection.core.errors import Refused
from selection.models import programmes as stored
from selection.models.authorisations import Certificate
from selection.models.groups import Assignment
from selection.models.practice import DeliveredDay, Practice
from selection.rules.practice import Lapse, LapseSetting, lapse
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.validity import Span, day_before
from selection.trail.record import record

STANDS_ON_IT = Reason(
    code="delivery.stands_on_it",
    message="An assignment begins at a time when they would have lapsed without this day.",
    remedy="End that assignment first.",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A certificate of programme training that is stored, with which practice begins."""

    certificate_id: int
    staff_id: int
    programme_id: int
    on: date


def begin_practice(certificates: Iterable[Begun]) -> None:
    """Let practice begin with each certificate of programme training, as the settings have it."""
    begun = list(certificates)
    if not begun:
        return
    settings = lapse_settings({one.programme_id for one in begun})
    add_rows(
        Practice,
        [
            {
                "certificate_id": one.certificate_id,
                "staff_id": one.staff_id,
                "programme_id": one.programme_id,
                "begins_on": one.on,
                **_lapsing(lapse(one.on, None, settings[one.programme_id])),
            }
            for one in begun
        ],
    )


def lapse_settings(programme_ids: Collection[int]) -> dict[int, list[LapseSetting]]:
    """Return by programme after how many months a right lapses, from the earliest setting to the latest."""
    row = stored.LapseSetting
    query = select(row).where(row.programme_id.in_(programme_ids)).order_by(row.from_day)
    found: defaultdict[int, list[LapseSetting]] = defaultdict(list)
    for one in db.session.scalars(query):
        found[one.programme_id].append(as_fact(one))
    return found


def as_fact(setting: stored.LapseSetting) -> LapseSetting:
    """Return a setting as the rules see it."""
    return LapseSetting(id=setting.id, months=setting.months, days=Span(first=setting.from_day, last=setting.to_day))


def record_delivery(assignment_ids: Iterable[int], day: date, *, by: Actor) -> None:
    """Record that whoever has these assignments delivered their group on the day; twice the same, it is there once.

    As many statements for one as for many. Raises Refused for a day to come, and for one on which somebody was not
    assigned.
    """
    wanted = set(assignment_ids)
    if day > clock.today():
        raise Refused(Reason(code="delivery.to_come", message="This day is still to come.", earliest=day, field="day"))
    _wait_for(wanted)
    spells = _spells(wanted, day)
    if len(spells) != len(wanted) or not all(spell.starts_on <= day <= spell.ends_on for spell, _ in spells):
        raise Refused(Reason(code="delivery.not_assigned", message="Somebody was not on the group on that day."))
    told = [there or _told(spell, day, by) for spell, there in spells if there is None or not there.stands]
    for one in told:
        one.stands, one.why_not = True, ""
        record("delivery.recorded", by=by, subject_id=one.group_id, staff_id=one.staff_id, after={"day": day})
    db.session.add_all(told)
    db.session.flush()
    reckon_practice(one.staff_id for one in told)


def take_back_delivery(assignment_ids: Iterable[int], day: date, *, reason: str, by: Actor) -> None:
    """Say that what was recorded of these assignments on the day was an error: it stays on record and counts no more.

    Raises Refused without a reason, and if a spell would then begin after a lapse: that is ended first.
    """
    if not reason.strip():
        raise Refused(Reason(code="reason.missing", message="Say what was wrong.", field="reason"))
    wanted = set(assignment_ids)
    _wait_for(wanted)
    gone = [there for _, there in _spells(wanted, day) if there is not None and there.stands]
    for one in gone:
        one.stands, one.why_not = False, reason.strip()
        before = {"day": day}
        record(
            "delivery.taken_back", by=by, subject_id=one.group_id, staff_id=one.staff_id, before=before, reason=reason
        )
    try:
        with db.session.begin_nested():
            reckon_practice(one.staff_id for one in gone)
    except IntegrityError as stopped:
        raise Refused(STANDS_ON_IT) from stopped


def reckon_practice(staff_ids: Iterable[int]) -> None:
    """Put each practice of the people to what the days delivered, and a withdrawal of its certificate, make of it."""
    since = aliased(DeliveredDay)
    found = (
        select(Practice, since.id, since.day, Certificate.withdrawn_on)
        .join(Certificate, Certificate.id == Practice.certificate_id)
        .outerjoin(since, since.id == _last_delivered())
        .where(Practice.staff_id.in_(set(staff_ids)))
    )
    rows: Sequence[Row[Practice, int | None, date | None, date | None]] = db.session.execute(found).all()
    settings = lapse_settings({practice.programme_id for practice, *_ in rows})
    for practice, last_id, last, withdrawn_on in rows:
        practice.delivered_id, practice.delivered_on = last_id, last
        practice.delivered_stands = None if last is None else True
        put_lapse(practice, lapse(practice.begins_on, last, settings[practice.programme_id]))
        if last is None and withdrawn_on is not None:
            practice.lapses_on = min(practice.lapses_on, day_before(withdrawn_on))
    db.session.flush()


def put_lapse(practice: Practice, lapses: Lapse) -> None:
    """Let a practice lapse as the setting has it that decides it."""
    for column, value in _lapsing(lapses).items():
        setattr(practice, column, value)


def _lapsing(lapses: Lapse) -> dict[str, Any]:
    setting = lapses.setting
    return {
        "setting_id": setting.id,
        "months": setting.months,
        "setting_from": setting.days.first,
        "setting_to": setting.days.last,
        "lapses_on": lapses.last,
    }


def _last_delivered() -> ScalarSelect[int]:
    """Return the last day delivered that keeps a practice up: each counts for the latest that had begun by then."""
    later, day = aliased(Practice), aliased(DeliveredDay)
    begun_since = select(later.id).where(
        later.staff_id == Practice.staff_id,
        later.programme_id == Practice.programme_id,
        later.begins_on > Practice.begins_on,
        later.begins_on <= day.day,
    )
    mine = select(day.id).where(
        day.staff_id == Practice.staff_id,
        day.programme_id == Practice.programme_id,
        day.stands,
        day.day >= Practice.begins_on,
        not_(begun_since.correlate(Practice, day).exists()),
    )
    return mine.order_by(day.day.desc(), day.id.desc()).limit(1).correlate(Practice).scalar_subquery()


def _wait_for(assignment_ids: Iterable[int]) -> None:
    """Wait for whoever records days of the same people now, so that each reckons with what the other stored."""
    people = select(Assignment.facilitator_id).where(Assignment.id.in_(list(assignment_ids)))
    held = select(Practice.id).where(Practice.staff_id.in_(people)).order_by(Practice.id)
    db.session.execute(held.with_for_update()).all()


def _spells(assignment_ids: Iterable[int], day: date) -> Sequence[Row[Assignment, DeliveredDay | None]]:
    """Return the assignments, each with what is recorded of its holder on the group and the day."""
    there = and_(
        DeliveredDay.group_id == Assignment.group_id,
        DeliveredDay.staff_id == Assignment.facilitator_id,
        DeliveredDay.day == day,
    )
    query = select(Assignment, DeliveredDay).outerjoin(DeliveredDay, there).order_by(Assignment.id)
    return db.session.execute(query.where(Assignment.id.in_(list(assignment_ids)))).all()


def _told(spell: Assignment, day: date, by: Actor) -> DeliveredDay:
    return DeliveredDay(
        staff_id=spell.facilitator_id,
        programme_id=spell.programme_id,
        group_id=spell.group_id,
        day=day,
        assignment_id=spell.id,
        assignment_from=spell.starts_on,
        assignment_to=spell.ends_on,
        recorded_at=clock.now(),
        recorded_by_id=by.account_id,
    )
