"""The chain of proof is whole in the live schema: every key, CHECK and trigger that it needs, on both databases."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import Engine

from selection.authorisation.invariant import onslaught, rows, schema
from selection.authorisation.invariant.furnish import furnish
from selection.authorisation.invariant.onslaught import MUST_BE_ACCEPTED, MUST_BE_REFUSED

STEPS = ("selection", "fundamental", "training", "appointment")

# Written out by hand: who takes one away in a migration must take it away here too, and say why.
KEYS = {
    "certificate": {
        "fk_certificate_decision_id_staff_id_decision_result",
        "fk_certificate_result_id_staff_id_stage_result_passed",
        "fk_certificate_result_id_programme_id",
        "fk_certificate_recognition_id_staff_id_stage",
        "fk_certificate_recognition_id_programme_id",
    },
    "authorisation": {f"fk_authorisation_{by}_{key}" for by in STEPS for key in ("identity", "window")},
    "supervision": {
        "fk_supervision_authorisation_identity",
        "fk_supervision_authorisation_window",
        "fk_supervision_group_id_programme_id",
        "fk_supervision_follows",
    },
    "delivery_group": {"fk_delivery_group_supervised_from", "fk_delivery_group_supervised_to"},
    "assignment": {
        "fk_assignment_authorisation_identity",
        "fk_assignment_authorisation_window",
        "fk_assignment_supervision_identity",
        "fk_assignment_supervision_window",
        "fk_assignment_practice_identity",
        "fk_assignment_practice_window",
        "fk_assignment_group_id_programme_id",
    },
    "group_session": {
        "fk_group_session_group_window",
        "fk_group_session_group_id_programme_id",
        "fk_group_session_module_id_programme_id",
    },
    "session_facilitator": {
        "fk_session_facilitator_session_identity",
        "fk_session_facilitator_session_day",
        "fk_session_facilitator_assignment_identity",
        "fk_session_facilitator_assignment_window",
    },
    "supervisor_record": {
        "fk_supervisor_record_supervision_identity",
        "fk_supervisor_record_supervision_window",
        "fk_supervisor_record_form_id_kind",
        "fk_supervisor_record_session_id_group_id",
    },
    "record_subject": {
        "fk_record_subject_record",
        "fk_record_subject_assignment_identity",
        "fk_record_subject_assignment_window",
        "fk_record_subject_record_id_session_id",
        "fk_record_subject_session_id_facilitator_id",
        "fk_record_subject_session_id_on_day",
    },
    "wellbeing_contact": {
        f"fk_wellbeing_contact_{by}_{key}" for by in ("supervision", "assignment") for key in ("identity", "window")
    },
    "session_record": {"fk_session_record_session_id_state"},
    "practice": {
        "fk_practice_certificate_identity",
        "fk_practice_certificate_begins",
        "fk_practice_delivered",
        "fk_practice_setting_identity",
        "fk_practice_setting_window",
    },
    "delivered_day": {
        "fk_delivered_day_assignment_identity",
        "fk_delivered_day_assignment_window",
        "fk_delivered_day_group_id_programme_id",
    },
    "recognition_request": {f"fk_recognition_request_recognition_{key}" for key in ("identity", "programme", "people")},
    "imported_step": {
        *(f"fk_imported_step_{key}" for key in ("file", "row", "row_programme")),
        *(f"fk_imported_step_recognition{key}" for key in ("", "_programme", "_people")),
    },
    "stop_role": {"fk_stop_role_stop"},
    "stop_appeal": {"fk_stop_appeal_stop", "fk_stop_appeal_hearer"},
    "breach": {"fk_breach_certificate"},
}
CHECKS = {
    "decision": {"ck_decision_selected_if_all_competent", "ck_decision_chair_is_not_candidate"},
    "course_result": {"ck_course_result_passed_in_every_part"},
    "certificate": {
        "ck_certificate_stands_on_one_fact",
        "ck_certificate_decision_was_selected",
        "ck_certificate_result_was_passed",
    },
    "authorisation": {
        *(f"ck_authorisation_within_{by}" for by in STEPS),
        *(f"ck_authorisation_{by}_is_that_step" for by in STEPS[:3]),
    },
    "supervision": {
        "ck_supervision_within_authorisation",
        "ck_supervision_begins_the_day_after",
        "ck_supervision_days_in_order",
        "ck_supervision_role_known",
    },
    "delivery_group": {
        "ck_delivery_group_open_under_supervision",
        "ck_delivery_group_supervised_days_in_order",
        "ck_delivery_group_state_known",
    },
    "assignment": {
        "ck_assignment_within_authorisation",
        "ck_assignment_within_supervision",
        "ck_assignment_within_practice",
        "ck_assignment_authorised_as_facilitator",
        "ck_assignment_not_under_oneself",
        "ck_assignment_days_in_order",
    },
    "supervisor_record": {"ck_supervisor_record_within_supervision", "ck_supervisor_record_of_a_session"},
    "record_subject": {
        "ck_record_subject_within_assignment",
        "ck_record_subject_not_on_oneself",
        "ck_record_subject_of_that_day",
    },
    "wellbeing_contact": {
        "ck_wellbeing_contact_within_supervision",
        "ck_wellbeing_contact_within_assignment",
        "ck_wellbeing_contact_not_of_oneself",
    },
    "session_record": {"ck_session_record_whole", "ck_session_record_held_is_counted"},
    "group_session": {"ck_group_session_within_group", "ck_group_session_state_known"},
    "session_facilitator": {"ck_session_facilitator_within_assignment"},
    "practice": {
        "ck_practice_lapses_in_time",
        "ck_practice_lapses_while_it_is_in_force",
        "ck_practice_delivered_since",
        "ck_practice_is_of_a_programme",
        "ck_practice_lasts_a_while",
    },
    "delivered_day": {"ck_delivered_day_within_assignment", "ck_delivered_day_stands_or_says_why"},
    "recognition_request": {
        "ck_recognition_request_decider_is_not_the_person",
        "ck_recognition_request_decider_is_not_who_asked",
        "ck_recognition_request_decided_by_somebody_for_a_reason",
        "ck_recognition_request_approved_is_recognised",
    },
    "training_import": {
        "ck_training_import_decider_is_not_the_importer",
        "ck_training_import_decided_by_somebody_for_a_reason",
    },
    "imported_step": {
        "ck_imported_step_of_an_approved_file",
        "ck_imported_step_approver_is_not_the_person",
        "ck_imported_step_approver_is_not_the_importer",
    },
    "stop_role": {"ck_stop_role_nobody_judges_themselves"},
    "stop_appeal": {"ck_stop_appeal_decided_by_somebody_for_a_reason", "ck_stop_appeal_heard_by_whoever_hears_it"},
    "breach": {"ck_breach_says_what_was_false"},
}


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = create_engine(database)
    yield made
    made.dispose()


def test_every_key_of_the_chain_is_there(engine: Engine) -> None:
    live = inspect(engine)
    missing = {table: names - {key["name"] for key in live.get_foreign_keys(table)} for table, names in KEYS.items()}
    assert {table: names for table, names in missing.items() if names} == {}


def test_every_check_of_the_chain_is_there(engine: Engine) -> None:
    live = inspect(engine)
    there = {table: {check["name"] for check in live.get_check_constraints(table)} for table in CHECKS}
    assert {table: names - there[table] for table, names in CHECKS.items() if names - there[table]} == {}


def test_window_keys_cascade_and_identity_keys_do_not(engine: Engine) -> None:
    live = inspect(engine)
    for table, names in KEYS.items():
        for key in live.get_foreign_keys(table):
            if key["name"] in names:
                cascades = key["options"].get("onupdate") == "CASCADE"
                assert cascades == key["name"].endswith(("_window", "_session_day")), key["name"]
                assert "ondelete" not in key["options"], key["name"]


def test_every_attack_is_refused_and_every_rightful_change_accepted(engine: Engine) -> None:
    found = list(onslaught.findings(engine))
    assert len([attempt for attempt in MUST_BE_REFUSED if attempt.dialect is None]) >= 330
    assert len(MUST_BE_ACCEPTED) >= 34
    assert len(found) > len(MUST_BE_ACCEPTED) + 330
    assert [finding for finding in found if not finding.holds] == []


def test_the_live_schema_is_the_one_that_is_attacked(engine: Engine) -> None:
    assert [finding.holds for finding in schema.findings(engine)] == [True]


def test_a_missing_guard_is_noticed(engine: Engine) -> None:
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER refuse_certificate_delete"))
        else:
            connection.execute(text("ALTER TABLE assignment DROP CONSTRAINT ck_assignment_not_under_oneself"))
    (finding,) = schema.findings(engine)
    assert not finding.holds
    assert "refuse_certificate_delete" in finding.seen or "ck_assignment_not_under_oneself" in finding.seen


BREACHES = {
    "every assignment lies within the authorisation": "UPDATE assignment SET ends_on = '2029-01-31'",
    "every assignment lies within a supervision": "UPDATE assignment SET group_id = 3",
    "every assignment begins within": "UPDATE practice SET lapses_on = '2026-03-01' WHERE id = 1",
    "every practice begins with": "UPDATE practice SET begins_on = '2026-01-02' WHERE id = 5",
    "every practice lapses under": "UPDATE practice SET months = 36 WHERE id = 1",
    "the settings of when": "UPDATE lapse_setting SET programme_id = 1, from_day = '2020-01-01' WHERE id = 2",
    "every day delivered is one of": "UPDATE delivered_day SET day = '2026-09-01'",
    "nobody is supervised by themselves": "UPDATE supervision SET supervisor_id = 1 WHERE id = 1",
    "every supervision lies within an authorisation": "UPDATE supervision SET ends_on = '2029-01-31' WHERE id = 1",
    "groups, supervisions and assignments are of one programme": "UPDATE assignment SET programme_id = 2",
    "every authorisation lies within three certificates": "UPDATE certificate SET staff_id = 3 WHERE id = 2",
    "every authorisation to supervise": "UPDATE appointment SET valid_to = '2026-02-01' WHERE id = 1",
    "every certificate stands on": "UPDATE certificate SET recognition_id = NULL WHERE id = 2",
    "every place at a session lies within an assignment": "UPDATE assignment SET ends_on = '9000-06-30' WHERE id = 2",
    "every session lies within the days of its group": "UPDATE group_session SET day = '9001-02-01' WHERE id = 1",
    "every published standard was": "UPDATE standard SET shipped = FALSE WHERE id = 1",
    "every centre is held under": "UPDATE decision SET standard_hash = 'x'",
    "every sealed form has": "UPDATE rating_form SET global_judgement = NULL WHERE id = 1",
    "nobody was selected short": "UPDATE decision SET result = 'selected'",
    "nobody assessed themselves": "UPDATE rating_form SET assessor_id = 3 WHERE id = 1",
    "every open group has exactly one named supervisor": "DELETE FROM supervision WHERE id = 3",
}


def test_a_breach_in_the_live_rows_is_noticed(engine: Engine) -> None:
    furnish(engine)
    with engine.connect() as connection:
        assert all(finding.holds for finding in rows.findings(connection))
        _take_the_guards_away(connection)
        for check, breach in BREACHES.items():
            connection.execute(text(breach))
            broken = [finding.check for finding in rows.findings(connection) if not finding.holds]
            connection.rollback()
            assert any(each.startswith(check) for each in broken), check
        connection.invalidate()


def _take_the_guards_away(connection: Connection) -> None:
    """Let this connection do what no door allows: no trigger, key or CHECK of the scratch database asks any more."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.driver_connection
        assert raw is not None
        for trigger in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.commit()
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("PRAGMA ignore_check_constraints = ON")
        return
    connection.execute(text("SET session_replication_role = replica"))
    checks = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"
    for table, name in connection.execute(text(checks)).all():
        connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {name}"))
    connection.commit()
