"""What is measured: each a request of the service beside the same of its floor, and the goal for their ratio."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from sqlalchemy import Engine, text

from bench.browser import Request
from bench.measure import Requests
from bench.targets import ASSESSOR, MANAGER, Targets


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """One measurement: its name, its goal, who asks, and what both sides are asked."""

    name: str
    goal: float
    by: str | None
    asks: Callable[[Targets, Engine], Requests]
    expect: int = 200
    most_queries: int = 6
    most_kilobytes: int | None = None


def _page(path: str) -> Callable[[Targets, Engine], Requests]:
    def asks(targets: Targets, _outside: Engine) -> Requests:
        address = path.format(targets=targets)

        def requests() -> Iterator[Request]:
            while True:
                yield Request(path=address)

        return requests

    return asks


def _score(targets: Targets, outside: Engine) -> Requests:
    """A form is saved again and again, each time with other points; each save bears the version that is stored."""

    def requests() -> Iterator[Request]:
        ratings = [name for name in targets.sheet if name.startswith("rating-")]
        for turn in count():
            version = _scalar(outside, "SELECT version FROM rating_form WHERE id = :this", this=targets.form_id)
            changed = dict.fromkeys(ratings, str(3 + turn % 2))
            yield Request(
                path=f"/centres/forms/{targets.form_id}", data=targets.sheet | changed | {"version": str(version)}
            )

    return requests


def _assign(who: str) -> Callable[[Targets, Engine], Requests]:
    """Somebody is assigned; what the turn before stored is taken away first, so that each finds the same."""

    def asks(targets: Targets, outside: Engine) -> Requests:
        data = {
            "staff_id": str(getattr(targets, who)),
            "kind": "cover",
            "first": targets.first,
            "last": targets.last,
        }
        whose = "WHERE group_id = :group AND facilitator_id = :able RETURNING id"

        def requests() -> Iterator[Request]:
            while True:
                for table in ("session_facilitator", "assignment"):
                    _scalar(outside, f"DELETE FROM {table} {whose}", group=targets.group_id, able=targets.able_id)
                yield Request(path=f"/groups/{targets.group_id}/assign", data=data)

        return requests

    return asks


def _scalar(engine: Engine, words: str, /, **values: object) -> object:
    with engine.begin() as connection:
        return connection.execute(text(words), values).scalar()


SIGN_IN = Case(name="sign-in page", goal=1.3, by=None, asks=_page("/sign-in"))
REGISTER = Case(name="register", goal=1.6, by=MANAGER, asks=_page("/staff/"), most_kilobytes=35)
SEARCH = Case(
    name="register, search", goal=1.6, by=MANAGER, asks=_page("/staff/?words={targets.words}"), most_kilobytes=35
)
RECORD = Case(name="record", goal=2.0, by=MANAGER, asks=_page("/staff/{targets.person_id}"), most_queries=8)
SCORE = Case(name="store a score", goal=2.5, by=ASSESSOR, asks=_score, expect=302, most_queries=8)
MATRIX = Case(name="skills matrix", goal=1.6, by=MANAGER, asks=_page("/insights/skills"), most_kilobytes=70)
ALLOWED = Case(name="assignment, allowed", goal=2.5, by=MANAGER, asks=_assign("able_id"), expect=302, most_queries=8)
REFUSED = Case(name="assignment, refused", goal=2.0, by=MANAGER, asks=_assign("unable_id"), expect=409, most_queries=8)

AT_EVERY_SIZE = (REGISTER, SEARCH, MATRIX)
AT_ONE_SIZE = (SIGN_IN, RECORD, SCORE, ALLOWED, REFUSED)
