"""Attacks on practice and on days delivered.

Each certificate of programme training began a practice: 1 is Ann's, 2 and 3 Tom's, 4 Bob's, 5 Meg's. Day delivered 1 is
Ann's of 2 March 2026, on which no practice rests yet.
"""

from selection.authorisation.invariant.assigned import assign
from selection.authorisation.invariant.attempt import Attempt, one, switched_off

DELIVER = (
    "INSERT INTO delivered_day (staff_id, programme_id, group_id, day, assignment_id, assignment_from, assignment_to,"
    " stands, why_not, recorded_at, recorded_by_id, version) VALUES ({who}, 1, {group}, '{day}', {assignment},"
    " '2026-03-02', '2026-08-31', TRUE, '', '2026-01-01', 1, 1)"
)
KEEP_UP = (
    "UPDATE practice SET delivered_id = {delivered}, delivered_on = '{day}', delivered_stands = TRUE,"
    " lapses_on = '{lapses}' WHERE id = {practice}"
)
OTHER_MONTHS = (
    "INSERT INTO lapse_setting (programme_id, from_day, to_day, months, reason, made_at, made_by_id)"
    " VALUES (1, '2026-07-01', '9999-12-31', 6, 'Evidence', '2026-01-01', 1)"
)
REST_ON_IT = (
    "UPDATE practice SET setting_id = (SELECT max(id) FROM lapse_setting),"
    " setting_from = '{from_}', setting_to = '9999-12-31', months = 6,"
    " lapses_on = '{lapses}' WHERE begins_on = '{begun}'"
)
END_THE_FIRST = "UPDATE lapse_setting SET to_day = '2026-06-30' WHERE id = 1"


def _rest_on_it(**given: object) -> str:
    return REST_ON_IT.format(**({"from_": "2026-07-01", "lapses": "2026-07-01", "begun": "2026-01-01"} | given))


AHEAD = _rest_on_it(begun="9000-01-01", lapses="9000-07-01")


def _deliver(**given: object) -> str:
    return DELIVER.format(**({"who": 1, "group": 1, "day": "2026-04-06", "assignment": 1} | given))


def _keep_up(**given: object) -> str:
    usual = {"delivered": 1, "day": "2026-03-02", "lapses": "2028-03-02", "practice": 1}
    return KEEP_UP.format(**(usual | given))


MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("assign without practice", assign(practice="NULL")),
    one("assign within another's practice", assign(practice=1)),
    one("assign within a forged practice", assign(lapses="2030-01-01")),
    one(
        "assign after a lapse",
        "UPDATE practice SET lapses_on = '2026-03-31' WHERE id = 4",
        assign(lapses="2026-03-31"),
    ),
    one(
        "let a practice lapse before an assignment begins", "UPDATE practice SET lapses_on = '2026-03-01' WHERE id = 1"
    ),
    one("put a lapse off without delivery", "UPDATE practice SET lapses_on = '2028-01-02' WHERE id = 1"),
    one(
        "put a lapse off by other months than the setting's",
        "UPDATE practice SET months = 36, lapses_on = '2029-01-01' WHERE id = 1",
    ),
    one("put a lapse off by another programme's setting", "UPDATE practice SET setting_id = 2 WHERE id = 1"),
    one("let months be in force for longer than they are", OTHER_MONTHS, _rest_on_it(from_="2025-07-01")),
    one("put a lapse off to after the setting's end", OTHER_MONTHS, END_THE_FIRST),
    one("put a lapse off by a setting, beyond its months", OTHER_MONTHS, _rest_on_it(lapses="2026-07-02")),
    one("change the months of a setting", "UPDATE lapse_setting SET months = 36 WHERE id = 2"),
    one("end a setting where none follows", "UPDATE lapse_setting SET to_day = '2026-06-30' WHERE id = 2"),
    one(
        "end a setting before the next begins",
        OTHER_MONTHS,
        _rest_on_it(),
        AHEAD,
        END_THE_FIRST.replace("06-30", "06-29"),
    ),
    one("make a setting before the latest", OTHER_MONTHS, OTHER_MONTHS.replace("2026-07-01", "2026-06-01")),
    one("change a setting without a reason", OTHER_MONTHS.replace("Evidence", "")),
    one("delete a setting", "DELETE FROM lapse_setting WHERE id = 2"),
    *switched_off("make a setting", OTHER_MONTHS),
    one("put a lapse off beyond a day delivered", _keep_up(lapses="2028-03-03")),
    one("put a lapse off by a day that is not delivered", _keep_up(day="2026-04-06", lapses="2028-04-06")),
    one("put a lapse off by another's day delivered", _keep_up(practice=4)),
    one("let practice begin later than its certificate", "UPDATE practice SET begins_on = '2026-02-01' WHERE id = 1"),
    one("move practice to another certificate", "UPDATE practice SET certificate_id = 12 WHERE id = 1"),
    one("give practice to another person", "UPDATE practice SET staff_id = 5 WHERE id = 1"),
    one("delete practice", "DELETE FROM practice WHERE id = 5"),
    one("deliver without an assignment", _deliver(who=5)),
    one("deliver on a day outside the assignment", _deliver(day="2026-09-01")),
    one("deliver a group that one is not on", _deliver(group=3)),
    one("move a day delivered", "UPDATE delivered_day SET day = '2026-04-06' WHERE id = 1"),
    one("delete a day delivered", "DELETE FROM delivered_day WHERE id = 1"),
    one("end an assignment before a day delivered", "UPDATE assignment SET starts_on = '2026-03-03' WHERE id = 1"),
    one(
        "take back a day delivered that practice rests on",
        _keep_up(),
        "UPDATE delivered_day SET stands = FALSE, why_not = 'An error' WHERE id = 1",
    ),
    one(
        "shorten the programme's months under an assignment that needs them",
        OTHER_MONTHS.replace("2026-07-01", "2026-02-01"),
        _rest_on_it(from_="2026-02-01", lapses="2026-03-01"),
    ),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one("put a lapse off by a day delivered", _deliver(), _keep_up()),
    one(
        "take back a day delivered once practice rests on another",
        _deliver(),
        _keep_up(delivered="(SELECT max(id) FROM delivered_day)", day="2026-04-06", lapses="2028-04-06"),
        "UPDATE delivered_day SET stands = FALSE, why_not = 'An error' WHERE id = 1",
    ),
    one("change the months, and all practice with them", OTHER_MONTHS, _rest_on_it(), AHEAD, END_THE_FIRST),
    one("let a practice lapse that nothing leans on", "UPDATE practice SET lapses_on = '2026-03-01' WHERE id = 4"),
)
