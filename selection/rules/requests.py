"""Requests for recognition: who may ask, what evidence is taken, and when a request is decided."""

from enum import StrEnum


class RequestState(StrEnum):
    """Open until it is decided or its requester takes it back."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"
