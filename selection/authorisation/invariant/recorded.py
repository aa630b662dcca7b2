"""Attacks on what supervisors recorded and on the records of sessions, and what these rest on in the scratch copy.

Form 1 is published, with question 1 in words and question 2 in points of 1 to 4. Record 1 is Tom's of 1 April 2026 on
Ann, signed; record 2 his draft of 8 April. Ann had wellbeing support on 2 April. Session 2 is recorded as held (1);
session 3, of a group long over, is not recorded yet.
"""

from selection.authorisation.invariant.attempt import Attempt, switched_off

UNDER_TOM = "1, '2026-03-02', '2026-08-31'"
ANNS_SPELL = UNDER_TOM
KEEP = (
    "INSERT INTO supervisor_record (kind, group_id, supervisor_id, held_on, form_id, supervision_id, supervision_from,"
    " supervision_to, reason, made_at, made_by_id, signed_at, version) VALUES ('supervision', {group}, {supervisor},"
    " '{day}', 1, {under}, '', '2026-04-01', 1, {signed}, 1)"
)
NAME = (
    "INSERT INTO record_subject (record_id, facilitator_id, kind, group_id, supervisor_id, held_on, on_day, position,"
    " present, assignment_id, assignment_from, assignment_to) VALUES ({record}, {who}, 'supervision', 1, {supervisor},"
    " '{day}', '{day}', {position}, TRUE, {spell})"
)
RATE = (
    "INSERT INTO record_answer (record_id, form_id, question_id, answer, facilitator_id, words, points, not_applicable)"
    " VALUES ({record}, 1, 2, 'points', {who}, '', {points}, {applies})"
)
SUPPORT = (
    "INSERT INTO wellbeing_contact (group_id, facilitator_id, supervisor_id, on_day, supervision_id, supervision_from,"
    " supervision_to, assignment_id, assignment_from, assignment_to) VALUES (1, {who}, {supervisor}, '{day}', {under},"
    " {spell})"
)
TELL = (
    "INSERT INTO session_record (session_id, state, reason, minutes, present, recording, correction, recorded_at,"
    " recorded_by_id, corrects_id) VALUES ({session}, '{state}', '{reason}', {minutes}, {present}, '', '{correction}',"
    " '2026-01-01', 1, {corrects})"
)
DRAFT = "INSERT INTO record_form (kind, number, title, state, version) VALUES ('supervision', 1, 'Form', 'draft', 1)"
POINT = "INSERT INTO form_point (form_id, point, label) VALUES (1, {point}, 'Label')"
ASK = (
    "INSERT INTO form_question (form_id, position, text, hint, answer, required, from_facilitators) VALUES"
    " (1, {position}, 'Topics', '', '{answer}', FALSE, 1)"
)
DONE = (
    "INSERT INTO action_done (action_id, done_on, said_by_id, said_at) VALUES (1, '2026-04-20', 1,"
    " '2026-04-20 12:00:00')"
)


def _keep(**given: object) -> str:
    usual = {"group": 1, "supervisor": 2, "day": "2026-04-08", "under": UNDER_TOM, "signed": "NULL"}
    return KEEP.format(**(usual | given))


def _name(**given: object) -> str:
    usual = {"record": 2, "who": 1, "supervisor": 2, "day": "2026-04-08", "position": 1, "spell": ANNS_SPELL}
    return NAME.format(**(usual | given))


def _rate(**given: object) -> str:
    return RATE.format(**({"record": 2, "who": 1, "points": "NULL", "applies": "FALSE"} | given))


def _support(**given: object) -> str:
    usual = {"who": 1, "supervisor": 2, "day": "2026-04-09", "under": UNDER_TOM, "spell": ANNS_SPELL}
    return SUPPORT.format(**(usual | given))


def _tell(**given: object) -> str:
    usual = {"session": 3, "state": "held", "reason": "", "minutes": 150, "present": 8}
    usual |= {"corrects": "NULL", "correction": ""}
    return TELL.format(**(usual | given))


FURNISH = (
    DRAFT,
    ASK.format(position=1, answer="words"),
    ASK.format(position=2, answer="points"),
    *(POINT.format(point=point) for point in range(1, 5)),
    "UPDATE record_form SET state = 'published', published_at = '2026-01-01'",
    _keep(day="2026-04-01"),
    _name(record=1, day="2026-04-01"),
    _rate(record=1, points=3),
    "INSERT INTO record_action (record_id, position, what, who_id, due_on) VALUES (1, 1, 'Read', 1, '2026-05-01')",
    "UPDATE supervisor_record SET signed_at = '2026-04-01' WHERE id = 1",
    _keep(),
    _name(),
    _support(day="2026-04-02"),
    _tell(session=2),
)

