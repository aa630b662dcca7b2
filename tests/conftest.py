"""Fixtures for every test: each gets a database of its own, on SQLite and on PostgreSQL, and an app on top of it."""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from time import process_time
from typing import Any

import hypothesis
import pytest
from flask import Flask
from jinja2 import BytecodeCache, FileSystemBytecodeCache
from sqlalchemy import Dialect, Engine
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from config import Settings
from selection.app import create_app
from selection.core import clock, migrate
from selection.core.db import db, reading_only, to_disk
from tests.databases import KINDS, Databases
from tests.pages import Browserlike
from tests.store import Store

TODAY = date(2027, 3, 15)
"""The day on which tests take place that ask for the clock, unless they move it: a Monday in winter time."""

RULES = Path(__file__).parent / "rules"
RULES_BUDGET = 0.010
"""Seconds of processor time that one test of a rule may take."""

hypothesis.settings.register_profile("ours", deadline=None)  # a shared machine is no fault of the code
hypothesis.settings.load_profile("ours")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let one kind of database be asked for while working, --db sqlite, and a longer or another run of faults."""
    parser.addoption("--db", choices=[*KINDS, "both"], default="both", help="on which databases to run (both)")
    parser.addoption("--faults", type=int, default=32, help="how many faults the half-day of tests/faults has (32)")
    parser.addoption("--seed", type=int, default=1, help="which faults they are (1)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests on the kind of database that was not asked for."""
    asked = config.getoption("--db")
    left_out = [item for item in items if asked != "both" and _kind(item) not in {None, asked}]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass by what was imported, and come more seldom: a tenth of all tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Hold the tests of rules to their budget; those that try many examples have it for each."""
    if not item.path.is_relative_to(RULES) or getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
        return (yield)
    gc.disable()  # what other tests left behind is not this one's to tidy up
    started = process_time()
    try:
        result = yield
    finally:
        spent = process_time() - started
        gc.enable()
    assert spent < RULES_BUDGET, f"{spent * 1000:.0f} ms: rules are tested without an app, a database or a wait"
    return result


def _kind(item: pytest.Item) -> str | None:
    """Return the kind of database that the test is about to use, if it uses one."""
    called = getattr(item, "callspec", None)
    return called.params.get("database_kind") if called else None


@pytest.fixture(scope="session", params=list(KINDS))
def database_kind(request: pytest.FixtureRequest) -> str:
    """The kind of database; a file of tests that is about one kind has a fixture of this name with that kind alone."""
    kind: str = request.param
    return kind


@pytest.fixture(scope="session")
def sources() -> Iterator[Callable[[str], Databases]]:
    """Where fresh databases of a kind come from: migrated when first asked for, kept to the end of the run."""
    with ExitStack() as opened:

        @cache
        def source(kind: str) -> Databases:
            made = KINDS[kind](migrate.upgrade)
            opened.callback(made.close)
            return made

        yield source


@pytest.fixture
def databases(sources: Callable[[str], Databases], database_kind: str) -> Databases:
    """Where fresh databases of this test's kind come from."""
    return sources(database_kind)


@pytest.fixture
def database(databases: Databases) -> Iterator[str]:
    """The address of this test's own database: migrated, and empty."""
    url = databases.fresh()
    yield url
    databases.discard(url)


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """This test's database from outside the service: to put things there, and to see what is stored."""
    made = Store(database)
    yield made
    made.close()


@pytest.fixture
def settings(database: str, tmp_path: Path) -> Settings:
    """The settings of this test's app."""
    return Settings(
        database_url=database,
        secret_key="a key for tests that signs nothing of worth",
        instance=tmp_path,
        testing=True,
    )


@pytest.fixture(autouse=True)
def takes_the_writers_place_again() -> Iterator[None]:
    """No test leaves the next one reading only: what that stores would then not wait its turn on SQLite."""
    yield
    assert not reading_only.get(), "something announced that it only reads, and never took it back"
    assert not to_disk.get(), "something promised the disk, and never took it back"


@pytest.fixture(scope="session", autouse=True)
def addresses_compiled_once() -> Iterator[None]:
    """Werkzeug parses each address of each app and writes two functions for it; all the apps here have the same."""
    compile_rule = Rule.compile
    compiled: dict[tuple[object, ...], Rule] = {}

    def remembered(rule: Rule) -> None:
        same = compiled.setdefault((rule.rule, rule.subdomain, repr(rule.defaults)), rule)
        if same is rule:
            compile_rule(rule)
            return
        rule._parts, rule._trace, rule._converters = same._parts, same._trace, same._converters
        rule.arguments = same.arguments
        for name in ("_build", "_build_unknown"):
            setattr(rule, name, getattr(same, name).__func__.__get__(rule))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Rule, "compile", remembered)
        yield


@pytest.fixture(scope="session", autouse=True)
def statements_compiled_once() -> Iterator[None]:
    """SQLAlchemy compiles a statement once for each engine; all the engines of one kind here speak alike."""
    made, compiled = Engine.__init__, defaultdict[type[Dialect], LRUCache[Any, Any]](lambda: LRUCache(5000))

    def remembering(engine: Engine, *args: Any, **options: Any) -> None:
        made(engine, *args, **options)
        engine._compiled_cache = compiled[type(engine.dialect)]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Engine, "__init__", remembering)
        patched.setattr(DefaultDialect, "__eq__", lambda one, other: type(one) is type(other))
        patched.setattr(DefaultDialect, "__hash__", lambda one: hash(type(one)))
        yield


@pytest.fixture(scope="session")
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> BytecodeCache:
    """Templates, compiled once for all the apps that the tests make."""
    return FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))


@pytest.fixture
def app(settings: Settings, compiled_templates: BytecodeCache) -> Iterator[Flask]:
    """The service on this test's database. Open its context only around calls of actions, never around a client."""
    made = create_app(settings)
    made.jinja_env.bytecode_cache = compiled_templates
    yield made
    with made.app_context():
        db.engine.dispose()


@pytest.fixture
def clients(app: Flask) -> Callable[[], Browserlike]:
    """Makes browsers: one for each person who takes part."""
    return lambda: Browserlike(app)


@pytest.fixture
def client(clients: Callable[[], Browserlike]) -> Browserlike:
    """A browser in which nobody is signed in yet."""
    return clients()


class Clock:
    """The clock of a test; it stands still until it is set."""

    def __init__(self, frozen: ExitStack) -> None:
        self._frozen = frozen

    def set(self, moment: datetime | date) -> None:
        """Make it this moment; a day means noon of it."""
        if not isinstance(moment, datetime):
            moment = datetime.combine(moment, time(12), clock.LONDON)
        self._frozen.close()
        self._frozen.enter_context(clock.freeze(moment))


@pytest.fixture(name="clock")
def stopped_clock() -> Iterator[Clock]:
    """The clock, stopped at noon of TODAY; `clock.set(day)` moves it."""
    with ExitStack() as frozen:
        held = Clock(frozen)
        held.set(TODAY)
        yield held
