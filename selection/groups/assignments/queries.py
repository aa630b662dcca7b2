"""Who could be assigned to a group, and who could not and why."""

from datetime import date

from selection.groups import loading
from selection.groups.assignments.forms import AssignWishForm
from selection.groups.candidates import Choices, Wish, choices
from selection.models.groups import Group
from selection.rules.assignment import reasons_against_days, reasons_against_person
from selection.rules.earliest import beginnings, earliest_days, free_days
from selection.rules.eligibility import ActingRole, Person
from selection.rules.reasons import Reason
from selection.rules.roles import Actor
from selection.rules.staffing import has_experience, reasons_against_another_group
from selection.rules.validity import Span


def usual_days(group: Group, today: date) -> Span:
    """Return the group's remaining days, or all of them once it is over."""
    days = loading.days_of(group)
    return days if days.last < today else Span(first=max(today, days.first), last=days.last)


def against_days(group: Group, days: Span, today: date) -> tuple[Reason, ...]:
    """Return what keeps everybody from being assigned on the days."""
    return reasons_against_days(loading.facts(group), days, today=today)


def who(
    group: Group, form: AssignWishForm, *, today: date, by: Actor, can_page: int = 1, cannot_page: int = 1
) -> Choices:
    """Return who can be assigned for each of the days asked for and who cannot, judged by the rules."""
    facts, days = loading.facts(group), form.days
    to_come = Span(first=max(today, facts.days.first), last=facts.days.last)

    def taken(staff_id: int) -> list[Span]:
        links = [link.days for link in facts.chain if link.supervisor_id == staff_id]
        return [*links, *(spell.days for spell in facts.placed if spell.facilitator_id == staff_id)]

    def judge(person: Person) -> tuple[tuple[Reason, ...], Span | None]:
        reasons = (
            *reasons_against_person(person, facts, days),
            *reasons_against_another_group(person, group.id, days, most=group.edition.groups_at_once),
        )
        if not reasons:
            return (), None
        out = taken(person.staff_id)
        role, programme_id = ActingRole.FACILITATOR, facts.programme_id
        free = free_days(person, role, programme_id, within=to_come, taken=out)
        return reasons, earliest_days(free, days, beginnings(person, role, programme_id))

    def note(person: Person) -> str:
        months = group.edition.experience_months
        has_it = months and has_experience(person, facts.programme_id, days.first, months=months)
        return f"{months} months of experience" if has_it else ""

    on_the_group = {link.supervisor_id for link in facts.chain} | {spell.facilitator_id for spell in facts.placed}
    wish = Wish(
        role=ActingRole.FACILITATOR,
        programme_id=facts.programme_id,
        days=days,
        reach=form.reach(by, group.area_id),
        words=form.words.data or "",
        trained_only=form.trained_only.data,
        taken=frozenset(one for one in on_the_group if any(span.meets(days) for span in taken(one))),
    )
    return choices(wish, judge, note=note, can_page=can_page, cannot_page=cannot_page)
