"""Two hundred assessors type at once: `python -m bench.typing`.

Each has a form and a tablet that sends what changed every 1.2 seconds, as the page's script does, to two web workers.
The same load is laid on a bare insert, served the same way on the same database. At the end every acknowledged
operation must be stored once, and every form must hold the last of them; exits 1 if one is lost.
"""

import argparse
import json
import sys
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPException
from statistics import median, quantiles
from uuid import uuid4

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from bench.browser import Browser, over_http
from bench.databases import KINDS, empty
from bench.entering import enter_floor, enter_ours
from bench.serving import FLOOR, OURS, Server, serving
from selection.models.people import Account
from selection.rules.roles import Role
from selection.rules.standards import ExerciseKind
from tests.factories import centres, people, standards

EVERY = 1.2
"""Seconds between two operations of one tablet: SEND_WITHIN of static/js/capture/sender.js."""

SENTENCE = "10:32 Asked how that was for him, and waited for the answer before going on. "
FLOOR_FORMS = 1_000_000
"""Bases of the bare insert start here, so that its rows and the service's do not meet."""


@dataclass(kw_only=True)
class Typist:
    """One assessor with one form, and what became of what they typed."""

    email: str
    form_id: int
    standard_id: int
    competency_id: int
    browser: Browser | None = None
    base: int = 1
    acknowledged: int = 0
    failed: int = 0


def furnish(engine: Engine, assessors: int) -> list[Typist]:
    """Put in a centre with half as many candidates, each rated by two."""
    with Session(engine, expire_on_commit=False) as session, session.begin():
        chair = people.account(session, Role.COORDINATOR)
        standard = standards.standard(session)
        centre = centres.centre(session, chair=chair, standard=standard)
        competency_id = next(each for each in standard.exercises if each.kind == "role_play").competencies[0].id
        typists = []
        for _candidate in range(assessors // 2):
            [sitting] = centres.candidacy(session, centre, kinds=[ExerciseKind.ROLE_PLAY]).sittings
            for _seat in range(2):
                who: Account = centres.assessor(session)
                form = centres.seat(session, sitting, who)
                given = {"form_id": form.id, "standard_id": standard.id, "competency_id": competency_id}
                typists.append(Typist(email=who.email, **given))
    return typists


def enter(typists: list[Typist], server: Server, *, ours: bool) -> None:
    """Let everybody sign in, one after the other."""
    for typist in typists:
        typist.browser = Browser(send=over_http(server.port))
        if ours:
            enter_ours(typist.browser, typist.email, password=people.PASSWORD)
        else:
            enter_floor(typist.browser, typist.email)
        typist.base, typist.acknowledged, typist.failed = 1 if ours else FLOOR_FORMS, 0, 0


def load(typists: list[Typist], server: Server, seconds: float) -> list[float]:
    """Let all type at once for so long; return the milliseconds that each acknowledgement took."""
    took: list[float] = []
    begin = time.perf_counter() + 1

    def types(number: int, typist: Typist) -> None:
        send = over_http(server.port)
        at = begin + EVERY * number / len(typists)
        while at < begin + seconds:
            time.sleep(max(0.0, at - time.perf_counter()))
            started = time.perf_counter()
            if once(typist, send):
                took.append((time.perf_counter() - started) * 1000)
            at = max(at + EVERY, time.perf_counter())

    threads = [threading.Thread(target=types, args=each) for each in enumerate(typists)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took


def once(typist: Typist, send: object) -> bool:
    """Send one operation, again and again until it is acknowledged, as a tablet does."""
    assert typist.browser is not None
    operation = {
        "op_id": str(uuid4()), "form": typist.form_id, "base_version": typist.base,
        "standard_version": typist.standard_id,
        "payload": {f"evidence-{typist.competency_id}": SENTENCE * 4 + str(typist.acknowledged + 1)},
    }  # fmt: skip
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in typist.browser.cookies.items()),
        "Content-Type": "application/json", "X-CSRFToken": typist.browser.token,
    }  # fmt: skip
    for _try in range(20):
        try:
            path = f"/centres/forms/{typist.form_id}/operations"
            answer = send("POST", path, json.dumps(operation).encode(), headers)  # type: ignore[operator]
        except (OSError, HTTPException):
            typist.failed += 1
            continue
        if answer.status == 200:
            typist.base = json.loads(answer.body)["version"]
            typist.acknowledged += 1
            return True
        typist.failed += 1
    return False


def lost(engine: Engine, typists: list[Typist]) -> list[str]:
    """Return every form on which not exactly what was acknowledged is stored."""
    stored = "SELECT form_id, count(*) FROM form_operation WHERE base_version < :floor GROUP BY form_id"
    with engine.connect() as connection:
        counted = {row[0]: row[1] for row in connection.execute(text(stored), {"floor": FLOOR_FORMS})}
        last = {row[0]: row[1] for row in connection.execute(text("SELECT form_id, evidence FROM rating"))}
    return [
        f"form {each.form_id}: {each.acknowledged} acknowledged, {counted.get(each.form_id, 0)} stored"
        for each in typists
        if counted.get(each.form_id, 0) != each.acknowledged
        or not last.get(each.form_id, "").endswith(f" {each.acknowledged}")
    ]


def measure(kind: str, assessors: int, seconds: float) -> bool:
    """Measure on one kind of database, and say it in a line; false if an operation was lost."""
    with ExitStack() as stack:
        url, folder = stack.enter_context(empty(kind))
        engine = create_engine(url)
        stack.callback(engine.dispose)
        typists = furnish(engine, assessors)
        took = {}
        for name, what in (("bare insert", FLOOR), ("autosave", OURS)):
            with serving(what, url, folder) as server:
                enter(typists, server, ours=what is OURS)
                before = server.processor()
                took[name] = load(typists, server, seconds)
                spent = (server.processor() - before) * 1000 / len(took[name])
            tries = sum(each.failed for each in typists)
            print(
                f"{kind:11} {name:12} {len(took[name]):6} acknowledged, {len(took[name]) / seconds:5.0f} a second,"
                f" p50 {median(took[name]):6.1f} ms, p95 {_p95(took[name]):6.1f} ms, {spent:.1f} ms of processor each,"
                f" {tries} sent again",
                flush=True,
            )
        wrong = lost(engine, typists)
        print(
            f"{kind:11} ratio of p95 {_p95(took['autosave']) / _p95(took['bare insert']):.2f},"
            f" of p50 {median(took['autosave']) / median(took['bare insert']):.2f}; lost: {len(wrong)}"
        )
        for each in wrong[:10]:
            print(f"  {each}")
    return not wrong


def _p95(took: list[float]) -> float:
    return quantiles(took, n=20)[-1]


def main() -> int:
    """Read what is asked for, and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.typing", description="Assessors that type at once.")
    parser.add_argument("--db", choices=KINDS, action="append", help="on this kind of database alone")
    parser.add_argument("--assessors", type=int, default=200, help="how many (200)")
    parser.add_argument("--seconds", type=float, default=30, help="for how long they type, each time (30)")
    asked = parser.parse_args()
    held = [measure(kind, asked.assessors, asked.seconds) for kind in asked.db or KINDS]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
