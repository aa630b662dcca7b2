"""Attacks on results of training: certificates that one person alone, or somebody close, would make.

Una passed fundamental training: Tom (account 2) recorded it, Meg (account 3) assessed a part, Bob (account 4) is her
line manager, Sue (account 5) knows her, and Una has account 6. Lea (account 1) has no part in it.
"""

from selection.authorisation.invariant.attempt import Attempt, one, switched_off

LOGIN = (
    "INSERT INTO account (staff_id, email, name, password_hash, session_key, active, failed_sign_ins, version)"
    " VALUES ({who}, '{who}@login.example', 'x', '-', 'key {who}', TRUE, 0, 1)"
)
VERSION = (
    "INSERT INTO course_version (course_id, number, days, attendance_percent, valid_months, months_after_step_before,"
    " reassess_months, attempts, understanding_method, competencies_method, abilities_method, trainers_authorised,"
    " trainers_years, reason, made_at) SELECT id, 1, 1, 90, 36, 12, 3, 2, 'x', 'x', 'x', FALSE, 0, '',"
    " '2026-01-01 12:00:00' FROM course WHERE title = 'Skills'"
)
EVENT = (
    "INSERT INTO event (course_id, course_version_id, area_id, title, venue, places, starts_on, ends_on,"
    " cancelled_reason, version) SELECT v.course_id, v.id, 1, 'x', 'x', 9, '2026-01-05', '2026-01-05', '', 1"
    " FROM course_version v JOIN course c ON c.id = v.course_id WHERE c.title = 'Skills'"
)
ASSESS = (
    "INSERT INTO part_assessment (booking_id, staff_id, part, attempt, result, method, note, assessed_on,"
    " assessed_by_id, recorded_by_id, recorded_at, reason) VALUES (1, 3, '{part}', 1, 'passed', 'x', '',"
    " '2026-01-05', {by}, 2, '2026-01-05 12:00:00', '')"
)
RESULT = (
    "INSERT INTO course_result (booking_id, staff_id, course_id, stage, understanding, competencies, abilities,"
    " attended_enough, passed, note, recorded_by_id, recorded_on, recorded_at) SELECT 1, 3, id, 'fundamental',"
    " 'passed', 'passed', 'passed', TRUE, TRUE, '', 2, '2026-01-05', '2026-01-05 12:00:00' FROM course"
    " WHERE title = 'Skills'"
)
CERTIFY = (
    "INSERT INTO certificate (number, staff_id, stage, valid_from, valid_to, issued_at, issued_by_id, result_id,"
    " result_passed, withdrawn_reason, version) VALUES ('new', 3, 'fundamental', '2026-01-05', '2029-01-04',"
    " '2026-01-06 12:00:00', {by}, 1, TRUE, '', 1)"
)
EXTEND = (
    "INSERT INTO certificate_extension (certificate_id, staff_id, stage, from_day, to_day, reason, requested_by_id,"
    " approved_by_id, approved_at) SELECT id, staff_id, stage, '2027-12-31', '2028-03-31', 'x', 6, 4,"
    " '2026-03-01 12:00:00' FROM certificate WHERE id = 1"
)

FURNISH = (
    *(LOGIN.format(who=who) for who in (2, 6, 5, 8, 3)),
    "UPDATE staff SET line_manager_id = 5 WHERE id = 3",
    "INSERT INTO acquaintance (staff_id, other_id, declared_on, note) VALUES (8, 3, '2026-01-01', '')",
    "INSERT INTO course (title, stage, kind, version) VALUES ('Skills', 'fundamental', 'training', 1)",
    VERSION,
    EVENT,
    "INSERT INTO booking (event_id, staff_id, booked_at, version) VALUES (1, 3, '2026-01-01 12:00:00', 1)",
    ASSESS.format(part="abilities", by=6),
    RESULT,
)

MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("certify a result that one recorded", CERTIFY.format(by=2)),
    one("certify a result that one assessed a part of", CERTIFY.format(by=3)),
    one("certify somebody whom one manages", CERTIFY.format(by=4)),
    one("certify somebody whom one knows", CERTIFY.format(by=5)),
    one("certify one's own result", CERTIFY.format(by=6)),
    one("assess a part of somebody whom one manages", ASSESS.format(part="understanding", by=5)),
    one("assess a part of somebody whom one knows", ASSESS.format(part="understanding", by=8)),
    one("assess a part of one's own", ASSESS.format(part="understanding", by=3)),
    *switched_off("assess a part", ASSESS.format(part="understanding", by=2)),
    one("empty the assessments", "TRUNCATE part_assessment CASCADE", dialect="postgresql"),
    *switched_off("make a version of a course", VERSION.replace("id, 1, 1, 90", "id, 2, 1, 90")),
    *switched_off(
        "ask for a course before another",
        "INSERT INTO course_prerequisite (course_version_id, course_id) VALUES (1, 1)",
    ),
    *switched_off("extend a certificate", EXTEND),
    one("empty the extensions", "TRUNCATE certificate_extension", dialect="postgresql"),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one(
        "assess as somebody without a tie, and certify as somebody without a part",
        ASSESS.format(part="understanding", by=2),
        CERTIFY.format(by=1),
    ),
)
