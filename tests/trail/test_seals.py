"""The trail shows whether it was tampered with: sealed by the timetable, and held against its seals."""

from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from selection.core.db import db
from selection.models.people import Account
from selection.models.trail import TrailEntry, TrailSeal
from selection.rules.roles import Role
from selection.trail import seals
from selection.trail.record import record
from tests.conftest import Clock
from tests.factories import people
from tests.pages import Browserlike
from tests.store import Store


@pytest.fixture
def auditor(store: Store, clock: Clock) -> Account:
    with store.session() as session:
        return people.account(session, Role.AUDITOR, of=people.staff(session, "Ada Auditor"))


def happen(app: Flask, auditor: Account, *reasons: str) -> None:
    """Add an entry to the trail for each reason."""
    with app.app_context():
        for reason in reasons:
            record(
                "staff.changed",
                by=people.actor(auditor),
                subject_id=1,
                staff_id=auditor.staff_id,
                after={"left_on": "2027-03-15", "name": "Ä"},
                reason=reason,
            )
        db.session.commit()


def run(app: Flask, *words: str) -> tuple[int, str]:
    done = app.test_cli_runner().invoke(args=words)
    return done.exit_code, done.output


def tamper(store: Store, statement: str) -> None:
    """Write past the triggers, as who owns the database can."""
    with store.connection() as connection:
        if store.dialect == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            for (name,) in connection.execute(
                text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'trail_%'")
            ).all():
                connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(statement))


def test_what_is_new_is_sealed_once(app: Flask, store: Store, auditor: Account) -> None:
    assert run(app, "jobs", "run", "seal-trail") == (0, "seal-trail: nothing new to seal.\n")
    happen(app, auditor, "one", "two")
    code, said = run(app, "jobs", "run", "seal-trail")
    first = store.one(select(TrailSeal))
    assert (code, said) == (0, f"seal-trail: sealed 2 entries up to {first.last_id}, fingerprint {first.digest}.\n")
    assert run(app, "trail", "seal") == (0, "Nothing new to seal.\n")
    happen(app, auditor, "three")
    assert "1 entries" in run(app, "trail", "seal")[1]
    happen(app, auditor, "four")
    said = "3 entries lie under 2 seals, and 1 came since: all is as it was sealed.\n"
    assert run(app, "trail", "check") == (0, said)
    assert run(app, "trail", "check", "--expect", first.digest[:12]) == (0, said)
    assert run(app, "trail", "check", "--expect", "0" * 64)[0] == 1


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE trail_entry SET reason = 'x' WHERE id = 2", "Entries 1 to 3: at least one is not as it was sealed."),
        ("UPDATE trail_entry SET at = '2020-01-01 00:00:00+00' WHERE id = 1", "Entries 1 to 3: at least one"),
        ("DELETE FROM trail_entry WHERE id = 5", "Entries 4 to 5: 2 were sealed, and 1 are there."),
        ("DELETE FROM trail_seal WHERE after_id = 0", "the seal before is missing"),
        ("UPDATE trail_seal SET digest = 'd' || substr(digest, 2) WHERE after_id = 0", "Entries 1 to 3: at least one"),
    ],
)
def test_whoever_writes_past_the_service_shows(
    app: Flask, store: Store, auditor: Account, statement: str, said: str
) -> None:
    happen(app, auditor, "one", "two", "three")
    run(app, "trail", "seal")
    happen(app, auditor, "four", "five")
    run(app, "trail", "seal")
    with pytest.raises(IntegrityError, match="only ever added to"):
        store.sql(statement)
    assert run(app, "trail", "check")[0] == 0
    tamper(store, statement)
    code, told = run(app, "trail", "check")
    assert code == 1
    assert said in told
    assert "NOT as they were sealed" in told


def test_the_invariant_takes_the_trail_in(app: Flask, store: Store, auditor: Account) -> None:
    happen(app, auditor, "one")
    run(app, "trail", "seal")
    tamper(store, "UPDATE trail_entry SET reason = 'x'")
    code, said = run(app, "invariant")
    assert code == 1
    assert "BROKEN  every entry of the audit trail is as it was sealed" in said
    assert "\nholds   " in said, "it goes on"


def test_an_auditor_checks_and_notes_the_fingerprint(
    app: Flask, store: Store, client: Browserlike, auditor: Account
) -> None:
    client.sign_in_as(auditor).get("/trail/")
    page = client.follow("Seals: check that nobody tampered with it")
    assert "No seals yet" in page.main
    happen(app, auditor, "one")
    page = client.fill({"expected": "not hexadecimal"}, button="Seal and check now")
    assert page.errors == ["Enter at least the first 8 figures of the fingerprint: 0 to 9 and a to f."]
    assert store.count(TrailSeal) == 0
    page = client.fill({"expected": ""}, button="Seal and check now")
    made = store.one(select(TrailSeal))
    assert "entries are as they were sealed." in page.main
    assert made.digest in page.main
    assert store.count(TrailEntry, TrailEntry.event == "trail.checked") == 1
    page = client.fill({"expected": f"{made.digest[:8].upper()} "}, button="Seal and check now")
    assert "the fingerprint that you noted is among the seals" in page.main
    tamper(store, "UPDATE trail_entry SET reason = 'x' WHERE id = 1")
    page = client.fill({"expected": ""}, button="Seal and check now")
    assert "at least one is not as it was sealed" in page.main


def test_an_entry_that_is_committed_late_is_not_left_behind(app: Flask, store: Store, auditor: Account) -> None:
    """An entry has its number before it is committed: sealing waits for it, or leaves it to the next time."""
    if store.dialect == "sqlite":
        happen(app, auditor, "there is one writer", "nothing comes late")
    else:
        with app.app_context(), ThreadPoolExecutor(1) as beside:
            record("account.signed_in", by=people.actor(auditor), subject_id=auditor.id)
            happen(app, auditor, "later, and committed at once")
            sealing = beside.submit(run, app, "trail", "seal")
            sleep(0.5)
            db.session.commit()
            assert "sealed 2 entries" in sealing.result()[1].lower()
    run(app, "trail", "seal")
    with app.app_context():
        assert (seals.check().entries, seals.check().faults) == (2, [])


def test_who_writes_for_long_is_not_waited_for(
    app: Flask, store: Store, auditor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seals, "PATIENCE", "100ms")
    with app.app_context():
        record("account.signed_in", by=people.actor(auditor), subject_id=auditor.id)
        if store.dialect == "postgresql":
            with ThreadPoolExecutor(1) as beside:
                assert beside.submit(run, app, "trail", "seal").result() == (0, "Nothing new to seal.\n")
        db.session.commit()
    assert "1 entries" in run(app, "trail", "seal")[1]
