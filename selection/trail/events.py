"""Every event of the trail, declared: what it is about, what it may carry, and how it reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Declared:
    """The subject's table, what `before` and `after` may hold in the order in which it is read, the event in words."""

    subject: str
    keys: tuple[str, ...]
    says: str


def _about(subject: str, says: str, *keys: str) -> Declared:
    return Declared(subject, keys, says)


_STAFF = ("number", "name", "email", "job_title", "area_id", "line_manager", "joined_on", "left_on")
_ACCOUNT = ("email", "name", "active", "roles", "staff_id")
_STANDARD = ("title", "number", "based_on_id")
_WRITTEN = (
    *("anchors", "brief", "minutes", "description", "shows", "against"),
    *("competencies", "indicators", "order"),
)
_RULES = (
    *("scale_min", "scale_max", "scale_standard", "assessors_per_exercise", "mean_needed", "most_below_standard"),
    *("floor", "k", "sem", "rated_share_needed", "discuss_from_apart", "discuss_straddling", "discuss_judgements"),
    *("feedback_names_assessors", "resit_wait_months", "standing_months", "attempts_allowed"),
    *("attempts_window_months", "pass_valid_months", "indicators_needed", "most_sat_alone", "appeal_days"),
    "feedback_days",
)
_CENTRE = ("title", "area_id", "standard_id", "chair_id", "venue", "held_on", "closed_at")
_FORM = (
    "rated",
    "of",
    "global_judgement",
    "critical_incident",
    "sealed_at",
    "assessor_id",
    "sitting_id",
    "from_paper_by",
)
_COURSE = (
    *("title", "stage", "programme_id", "kind", "from_programme_id", "number", "days", "attendance_percent"),
    *("valid_months", "months_after_step_before", "reassess_months", "attempts", "prerequisites"),
    *("understanding_method", "understanding_mark", "competencies_method", "competencies_mark"),
    *("abilities_method", "abilities_mark", "trainers_authorised", "trainers_years"),
)
_EVENT = ("course_id", "course_version_id", "area_id", "title", "venue", "places", "days", "hours", "trainers")
_RESULT = ("understanding", "competencies", "abilities", "attended_enough", "passed", "note", "reassess_by", "ended_as")
_WINDOW = ("valid_from", "valid_to")
_GROUP = (
    *("reference", "programme_id", "edition_id", "area_id", "venue", "size"),
    *("starts_on", "ends_on", "state", "supervised_to"),
)
# A supervision and an assignment are about their group, so that its history is whole when one of them is cancelled.
_SPELL = ("group_id", "starts_on", "ends_on")
# What was said stands on the record alone, for those who may read it; the trail has when, on whom and of what.
_RECORD = ("kind", "group_id", "held_on", "session_id", "next_on")
_FORM_OF_RECORDS = ("kind", "number", "title", "questions")
_SESSION_RECORD = ("title", "day", "state", "reason", "minutes", "present", "recording", "facilitators")

_SESSION = ("title", "kind", "day", "starts_at", "ends_at")

