"""Who must hear of a decision about a person: themselves, whose days end with theirs, and the groups' managers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from selection.authorisation.plan import Plan
from selection.core import clock
from selection.core.db import db
from selection.models.authorisations import Appointment, Certificate, Stop
from selection.models.groups import Assignment, Group
from selection.models.people import Account, Grant, Staff
from selection.models.programmes import LapseSetting, Programme
from selection.models.stops import StopAppeal
from selection.notices.queue import News, body_of, queue_all
from selection.rules.calendar import NO_END
from selection.rules.eligibility import ACTING_ROLE_NAMES, ActingRole, StopKind
from selection.rules.programmes import STAGE_NAMES, Stage
from selection.rules.roles import Role
from selection.rules.stops import AppealOutcome, last_day_to_appeal
from selection.rules.validity import day_before
from selection.rules.words import day_in_words

DONE = {StopKind.SUSPENSION: "suspended", StopKind.DESELECTION: "deselected"}
NO_LONGER = "What you were told before of an end no longer holds."
AGAIN = (
    "Then you may act on what your certificates give you. Groups that you were on before do not come back"
    " by themselves: whoever plans them can assign you again."
)


def managers_by_area(area_ids: Iterable[int]) -> dict[int, dict[str, str]]:
    """Return, of each area, the programme managers, name by address."""
    areas = set(area_ids)
    query = (
        select(Grant.area_id, Account.email, Account.name)
        .join(Account)
        .where(
            Account.active,
            Grant.role == Role.PROGRAMME_MANAGER,
            or_(Grant.area_id.is_(None), Grant.area_id.in_(areas)),
        )
    )
    found: dict[int, dict[str, str]] = {area_id: {} for area_id in areas}
    for area_id, email, name in db.session.execute(query):
        for one in areas if area_id is None else (area_id,):
            found[one][email] = name
    return found


def of_lapse_setting(
    news: str, programme: str, setting: LapseSetting, spells: Iterable[Assignment], people: dict[str, str]
) -> None:
    """Queue a letter to each of the people (name by address), and one to each manager of a group that loses spells.

    Each letter names the spells that concern whoever reads it: their own, or those of their areas' groups.
    """
    lost = sorted(spells, key=lambda spell: (spell.group.reference, spell.starts_on))
    told: dict[str, tuple[str, list[Assignment]]] = {address: (name, []) for address, name in people.items()}
    letters: list[News] = []
    managers = managers_by_area(spell.group.area_id for spell in lost) if lost else {}
    for spell in lost:
        told[spell.facilitator.email][1].append(spell)
        for address, name in managers[spell.group.area_id].items():
            told.setdefault(address, (name, []))[1].append(spell)
    for address, (name, own) in sorted(told.items()):
        given = {"name": name, "programme": programme, "setting": setting, "spells": own, "lapses": address in people}
        subject = f"{programme}: when a right lapses without delivery"
        letters.append(
            News(key=f"{news}:{address}", to=address, subject=subject, body=body_of("lapse_setting", **given))
        )
    queue_all(letters)


@dataclass(frozen=True, kw_only=True, slots=True)
class Decided:
    """A decision as its person is told of it: what names the news, its subject, what it is, and what they can do."""

    news: str
    subject: str
    says: str
    then: str = ""


def of_certificate(certificate: Certificate, person: Staff, plan: Plan) -> None:
    """Tell of a certificate that is withdrawn; why stands with those who may read it."""
    what, day = STAGE_NAMES[Stage(certificate.stage)], day_in_words(plan.from_day)
    decided = Decided(
        news=f"certificate:{certificate.id}:withdrawn:{plan.from_day}",
        subject=f"Your certificate of {what} is withdrawn from {day}",
        says=f"your certificate {certificate.number} of {what} is withdrawn from {day}.",
        then="You find it on your record in the service. If you think that this is wrong, speak to your training lead.",
    )
    of_decision(person, decided, plan)


def of_extensions(certificates: Iterable[Certificate], until: date) -> None:
    """Tell the holders, who must be loaded, what of theirs is extended; each was told before of its end."""
    last = day_in_words(until)
    held: defaultdict[Staff, list[Certificate]] = defaultdict(list)
    for one in certificates:
        held[one.staff].append(one)
    letters = []
    for person, own in held.items():
        named = " and ".join(f"{one.number} of {STAGE_NAMES[Stage(one.stage)]}" for one in own)
        are, what = ("is", "certificate") if len(own) == 1 else ("are", "certificates")
        says = f"your {what} {named} {are} extended extraordinarily and now valid until {last}."
        body = body_of("decision", name=person.name, says=says, then=NO_LONGER, groups=())
        news = f"extended:{until}:{'.'.join(str(one.id) for one in own)}"
        subject = f"Your {what} {are} extended to {last}"
        letters.append(News(key=news, to=person.email, staff_id=person.id, subject=subject, body=body))
    queue_all(letters)


def of_stop(stop: Stop, person: Staff, plan: Plan, *, appeal_days: int) -> None:
    """Tell of a suspension, or of a deselection with the reason and until when it can be appealed against."""
    done, until = DONE[StopKind(stop.kind)], "" if stop.to_day == NO_END else f" until {day_in_words(stop.to_day)}"
    on = "every programme" if stop.programme_id is None else db.session.get_one(Programme, stop.programme_id).code
    then = "It is on your record in the service. It can be lifted; ask your training lead or treatment manager."
    if stop.kind == StopKind.DESELECTION:
        last = last_day_to_appeal(clock.london(stop.decided_at).date(), appeal_days)
        then = (
            f"Why: {stop.reason}\n\nYou can appeal once, until {day_in_words(last)}: the deselection is on your record"
            " in the service. Somebody who had no part in it hears the appeal."
        )
    decided = Decided(
        news=f"stop:{stop.id}:decided",
        subject=f"You are {done} from {day_in_words(stop.from_day)}",
        says=f"from {day_in_words(stop.from_day)}{until} you are {done} on {on}.",
        then=then,
    )
    of_decision(person, decided, plan)


def of_lifted(stop: Stop, person: Staff) -> None:
    """Tell of a suspension or deselection that is lifted."""
    begins, last = day_in_words(stop.from_day), day_in_words(stop.to_day)
    never = stop.to_day < stop.from_day
    what = f"it does not take effect on {begins}." if never else f"its last day is {last}."
    decided = Decided(
        news=f"stop:{stop.id}:lifted:{stop.to_day}",
        subject=f"Your {stop.kind} is lifted",
        says=f"your {stop.kind} is lifted: {what}",
        then=AGAIN,
    )
    of_decision(person, decided)


def of_appeal(appeal: StopAppeal, person: Staff, hearers: Iterable[Staff]) -> None:
    """Tell everybody who may hear an appeal against a deselection that it waits for one of them."""
    queue_all(
        News(
            key=f"stop_appeal:{appeal.id}:lodged:{each.id}",
            to=each.email,
            staff_id=each.id,
            subject=f"An appeal waits to be heard: {person.name}",
            body=body_of("stop_appeal", name=each.name, whose=person.name, lodged_on=appeal.lodged_on),
        )
        for each in hearers
    )


def of_hearing(appeal: StopAppeal, person: Staff) -> None:
    """Tell the person what their appeal against a deselection came to, and why."""
    upheld = appeal.outcome == AppealOutcome.UPHELD
    decided = Decided(
        news=f"stop_appeal:{appeal.id}:decided",
        subject=f"Your appeal: {appeal.outcome}",
        says=f"your appeal against your deselection was heard on {day_in_words(appeal.decided_on)} and is"
        f" {appeal.outcome}. {'The deselection ends.' if upheld else 'The deselection stands.'}",
        then=f"Why: {appeal.decision_reason}" + (f"\n\n{AGAIN}" if upheld else ""),
    )
    of_decision(person, decided)


def of_appointment(appointment: Appointment, person: Staff, plan: Plan) -> None:
    """Tell of an appointment that ends."""
    role, day = ACTING_ROLE_NAMES[ActingRole(appointment.role)], day_in_words(plan.from_day)
    decided = Decided(
        news=f"appointment:{appointment.id}:ended:{plan.from_day}",
        subject=f"Your appointment as {role} ends",
        says=f"from {day} you are no longer appointed as {role}.",
    )
    of_decision(person, decided, plan)


def of_leaving(person: Staff, plan: Plan) -> None:
    """Tell of the last day in the service."""
    last = day_in_words(day_before(plan.from_day))
    decided = Decided(
        news=f"staff:{person.id}:left:{plan.from_day}",
        subject=f"Your last day in the service: {last}",
        says=f"{last} is recorded as your last day in the service.",
    )
    of_decision(person, decided, plan)


def of_decision(person: Staff, decided: Decided, plan: Plan | None = None) -> None:
    """Queue a letter to the person, and with a plan one to everybody else whom it takes off a group, or who plans it.

    Each letter names the groups that concern whoever reads it: those that they were on, or those of their areas.
    """
    concerned = _concerned(plan) if plan else {}
    _, own = concerned.pop(person.email, ("", set()))
    own |= set(plan.sat_in) if plan else set()
    given = {"name": person.name, "says": decided.says, "then": decided.then, "groups": _in_order(own)}
    key, body = f"{decided.news}:{person.email}", body_of("decision", **given)
    letters = [News(key=key, to=person.email, staff_id=person.id, subject=decided.subject, body=body)]
    day = day_in_words(plan.from_day) if plan else ""
    for address, (name, groups) in sorted(concerned.items()):
        body = body_of("withdrawal", name=name, whose=person.name, day=day, groups=_in_order(groups))
        subject = f"{person.name}: changes to groups from {day}"
        letters.append(News(key=f"{decided.news}:{address}", to=address, subject=subject, body=body))
    queue_all(letters)


def _concerned(plan: Plan) -> dict[str, tuple[str, set[Group]]]:
    """Return, by address, the name and the groups of everybody whose spells or supervision end, and of the managers."""
    names: dict[str, str] = {}
    groups: defaultdict[str, set[Group]] = defaultdict(set)
    for who, group in (
        *((spell.facilitator, spell.group) for spell in plan.assignments),
        *((link.supervisor, link.group) for link in plan.supervisions),
    ):
        names[who.email] = who.name
        groups[who.email].add(group)
    managers = managers_by_area(group.area_id for group in plan.groups) if plan.groups else {}
    for group in plan.groups:
        for address, name in managers[group.area_id].items():
            names.setdefault(address, name)
            groups[address].add(group)
    return {address: (name, groups[address]) for address, name in names.items()}


def _in_order(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: group.reference)
