"""Who could supervise a group, and who could not and why."""

from datetime import date

from selection.groups import loading
from selection.groups.candidates import Choices, Wish, choices
from selection.groups.supervision.forms import SuperviseWishForm
from selection.groups.today import has_begun
from selection.models.groups import Group
from selection.rules.earliest import earliest_days, free_days
from selection.rules.eligibility import ActingRole, Person
from selection.rules.handover import open_days, reasons_against_supervised_days, reasons_against_supervising
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.validity import Span, day_after
from selection.rules.words import day_in_words


def usual_days(group: Group, today: date) -> Span:
    """Return the days that have no supervisor yet; where each has one, those from tomorrow on, for a handover."""
    gap = open_days(loading.facts(group))
    if gap is not None:
        return gap
    days = loading.days_of(group)
    return Span(first=min(max(day_after(today), days.first), days.last), last=days.last)


def against_days(group: Group, days: Span, today: date) -> tuple[Reason, ...]:
    """Return what keeps everybody from being named for the days."""
    begun = today in days and has_begun(group.id, today)
    return reasons_against_supervised_days(loading.facts(group), days, today=today, begun=begun)


def mark(group: Group) -> str:
    """Return a word that changes when the group or its chain does."""
    return "-".join([f"{group.version}", *(f"{link.id}.{link.version}" for link in group.supervisions)])


def in_words(group: Group) -> str:
    """Return who supervises when, as a sentence holds it."""
    links = (f"{link.supervisor.name} until {day_in_words(link.ends_on)}" for link in group.supervisions)
    return ", ".join(links) or "nobody"


def who(
    group: Group, form: SuperviseWishForm, *, today: date, by: Actor, can_page: int = 1, cannot_page: int = 1
) -> Choices:
    """Return who can supervise on each of the days asked for and who cannot, judged by the rules."""
    facts, days, role = loading.facts(group), form.days, ActingRole(form.role.data)
    to_come = Span(first=max(today, facts.days.first), last=facts.days.last)

    def placed(staff_id: int) -> list[Span]:
        return [spell.days for spell in facts.placed if spell.facilitator_id == staff_id]

    def judge(person: Person) -> tuple[tuple[Reason, ...], Span | None]:
        reasons = reasons_against_supervising(person, role, facts, days)
        if not reasons:
            return (), None
        free = free_days(person, role, facts.programme_id, within=to_come, taken=placed(person.staff_id))
        return reasons, None if any(one.code == "supervision.already" for one in reasons) else earliest_days(free, days)

    team = {spell.facilitator_id for spell in facts.placed if spell.days.meets(days)}
    named = {link.supervisor_id for link in facts.chain if link.role == role and link.days.covers(days)}
    wish = Wish(
        role=role,
        programme_id=facts.programme_id,
        days=days,
        reach=form.reach(by, group.area_id),
        words=form.words.data or "",
        trained_only=form.trained_only.data,
        taken=frozenset(team | named),
    )
    return choices(wish, judge, can_page=can_page, cannot_page=cannot_page)
