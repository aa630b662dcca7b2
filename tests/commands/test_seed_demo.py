"""`flask seed demo` and `flask seed sign-ins`: a believable service, the same for the same number and day."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from config import Settings
from selection.app import create_app
from selection.authorisation.invariant import rows
from selection.commands.demo.logins import LOGINS
from selection.core.db import Base, db
from selection.models.centres import Candidacy, Centre, Decision, Sitting
from selection.models.courses import Course, CourseVersion
from selection.models.grounds import OutcomeGround
from selection.models.people import Account, Area, Staff
from selection.models.scoring import RatingForm
from selection.models.training import Booking, CourseResult, Event
from selection.rules.roles import ROLE_NAMES
from tests.commands.demo_points import POINTS
from tests.conftest import TODAY, Clock
from tests.databases import Databases
from tests.factories import people, training
from tests.pages import Browserlike
from tests.store import Store

PASSWORD = "a demo for everybody"
SMALLEST = "60"
SECRETS = {"password_hash", "session_key"}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The settings of this test's app, with a password for the demo."""
    return replace(settings, demo_password=PASSWORD)


@pytest.fixture(autouse=True)
def _today(clock: Clock) -> None:
    """Let every demo be made on one day."""


def seed(app: Flask, *words: str, code: int = 0) -> str:
    done = app.test_cli_runner().invoke(args=["seed", *words])
    assert done.exit_code == code, (done.output, done.exception)
    return done.output


def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row that is stored, without what is secret and so by chance."""
    store = Store(url)
    with store.reading() as session:
        found = {
            table.name: [
                {key: value for key, value in row.items() if key not in SECRETS}
                for row in session.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            ]
            for table in Base.metadata.sorted_tables
        }
    store.close()
    return found


def made_elsewhere(databases: Databases, folder: Path, *words: str) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of a demo in a database of its own."""
    url = databases.fresh()
    app = create_app(Settings(database_url=url, secret_key="another", instance=folder, demo_password=PASSWORD))
    seed(app, "demo", "--staff", SMALLEST, *words)
    with app.app_context():
        db.engine.dispose()
    found = everything(url)
    databases.discard(url)
    return found


def test_the_same_number_makes_the_same_demo(app: Flask, store: Store, databases: Databases, tmp_path: Path) -> None:
    seed(app, "demo", "--staff", SMALLEST, "--seed", "5")
    first = everything(store.url)
    again = made_elsewhere(databases, tmp_path, "--seed", "5")
    for table, rows_there in first.items():
        assert again[table] == rows_there, table
    other = made_elsewhere(databases, tmp_path, "--seed", "6")
    assert other["staff"] != first["staff"]
    assert len(other["staff"]) == len(first["staff"]) == int(SMALLEST)


def test_somebody_is_at_every_point_of_the_path(app: Flask, store: Store) -> None:
    said = seed(app, "demo")
    assert "300 staff in 5 areas." in said
    on = {"today": TODAY.isoformat(), "soon": (TODAY + timedelta(days=90)).isoformat()}
    if store.dialect == "postgresql":
        on = {name: date.fromisoformat(day) for name, day in on.items()}  # type: ignore[misc]
    with store.connection() as connection:
        nobody = [
            point
            for point, query in POINTS.items()
            if connection.execute(text(query), {name: day for name, day in on.items() if f":{name}" in query}).first()
            is None
        ]
    assert nobody == []


def test_the_promise_holds_in_its_rows(app: Flask, store: Store) -> None:
    seed(app, "demo", "--staff", "100")
    with store.connection() as connection:
        findings = list(rows.findings(connection))
    assert findings
    assert [finding for finding in findings if not finding.holds] == []
    with app.app_context():
        again = app.test_cli_runner().invoke(args=["centres", "recompute"])
    assert again.exit_code == 0, again.output
    assert store.count(OutcomeGround) > store.count(RatingForm, RatingForm.sealed_at.is_not(None)) / 2


def test_it_happened_in_an_order_that_makes_sense(app: Flask, store: Store) -> None:
    seed(app, "demo", "--staff", "100")
    with store.reading() as session:
        candidacies = select(Staff.joined_on, Candidacy.put_forward_on, Centre.held_on).join(
            Candidacy, Candidacy.staff_id == Staff.id
        )
        for joined, put_forward, held in session.execute(candidacies.join(Centre)):
            assert joined < put_forward < held
        decided = select(Centre.held_on, Decision.decided_on, Decision.signed_at)
        for held, on, signed in session.execute(
            decided.join(Candidacy, Candidacy.centre_id == Centre.id).join(Decision)
        ):
            assert held < on == signed.date() < TODAY
        booked = select(Booking.booked_at, Event.starts_on, Event.ends_on, CourseResult.recorded_on)
        for at, starts, ends, recorded in session.execute(
            booked.join(Event, Event.id == Booking.event_id).outerjoin(
                CourseResult, CourseResult.booking_id == Booking.id
            )
        ):
            assert at.date() < starts
            assert recorded is None if ends > TODAY else recorded == ends
        rated = select(Candidacy.staff_id, Candidacy.nominated_by_id, Staff.line_manager_id, RatingForm.assessor_id)
        for candidate, nominator, manager, assessor in session.execute(
            rated.join(Staff, Staff.id == Candidacy.staff_id).join(Sitting).join(RatingForm)
        ):
            assert assessor not in {candidate, nominator, manager}


