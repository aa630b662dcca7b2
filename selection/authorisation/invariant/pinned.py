"""Attacks on editions of programmes, which are published whole, and on the groups that pin them.

Programme 1 has edition 1 and programme 2 edition 2, each with its one module; group 1 runs under edition 1.
"""

from selection.authorisation.invariant.attempt import Attempt, one

MUST_BE_REFUSED: tuple[Attempt, ...] = (
    one("run a group under an edition of another programme", "UPDATE delivery_group SET edition_id = 2 WHERE id = 1"),
    one("run a group under an edition that is not there", "UPDATE delivery_group SET edition_id = 9 WHERE id = 1"),
    one("rewrite a published edition", "UPDATE programme_edition SET in_room = 1 WHERE id = 1"),
    one("withdraw a published edition", "UPDATE programme_edition SET published_at = NULL WHERE id = 1"),
    one("delete a published edition", "DELETE FROM programme_edition WHERE id = 1"),
    one("change a module of a published edition", "UPDATE edition_module SET sessions = 1 WHERE edition_id = 1"),
    one("take a module out of a published edition", "DELETE FROM edition_module WHERE edition_id = 1"),
    one(
        "add a module to a published edition",
        "INSERT INTO module (id, programme_id, title, aim) VALUES (9, 1, 'New', '')",
        "INSERT INTO edition_module (edition_id, module_id, programme_id, position, sessions, session_minutes,"
        " separate_closed_group) VALUES (1, 9, 1, 2, 5, 150, FALSE)",
    ),
    one("rename a module that editions have", "UPDATE module SET title = 'Other' WHERE id = 1"),
)

MUST_BE_ACCEPTED: tuple[Attempt, ...] = (
    one(
        "publish the next edition, and move a group to it",
        "INSERT INTO programme_edition (id, programme_id, number, group_min, group_max, team_size, in_room,"
        " experienced_needed, experience_months, groups_at_once, supervisor_groups, weeks_between_supervision,"
        " review_months, due_soon_days, reason) VALUES (9, 1, 2, 8, 10, 4, 2, 1, 6, 2, 6, 4, 3, 7, 'More staff')",
        "INSERT INTO edition_module (edition_id, module_id, programme_id, position, sessions, session_minutes,"
        " separate_closed_group) VALUES (9, 1, 1, 1, 5, 150, FALSE)",
        "UPDATE programme_edition SET published_at = '2026-01-01' WHERE id = 9",
        "UPDATE delivery_group SET edition_id = 9 WHERE id = 1",
    ),
)
