"""Attacks on planned sessions and on the places at them.

Group 4 is far ahead: Eva (authorisation 6) is assigned to it (2) until the end of September under Sue (7), and at its
session 1, on 1 July, which is to come; session 2, on 4 May, was held with her. Session 3 is of a group long over.
"""

from selection.authorisation.invariant.attempt import Attempt, one

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


def _place(**given: object) -> str:
    usual = {"session": 3, "day": "9000-08-03", "group": 4, "who": 7, "assignment": 2}
    return PLACE.format(**(usual | {"first": "9000-01-01", "last": "9000-09-30"} | given))


def _meet(**given: object) -> str:
    usual = {"group": 4, "first": "9000-01-01", "last": "9000-12-31", "module": 1, "day": "9000-08-03"}
    return MEET.format(**(usual | {"starts_at": "10:00"} | given))


MUST_BE_REFUSED: tuple[Attempt, ...] = (
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
        "forge the window of a place",
        "UPDATE session_facilitator SET assignment_to = '9000-12-31' WHERE session_id = 1",
    ),
    one("delete an assignment under a place", "DELETE FROM assignment WHERE id = 2"),
    one("forge the day of a place", "UPDATE session_facilitator SET session_day = '9000-08-03' WHERE session_id = 1"),
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
    one("delete a session that was held", "DELETE FROM group_session WHERE id = 2"),
    one("move a session whose day is over", "UPDATE group_session SET day = '2020-02-04' WHERE id = 3"),
    one("change the time of a session whose day is over", "UPDATE group_session SET ends_at = '13:00' WHERE id = 3"),
    one("delete a session whose day is over", "DELETE FROM group_session WHERE id = 3"),
    one(
        "let a trainee join a session that was held",
        "INSERT INTO session_trainee (session_id, staff_id, agreed_by_id, agreed_at) VALUES (2, 3, 1, '2026-01-01')",
    ),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
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
)
