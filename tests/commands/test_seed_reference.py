"""`flask seed reference`: adds what is missing, and what is there stays as it is."""

import pytest
from flask import Flask
from sqlalchemy import Connection, Table, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import selectinload

from selection.core.db import Base
from selection.models.courses import Course
from selection.models.programmes import Programme
from selection.models.standards import Standard
from selection.models.trail import TrailEntry
from selection.prescribed.content import content_hash
from selection.prescribed.editions import WITH_MODULES, terms_of
from selection.prescribed.facts import WHOLE, facts_of
from selection.rules.drafts import problems_with
from selection.rules.editions import total
from tests.factories import programmes
from tests.store import Store

pytestmark = pytest.mark.usefixtures("clock")


def seeded(app: Flask) -> str:
    done = app.test_cli_runner().invoke(args=["seed", "reference"])
    assert done.exit_code == 0, done.output
    return done.output


def everything(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with store.connection() as connection:
        return {table.name: _rows(connection, table) for table in Base.metadata.sorted_tables}


def _rows(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))]


def programme(store: Store) -> Programme:
    parts = (selectinload(Programme.routes), selectinload(Programme.editions).options(WITH_MODULES))
    return store.one(select(Programme).options(*parts))


def standard(store: Store) -> Standard:
    return store.one(select(Standard).options(*WHOLE))


def test_says_what_it_added_and_the_second_time_adds_nothing(app: Flask, store: Store) -> None:
    said = seeded(app)
    assert "C-SOGP: 6 modules, 70 sessions, 175 hours" in said
    assert "version 1: 3 exercises, 10 competencies" in said
    before = everything(store)
    assert "nothing was changed" in seeded(app)
    assert everything(store) == before


def test_local_changes_stay(app: Flask, store: Store) -> None:
    seeded(app)
    store.sql("UPDATE programme SET months_to_first_delivery = 4, title = 'Our name for it'")
    with store.session() as session:
        programmes.other_numbers(session, programme(store).id, team_size=4)
    store.sql("UPDATE course SET title = 'Foundations' WHERE stage = 'fundamental'")
    before = everything(store)
    seeded(app)
    assert everything(store) == before


def test_what_was_taken_away_comes_back(app: Flask, store: Store) -> None:
    seeded(app)
    taken_over = "title = 'Other', stage = 'programme', programme_id = (SELECT min(id) FROM programme)"
    store.sql(f"UPDATE course SET {taken_over} WHERE stage = 'fundamental'")
    assert "Fundamental skills of groupwork" in seeded(app)
    assert store.count(Course) == 3


def test_the_modules_are_those_of_the_programme(app: Flask, store: Store) -> None:
    seeded(app)
    assert [(one.title, one.separate_closed_group) for one in programme(store).newest.modules] == [
        ("Induction", False),
        ("Relationships and attachment styles", False),
        ("Self-management and interpersonal skills", False),
        ("The role of fantasy in offending", False),
        ("Victim empathy", False),
        ("Better Lives and Relapse Prevention", True),
    ]
    assert (programme(store).newest.group_min, programme(store).newest.group_max) == (8, 10)


@pytest.mark.parametrize(
    ("risk", "modules", "sessions", "hours", "local"),
    [("low", 2, 35, 87.5, False), ("medium", 6, 70, 175, True), ("high", 6, 70, 175, False)],
)
def test_each_route_comes_to_its_hours(
    app: Flask, store: Store, risk: str, modules: int, sessions: int, hours: float, local: bool
) -> None:
    seeded(app)
    route = next(route for route in programme(store).routes if route.risk == risk)
    attended = [one for one in terms_of(programme(store).newest).modules if risk in one.routes]
    assert (len(attended), total(attended).sessions, float(total(attended).hours)) == (modules, sessions, hours)
    assert route.is_local_default is local
    assert {"Induction", "Better Lives and Relapse Prevention"} <= {each.title for each in attended}


def test_the_standard_is_whole_and_published(app: Flask, store: Store) -> None:
    seeded(app)
    held = standard(store)
    assert problems_with(facts_of(held)) == ()
    assert (held.state, held.number) == ("published", 1)
    assert held.content_hash == content_hash(held)
    assert [[each.title for each in exercise.competencies] for exercise in held.exercises] == [
        ["Empathy and warmth", "Directiveness and challenge", "Response to feedback"],
        ["Clear explanation", "Preparation", "Engaging the audience"],
        ["Knowledge", "Values and attitudes", "Resilience", "Diversity"],
    ]
    for exercise in held.exercises:
        for competency in exercise.competencies:
            assert {indicator.contrary for indicator in competency.indicators} == {True, False}, competency.title


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE standard SET mean_needed = 1000",
        "UPDATE standard SET state = 'draft'",
        "DELETE FROM standard",
        "UPDATE anchor SET text = 'Good enough' WHERE point = 1",
        "UPDATE exercise SET brief = 'Anything' WHERE kind = 'role_play'",
        "UPDATE competency SET title = 'Charm' WHERE position = 1",
        "DELETE FROM indicator WHERE position = 6",
        "INSERT INTO anchor (standard_id, point, label, text) SELECT id, 6, 'Beyond', 'Words fail' FROM standard",
    ],
)
def test_the_published_standard_cannot_be_changed(app: Flask, store: Store, attack: str) -> None:
    seeded(app)
    before = content_hash(standard(store))
    with pytest.raises(DatabaseError, match="never changes"), store.connection() as connection:
        connection.execute(text(attack))
    assert content_hash(standard(store)) == before


def test_what_was_added_is_on_the_trail(app: Flask, store: Store) -> None:
    seeded(app)
    entries = store.all(select(TrailEntry).order_by(TrailEntry.id))
    assert [entry.event for entry in entries] == [
        "programme.created",
        "edition.published",
        "standard.published",
        "course.created",
        "course.created",
        "record_form.published",
        "record_form.published",
        "record_form.published",
    ]
    assert {entry.actor_name for entry in entries} == {"flask seed reference"}
