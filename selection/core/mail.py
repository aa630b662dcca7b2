"""Plain letters over SMTP, to the one server that the settings name."""

import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

from selection.core import clock

PATIENCE = 15.0
"""Seconds that the server has for each answer."""

PORTS = {"smtp": 25, "starttls": 587, "smtps": 465}


class Unreachable(Exception):  # noqa: N818 - it says what the server is
    """The server did not take the call; nothing is said about any letter."""


class NotTaken(Exception):  # noqa: N818
    """The server did not take this letter."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Server:
    """Where letters are handed over: `security` is smtp (none), starttls or smtps."""

    security: str
    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A plain letter; its name is the same however often it is sent, so that a copy can be told from another letter."""

    name: str
    to: str
    subject: str
    body: str


Send = Callable[[Letter], None]
"""Hands over one letter, or raises NotTaken or Unreachable."""


def server(url: str) -> Server:
    """Read `smtp://user:password@host:port`, or `starttls://` or `smtps://`; raises ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError("SMTP_URL must read smtp://, starttls:// or smtps://, then user:password@host:port")
    return Server(
        security=parts.scheme,
        host=parts.hostname,
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


@contextmanager
def connected(to: Server, *, sender: str) -> Iterator[Send]:
    """Keep one call to the server open while letters are handed over; raises Unreachable if it takes none."""
    try:
        line = _call(to)
    except OSError as error:  # which every error of smtplib is too
        raise Unreachable(_said(error)) from error
    try:
        yield lambda letter: _hand_over(line, letter, sender)
    finally:
        with suppress(OSError):
            line.quit()
        line.close()


def _call(to: Server) -> smtplib.SMTP:
    safely = ssl.create_default_context()
    if to.security == "smtps":
        line: smtplib.SMTP = smtplib.SMTP_SSL(to.host, to.port, timeout=PATIENCE, context=safely)
    else:
        line = smtplib.SMTP(to.host, to.port, timeout=PATIENCE)
    try:
        if to.security == "starttls":
            line.starttls(context=safely)
        if to.user:
            line.login(to.user, to.password)
    except OSError:
        line.close()
        raise
    return line


def _hand_over(line: smtplib.SMTP, letter: Letter, sender: str) -> None:
    try:
        line.send_message(_message(letter, sender))
    except smtplib.SMTPServerDisconnected as error:
        raise Unreachable(_said(error)) from error
    except smtplib.SMTPException as error:
        raise NotTaken(_said(error)) from error
    except OSError as error:
        raise Unreachable(_said(error)) from error
    except ValueError as error:
        raise NotTaken(f"The letter cannot be written: {error}") from error


def _message(letter: Letter, sender: str) -> EmailMessage:
    domain = parseaddr(sender)[1].rpartition("@")[2] or "localhost"
    message = EmailMessage()
    message["From"] = sender
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{letter.name}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.body)
    return message


def _said(error: Exception) -> str:
    """Return in one line what went wrong, in the server's own words where it gave some."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code, answer = next(iter(error.recipients.values()))
        return f"{code} {_text(answer)}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return f"{type(error).__name__}: {error}".rstrip(": ")


def _text(answer: bytes | str) -> str:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return " ".join(words.split())
