"""A certificate as an Open Badge 3.0: a verifiable credential, signed with the service's Ed25519 key as a JWT.

See docs/badges.md for what is in it and what is not. The libraries load when the first badge is asked for: they have no
place in a web worker's start.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from importlib import import_module
from typing import Any

from selection.authorisation.grounds import Ground
from selection.core.clock import LONDON
from selection.rules.calendar import NO_END
from selection.rules.programmes import STAGE_NAMES, Stage

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Issuer:
    """Who issues: its name, the address of its profile, and its secret key as 32 bytes in hexadecimal figures."""

    name: str
    address: str
    key: str


def profile(issuer: Issuer) -> dict[str, Any]:
    """Return the public profile of the issuer, which badges point to."""
    return {"@context": CONTEXT, "id": issuer.address, "type": ["Profile"], "name": issuer.name}


def public_key(issuer: Issuer) -> dict[str, str]:
    """Return the public half of the key as a JSON Web Key (RFC 8037), named by its thumbprint (RFC 7638)."""
    key = {"crv": "Ed25519", "kty": "OKP", "x": _base64(_private(issuer).public_key().public_bytes_raw())}
    thumbprint = hashlib.sha256(json.dumps(key, separators=(",", ":"), sort_keys=True).encode()).digest()
    return key | {"kid": _base64(thumbprint), "alg": "EdDSA", "use": "sig"}


def credential(ground: Ground, issuer: Issuer, *, check: str) -> dict[str, Any]:
    """Return the badge before it is signed; `check` is the public address that says whether it still holds."""
    certificate = ground.certificate
    step = STAGE_NAMES[Stage(certificate.stage)]
    programme = certificate.programme
    name = f"{step[0].upper()}{step[1:]}" + (f", {programme.code}" if programme else "")
    about = "-".join([certificate.stage, *([programme.code] if programme else [])])
    badge = {
        "@context": CONTEXT,
        "id": check,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": {"id": issuer.address, "type": ["Profile"], "name": issuer.name},
        "validFrom": _moment(certificate.valid_from),
        "credentialSubject": {
            "id": f"urn:certificate:{certificate.number}",
            "type": ["AchievementSubject"],
            "identifier": [_holder(certificate.staff.email, salt=certificate.number)],
            "achievement": {
                "id": f"{issuer.address}#{about}",
                "type": ["Achievement"],
                "achievementType": "Certificate",
                "name": name,
                "description": f"The holder {'completed' if ground.recognition is None else 'had recognised'} {step}.",
                "criteria": {"narrative": f"{ground.kind}: {ground.says}."},
            },
        },
        "evidence": [{"type": ["Evidence"], "name": ground.kind, "narrative": f"{ground.says}, {ground.on_day}"}],
    }
    return badge if certificate.valid_to == NO_END else badge | {"validUntil": _moment(certificate.valid_to, end=True)}


def signed(badge: dict[str, Any], issuer: Issuer) -> str:
    """Return the badge as a compact JWT: its own members, and the registered claims that Open Badges asks for."""
    claims = {
        "iss": badge["issuer"]["id"],
        "jti": badge["id"],
        "sub": badge["credentialSubject"]["id"],
        "nbf": _seconds(badge["validFrom"]),
    }
    if "validUntil" in badge:
        claims["exp"] = _seconds(badge["validUntil"])
    jwk = public_key(issuer)
    public = {key: jwk[key] for key in ("kty", "crv", "x")}
    word = import_module("jwt").encode(
        badge | claims, _private(issuer), algorithm="EdDSA", headers={"kid": jwk["kid"], "jwk": public}
    )
    return str(word)


def _holder(email: str, *, salt: str) -> dict[str, Any]:
    """Return who holds the badge, as a hash that only somebody who knows the address can check."""
    hashed = hashlib.sha256((email + salt).encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "hashed": True,
        "identityHash": f"sha256${hashed}",
        "identityType": "emailAddress",
        "salt": salt,
    }


def _private(issuer: Issuer) -> Any:
    ed25519 = import_module("cryptography.hazmat.primitives.asymmetric.ed25519")
    return ed25519.Ed25519PrivateKey.from_private_bytes(bytes.fromhex(issuer.key))


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _moment(day: date, *, end: bool = False) -> str:
    return datetime.combine(day, time(23, 59, 59) if end else time.min, LONDON).isoformat()


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())
