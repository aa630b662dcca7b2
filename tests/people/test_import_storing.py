"""What an import does to the register: all of a file or nothing, the same file twice nothing, each on the trail."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Account, Area, Staff, StaffWord
from selection.models.trail import TrailEntry
from selection.people.imports.actions import check, import_staff
from selection.people.imports.plan import Plan, plan
from selection.people.queries import by_number
from selection.rules.names import sort_key, words_of
from selection.rules.roles import Permission, Role
from tests.conftest import Clock
from tests.costs import counted
from tests.factories import people
from tests.store import Store

HEADING = "number,name,email,area,joined_on,left_on,job_title,line_manager"
BOSS = "B1,Zoë O\u2019Neill,zoe@service.example,North,2019-05-01,,Manager,"
ANN = "A1,Ann Other,ann@service.example,South,06/01/2020,,Probation officer,B1"


@pytest.fixture
def boss(store: Store, clock: Clock) -> Account:
    """An administrator of the whole service, which has the areas North and South."""
    with store.session() as session:
        people.area(session, "South")
        return people.account(session, Role.ADMINISTRATOR)


@pytest.fixture
def northern(store: Store, boss: Account) -> Account:
    """An administrator of the area North alone."""
    with store.session() as session:
        return people.account(session, Role.ADMINISTRATOR, in_area="North")


Import = Callable[..., Plan]


@pytest.fixture
def importing(app: Flask, boss: Account) -> Import:
    """Imports the lines as somebody, and commits."""

    def do(*lines: str, by: Account = boss, heading: str = HEADING) -> Plan:
        with app.app_context():
            actor = people.actor(by)
            done, _ = check("\n".join((heading, *lines)).encode(), by=actor)
            made = import_staff(done, file="/some/where/staff.csv", by=actor)
            db.session.commit()
            return made

    return do


@pytest.fixture
def faults(app: Flask, boss: Account) -> Callable[..., list[tuple[int, str, str]]]:
    """Says what is wrong with the lines, for somebody; and that the import of them is refused, and leaves nothing."""

    def ask(*lines: str, by: Account = boss, heading: str = HEADING) -> list[tuple[int, str, str]]:
        with app.app_context():
            actor = people.actor(by)
            done, _ = check("\n".join((heading, *lines)).encode(), by=actor)
            found = done.faults.listed + plan(done, by=actor).faults.listed
            db.session.rollback()
            with pytest.raises(Refused, match="The file has faults"):
                import_staff(done, file="staff.csv", by=actor)
            db.session.rollback()
            return [(one.row, one.column, one.sentence) for one in found]

    return ask


def _counts(made: Plan) -> tuple[int, int, int]:
    return len(made.created), len(made.changed), made.unchanged


def _events(store: Store) -> list[str]:
    return [entry.event for entry in store.all(select(TrailEntry).order_by(TrailEntry.id))]


def _of(store: Store, number: str) -> Staff:
    return store.one(select(Staff).where(Staff.number == number))


def test_people_are_created_with_all_that_belongs_to_them(store: Store, importing: Import) -> None:
    assert _counts(importing(ANN, BOSS)) == (2, 0, 0)
    ann, boss = _of(store, "A1"), _of(store, "B1")
    assert (ann.line_manager_id, boss.line_manager_id) == (boss.id, None)
    assert (ann.joined_on, ann.left_on, ann.job_title, ann.version) == (date(2020, 1, 6), None, "Probation officer", 1)
    assert store.one(select(Area.name).where(Area.id == ann.area_id)) == "South"
    assert boss.sort_name == sort_key(boss.name)
    for person in (ann, boss):
        words = store.all(select(StaffWord.word).where(StaffWord.staff_id == person.id))
        assert set(words) == words_of(person.name, person.number, person.email)
    created = store.one(select(TrailEntry).where(TrailEntry.event == "staff.created", TrailEntry.staff_id == ann.id))
    assert created.after is not None
    assert (created.after["number"], created.after["line_manager"], created.after["joined_on"]) == (
        "A1",
        "B1",
        "2020-01-06",
    )
    whole = store.one(select(TrailEntry).where(TrailEntry.event == "staff.imported"))
    assert whole.after == {"file": "staff.csv", "rows": 2, "created": 2, "changed": 0, "unchanged": 0}
    assert _events(store) == ["staff.created", "staff.created", "staff.imported"]


def test_the_same_file_twice_changes_nothing(store: Store, importing: Import) -> None:
    importing(ANN, BOSS)
    assert _counts(importing(ANN, BOSS)) == (0, 0, 2)
    assert [_of(store, number).version for number in ("A1", "B1")] == [1, 1]
    assert _events(store).count("staff.imported") == 2
    assert len(_events(store)) == 4


def test_who_is_there_is_changed_and_who_is_not_in_the_file_stays(store: Store, importing: Import) -> None:
    importing(ANN, BOSS)
    assert _counts(importing(ANN.replace("Ann Other", "Anna Öther").replace(",B1", ","))) == (0, 1, 0)
    ann = _of(store, "A1")
    assert (ann.name, ann.sort_name, ann.line_manager_id, ann.version) == ("Anna Öther", "anna other", None, 2)
    words = set(store.all(select(StaffWord.word).where(StaffWord.staff_id == ann.id)))
    assert words == words_of("Anna Öther", "A1", "ann@service.example")
    entry = store.one(select(TrailEntry).where(TrailEntry.event == "staff.changed"))
    assert entry.before == {"name": "Ann Other", "line_manager": "B1"}
    assert entry.after == {"name": "Anna Öther", "line_manager": None}
    assert _of(store, "B1").version == 1


def test_what_the_file_has_no_column_for_stays_as_it_is(store: Store, importing: Import) -> None:
    importing(ANN, BOSS)
    short = "number,name,email,area,joined_on"
    assert _counts(importing("A1,Ann Other,ann@service.example,North,2020-01-06", heading=short)) == (0, 1, 0)
    ann = _of(store, "A1")
    assert (ann.job_title, ann.line_manager_id) == ("Probation officer", _of(store, "B1").id)


def test_addresses_may_pass_from_one_to_another(store: Store, importing: Import) -> None:
    importing(ANN, BOSS)
    swapped = [ANN.replace("ann@", "zoe@"), BOSS.replace("zoe@", "ann@")]
    assert _counts(importing(*swapped)) == (0, 2, 0)
    assert [(_of(store, n).email, _of(store, n).version) for n in ("A1", "B1")] == [
        ("zoe@service.example", 2),
        ("ann@service.example", 2),
    ]
    assert _counts(importing(*swapped)) == (0, 0, 2)


def test_text_that_looks_like_a_formula_is_kept_as_text(store: Store, importing: Import) -> None:
    importing("A1,=1+1,ann@service.example,North,2020-01-06,,@SUM(A1),")
    assert (_of(store, "A1").name, _of(store, "A1").job_title) == ("=1+1", "@SUM(A1)")


@pytest.mark.parametrize(
    ("line", "column", "sentence"),
    [
        (ANN.replace("ann@", "zoe@"), "email", "Another person has this e-mail address."),
        (ANN.replace(",B1", ",B2"), "line_manager", "Nobody of your areas has the number B2."),
        (ANN.replace("South", "West"), "area", "“West” is not one of your areas."),
    ],
)
def test_one_bad_row_and_nobody_is_imported(
    line: str,
    column: str,
    sentence: str,
    store: Store,
    importing: Import,
    faults: Callable[..., list[tuple[int, str, str]]],
) -> None:
    importing(BOSS)
    before = len(_events(store))
    ((row, where, words),) = faults("C1,Cleo,cleo@service.example,North,2020-01-06,,,", line)
    assert (row, where) == (3, column)
    assert sentence in words
    assert store.count(Staff, Staff.number.in_(("A1", "C1"))) == 0
    assert len(_events(store)) == before
    assert store.count(Area, Area.name == "West") == 0


def test_who_imports_for_one_area_leaves_the_others_alone(
    store: Store, importing: Import, northern: Account, faults: Callable[..., list[tuple[int, str, str]]]
) -> None:
    importing(ANN, BOSS)
    assert [fault[:2] for fault in faults("N1,Nia,nia@service.example,South,2020-01-06,,,", by=northern)] == [
        (2, "area")
    ]
    assert [fault[:2] for fault in faults(ANN.replace("South", "North"), by=northern)] == [(2, "number")]
    assert [fault[:2] for fault in faults(BOSS[:-1] + ",A1", by=northern)] == [(2, "line_manager")]
    assert _counts(importing("N1,Nia,nia@service.example,North,2020-01-06,,,B1", by=northern)) == (1, 0, 0)


def test_a_change_by_somebody_else_between_the_look_and_the_word_is_refused(
    app: Flask, store: Store, boss: Account, importing: Import
) -> None:
    importing(ANN, BOSS)
    with app.app_context():
        actor = people.actor(boss)
        done, _ = check(f"{HEADING}\n{ANN.replace('Ann', 'Anna')}".encode(), by=actor)
        seen = plan(done, by=actor).mark()
        db.session.rollback()
        store.sql("UPDATE staff SET job_title = 'Other', version = version + 1 WHERE number = 'A1'")
        with pytest.raises(Refused, match="changed since you saw"):
            import_staff(done, file="staff.csv", by=actor, seen=seen)
        db.session.rollback()
    assert _of(store, "A1").name == "Ann Other"


def test_the_number_of_queries_does_not_follow_the_number_of_rows(app: Flask, boss: Account, importing: Import) -> None:
    def statements(start: int, rows: int) -> int:
        lines = [
            f"Q{n},Person {n},q{n}@service.example,North,2020-01-06,,,Q{start}" for n in range(start, start + rows)
        ]
        lines[0] = lines[0][: lines[0].rindex(",") + 1]
        with counted(app) as sent:
            importing(*lines)
            importing(*(line.replace("Person", "Human") for line in lines))
        return len(sent)

    assert statements(1_000, 5) == statements(2_000, 300)


def test_who_is_imported_is_found_by_the_register(app: Flask, boss: Account, importing: Import) -> None:
    importing(BOSS)
    with app.app_context():
        found = by_number("B1", people.actor(boss).reach(Permission.PEOPLE_READ))
        assert found is not None
        assert found.name == "Zoë O\u2019Neill"
