"""Changing after how many months without delivery a right lapses: everything that follows from it, or nothing."""

from sqlalchemy import bindparam, update
from sqlalchemy.exc import IntegrityError

from selection.authorisation import tell
from selection.authorisation.delivered import as_fact
from selection.authorisation.ending import end_assignment
from selection.authorisation.lapses.queries import Plan, Reckoned
from selection.authorisation.places import release
from selection.core import clock
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.practice import Practice
from selection.models.programmes import LapseSetting
from selection.rules.calendar import NO_END
from selection.rules.practice import reasons_against_setting
from selection.rules.reasons import Reason
from selection.rules.roles import Actor, Permission
from selection.rules.validity import day_before
from selection.trail.record import entry, record, record_many

PLAN_CHANGED = Reason(
    code="plan.changed",
    message="What this changes is different from what you saw.",
    remedy="Read it once more, then confirm.",
)
EVERYWHERE = Reason(
    code="lapse.everywhere",
    message="It holds in every area, and you certify for some of them.",
    remedy="Ask a training lead of the whole service.",
)

NEW = ("setting_id", "setting_from", "setting_to", "months", "lapses_on")

# Made once, and carried out for all practices in one go.
_RECKONED = (
    update(Practice.__table__)  # type: ignore[arg-type]
    .where(Practice.__table__.c.id == bindparam("of"), Practice.__table__.c.version == bindparam("seen"))
    .values(**{name: bindparam(f"new_{name}") for name in NEW}, version=bindparam("seen") + 1)
)


def change(plan: Plan, *, reason: str, by: Actor) -> LapseSetting:
    """Carry out a plan whose programme was loaded for writing, or raise Refused, and then nothing may be committed.

    Practice is reckoned anew, spells that would begin after a lapse are cancelled, and those concerned are told.
    """
    _insist(plan, reason, by)
    former = plan.programme.lapse_settings[-1]
    setting = LapseSetting(
        programme_id=plan.programme.id,
        from_day=plan.from_day,
        to_day=NO_END,
        months=plan.months,
        reason=reason.strip(),
        made_at=clock.now(),
        made_by_id=by.account_id,
    )
    try:
        with db.session.begin_nested():
            db.session.add(setting)
            _cancel(plan, reason, by)
            _reckon(plan, setting)
            former.to_day = day_before(plan.from_day)
            db.session.flush()
    except IntegrityError as stopped:  # somebody was assigned, certified or delivered meanwhile
        raise Refused(PLAN_CHANGED) from stopped
    _note(plan, former, setting, by)
    _tell(plan, setting)
    db.session.expire_all()
    return setting


def _insist(plan: Plan, reason: str, by: Actor) -> None:
    settings = [as_fact(one) for one in plan.programme.lapse_settings]
    against = list(reasons_against_setting(settings, months=plan.months, from_day=plan.from_day, today=clock.today()))
    if not by.reach(Permission.TRAINING_CERTIFY).everywhere:
        against.append(EVERYWHERE)
    if not reason.strip():
        against.append(Reason(code="reason.missing", message="Say why it changes.", field="reason"))
    if against:
        raise Refused(*against)


def _cancel(plan: Plan, reason: str, by: Actor) -> None:
    last = day_before(plan.from_day)
    release(plan.spells, last)
    for spell in plan.spells:
        end_assignment(spell, last, reason, by)
    db.session.flush()


def _reckon(plan: Plan, setting: LapseSetting) -> None:
    """Put each practice to its new lapse; a spell that another practice covers leans on that, before and after."""
    rows = [_values(one, setting) for one in plan.reckoned]
    if not rows:
        return
    connection = db.session.connection()
    longer = {one.kept.practice.id for _, one in plan.elsewhere}
    for first in (True, False):
        some = [row for row in rows if (row["of"] in longer) == first]
        if some and connection.execute(_RECKONED, some).rowcount != len(some):
            raise Refused(PLAN_CHANGED)
        if first:
            for spell, covering in plan.elsewhere:
                practice = covering.kept.practice
                spell.practice_id = practice.id
                spell.practice_from, spell.practice_to = practice.begins_on, covering.last
            db.session.flush()


def _values(one: Reckoned, setting: LapseSetting) -> dict[str, object]:
    decides = one.lapses.setting
    own = decides.id == 0
    return {
        "of": one.kept.practice.id,
        "seen": one.kept.practice.version,
        "new_setting_id": setting.id if own else decides.id,
        "new_setting_from": decides.days.first,
        "new_setting_to": decides.days.last if own else one.kept.practice.setting_to,
        "new_months": decides.months,
        "new_lapses_on": one.last,
    }


def _note(plan: Plan, former: LapseSetting, setting: LapseSetting, by: Actor) -> None:
    programme_id, reason = plan.programme.id, setting.reason
    after = {"months": plan.months, "from_day": plan.from_day, "people": len(plan.moved), "spells": len(plan.spells)}
    record(
        "lapse.changed", by=by, subject_id=programme_id, before={"months": former.months}, after=after, reason=reason
    )
    moved = [
        entry(
            "lapse.moved",
            by=by,
            subject_id=programme_id,
            staff_id=one.staff_id,
            before={"lapses_on": one.before},
            after={"lapses_on": one.after},
            reason=reason,
        )
        for one in plan.moved
    ]
    if moved:
        record_many(moved)


def _tell(plan: Plan, setting: LapseSetting) -> None:
    people = {one.email: one.name for one in plan.lapsing}
    people |= {spell.facilitator.email: spell.facilitator.name for spell in plan.spells}
    tell.of_lapse_setting(f"lapse_setting:{setting.id}", plan.programme.code, setting, plan.spells, people)
