"""Certificates of the demo: on a decision, on a result, or on a recognition; each is a step of its holder."""

from datetime import date, timedelta
from random import Random

from selection.authorisation.certify import ALPHABET
from selection.commands.demo.days import at
from selection.commands.demo.setting import Member, Setting
from selection.models.authorisations import Certificate
from selection.models.courses import Course
from selection.models.extensions import CertificateExtension
from selection.models.recognitions import Recognition
from selection.rules.calendar import NO_END, add_months, last_day_valid
from selection.rules.eligibility import Step
from selection.rules.outcomes import Decision
from selection.rules.programmes import Stage
from selection.rules.training import CourseFacts, certificate_days
from selection.rules.validity import Span

EXTENDED_BY, EXTENDED_DAYS_AGO = 3, 20
"""By how many months the demo's one extension is, and how long ago it was approved."""

EXTENDED_BECAUSE = "The refresher of this season could not be held, because both trainers were ill."

OFFICE_OF = {Stage.SELECTION: "coordinator", Stage.FUNDAMENTAL: "training.lead", Stage.PROGRAMME: "training.lead"}


def course_facts(course: Course) -> CourseFacts:
    """Return the course as the rules see it."""
    return CourseFacts(
        stage=Stage(course.stage),
        programme_id=course.programme_id,
        attendance_percent=course.newest.attendance_percent,
        valid_months=course.newest.valid_months,
        months_after_step_before=course.newest.months_after_step_before,
        reassess_months=course.newest.reassess_months,
    )


def selected(setting: Setting, member: Member, decision_id: int, on: date) -> None:
    """Issue the certificate of selection, which has no end."""
    days = Span(first=on, last=NO_END)
    _issue(setting, member, Stage.SELECTION, days, decision_id=decision_id, decision_result=Decision.SELECTED)


def passed(setting: Setting, member: Member, course: Course, result_id: int, on: date) -> None:
    """Issue the certificate that a passed result earns."""
    days = certificate_days(course_facts(course), passed_on=on)
    _issue(setting, member, Stage(course.stage), days, result_id=result_id, result_passed=True)


def withdrawn(
    setting: Setting, member: Member, course: Course, result_id: int, on: date, *, from_day: date, reason: str
) -> None:
    """Issue the certificate that a passed result earned, and withdraw it from a later day on."""
    earned = certificate_days(course_facts(course), passed_on=on)
    days = Span(first=earned.first, last=min(earned.last, from_day - timedelta(days=1)))
    stage = Stage(course.stage)
    certificate_id = _issue(
        setting,
        member,
        stage,
        days,
        issued_to=earned.last,
        result_id=result_id,
        result_passed=True,
        withdrawn_on=from_day,
        withdrawn_reason=reason,
    )
    after = {"valid_to": days.last, "withdrawn_on": from_day}
    at_noon = at(from_day, 12)
    setting.history.note(
        "certificate.withdrawn",
        at_noon,
        "training.lead",
        certificate_id,
        staff_id=member.id,
        after=after,
        reason=reason,
    )


def extended(setting: Setting, member: Member, course: Course, result_id: int, on: date) -> None:
    """Issue the certificate that a passed result earned, and extend it, as somebody asked and the lead approved."""
    earned = certificate_days(course_facts(course), passed_on=on)
    days = Span(first=earned.first, last=add_months(earned.last, EXTENDED_BY))
    certificate_id = _issue(
        setting, member, Stage(course.stage), days, issued_to=earned.last, result_id=result_id, result_passed=True
    )
    approved_at = at(setting.today - timedelta(days=EXTENDED_DAYS_AGO), 11)
    lead, asked = setting.actors["training.lead"], setting.actors["programme.manager"]
    setting.rows.add(
        CertificateExtension,
        certificate_id=certificate_id,
        staff_id=member.id,
        stage=course.stage,
        from_day=earned.last,
        to_day=days.last,
        reason=EXTENDED_BECAUSE,
        requested_by_id=asked.staff_id,
        approved_by_id=lead.staff_id,
        approved_at=approved_at,
    )
    setting.history.note(
        "certificate.extended",
        approved_at,
        "training.lead",
        certificate_id,
        staff_id=member.id,
        after={"valid_to": days.last, "requested_by_id": asked.staff_id},
        reason=EXTENDED_BECAUSE,
    )


def recognised(
    setting: Setting, member: Member, stage: Stage, on: date, *, valid_months: int | None, evidence: str, reason: str
) -> None:
    """Recognise a step on evidence, as somebody asked and the training lead approved; None months has no end."""
    approver, asked = setting.actors["training.lead"].staff_id, member.manager_id
    programme_id = setting.programme.id if stage == Stage.PROGRAMME else None
    recognition_id = setting.rows.add(
        Recognition,
        staff_id=member.id,
        stage=stage,
        programme_id=programme_id,
        evidence=evidence,
        reason=reason,
        requested_by_id=asked,
        approved_by_id=approver,
        approved_on=on,
        approved_at=at(on, 15),
    )
    setting.history.note(
        "recognition.approved",
        at(on, 15),
        "training.lead",
        recognition_id,
        staff_id=member.id,
        after={"stage": stage, "programme_id": programme_id, "requested_by_id": asked, "approved_by_id": approver},
        reason=reason,
    )
    last = NO_END if valid_months is None else last_day_valid(on, valid_months)
    _issue(setting, member, stage, Span(first=on, last=last), recognition_id=recognition_id)


def imported(
    setting: Setting, member: Member, stage: Stage, days: Span, recognition_id: int, *, issued_on: date
) -> None:
    """Issue the certificate that a row of an approved file of earlier training stands for."""
    _issue(setting, member, stage, days, issued_on=issued_on, recognition_id=recognition_id)


def _issue(
    setting: Setting,
    member: Member,
    stage: Stage,
    days: Span,
    *,
    issued_on: date | None = None,
    issued_to: date | None = None,
    **rests_on: object,
) -> int:
    programme_id = setting.programme.id if stage == Stage.PROGRAMME else None
    issued_at, office = at(issued_on or days.first, 17), "training.lead" if issued_on else OFFICE_OF[stage]
    number = _number(setting.rng)
    certificate_id = setting.rows.add(
        Certificate,
        number=number,
        staff_id=member.id,
        stage=stage,
        programme_id=programme_id,
        valid_from=days.first,
        valid_to=days.last,
        issued_at=issued_at,
        issued_by_id=setting.actors[office].account_id,
        **rests_on,
    )
    member.steps.append(Step(id=certificate_id, stage=stage, programme_id=programme_id, days=days))
    if programme_id is not None:
        member.practices.append(setting.practices.begin(certificate_id, member.id, programme_id, days.first))
    after = {"number": number, "stage": stage, "valid_from": days.first, "valid_to": issued_to or days.last}
    setting.history.note("certificate.issued", issued_at, office, certificate_id, staff_id=member.id, after=after)
    return certificate_id


def _number(rng: Random) -> str:
    return "C-" + "".join(rng.choices(ALPHABET, k=10))
