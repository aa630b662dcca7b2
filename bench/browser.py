"""A client that does one thing after another: over a connection, or straight into an app to count what it asks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from time import perf_counter
from urllib.parse import urlencode

from flask import Flask

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
IDLE = 1.0
"""Seconds after which the server may be about to close a connection: gunicorn keeps one for two."""

FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What is asked; with data, a form that is sent."""

    path: str
    data: Mapping[str, str] | None = None

    @property
    def method(self) -> str:
        return "GET" if self.data is None else "POST"


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came back, and after how many seconds, the last byte included."""

    status: int
    body: bytes
    cookies: list[str]
    seconds: float
    leads_to: str = ""

    @property
    def text(self) -> str:
        return self.body.decode()


Send = Callable[[str, str, bytes | None, dict[str, str]], Answer]


@dataclass
class Browser:
    """Keeps the cookies of the pages that it opens, and the token of their forms."""

    send: Send
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(self, request: Request, *, expect: int, keep: bool = False) -> Answer:
        """Ask, and insist on the status; unless cookies are kept, each time is like the first.

        Else what is flashed after a change would pile up in the session, as no page is opened that shows it.
        """
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        body = None
        if request.data is not None:
            headers["Content-Type"] = FORM
            body = urlencode({"csrf_token": self.token} | dict(request.data)).encode()
        answer = self.send(request.method, request.path, body, headers)
        for cookie in answer.cookies if keep else ():
            name, value = cookie.split(";", 1)[0].split("=", 1)
            self.cookies[name] = value
        if answer.status != expect:
            raise AssertionError(
                f"{request.method} {request.path} answered {answer.status}, not {expect}: {_gist(answer.text)}"
            )
        return answer

    def get(self, path: str) -> str:
        """Open a page, and remember the token of its forms."""
        text = self.ask(Request(path=path), expect=200, keep=True).text
        if found := TOKEN.search(text):
            self.token = unescape(found[1])
        return text


def over_http(port: int, *, patience: float = 30) -> Send:
    """Send over the loopback, on one connection for as long as the server keeps it; wait so many seconds at most."""
    connection = HTTPConnection("127.0.0.1", port, timeout=patience)
    last = perf_counter()

    def send(method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        nonlocal last
        if perf_counter() - last > IDLE:
            connection.close()  # the next request opens it again
        started = perf_counter()
        connection.request(method, path, body, headers)
        response = connection.getresponse()
        content = response.read()
        last = perf_counter()
        seconds = last - started
        cookies = response.headers.get_all("Set-Cookie") or []
        leads_to = response.headers.get("Location", "")
        return Answer(status=response.status, body=content, cookies=cookies, seconds=seconds, leads_to=leads_to)

    return send


def into(app: Flask) -> Send:
    """Send straight into the app, in this process."""
    client = app.test_client(use_cookies=False)

    def send(method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        started = perf_counter()
        response = client.open(path, method=method, data=body, headers=headers)
        cookies = response.headers.getlist("Set-Cookie")
        return Answer(
            status=response.status_code, body=response.data, cookies=cookies, seconds=perf_counter() - started
        )

    return send


def _gist(page: str) -> str:
    words = re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    return " ".join(words.split())[:400]
