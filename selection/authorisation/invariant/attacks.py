"""What plain SQL must not get past the schema, and what it must be able to do; on the people of `scratch`.

Authorisations: 1 Ann facilitator, 2 Tom treatment manager, 3 Tom facilitator, 4 Bob facilitator (to the end of June),
5 Meg designated supervisor; certificates 1 to 3 are Ann's, 4 to 6 and 7 to 9 Tom's, 10 to 12 Bob's, 13 to 15 Meg's.
Recognitions have the same numbers; 16 is a second one of Ann's selection, on which no certificate stands yet.

Group 4 is far ahead: Eva (authorisation 6) is assigned to it (2) until the end of September under Sue (7), and at its
session 1, on 1 July, which is to come; session 2, on 4 May, was held with her. Session 3 is of a group long over.
"""

from dataclasses import dataclass

ASSIGN = (
    "INSERT INTO assignment (group_id, programme_id, facilitator_id, kind, starts_on, ends_on, authorisation_id,"
    " authorisation_role, authorisation_from, authorisation_to, supervision_id, supervisor_id, supervision_from,"
    " supervision_to, practice_id, practice_from, practice_to, made_at, made_by_id, version) VALUES ({group},"
    " {programme}, {who}, 'cover', '{first}', '{last}', {right}, '{role}', '2026-01-01', '{right_to}', {supervision},"
    " {supervisor}, {from_}, {to}, {practice}, '2026-01-01', '{lapses}', '2026-01-01', 1, 1)"
)
SUPERVISE = (
    "INSERT INTO supervision (group_id, programme_id, supervisor_id, role, starts_on, ends_on, follows_on,"
    " authorisation_id, authorisation_from, authorisation_to, version) VALUES ({group}, 1, {who},"
    " 'designated_supervisor', '{first}', '{last}', {follows}, 5, '2026-01-01', '2027-12-31', 1)"
)
CERTIFY = (
    "INSERT INTO certificate (number, staff_id, stage, valid_from, valid_to, issued_at, issued_by_id,"
    " recognition_id, withdrawn_reason, version) VALUES ('forged', {who}, '{stage}', '2026-01-01', '2027-12-31',"
    " '2026-01-01', 1, {recognition}, '', 1)"
)
AUTHORISE = (
    "INSERT INTO authorisation (staff_id, programme_id, role, valid_from, valid_to, selection_id, selection_stage,"
    " selection_from, selection_to, fundamental_id, fundamental_stage, fundamental_from, fundamental_to, training_id,"
    " training_stage, training_from, training_to, made_at, made_by_id, version) VALUES ({who}, {programme}, '{role}',"
    " '2026-01-01', '{last}', {selection}, 'selection', '2026-01-01', '2027-12-31', 2, 'fundamental', '2026-01-01',"
    " '2027-12-31', {training}, 'programme', '2026-01-01', '2027-12-31', '2026-01-01', 1, 1)"
)
DECIDE = (
    "INSERT INTO decision (candidacy_id, staff_id, result, decided_on, signed_at, chair_id, reason, standard_hash,"
    " role_play_kind, presentation_kind, formal_interview_kind) VALUES (1, 3, 'selected', '2026-01-01', '2026-01-01',"
    " 4, '', '', 'role_play', 'presentation', 'formal_interview')"
)
PLACE = (
    "INSERT INTO session_facilitator (session_id, session_day, group_id, facilitator_id, assignment_id,"
    " assignment_from, assignment_to, role, in_room) VALUES ({session}, '{day}', {group}, {who}, {assignment},"
    " '{first}', '{last}', 'regular', TRUE)"
)
MEET = (
    "INSERT INTO group_session (group_id, group_from, group_to, programme_id, module_id, number, title, kind, day,"
    " starts_at, ends_at, state, version) VALUES ({group}, '{first}', '{last}', 1, {module}, 9, 'x', 'regular',"
    " '{day}', '{starts_at}', '12:30', 'planned', 1)"
)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Statements run as one transaction; `dialect` None means on both databases."""

    name: str
    statements: tuple[str, ...]
    dialect: str | None = None


def assign(**given: object) -> str:
    """Return the statement that assigns Bob to Ann's group in April and May, or as given."""
    usual = {
        "group": 1,
        "programme": 1,
        "who": 5,
        "first": "2026-04-01",
        "last": "2026-05-31",
        "right": 4,
        "role": "facilitator",
        "right_to": "2026-06-30",
        "supervision": 1,
        "supervisor": 2,
        "from_": "'2026-03-02'",
        "to": "'2026-08-31'",
        "practice": 4,
        "lapses": "2028-01-01",
    }
    return ASSIGN.format(**(usual | given))


