"""How many statements of SQL one request of the service takes, counted in this process."""

from typing import Any

from sqlalchemy import event

from bench.browser import Browser, into
from bench.cases import Case
from bench.databases import Seeded
from bench.entering import enter_ours
from bench.serving import SECRET
from bench.targets import Targets
from config import Settings
from selection.app import create_app
from selection.core.db import db


class Counter:
    """The service in this process, on one of the databases."""

    def __init__(self, database: Seeded) -> None:
        self._database = database
        settings = Settings(database_url=database.url, secret_key=SECRET, instance=database.folder)
        self._app = create_app(settings)
        self._browsers: dict[str | None, Browser] = {}
        self._statements: list[str] = []
        with self._app.app_context():
            event.listen(db.engine, "before_cursor_execute", self._note)

    def queries(self, case: Case, targets: Targets) -> int:
        """Return how many the second of two requests takes; the loading of the login counts."""
        if case.by not in self._browsers:
            self._browsers[case.by] = Browser(send=into(self._app))
            enter_ours(self._browsers[case.by], case.by)
        browser = self._browsers[case.by]
        requests = case.asks(targets, self._database.outside)()
        for _time in range(2):
            request = next(requests)
            self._statements.clear()
            browser.ask(request, expect=case.expect)
            counted = len(self._statements)
        requests.close()  # type: ignore[attr-defined]
        return counted

    def close(self) -> None:
        """Let go of the database."""
        with self._app.app_context():
            db.engine.dispose()

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(("BEGIN", "SELECT 1")):
            self._statements.append(statement)
