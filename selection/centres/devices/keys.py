"""The key with which a device locks what it has not sent: the person's own, and on the device only while they are."""

import base64
import hashlib
import hmac

from selection.rules.roles import Actor


def key_of(by: Actor, *, secret: str) -> str:
    """Return the person's key: 256 bits in base64, the same on every device and for as long as the secret stays."""
    said = f"what waits on a device of account {by.account_id}".encode()
    return base64.b64encode(hmac.digest(secret.encode(), said, hashlib.sha256)).decode()