def _supervise(**given: object) -> str:
    return SUPERVISE.format(**({"group": 1, "who": 6, "follows": "NULL"} | given))


def _authorise(**given: object) -> str:
    usual = {"who": 1, "programme": 1, "role": "facilitator", "last": "2027-12-31", "selection": 1, "training": 3}
    return AUTHORISE.format(**(usual | given))


def _place(**given: object) -> str:
    usual = {"session": 3, "day": "9000-08-03", "group": 4, "who": 7, "assignment": 2}
    return PLACE.format(**(usual | {"first": "9000-01-01", "last": "9000-09-30"} | given))


def _meet(**given: object) -> str:
    usual = {"group": 4, "first": "9000-01-01", "last": "9000-12-31", "module": 1, "day": "9000-08-03"}
    return MEET.format(**(usual | {"starts_at": "10:00"} | given))


def one(name: str, *statements: str, dialect: str | None = None) -> Attempt:
    """Return an attempt on both databases, or on the one that is named."""
    return Attempt(name, statements, dialect)


MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("shorten a certificate under a live assignment", "UPDATE certificate SET valid_to = '2026-06-30' WHERE id = 1"),
    one("shorten the certificate of programme training", "UPDATE certificate SET valid_to = '2026-03-01' WHERE id = 3"),
    one("delete a certificate", "DELETE FROM certificate WHERE id = 2"),
    one("give a certificate to another person", "UPDATE certificate SET staff_id = 3 WHERE id = 1"),
    one("turn a certificate into one of another step", "UPDATE certificate SET stage = 'fundamental' WHERE id = 1"),
    one("turn a certificate to another programme", "UPDATE certificate SET programme_id = 2 WHERE id = 3"),
    one("move a certificate's number, and with it what leans on it", "UPDATE certificate SET id = 99 WHERE id = 1"),
    one("make a certificate that stands on nothing", CERTIFY.format(who=3, stage="selection", recognition="NULL")),
    one("make a certificate on another's recognition", CERTIFY.format(who=3, stage="selection", recognition=16)),
    one(
        "make a certificate on the recognition of another step",
        CERTIFY.format(who=1, stage="fundamental", recognition=16),
    ),
    one("select somebody without three competent exercises", DECIDE),
    one(
        "shorten an authorisation under a live assignment",
        "UPDATE authorisation SET valid_to = '2026-06-30' WHERE id = 1",
    ),
    one("let an authorisation begin later", "UPDATE authorisation SET valid_from = '2026-04-01' WHERE id = 1"),
    one("delete an authorisation", "DELETE FROM authorisation WHERE id = 1"),
    one("give an authorisation to another person", "UPDATE authorisation SET staff_id = 3 WHERE id = 1"),
    one("turn an authorisation to another role", "UPDATE authorisation SET role = 'treatment_manager' WHERE id = 1"),
    one("turn an authorisation to another programme", "UPDATE authorisation SET programme_id = 2 WHERE id = 1"),
    one(
        "let an authorisation outlast its certificates", "UPDATE authorisation SET valid_to = '2028-06-30' WHERE id = 1"
    ),
    one(
        "let an authorisation outlast its certificates with forged windows",
        "UPDATE authorisation SET valid_to = '2028-06-30', selection_to = '2028-12-31',"
        " fundamental_to = '2028-12-31', training_to = '2028-12-31' WHERE id = 1",
    ),
    one("authorise without programme training", _authorise(training="NULL")),
    one("authorise on another's certificate", _authorise(who=3)),
    one("authorise on the certificate of another step", _authorise(selection=2)),
    one("authorise on the training of another programme", _authorise(programme=2)),
    one("authorise to supervise without an appointment", _authorise(role="treatment_manager")),
    one(
        "shorten an appointment under a live supervision", "UPDATE appointment SET valid_to = '2026-06-30' WHERE id = 1"
    ),
    one("forge a copied window on an assignment", "UPDATE assignment SET authorisation_to = '2030-12-31' WHERE id = 1"),
    one(
        "stretch an assignment under a forged window",
        "UPDATE assignment SET authorisation_to = '2030-12-31', supervision_to = '2030-12-31',"
        " ends_on = '2030-12-31' WHERE id = 1",
    ),
    one(
        "forge a copied window on a supervision", "UPDATE supervision SET authorisation_to = '2030-12-31' WHERE id = 1"
    ),
    one("take the window off an assignment", "UPDATE assignment SET authorisation_to = NULL WHERE id = 1"),
    one("assign past the end of an authorisation", assign(last="2026-07-31")),
    one("assign before an authorisation begins", assign(first="2025-12-31")),
    one("assign somebody without training", assign(who=3)),
    one("assign somebody without training and without papers", assign(who=3, right="NULL")),
    one("assign a supervisor's right as a facilitator's", assign(who=6, right=5, right_to="2027-12-31", practice=5)),
    one(
        "assign a supervisor under a role of that name",
        assign(who=6, right=5, right_to="2027-12-31", role="designated_supervisor", practice=5),
    ),
    one("assign in another programme", assign(group=2, programme=2)),
    one("assign to a group of another programme", assign(group=2)),
    one("assign without supervision", assign(supervision="NULL", supervisor="NULL", from_="NULL", to="NULL")),
    one("assign under the supervision of another group", assign(supervision=2, to="'2026-05-31'")),
    one("assign past the end of the supervision", assign(group=3, supervision=2, to="'2026-05-31'", last="2026-06-01")),
    one("assign somebody under themselves", assign(who=2, right=3, right_to="2027-12-31", practice=3)),
    one("assign under a name that does not supervise", assign(supervisor=6)),
    one("put another person on an assignment", "UPDATE assignment SET facilitator_id = 3 WHERE id = 1"),
    one("move an assignment to another group", "UPDATE assignment SET group_id = 3 WHERE id = 1"),
    one("end the supervision under a live assignment", "UPDATE supervision SET ends_on = '2026-06-30' WHERE id = 1"),
    one("delete the supervision", "DELETE FROM supervision WHERE id = 1"),
    one("put another person in the supervisor's place", "UPDATE supervision SET supervisor_id = 3 WHERE id = 1"),
    one("let the facilitator supervise", "UPDATE supervision SET supervisor_id = 1 WHERE id = 1"),
    one("move a supervision to another group", "UPDATE supervision SET group_id = 2 WHERE id = 1"),
    one("leave a gap in a handover", "UPDATE supervision SET starts_on = '2026-06-02' WHERE id = 3"),
    one("end the first half of a handover early", "UPDATE supervision SET ends_on = '2026-05-30' WHERE id = 2"),
    one("take the second half of a handover away", "DELETE FROM supervision WHERE id = 3"),
    one("name a second supervisor for the same days", _supervise(first="2026-04-01", last="2026-04-30")),
    one(
        "name a second supervisor by a forged handover",
        _supervise(group=3, first="2026-06-01", last="2026-07-31", follows="'2026-05-31'"),
    ),
    one("open a group that nobody supervises", "UPDATE delivery_group SET state = 'open' WHERE id = 2"),
    one(
        "open a group under a supervision that is not there",
        "UPDATE delivery_group SET state = 'open', supervised_from = starts_on, supervised_to = ends_on WHERE id = 2",
    ),
    one("let a group run past its supervision", "UPDATE delivery_group SET ends_on = '2026-09-30' WHERE id = 3"),
    one(
        "let a group run past its supervision with forged days",
        "UPDATE delivery_group SET ends_on = '2026-09-30', supervised_to = '2026-09-30' WHERE id = 3",
    ),
    one("let a group begin before its supervision", "UPDATE delivery_group SET starts_on = '2026-02-02' WHERE id = 3"),
    one("move a group to another programme", "UPDATE delivery_group SET programme_id = 2 WHERE id = 1"),
    one("plan a session before its group begins", _meet(day="8999-12-31")),
    one("plan a session beyond its group's days", _meet(day="9001-01-01")),
    one("plan a session beyond its group's days with forged days", _meet(day="9001-01-01", last="9001-12-31")),
    one("plan a session of another programme's module", _meet(module=2)),
    one("plan a session that ends before it begins", _meet(starts_at="13:00")),
    one("cut a group's days from under a session", "UPDATE delivery_group SET ends_on = '9000-06-30' WHERE id = 4"),
    one(
        "move a session to a day outside a facilitator's spell",
        "UPDATE group_session SET day = '9000-10-01' WHERE id = 1",
    ),
    one(
        "move a session outside a spell with a forged window",
        "UPDATE session_facilitator SET assignment_to = '9000-12-31' WHERE session_id = 1",
        "UPDATE group_session SET day = '9000-10-01' WHERE id = 1",
    ),
    one("forge the day of a place", "UPDATE session_facilitator SET session_day = '9000-08-03' WHERE session_id = 1"),
    one("end an assignment under a place", "UPDATE assignment SET ends_on = '9000-06-30' WHERE id = 2"),
    one("delete an assignment under a place", "DELETE FROM assignment WHERE id = 2"),
    one("put somebody on a session on another's assignment", _meet(), _place(session=4, who=1)),
    one(
        "put somebody on a session of a group that they are not on",
        _meet(),
        _place(session=4, who=1, assignment=1, first="2026-03-02", last="2026-08-31"),
    ),
    one(
        "put somebody on a session of a group that they are not on under another group's name",
        _meet(),
        _place(session=4, group=1, who=1, assignment=1, first="2026-03-02", last="2026-08-31", day="2026-08-03"),
    ),
    one("put somebody on a session without an assignment", _meet(), _place(session=4, assignment="NULL")),
    one("put somebody on a session after their spell", _meet(day="9000-11-02"), _place(session=4, day="9000-11-02")),
    one("give a place to another person", "UPDATE session_facilitator SET facilitator_id = 1 WHERE session_id = 1"),
    one("add somebody to a session that was held", _place(session=2, day="9000-05-04")),
    one("take somebody off a session that was held", "DELETE FROM session_facilitator WHERE session_id = 2"),
    one(
        "say afterwards that somebody was not in the room",
        "UPDATE session_facilitator SET in_room = FALSE WHERE session_id = 2",
    ),
    one("move a session that was held", "UPDATE group_session SET day = '9000-05-05' WHERE id = 2"),
    one("turn a held session into one that was not", "UPDATE group_session SET state = 'not_held' WHERE id = 2"),
    one("make a held session planned again", "UPDATE group_session SET state = 'planned' WHERE id = 2"),
    one("delete a session that was held", "DELETE FROM session_facilitator", "DELETE FROM group_session WHERE id = 2"),
    one("move a session whose day is over", "UPDATE group_session SET day = '2020-02-04' WHERE id = 3"),
    one("change the time of a session whose day is over", "UPDATE group_session SET ends_at = '13:00' WHERE id = 3"),
    one("delete a session whose day is over", "DELETE FROM group_session WHERE id = 3"),
    one(
        "let a trainee join a session that was held",
        "INSERT INTO session_trainee (session_id, staff_id, agreed_by_id, agreed_at) VALUES (2, 3, 1, '2026-01-01')",
    ),
    one("let a supervisor deputise for themselves", "UPDATE supervision SET deputises_for_id = 2 WHERE id = 1"),
    one("rewrite a recognition", "UPDATE recognition SET approved_by_id = 2 WHERE id = 1"),
    one("delete a recognition", "DELETE FROM recognition WHERE id = 1"),
    one(
        "rewrite the trail",
        "INSERT INTO trail_entry (at, actor_name, event, subject, reason) VALUES ('2026-01-01', 'x', 'x', 'x', '')",
        "UPDATE trail_entry SET actor_name = 'y'",
    ),
    one(
        "delete from the trail",
        "INSERT INTO trail_entry (at, actor_name, event, subject, reason) VALUES ('2026-01-01', 'x', 'x', 'x', '')",
        "DELETE FROM trail_entry",
    ),
    one("switch foreign keys off", "PRAGMA foreign_keys = OFF", assign(who=3), dialect="sqlite"),
    one("ignore CHECKs", "PRAGMA ignore_check_constraints = ON", assign(last="2026-07-31"), dialect="sqlite"),
    one(
        "replace a fact in place",
        "INSERT OR REPLACE INTO recognition SELECT id, 3, stage, programme_id, evidence, reason, requested_by_id,"
        " approved_by_id, approved_on, approved_at FROM recognition WHERE id = 1",
        dialect="sqlite",
    ),
    one("empty a table", "TRUNCATE certificate CASCADE", dialect="postgresql"),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one("make a certificate on one's own recognition", CERTIFY.format(who=1, stage="selection", recognition=16)),
    one("assign within the days of the authorisation and the supervision", assign()),
    one("end an assignment early", "UPDATE assignment SET ends_on = '2026-05-31' WHERE id = 1"),
    one("move a session within everybody's spell", "UPDATE group_session SET day = '9000-09-30' WHERE id = 1"),
    one("plan a session, and put the team on it", _meet(), _place(session="(SELECT max(id) FROM group_session)")),
    one("record a session whose day is over", "UPDATE group_session SET state = 'not_held' WHERE id = 3"),
    one(
        "end an assignment once its places are free",
        "DELETE FROM session_facilitator WHERE session_id = 1",
        "UPDATE assignment SET ends_on = '9000-06-30' WHERE id = 2",
    ),
    one(
        "let a group run longer, and its sessions know",
        "UPDATE supervision SET ends_on = '9001-06-30' WHERE id = 4",
        "UPDATE delivery_group SET ends_on = '9001-06-30', supervised_to = '9001-06-30' WHERE id = 4",
        _meet(day="9001-06-04", last="9001-06-30"),
    ),
    one("lengthen a certificate", "UPDATE certificate SET valid_to = '2028-12-31' WHERE id = 1"),
    one(
        "withdraw a certificate once what leans on it is ended",
        "UPDATE assignment SET ends_on = '2026-05-31' WHERE id = 1",
        "UPDATE authorisation SET valid_to = '2026-05-31' WHERE id = 1",
        "UPDATE certificate SET valid_to = '2026-05-31' WHERE id = 1",
    ),
    one(
        "hand the supervision over and split the assignment",
        "UPDATE assignment SET ends_on = '2026-05-31' WHERE id = 1",
        "UPDATE supervision SET ends_on = '2026-05-31' WHERE id = 1",
        _supervise(first="2026-06-01", last="2026-08-31", follows="'2026-05-31'"),
        assign(
            who=1,
            right=1,
            practice=1,
            right_to="2027-12-31",
            first="2026-06-01",
            last="2026-08-31",
            supervision="(SELECT max(id) FROM supervision)",
            supervisor=6,
            from_="'2026-06-01'",
        ),
    ),
    one(
        "halt a group and end its supervision",
        "UPDATE assignment SET ends_on = '2026-05-31' WHERE id = 1",
        "UPDATE delivery_group SET state = 'halted', supervised_to = '2026-05-31' WHERE id = 1",
        "UPDATE supervision SET ends_on = '2026-05-31' WHERE id = 1",
    ),
    one(
        "open a group once somebody is named for each of its days",
        "UPDATE delivery_group SET programme_id = 1 WHERE id = 2",
        _supervise(group=2, first="2026-03-02", last="2026-08-31"),
        "UPDATE delivery_group SET state = 'open', supervised_from = starts_on, supervised_to = ends_on WHERE id = 2",
    ),
    one(
        "assign a second person in the second half",
        assign(
            group=3,
            who=1,
            right=1,
            practice=1,
            right_to="2027-12-31",
            supervision=3,
            supervisor=6,
            first="2026-06-01",
            last="2026-08-31",
            from_="'2026-06-01'",
        ),
    ),
)
