"""What a certificate says of itself on a day: valid, expired, withdrawn; nothing about whose it is."""

from datetime import date
from enum import StrEnum

from selection.rules.validity import Span


class CertificateState(StrEnum):
    """What there is to say of a certificate number on a day."""

    VALID = "valid"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


def state_on(day: date, days: Span, withdrawn_on: date | None) -> CertificateState:
    """Return what a certificate is on the day; one that is withdrawn from a later day on is still valid until then."""
    if withdrawn_on is not None and withdrawn_on <= day:
        return CertificateState.WITHDRAWN
    if day < days.first:
        return CertificateState.NOT_YET
    return CertificateState.VALID if day <= days.last else CertificateState.EXPIRED


def tidied(number: str) -> str:
    """Return a certificate number as it is stored, however somebody typed it."""
    return "".join(number.split()).upper()