def test_it_goes_only_into_a_database_without_staff(app: Flask, store: Store) -> None:
    with store.session() as session:
        people.staff(session)
    assert "no demo was made" in seed(app, "demo", "--if-empty")
    assert "There are staff already" in seed(app, "demo", code=1)
    assert store.count(Staff) == 1
    assert seed(app, "sign-ins") == ""


def test_local_settings_that_were_there_before_it_stay(app: Flask, store: Store) -> None:
    seed(app, "reference")
    with store.session() as session:
        course = session.scalars(select(Course).where(Course.stage == "fundamental")).one()
        course.versions.append(training.terms(number=2, days=4))
    seed(app, "demo", "--staff", SMALLEST)
    days = select(CourseVersion.days).order_by(CourseVersion.course_id, CourseVersion.number)
    assert store.all(days) == [5, 4, 10, 2], "the last is the refresher of the demo"
    pinned = select(CourseVersion.number).join(Event, Event.course_version_id == CourseVersion.id)
    assert set(store.all(pinned.where(CourseVersion.days == 4))) == {2}


def test_what_comes_later_is_numbered_after_it(app: Flask, store: Store) -> None:
    seed(app, "demo", "--staff", SMALLEST)
    with store.session() as session:
        people.account(session, in_area="Somewhere new")
    assert store.count(Area) == 4
    assert store.count(Staff) == int(SMALLEST) + 1


def test_each_login_opens_with_the_password(app: Flask, store: Store, client: Browserlike) -> None:
    seed(app, "demo", "--staff", SMALLEST)
    lines = seed(app, "sign-ins").splitlines()
    assert [line.split()[-1] for line in lines] == [login.email for login in LOGINS]
    for line, login in zip(lines, LOGINS, strict=True):
        assert line.startswith(ROLE_NAMES[login.role])
        assert ("(North)" in line) is not login.everywhere
    page = client.sign_in("coordinator@demo.example", PASSWORD)
    assert "/sign-in" not in page.path
    accounts = store.all(select(Account))
    assert len({account.password_hash for account in accounts}) == 1
    assert len({account.session_key for account in accounts}) == len(LOGINS)


def test_the_logins_have_something_to_do(app: Flask, store: Store) -> None:
    seed(app, "demo", "--staff", SMALLEST)
    staff = {account.email.partition("@")[0]: account.staff_id for account in store.all(select(Account))}
    for assessor in ("assessor", "second.assessor"):
        to_rate = (
            select(RatingForm)
            .join(Sitting)
            .join(Candidacy)
            .join(Centre)
            .where(Centre.held_on == TODAY, RatingForm.assessor_id == staff[assessor], RatingForm.sealed_at.is_(None))
        )
        assert store.all(to_rate), assessor
    with store.connection() as connection:
        supervised = "SELECT 1 FROM supervision WHERE supervisor_id = :who"
        assert connection.execute(text(supervised), {"who": staff["treatment.manager"]}).first()
        own = "SELECT stage FROM certificate WHERE staff_id = :who ORDER BY stage"
        assert connection.execute(text(own), {"who": staff["staff.member"]}).scalars().all() == [
            "fundamental",
            "selection",
        ]
        to_staff = (
            "SELECT 1 FROM delivery_group g JOIN staff s ON s.area_id = g.area_id"
            " WHERE s.id = :who AND g.state = 'open'"
            " AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.group_id = g.id)"
        )
        for manager in ("programme.manager", "programme.manager.north"):
            assert connection.execute(text(to_staff), {"who": staff[manager]}).first(), manager


def test_without_a_password_one_is_made_up_and_said(settings: Settings, client: Browserlike, tmp_path: Path) -> None:
    app = create_app(replace(settings, demo_password=None))
    said = seed(app, "demo", "--staff", SMALLEST)
    with app.app_context():
        db.engine.dispose()
    password = said.split()[-1]
    assert f"have the password {password}" in said
    assert "/sign-in" not in client.sign_in("auditor@demo.example", password).path


@pytest.mark.parametrize(
    "day", [date(2028, 2, 29), date(2027, 10, 31), date(2027, 1, 1)], ids=["leap day", "clocks go back", "a Friday off"]
)
def test_it_can_be_made_on_any_day(app: Flask, store: Store, clock: Clock, day: date) -> None:
    clock.set(day)
    seed(app, "demo", "--staff", "75")
    assert store.count(Staff) == 75


@pytest.mark.parametrize("staff", ["59", "50001", "many"])
def test_a_size_that_cannot_be_made_is_refused(app: Flask, staff: str) -> None:
    assert "--staff" in seed(app, "demo", "--staff", staff, code=2)
