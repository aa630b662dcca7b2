"""Suspension, deselection and the appeal against it: who takes part, and when each can be decided."""

from enum import StrEnum


class StopPart(StrEnum):
    """What somebody's part in a stop is; everybody has one part at most."""

    PANEL = "panel"
    APPEAL = "appeal"


class AppealOutcome(StrEnum):
    """What an appeal came to: upheld ends the deselection, dismissed leaves it."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"
