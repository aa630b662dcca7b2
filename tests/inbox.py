"""A mail server that really listens, for tests that send letters."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller


@dataclass
class Inbox:
    """Takes letters over SMTP, unless told what to answer instead."""

    letters: list[EmailMessage] = field(default_factory=list)
    answer: str | None = None
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802 - its name
        if address in self.refused:
            return "550 No such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - its name
        if self.answer:
            return self.answer
        self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 Taken"

    def to(self) -> list[str]:
        """Whom the letters that were taken are for."""
        return sorted(str(letter["To"]) for letter in self.letters)


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def inbox(free_port: int) -> Iterator[Inbox]:
    """The mail server, listening."""
    made = Inbox()
    controller = Controller(made, hostname="127.0.0.1", port=free_port)
    controller.start()
    yield made
    controller.stop()