MUST_BE_REFUSED = (
    Attempt("record for a group that one does not supervise", (_keep(supervisor=6),)),
    Attempt("record under another's supervision", (_keep(group=3, supervisor=6),)),
    Attempt("record before one's supervision begins", (_keep(day="2026-03-01"),)),
    Attempt("record after one's supervision, with a forged window", (_keep(under="1, '2026-03-02', '2027-08-31'"),)),
    Attempt("record on oneself", (_name(who=2, position=2),)),
    Attempt("record on somebody who is not supervised", (_name(who=5, position=2),)),
    Attempt("record on somebody under another's name", (_keep(), _name(record=3, supervisor=6))),
    Attempt("record after one's supervision", (_keep(day="2026-09-01"),)),
    Attempt("give a record to another person", ("UPDATE record_subject SET facilitator_id = 5 WHERE record_id = 2",)),
    Attempt("rewrite a signed record", ("UPDATE supervisor_record SET held_on = '2026-04-02' WHERE id = 1",)),
    Attempt("take a signature back", ("UPDATE supervisor_record SET signed_at = NULL WHERE id = 1",)),
    Attempt("delete a signed record", ("DELETE FROM supervisor_record WHERE id = 1",)),
    Attempt("add an answer to a signed record", (_rate(record=1, points=4),)),
    Attempt("change an answer on a signed record", ("UPDATE record_answer SET points = 4 WHERE record_id = 1",)),
    Attempt("take an answer off a signed record", ("DELETE FROM record_answer WHERE record_id = 1",)),
    Attempt("take somebody off a signed record", ("DELETE FROM record_subject",)),
    Attempt("end an assignment before a record on it", ("UPDATE assignment SET ends_on = '2026-03-31' WHERE id = 1",)),
    Attempt("rate with nought", (_rate(points=0),)),
    Attempt("rate beyond the scale", (_rate(points=5),)),
    Attempt("rate what does not apply", (_rate(points=3, applies="TRUE"),)),
    Attempt("rate somebody who is not on the record", (_rate(who=5, points=3),)),
    Attempt("change a question of a published form", ("UPDATE form_question SET text = 'x' WHERE id = 1",)),
    Attempt("add a question to a published form", (ASK.format(position=3, answer="words"),)),
    Attempt("make a published form a draft again", ("UPDATE record_form SET state = 'draft'",)),
    Attempt("log wellbeing support of oneself", (_support(who=2),)),
    Attempt("log wellbeing support of somebody not supervised", (_support(who=5),)),
    Attempt("log wellbeing support under another's name", (_support(supervisor=6),)),
    Attempt("move a day of wellbeing support", ("UPDATE wellbeing_contact SET on_day = '2026-04-03'",)),
    Attempt("delete a day of wellbeing support", ("DELETE FROM wellbeing_contact",)),
    Attempt("record a session as held that is not", (_tell(),)),
    Attempt("record a held session as not held", (_tell(session=2, state="not_held", reason="x", minutes="NULL"),)),
    Attempt(
        "record a session as not held without a reason",
        (
            "UPDATE group_session SET state = 'not_held' WHERE id = 3",
            _tell(state="not_held", minutes="NULL", present="NULL"),
        ),
    ),
    Attempt("record a session twice", (_tell(session=2),)),
    Attempt("rewrite the record of a session", ("UPDATE session_record SET present = 9",)),
    Attempt("delete the record of a session", ("DELETE FROM session_record",)),
    Attempt("switch foreign keys off, and record", ("PRAGMA foreign_keys = OFF", _keep(supervisor=6)), "sqlite"),
    *switched_off("say that an action is done", DONE),
    Attempt("empty the records", ("TRUNCATE supervisor_record CASCADE",), "postgresql"),
)

MUST_BE_ACCEPTED = (
    Attempt(
        "rate, sign, and end the assignment after that day",
        (
            _rate(points="NULL", applies="TRUE"),
            "UPDATE supervisor_record SET signed_at = '2026-04-09' WHERE id = 2",
            "UPDATE assignment SET ends_on = '2026-04-30' WHERE id = 1",
        ),
    ),
    Attempt(
        "record a session whose day is over as held, and put the number right",
        (
            "UPDATE group_session SET state = 'held' WHERE id = 3",
            _tell(),
            _tell(present=7, corrects=2, correction="Miscounted"),
        ),
    ),
)
