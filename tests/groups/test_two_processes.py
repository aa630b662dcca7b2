"""Two processes of the web server, as in service: moves, handovers and withdrawals at the same moment, over HTTP."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier
from time import monotonic
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from config import Settings
from selection.app import create_app
from selection.authorisation.invariant import rows
from selection.core import clock
from selection.core.db import db
from selection.models.groups import Group, Supervision
from selection.models.people import Account
from selection.models.sessions import GroupSession, Place
from selection.rules.eligibility import ActingRole
from selection.rules.roles import Role
from tests.factories import chain, groups, people, programmes, sessions
from tests.forms import Form
from tests.groups.looks import leaning
from tests.service import KEY, serving
from tests.store import Store

ROUNDS = 4
DEEDS = ("move", "hand over", "suspend")


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


@dataclass
class Remote:
    """Somebody signed in at the service, which is elsewhere."""

    address: str
    cookie: str

    def form(self, path: str, button: str, **values: Any) -> dict[str, list[Any]]:
        """Return what the page's form with the button sends once the values are filled in."""
        page = BeautifulSoup(self._ask(path)[1], "html.parser")
        found = next(one for one in page.select("main form") if button in one.get_text() or button in str(one))
        form = Form(found)
        form.fill(values)
        return form.sent()

    def send(self, path: str, data: dict[str, list[Any]]) -> int:
        """Send it, and return the status."""
        return self._ask(path, urlencode(data, doseq=True).encode())[0]

    def _ask(self, path: str, data: bytes | None = None) -> tuple[int, str]:
        request = Request(self.address + path, data=data, headers={"Cookie": self.cookie})
        try:
            with build_opener(_Stay).open(request, timeout=60) as answer:
                fresh = answer.headers.get("Set-Cookie", "").split(";")[0]
                self.cookie = fresh if data is None and fresh.startswith("session=") else self.cookie
                return answer.status, answer.read().decode()
        except HTTPError as answer:
            return answer.code, answer.read().decode()


def _signed_in(app: Flask, account: Account) -> str:
    client = app.test_client()
    with client.session_transaction() as session:
        session.update({"_user_id": account.session_key, "_fresh": True})
    cookie = client.get_cookie("session")
    assert cookie is not None
    return f"session={cookie.value}"


Met = tuple[Group, int, int]
"""A group, the id of its session, and that of who has the place at it."""


def _met(store: Store, first: date, last: date, day: date) -> tuple[Account, int, list[Met]]:
    """Return a manager, the id of who could take over, and for each round a group with a session and a person at it."""
    with store.session() as session:
        boss = people.account(session, Role.PROGRAMME_MANAGER, Role.TREATMENT_MANAGER)
        programme = programmes.programme(session, supervisor_groups=99, groups_at_once=9)
        until: dict[str, Any] = {"first": first - timedelta(days=400), "last": last + timedelta(days=400), "by": boss}
        tom, dora = (
            chain.authorised(session, people.staff(session, name), programme, ActingRole.TREATMENT_MANAGER, **until)
            for name in ("Tom", "Dora")
        )
        made: list[Met] = []
        for number in range(ROUNDS):
            group = groups.group(session, programme, first=first, last=last, reference=f"G{number}")
            link = groups.supervise(session, group, tom)
            right = chain.authorised(session, people.staff(session), programme, **until)
            at = sessions.session_of(session, group, day)
            sessions.place(session, at, groups.assign(session, group, right, link, by=boss))
            made.append((group, at.id, right.staff_id))
        return boss, dora.staff_id, made


def test_whatever_meets_whatever_nobody_is_in_a_room_without_a_right(
    store: Store, database: str, settings: Settings, tmp_path: Path
) -> None:
    last, day = clock.today() + timedelta(days=100), clock.today() + timedelta(days=40)
    boss, dora_id, made = _met(store, clock.today(), last, day)
    won: Counter[str] = Counter()
    collided = 0
    local = create_app(replace(settings, secret_key=KEY))
    with serving(database, tmp_path) as address, ThreadPoolExecutor(3) as pool:
        remote = Remote(address, _signed_in(local, boss))
        for group, session_id, staff_id in made:
            deeds = [
                _move(remote, group.id, session_id, day + timedelta(days=3)),
                _hand_over(remote, group.id, dora_id, day - timedelta(days=5), last),
                _suspend(remote, staff_id),
            ]
            start = Barrier(len(deeds))
            sent = list(pool.map(lambda deed, start=start: _at(start, deed), deeds))
            came = [one.status for one in sent]
            assert set(came) <= {200, 302, 409}, came
            assert 302 in came, "somebody wins"
            assert store.count(Place, Place.session_id == session_id) == (came[2] != 302)
            collided += max(one.began for one in sent) < min(one.ended for one in sent)
            won.update(name for name, status in zip(DEEDS, came, strict=True) if status == 302)
            with store.engine.connect() as connection:
                assert [finding.check for finding in rows.findings(connection) if not finding.holds] == []
    with local.app_context():
        db.engine.dispose()
    assert collided >= ROUNDS // 2, "the three were under way at the same time"
    assert leaning(store) == []
    assert {one.state for one in store.all(select(Group))} == {"open"}
    assert store.count(Supervision) == ROUNDS + won["hand over"], "each handover that was said to be done was"
    moved = [one for one in store.all(select(GroupSession)) if one.day != day]
    assert len(moved) == won["move"], "and each move"
    assert all(won[name] for name in DEEDS), won


@dataclass(frozen=True)
class Sent:
    """What came of a request, and when it was under way."""

    status: int
    began: float
    ended: float


def _at(start: Barrier, deed: Callable[[], int]) -> Sent:
    start.wait()
    began = monotonic()
    status = deed()
    return Sent(status=status, began=began, ended=monotonic())


def _boxes(at: date) -> list[str]:
    return [str(at.day), str(at.month), str(at.year)]


def _move(remote: Remote, group_id: int, session_id: int, to: date) -> Callable[[], int]:
    path = f"/groups/{group_id}/sessions/{session_id}/move"
    data = remote.form(path, "Show what this does") | {"day": _boxes(to)}
    page = BeautifulSoup(remote._ask(path, urlencode(data, doseq=True).encode())[1], "html.parser")
    seen = page.select_one("input[name=seen]")
    assert seen is not None
    confirmed = data | {"seen": [str(seen["value"])]}
    return lambda: remote.send(path, confirmed)


def _hand_over(remote: Remote, group_id: int, staff_id: int, first: date, last: date) -> Callable[[], int]:
    asked = urlencode({"starts_on": _boxes(first), "ends_on": _boxes(last), "role": "treatment_manager"}, doseq=True)
    data = remote.form(f"/groups/{group_id}/supervise?{asked}&areas=all", "Choose", reason="Leaves")
    return lambda: remote.send(f"/groups/{group_id}/supervise", data | {"staff_id": [staff_id]})


def _suspend(remote: Remote, staff_id: int) -> Callable[[], int]:
    path = f"/authorisations/staff/{staff_id}/suspend-now"
    data = remote.form(path, "Suspend now", reason="An inquiry")
    return lambda: remote.send(path, data)
