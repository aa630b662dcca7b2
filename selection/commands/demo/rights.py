"""What the demo's certificates lead to: recognitions and renewals, appointments, stops, and the authorisations due."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count

from selection.commands.demo.asking import ask, panel
from selection.commands.demo.certificates import recognised
from selection.commands.demo.days import at, months_ago
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import Story
from selection.models.authorisations import Appointment, Authorisation, Stop
from selection.rules.calendar import NO_END
from selection.rules.due import Due, authorisations_due
from selection.rules.eligibility import ActingRole, Appointed, Right, StopKind, Stopped
from selection.rules.programmes import Stage
from selection.rules.validity import Span

APPOINTED_MONTHS_AGO = 30
RENEWED_MONTHS_AGO = {Stage.FUNDAMENTAL: 7, Stage.PROGRAMME: 4}
SUPERVISING_ROLES = (ActingRole.TREATMENT_MANAGER, ActingRole.DESIGNATED_SUPERVISOR)
"""Two treatment managers are appointed for each designated supervisor."""
SUSPENDED_DAYS_AGO, DESELECTED_DAYS_AGO = 25, 60
SUSPENDED_BECAUSE = "A complaint about conduct in a session is being looked into."
DESELECTED_BECAUSE = "Did not keep to the programme as it is written, and would not after two reviews."
ELSEWHERE = "A certificate of the earlier service, and the reports of two treatment managers there."
REFRESHED = "A refresher of two days with observed practice, and the notes on it."


def grant(setting: Setting, people: People) -> None:
    """Recognise, renew, appoint and stop as the stories say, and authorise whom the certificates then justify."""
    turns = count()
    for number, member in enumerate(people.path):
        if member.story == Story.RECOGNISED and not member.steps:
            _came_from_elsewhere(setting, member, months=8 + number % 12)
        if member.story == Story.LONG_SERVING:
            _renew(setting, member)
            _appoint(setting, member, SUPERVISING_ROLES[next(turns) % 3 // 2])
        if member.story in (Story.SUSPENDED, Story.DESELECTED):
            stop_id = _stop(setting, member)
            if member.story == Story.DESELECTED:
                panel(setting, people, stop_id, member, decided_days_ago=DESELECTED_DAYS_AGO)
        if member.steps:
            _authorise(setting, member)
    ask(setting, people)


def _came_from_elsewhere(setting: Setting, member: Member, *, months: int) -> None:
    on = max(member.joined_on, months_ago(setting.today, months))
    courses = {Stage.FUNDAMENTAL: setting.fundamental, Stage.PROGRAMME: setting.specific}
    for stage in Stage:
        valid = courses[stage].newest.valid_months if stage in courses else None
        reason = "Delivered the programme in another service for years."
        recognised(setting, member, stage, on, valid_months=valid, evidence=ELSEWHERE, reason=reason)


def _renew(setting: Setting, member: Member) -> None:
    courses = {Stage.FUNDAMENTAL: setting.fundamental, Stage.PROGRAMME: setting.specific}
    for stage, months in RENEWED_MONTHS_AGO.items():
        on = months_ago(setting.today, months)
        valid = courses[stage].newest.valid_months
        reason = "Refreshed before it lapsed."
        recognised(setting, member, stage, on, valid_months=valid, evidence=REFRESHED, reason=reason)


def _appoint(setting: Setting, member: Member, role: ActingRole) -> None:
    by = setting.actors["programme.manager"]
    on = max(member.joined_on, months_ago(setting.today, APPOINTED_MONTHS_AGO))
    reason = "Experienced in delivery, and trained to supervise."
    appointment_id = setting.rows.add(
        Appointment,
        staff_id=member.id,
        programme_id=setting.programme.id,
        role=role,
        valid_from=on,
        valid_to=NO_END,
        approved_by_id=by.account_id,
        approver_staff_id=by.staff_id,
        approved_at=at(on, 10),
        reason=reason,
    )
    days = Span(first=on, last=NO_END)
    member.appointments.append(Appointed(id=appointment_id, programme_id=setting.programme.id, role=role, days=days))
    setting.history.note(
        "appointment.made",
        at(on, 10),
        "programme.manager",
        appointment_id,
        staff_id=member.id,
        after={"programme_id": setting.programme.id, "role": role, "valid_from": on, "valid_to": NO_END},
        reason=reason,
    )


def _stop(setting: Setting, member: Member) -> int:
    suspended = member.story == Story.SUSPENDED
    kind = StopKind.SUSPENSION if suspended else StopKind.DESELECTION
    days_ago, reason = (
        (SUSPENDED_DAYS_AGO, SUSPENDED_BECAUSE) if suspended else (DESELECTED_DAYS_AGO, DESELECTED_BECAUSE)
    )
    from_day = setting.today - timedelta(days=days_ago)
    stop_id = setting.rows.add(
        Stop,
        staff_id=member.id,
        programme_id=None if suspended else setting.programme.id,
        kind=kind,
        from_day=from_day,
        to_day=NO_END,
        reason=reason,
        decided_by_id=setting.actors["treatment.manager"].account_id,
        decided_at=at(from_day, 8),
    )
    programme_id = None if suspended else setting.programme.id
    days = Span(first=from_day, last=NO_END)
    member.stops.append(Stopped(kind=kind, programme_id=programme_id, days=days))
    setting.history.note(
        "stop.decided",
        at(from_day, 8),
        "treatment.manager",
        stop_id,
        staff_id=member.id,
        after={"kind": kind, "programme_id": programme_id, "from_day": from_day, "to_day": NO_END},
        reason=reason,
    )
    return stop_id


def _authorise(setting: Setting, member: Member) -> None:
    programme_id = setting.programme.id
    person = member.facts()
    for role in (ActingRole.FACILITATOR, *SUPERVISING_ROLES):
        for due in authorisations_due(person, role, programme_id):
            member.rights.append(_authorised(setting, member, role, due))


def _authorised(setting: Setting, member: Member, role: ActingRole, due: Due) -> Right:
    made_on = due.days.first
    columns = dict(_leaning(due))
    authorisation_id = setting.rows.add(
        Authorisation,
        staff_id=member.id,
        programme_id=setting.programme.id,
        role=role,
        valid_from=due.days.first,
        valid_to=due.days.last,
        made_at=at(made_on, 17, 1),
        made_by_id=setting.actors["training.lead"].account_id,
        **columns,
    )
    setting.history.note(
        "authorisation.made",
        at(made_on, 17, 1),
        "training.lead",
        authorisation_id,
        staff_id=member.id,
        after={"role": role, "valid_from": due.days.first, "valid_to": due.days.last},
    )
    return Right(id=authorisation_id, programme_id=setting.programme.id, role=role, days=due.days)


def _leaning(due: Due) -> Iterator[tuple[str, int | date]]:
    """Return the columns that carry the proof: what the authorisation leans on, and its days."""
    leans = {"selection": due.selection, "fundamental": due.fundamental, "training": due.programme}
    for by, leaned_on in {**leans, "appointment": due.appointment}.items():
        if leaned_on is not None:
            yield f"{by}_id", leaned_on.id
            yield f"{by}_from", leaned_on.days.first
            yield f"{by}_to", leaned_on.days.last
