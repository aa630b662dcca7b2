"""What plain SQL must not get past the certificates and authorisations of the people of `furnish`, and what it may do.

Authorisations: 1 Ann facilitator, 2 Tom treatment manager, 3 Tom facilitator, 4 Bob facilitator (to the end of June),
5 Meg designated supervisor; certificates 1 to 3 are Ann's, 4 to 6 and 7 to 9 Tom's, 10 to 12 Bob's, 13 to 15 Meg's.
Recognitions have the same numbers; 16 is a second one of Ann's selection, on which no certificate stands yet.

The other attacks are told beside it, by subject: groups and those on them in `assigned`, editions in `pinned`, sessions
in `planned`, practice in `practised`, records in `recorded`, training and its ends in `certified`, standards in
`prescribed`, the forms of assessors in `rated`, and decisions in `decided`.
"""

from selection.authorisation.invariant.attempt import Attempt, one

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


def _authorise(**given: object) -> str:
    usual = {"who": 1, "programme": 1, "role": "facilitator", "last": "2027-12-31", "selection": 1, "training": 3}
    return AUTHORISE.format(**(usual | given))


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
    one("lengthen a certificate", "UPDATE certificate SET valid_to = '2028-12-31' WHERE id = 1"),
)
