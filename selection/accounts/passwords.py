"""Passwords: hashed with argon2, checked in the same time whether or not the login exists."""

import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

MIN_LENGTH = 10
EASILY_READ = "abcdefghjkmnpqrstuvwxyz23456789"

_hasher = PasswordHasher()


@cache
def _nobody() -> str:
    """Return the hash of a password that nobody knows, made when it is first needed."""
    return _hasher.hash(secrets.token_hex(16))


def hashed(password: str) -> str:
    """Return the argon2id hash to store."""
    return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """True if the password is the stored one's; without a stored one it takes as long to say no."""
    try:
        _hasher.verify(stored or _nobody(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return stored is not None


def generated() -> str:
    """Return a first password that can be read out and copied by hand: nearly 100 bits, in letters not mistaken."""
    return "-".join("".join(secrets.choice(EASILY_READ) for _ in range(5)) for _ in range(4))


def new_session_key() -> str:
    """Return a word that stands for the login in its sessions until the password changes."""
    return secrets.token_hex(32)
