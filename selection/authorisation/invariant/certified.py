"""Attacks on requests for recognition, panels, appeals and breaches, and what these rest on in the scratch copy.

Request 1 is Una's, asked by Meg and open, with file 1; request 2 is Ann's, approved by Lea. Stop 1 is Bob's deselection
with Lea on the panel and an appeal that nobody heard yet; stop 2 is Una's suspension. Certificate 13, Meg's, was false.
"""

from selection.authorisation.invariant.attempt import Attempt, one, switched_off

ASK = (
    "INSERT INTO recognition_request (staff_id, stage, learning, requested_by_id, requested_at, state, decided_by_id,"
    " decided_on, decided_at, decision_reason, recognition_id, version) VALUES ({who}, '{stage}', 'Leeds', {by},"
    " '2026-03-01 12:00:00', '{state}', {decided}, '{reason}', {recognition}, 1)"
)
FILE = (
    "INSERT INTO evidence_file (request_id, name, kind, size, sha256, added_by_id, added_at) VALUES ({request},"
    " 'a.pdf', 'application/pdf', 9, '{hash}', 1,"
    " '2026-03-01 12:00:00')"
)
STOP = (
    "INSERT INTO stop (staff_id, programme_id, kind, from_day, to_day, reason, decided_by_id, decided_at, version)"
    " VALUES ({who}, 1, '{kind}', '2026-07-01', '9999-12-31', 'x', 1, '2026-03-01 12:00:00', 1)"
)
SIT = "INSERT INTO stop_role (stop_id, staff_id, stopped_id, part) VALUES ({stop}, {who}, {stopped}, '{part}')"
APPEAL = (
    "INSERT INTO stop_appeal (stop_id, staff_id, stop_kind, lodged_on, lodged_at, lodged_by_id, grounds,"
    " decision_reason, version) VALUES ({stop}, {who}, '{kind}', '2026-07-02', '2026-03-01 12:00:00', 1, 'x', '', 1)"
)
HEAR = (
    "UPDATE stop_appeal SET outcome = 'upheld', heard_by_id = {who}, hearing_part = '{part}',"
    " decided_on = '2026-07-03', decided_at = '2026-03-01 12:00:00', decision_reason = 'x' WHERE id = 1"
)
BREACH = (
    "INSERT INTO breach (certificate_id, staff_id, stage, found_on, what, recorded_at, recorded_by_id) VALUES"
    " ({certificate}, {who}, '{stage}', '2026-03-01', '{what}', '2026-03-01 12:00:00', 1)"
)
SPELL = (
    "INSERT INTO breach_spell (breach_id, group_id, did, first_day, last_day, days_delivered) VALUES"
    " (1, 3, 'supervised', '2026-06-01', '2026-06-30', 0)"
)
BY_LEA, UNDECIDED = "4, '2026-03-01', '2026-03-01 12:00:00'", "NULL, NULL, NULL"


def _ask(**given: object) -> str:
    usual = {"who": 3, "stage": "selection", "by": 6, "state": "open", "decided": UNDECIDED, "reason": ""}
    return ASK.format(**(usual | {"recognition": "NULL"} | given))


def _approved(**given: object) -> str:
    usual = {"who": 1, "by": 3, "state": "approved", "decided": BY_LEA, "reason": "x", "recognition": 16}
    return _ask(**(usual | given))


def _sit(**given: object) -> str:
    return SIT.format(**({"stop": 1, "who": 6, "stopped": 5, "part": "appeal"} | given))


def _breach(**given: object) -> str:
    return BREACH.format(**({"certificate": 14, "who": 6, "stage": "fundamental", "what": "Forged"} | given))


FURNISH = (
    _ask(stage="fundamental"),
    _approved(recognition=1),
    FILE.format(request=1, hash="a" * 64),
    STOP.format(who=5, kind="deselection"),
    STOP.format(who=3, kind="suspension"),
    _sit(who=4, part="panel"),
    APPEAL.format(stop=1, who=5, kind="deselection"),
    _breach(certificate=13, stage="selection"),
    SPELL,
)

MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("ask twice for the recognition of a step", _ask(stage="fundamental")),
    one("approve a request of one's own", _approved(decided=BY_LEA.replace("4", "1", 1))),
    one("approve a request that one made", _approved(decided=BY_LEA.replace("4", "3", 1))),
    one("approve a request in another's name than who recognised", _approved(decided=BY_LEA.replace("4", "6", 1))),
    one("approve a request on another's recognition", _approved(who=2)),
    one("approve a request on the recognition of another step", _approved(stage="fundamental")),
    one("approve a request on a recognition that another asked for", _approved(by=2)),
    one("approve a request without a recognition", _approved(recognition="NULL")),
    one("refuse a request without a reason", _ask(state="refused", decided=BY_LEA)),
    one("refuse a request without anybody", _ask(state="refused", reason="x")),
    one("open a decided request again", "UPDATE recognition_request SET state = 'open' WHERE id = 2"),
    one("turn a request to another person", "UPDATE recognition_request SET staff_id = 2 WHERE id = 1"),
    one("delete a request", "DELETE FROM recognition_request WHERE id = 1"),
    one("add evidence to a decided request", FILE.format(request=2, hash="a" * 64)),
    one(
        "rewrite a file of evidence",
        "UPDATE evidence_file SET size = 10",
    ),
    one("delete a file of evidence", "DELETE FROM evidence_file"),
    one("sit on the panel about onesel", _sit(who=5, part="panel")),
    one("sit on a panel under another's name", _sit(stopped=1)),
    one("hear the appeal as somebody of the panel", HEAR.format(who=4, part="appeal")),
    one("hear the appeal in the part of the panel", HEAR.format(who=4, part="panel")),
    one("take a second part in the same matter", _sit(who=4)),
    one("hear one's own appeal", HEAR.format(who=5, part="appeal")),
    one("decide an appeal without anybody", "UPDATE stop_appeal SET outcome = 'upheld' WHERE id = 1"),
    one("appeal twice", APPEAL.format(stop=1, who=5, kind="deselection")),
    one("appeal against a suspension", APPEAL.format(stop=2, who=3, kind="suspension")),
    one("appeal against a suspension under another name", APPEAL.format(stop=2, who=3, kind="deselection")),
    one("appeal in another's place", APPEAL.format(stop=2, who=1, kind="deselection")),
    one(
        "change a decided appeal",
        _sit(),
        HEAR.format(who=6, part="appeal"),
        "UPDATE stop_appeal SET outcome = 'dismissed' WHERE id = 1",
    ),
    one("delete an appeal", "DELETE FROM stop_appeal"),
    one("take somebody off a panel", "DELETE FROM stop_role"),
    one("delete a suspension", "DELETE FROM stop WHERE id = 2"),
    one("give a suspension to another person", "UPDATE stop SET staff_id = 1 WHERE id = 2"),
    one("let a suspension begin later", "UPDATE stop SET from_day = '2026-08-01' WHERE id = 2"),
    one("end a suspension before its eve", "UPDATE stop SET to_day = '2026-06-29' WHERE id = 2"),
    *switched_off("lift a suspension", "UPDATE stop SET to_day = '2026-07-31' WHERE id = 2"),
    one("record a breach of another's certificate", _breach(who=1)),
    one("record a breach twice", _breach(certificate=13, stage="selection")),
    one("record a breach without saying what", _breach(what="")),
    one("rewrite a breach", "UPDATE breach SET what = 'Nothing'"),
    one("delete a breach", "DELETE FROM breach"),
    one("delete the days of a breach", "DELETE FROM breach_spell"),
    one("rewrite the days of a breach", "UPDATE breach_spell SET last_day = '2026-06-02'"),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one("approve a request on its recognition", _approved()),
    one(
        "refuse a request for a reason",
        "UPDATE recognition_request SET state = 'refused', decided_by_id = 4, decided_on = '2026-03-01',"
        " decided_at = '2026-03-01 12:00:00', decision_reason = 'x' WHERE id = 1",
    ),
    one("hear the appeal as somebody without a part in it", _sit(), HEAR.format(who=6, part="appeal")),
    one("record a breach", _breach()),
    one("lift a suspension", "UPDATE stop SET to_day = '2026-07-31' WHERE id = 2"),
    one("lift a suspension before it begins", "UPDATE stop SET to_day = '2026-06-30' WHERE id = 2"),
)
