"""Versions from before a second person was asked for keep their hash, their words and the rules that they had."""

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from selection.core import migrate
from tests.store import Store

BEFORE = "0010_triggers"
NUMBERS = "'Old', {number}, '{state}', 1, 5, 3, 2, 3000, 1, 2, 1000, 250, 800, 6, 12, 2, 24, 24, {hash}, {moment}, 1"
INSERT = (
    "INSERT INTO standard (title, number, state, scale_min, scale_max, scale_standard, assessors_per_exercise,"
    " mean_needed, most_below_standard, floor, k, sem, rated_share_needed, resit_wait_months, standing_months,"
    " attempts_allowed, attempts_window_months, pass_valid_months, content_hash, published_at, version)"
    f" VALUES ({NUMBERS})"
)


SECOND = "0021_extensions"


def test_what_was_published_in_the_second_format_keeps_its_rules(store: Store) -> None:
    with store.engine.connect() as connection:
        command.downgrade(migrate._config(connection), SECOND)
        connection.commit()
    for number in (1, 2):
        store.sql(INSERT.format(number=number, state="draft", hash="NULL", moment="NULL"))
    store.sql("UPDATE standard SET content_format = 2")
    migrate.upgrade(store.url)
    new = "SELECT content_format, indicators_needed, most_sat_alone, appeal_days, feedback_days FROM standard"
    with store.engine.connect() as connection:
        assert {tuple(row) for row in connection.execute(text(new))} == {(2, 4, 1, 28, 28)}
    for column, value in (("indicators_needed", 5), ("most_sat_alone", 2), ("appeal_days", 14), ("feedback_days", 14)):
        with pytest.raises(IntegrityError, match="second_format_as_it_was"):
            store.sql(f"UPDATE standard SET {column} = {value} WHERE number = 2")
    store.sql("UPDATE standard SET content_format = 3, appeal_days = 14 WHERE number = 2")


def test_an_older_database_keeps_what_was_published(store: Store) -> None:
    with store.engine.connect() as connection:
        command.downgrade(migrate._config(connection), BEFORE)
        connection.commit()
    store.sql(INSERT.format(number=1, state="published", hash="'aa'", moment="'2026-01-01'"))
    store.sql(INSERT.format(number=2, state="draft", hash="NULL", moment="NULL"))
    migrate.upgrade(store.url)
    held = (
        "SELECT number, state, content_hash, content_format, shipped, discuss_from_apart FROM standard ORDER BY number"
    )
    with store.engine.connect() as connection:
        published, draft = connection.execute(text(held)).all()
    assert tuple(published) == (1, "published", "aa", 1, True, 2)
    assert tuple(draft) == (2, "draft", None, 2, False, 2)
    with pytest.raises(IntegrityError, match="a published standard never changes"):
        store.sql("UPDATE standard SET discuss_from_apart = 3 WHERE number = 1")
    with pytest.raises(IntegrityError, match="a published standard never changes"):
        store.sql("UPDATE standard SET content_format = 2 WHERE number = 1")
