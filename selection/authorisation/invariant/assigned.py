"""Attacks on groups, on whoever is assigned to them and on whoever supervises them."""

from selection.authorisation.invariant.attempt import Attempt, one

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


MUST_BE_REFUSED: tuple[Attempt, ...] = (
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
    one("end an assignment under a place", "UPDATE assignment SET ends_on = '9000-06-30' WHERE id = 2"),
    one("let a supervisor deputise for themselves", "UPDATE supervision SET deputises_for_id = 2 WHERE id = 1"),
    one("switch foreign keys off", "PRAGMA foreign_keys = OFF", assign(who=3), dialect="sqlite"),
    one("ignore CHECKs", "PRAGMA ignore_check_constraints = ON", assign(last="2026-07-31"), dialect="sqlite"),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one("assign within the days of the authorisation and the supervision", assign()),
    one("end an assignment early", "UPDATE assignment SET ends_on = '2026-05-31' WHERE id = 1"),
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
        "UPDATE delivery_group SET programme_id = 1, edition_id = 1 WHERE id = 2",
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