EVENTS: dict[str, Declared] = {
    "account.signed_in": _about("account", "signed in"),
    "account.sign_in_failed": _about("account", "failed to sign in", "failed_sign_ins", "locked_until"),
    "account.signed_out": _about("account", "signed out"),
    "account.created": _about("account", "made a login", *_ACCOUNT),
    "account.changed": _about("account", "changed a login", *_ACCOUNT, "locked_until"),
    "account.password_changed": _about("account", "set a new password"),
    "staff.viewed": _about("staff", "looked at the record"),
    "staff.created": _about("staff", "added to the register", *_STAFF),
    "staff.changed": _about("staff", "changed the register", *_STAFF),
    "staff.imported": _about("import", "imported a file", "file", "rows", "created", "changed", "unchanged"),
    "skills.exported": _about("skills", "took the skills matrix as a file", "area_id", "programme_id", "who", "rows"),
    "area.added": _about("area", "added an area", "name", "nation"),
    "area.changed": _about("area", "changed an area", "name", "nation"),
    "acquaintance.declared": _about("staff", "declared an acquaintance", "other_id", "note"),
    "programme.created": _about("programme", "added a programme", "code", "title", "modules"),
    "edition.published": _about("programme", "published an edition of a programme", "number", "changes"),
    "lapse.changed": _about(
        "programme", "changed when a right lapses without delivery", "months", "from_day", "people", "spells"
    ),
    "lapse.moved": _about("programme", "moved the day on which a right lapses", "lapses_on"),
    "standard.begun": _about("standard", "began a draft of a standard", *_STANDARD),
    "standard.imported": _about(
        "standard", "imported a draft of a standard", *_STANDARD, "file", "file_hash", "content_hash"
    ),
    "standard.changed": _about("standard", "changed a draft of a standard", "part", *_STANDARD, *_WRITTEN, *_RULES),
    "standard.deleted": _about("standard", "deleted a draft of a standard", *_STANDARD),
    "standard.proposed": _about("standard", "proposed a standard", "content_hash"),
    "standard.proposal_ended": _about("standard", "sent a proposed standard back", "content_hash"),
    "standard.published": _about("standard", "published a standard", "content_hash", "proposed_by_id"),
    "centre.opened": _about("centre", "opened a centre", *_CENTRE),
    "centre.changed": _about("centre", "changed a centre", *_CENTRE),
    "centre.closed": _about("centre", "closed a centre", *_CENTRE),
    "candidate.put_forward": _about("candidacy", "put forward to a centre", "centre_id", "nominated_by_id"),
    "candidate.withdrawn": _about("candidacy", "took back from a centre", "centre_id", "nominated_by_id"),
    "assessor.seated": _about("rating_form", "gave an assessor to an exercise", *_FORM),
    "assessor.unseated": _about("rating_form", "took an assessor off an exercise", *_FORM),
    "assessor.trained": _about("staff", "recorded assessor training", "valid_from", "valid_to", "note"),
    "form.saved": _about("rating_form", "saved a rating form", *_FORM),
    "form.sealed": _about("rating_form", "sealed a rating form", *_FORM),
    "form.opened": _about("rating_form", "opened a rating form on a device", "device", "unsent"),
    "form.handed_back": _about("rating_form", "handed a rating form back from a device"),
    "form.device_given_up": _about(
        "rating_form", "gave up a device with a rating form", "device", "unsent", "centre_id"
    ),
    "form.transcribed": _about("rating_form", "began to type a rating form from paper", "assessor_id", "paper_kept"),
    "form.reopened": _about("rating_form", "reopened a rating form", *_FORM),
    "washup.viewed": _about("centre", "looked at the wash-up"),
    "papers.viewed": _about("sitting", "looked at the ratings of an exercise"),
    "decision.viewed": _about("candidacy", "looked at a decision"),
    "sitting.voided": _about("sitting", "declared an exercise void", "void_reason"),
    "moderation.agreed": _about(
        "sitting",
        "settled a matter",
        *("matter", "competency_id", "points", "no_opportunity", "third_form_id"),
        *("global_judgement", "incident_confirmed", "reason", "evidence"),
    ),
    "outcome.computed": _about("sitting", "computed an outcome", "kind", "result", "mean"),
    "review.asked": _about("sitting", "asked for a review", "kind", "resolved_by_id", "seconded_by_id"),
    "equality.answered": _about("staff", "answered the questions of equality monitoring"),
    "equality.taken_back": _about("staff", "took the answers to equality monitoring back"),
    "review.said": _about("sitting", "gave a view on a borderline"),
    "outcome.resolved": _about(
        "sitting", "resolved a borderline", "kind", "result", "resolved_by_id", "seconded_by_id"
    ),
    "decision.signed": _about(
        "decision", "signed a decision", "result", "role_play", "presentation", "formal_interview", "standard_hash"
    ),
    "report.viewed": _about("centre", "looked at the report of a centre"),
    "feedback.viewed": _about("decision", "looked at feedback"),
    "feedback.released": _about("decision", "released feedback"),
    "appeal.lodged": _about("appeal", "appealed against a decision"),
    "appeal.viewed": _about("appeal", "looked at an appeal"),
    "appeal.heard": _about("appeal", "decided an appeal", "result", "void"),
    "course.created": _about("course", "made a course", *_COURSE),
    "course.changed": _about("course", "changed a course", *_COURSE),
    "event.opened": _about("event", "opened an event", *_EVENT),
    "event.changed": _about("event", "changed an event", *_EVENT),
    "booking.made": _about("booking", "booked", "event_id"),
    "booking.cancelled": _about("booking", "cancelled a booking", "event_id"),
    "event.cancelled": _about("event", "cancelled an event", "title", "bookings", "waiting"),
    "waiting.joined": _about("waiting", "put on a waiting list", "event_id"),
    "waiting.left": _about("waiting", "took off a waiting list", "event_id"),
    "waiting.passed_over": _about("waiting", "passed over on a waiting list", "event_id", "reasons"),
    "attendance.recorded": _about("booking", "recorded attendance", "days"),
    "result.recorded": _about("booking", "recorded a result", *_RESULT),
    "reassessment.arranged": _about("booking", "set when parts are assessed again", "on_day", "venue"),
    "recognition.approved": _about(
        "recognition", "recognised a step", "stage", "programme_id", "evidence", "requested_by_id", "approved_by_id"
    ),
    "recognition.requested": _about("recognition_request", "asked for a recognition", "stage", "programme_id", "files"),
    "recognition.decided": _about("recognition_request", "decided a request for recognition", "state"),
    "recognition.taken_back": _about("recognition_request", "took back a request for recognition"),
    "evidence.opened": _about("recognition_request", "opened a file of evidence", "sha256"),
    "training_import.handed_in": _about(
        "training_import", "handed in a file of earlier training", "file", "sha256", "rows", "there"
    ),
    "training_import.decided": _about("training_import", "decided on a file of earlier training", "state", "rows"),
    "training_import.taken_back": _about("training_import", "took back a file of earlier training"),
    "certificate.issued": _about("certificate", "issued a certificate", "number", "stage", "programme_id", *_WINDOW),
    "certificate.extended": _about("certificate", "extended a certificate", "number", "requested_by_id", *_WINDOW),
    "authorisation.lengthened": _about(
        "authorisation", "lengthened an authorisation", "programme_id", "role", *_WINDOW
    ),
    "certificate.withdrawn": _about("certificate", "withdrew a certificate", "number", "withdrawn_on", *_WINDOW),
    "appointment.made": _about("appointment", "appointed", "programme_id", "role", *_WINDOW),
    "appointment.ended": _about("appointment", "ended an appointment", "programme_id", "role", *_WINDOW),
    "authorisation.made": _about("authorisation", "authorised", "programme_id", "role", *_WINDOW),
    "authorisation.shortened": _about("authorisation", "ended an authorisation", "programme_id", "role", *_WINDOW),
    "stop.decided": _about("stop", "stopped from delivery", "kind", "programme_id", "from_day", "to_day"),
    "stop.lifted": _about("stop", "lifted a stop", "kind", "programme_id", "from_day", "to_day"),
    "group.planned": _about("group", "planned a group", *_GROUP),
    "group.opened": _about("group", "opened a group", *_GROUP),
    "group.changed": _about("group", "changed a group", *_GROUP),
    "group.halted": _about("group", "halted a group", *_GROUP),
    "group.closed": _about("group", "closed a group", *_GROUP),
    "supervision.named": _about("group", "named a supervisor", "supervisor_id", "role", "deputises_for_id", *_SPELL),
    "supervision.changed": _about("group", "changed a supervision", "supervisor_id", "role", *_SPELL),
    "supervision.ended": _about("group", "ended a supervision", "supervisor_id", "role", *_SPELL),
    "assignment.made": _about("group", "assigned to a group", "facilitator_id", "kind", "supervisor_id", *_SPELL),
    "assignment.changed": _about("group", "changed an assignment", "facilitator_id", "supervisor_id", *_SPELL),
    "assignment.ended": _about("group", "ended an assignment", "facilitator_id", "supervisor_id", *_SPELL),
    "assignment.cancelled": _about(
        "group", "cancelled an assignment", "facilitator_id", "kind", "supervisor_id", *_SPELL
    ),
    "appeal.lodged_against_stop": _about("stop", "appealed against a deselection"),
    "appeal.decided_on_stop": _about("stop", "decided an appeal against a deselection", "outcome"),
    "breach.recorded": _about("breach", "recorded a certificate as false", "number", "spells"),
    "breach.touched_group": _about("group", "found days that rested on a false certificate", "kind", *_SPELL),
    "delivery.recorded": _about("group", "recorded a day delivered", "day"),
    "delivery.taken_back": _about("group", "took back a day delivered", "day"),
    "agreed_action.done": _about("supervisor_record", "said that what was agreed was done", "position", "done_on"),
    "group.edition_changed": _about("group", "moved to another edition of its programme", "edition"),
    "schedule.laid_out": _about(
        "group", "laid out the schedule", "nation", "modules", "slots", "sessions", "starts_on", "ends_on"
    ),
    "session.added": _about("group", "added a session", *_SESSION),
    "session.moved": _about("group", "moved a session", *_SESSION),
    "session.removed": _about("group", "took a session back", *_SESSION),
    "room.changed": _about("group", "changed who is in the room", "title", "day", "in_room"),
    "trainee.sits_in": _about("group", "let a trainee sit in", "title", "day"),
    "trainee.taken_off": _about("group", "took a trainee off a session", "title", "day"),
    "supervisor_record.drafted": _about("supervisor_record", "began a supervisor's record", *_RECORD),
    "supervisor_record.changed": _about("supervisor_record", "changed a draft of a supervisor's record", *_RECORD),
    "supervisor_record.discarded": _about("supervisor_record", "threw a draft away", *_RECORD),
    "supervisor_record.signed": _about("supervisor_record", "signed a supervisor's record", *_RECORD),
    "supervisor_record.viewed": _about("supervisor_record", "looked at a supervisor's record"),
    "staff.supervision_viewed": _about("staff", "looked at somebody's supervision"),
    "wellbeing.logged": _about("staff", "logged wellbeing support", "on_day"),
    "record_form.drafted": _about("record_form", "began a version of a form", *_FORM_OF_RECORDS),
    "record_form.changed": _about("record_form", "changed the draft of a form", *_FORM_OF_RECORDS),
    "record_form.published": _about("record_form", "published a version of a form", *_FORM_OF_RECORDS),
    "session.recorded": _about("group", "recorded a session", *_SESSION_RECORD),
    "session.corrected": _about("group", "put the record of a session right", *_SESSION_RECORD),
    "calendar_link.made": _about("calendar_link", "made a link to a calendar", "group_id"),
    "calendar_link.revoked": _about("calendar_link", "revoked a link to a calendar", "group_id"),
    "trail.checked": _about("trail", "checked the trail against its seals", "entries", "seals", "faults"),
    "notice.tried_again": _about("notice", "sent a letter again", "tries", "last_error"),
}
