"""A mail server that really listens, and an app that knows of it."""

from dataclasses import replace

import pytest

from config import Settings
from tests.inbox import Inbox, free_port, inbox

__all__ = ["Inbox", "free_port", "inbox"]


@pytest.fixture
def settings(settings: Settings, free_port: int) -> Settings:
    """The settings of every test here: mail goes to the port where the inbox listens, if the test has one."""
    return replace(
        settings, smtp_url=f"smtp://127.0.0.1:{free_port}", mail_from="Selection <selection@service.example>"
    )
