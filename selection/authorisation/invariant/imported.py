"""Attacks on files of earlier training: certificates forged without an approval, or approved by the wrong person.

File 1, of Meg's, is open; row 1 of it is Una's fundamental training. File 2, of Meg's, was approved by Lea: row 2 is
Una's selection of 2019, which recognition 24 stands on, without a certificate yet; row 3 is Una's fundamental training,
row 4 Lea's own selection. File 3, Tom's, was taken back.
"""

from selection.authorisation.invariant.attempt import Attempt, one

HAND_IN = (
    "INSERT INTO training_import (file, sha256, rows, reason, imported_by_id, imported_at, state, decision_reason,"
    " version) VALUES ('old.csv', '{hash}', 3, 'The old register', {by}, '2026-03-01 12:00:00', '{state}', '', 1)"
)
SAY = (
    "INSERT INTO training_import_row (import_id, number, staff_id, stage, course_id, passed_on, valid_to, valid_given,"
    " evidence) VALUES ({file}, {number}, {who}, '{stage}', {course}, '2019-05-01', '{last}', FALSE, '')"
)
DECIDE = (
    "UPDATE training_import SET state = '{state}', decided_by_id = {by}, decided_at = '2026-03-02 12:00:00',"
    " decision_reason = '{reason}' WHERE id = {file}"
)
RECOGNISE = (
    "INSERT INTO recognition (staff_id, stage, evidence, reason, requested_by_id, approved_by_id, approved_on,"
    " approved_at) VALUES ({who}, '{stage}', 'Row', 'x', {asked}, {by}, '2026-03-02', '2026-03-02 12:00:00')"
)
TIE = (
    "INSERT INTO imported_step (recognition_id, row_id, import_id, import_state, staff_id, stage, imported_by_id,"
    " approved_by_id) VALUES ({recognition}, {row}, {file}, '{state}', {who}, '{stage}', {asked}, {by})"
)
CERTIFY = (
    "INSERT INTO certificate (number, staff_id, stage, valid_from, valid_to, issued_at, issued_by_id,"
    " recognition_id, withdrawn_reason, version) VALUES ('old', {who}, '{stage}', '{first}', '{last}',"
    " '2026-03-02 12:00:00', 1, {recognition}, '', 1)"
)
COURSE = "INSERT INTO course (title, stage, kind, version) VALUES ('Old skills', 'fundamental', 'training', 1)"
UNA, LEA, MEG, TOM = 3, 4, 6, 2
NEWEST = "(SELECT max(id) FROM recognition)"


def _say(**given: object) -> str:
    usual = {"file": 2, "number": 9, "who": UNA, "stage": "selection", "course": "NULL", "last": "9999-12-31"}
    return SAY.format(**(usual | given))


def _trained(**given: object) -> str:
    course = "(SELECT id FROM course WHERE title = 'Old skills')"
    return _say(**({"stage": "fundamental", "course": course, "last": "2022-04-30"} | given))


def _decide(**given: object) -> str:
    return DECIDE.format(**({"file": 1, "state": "approved", "by": LEA, "reason": "Seen"} | given))


def _recognise(**given: object) -> str:
    return RECOGNISE.format(**({"who": UNA, "stage": "fundamental", "asked": MEG, "by": LEA} | given))


def _tie(**given: object) -> str:
    usual = {"recognition": NEWEST, "row": 3, "file": 2, "state": "approved", "who": UNA, "stage": "fundamental"}
    return TIE.format(**(usual | {"asked": MEG, "by": LEA} | given))


def _certify(**given: object) -> str:
    usual = {"who": UNA, "stage": "selection", "first": "2019-05-01", "last": "9999-12-31", "recognition": 24}
    return CERTIFY.format(**(usual | given))


FURNISH = (
    COURSE,
    HAND_IN.format(hash="a" * 64, by=MEG, state="open"),
    HAND_IN.format(hash="b" * 64, by=MEG, state="open"),
    HAND_IN.format(hash="c" * 64, by=TOM, state="open"),
    _trained(file=1, number=2),
    _say(number=2),
    _trained(number=3),
    _say(number=4, who=LEA),
    _decide(file=2),
    "UPDATE training_import SET state = 'taken_back' WHERE id = 3",
    _recognise(stage="selection"),
    _tie(recognition=24, row=2, stage="selection"),
)

MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("recognise a row of a file that nobody approved", _recognise(), _tie(row=1, file=1)),
    one("recognise a row of an open file as such", _recognise(), _tie(row=1, file=1, state="open")),
    one("approve a file as whoever handed it in", _decide(by=MEG)),
    one("approve a file without anybody", _decide(by="NULL")),
    one("approve a file without a reason", _decide(reason="")),
    one("hand in a file that is approved already", HAND_IN.format(hash="d" * 64, by=MEG, state="approved")),
    one("recognise one's own row", _recognise(who=LEA, stage="selection")),
    one(
        "recognise one's own row in another's name",
        _recognise(who=LEA, stage="selection", by=TOM),
        _tie(row=4, who=LEA, stage="selection"),
    ),
    one("recognise a row in another's name than who approved the file", _recognise(by=TOM), _tie(by=TOM)),
    one("recognise a row in another's name than who handed it in", _recognise(asked=TOM), _tie(asked=TOM)),
    one("recognise a row as whoever handed it in", _recognise(asked=TOM, by=MEG), _tie(asked=TOM, by=MEG)),
    one("recognise a row for another person", _recognise(who=5), _tie(who=5)),
    one("recognise a row as another step", _recognise(stage="selection"), _tie(stage="selection")),
    one("recognise a row twice", _recognise(stage="selection"), _tie(row=2, stage="selection")),
    one("turn a recognition with a certificate into an imported one", _tie(recognition=2, who=1)),
    one("certify an imported step for longer than its row says", _certify(last="9999-12-30")),
    one("certify an imported step from earlier on than its row says", _certify(first="2018-05-01")),
    one(
        "certify a recognition from before its approval on",
        _recognise(),
        _certify(stage="fundamental", recognition=NEWEST),
    ),
    one("add a row to a decided file", _trained(number=10)),
    one("rewrite a row", "UPDATE training_import_row SET passed_on = '2018-05-01'"),
    one("delete a row", "DELETE FROM training_import_row"),
    one("take an imported step from its row", "DELETE FROM imported_step"),
    one("turn an imported step to another row", "UPDATE imported_step SET row_id = 3"),
    one("open an approved file again", "UPDATE training_import SET state = 'open' WHERE id = 2"),
    one("take back an approved file", "UPDATE training_import SET state = 'taken_back' WHERE id = 2"),
    one("open a file again that was taken back", "UPDATE training_import SET state = 'open' WHERE id = 3"),
    one("give a file another hash", "UPDATE training_import SET sha256 = file WHERE id = 1"),
    one("give a file to another importer", "UPDATE training_import SET imported_by_id = 2 WHERE id = 1"),
    one("delete a file", "DELETE FROM training_import WHERE id = 3"),
    one("hand the same file in twice", HAND_IN.format(hash="a" * 64, by=TOM, state="open")),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one(
        "approve a file, recognise and certify its row, and hand in again what was taken back",
        _decide(),
        _recognise(),
        _tie(row=1, file=1),
        _certify(stage="fundamental", last="2022-04-30", recognition=NEWEST),
        _certify().replace("'old'", "'older'"),
        HAND_IN.format(hash="c" * 64, by=TOM, state="open"),
    ),
)
