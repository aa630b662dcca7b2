"""A certificate taken away as a document or a badge, and its number checked by anybody."""

import base64
import json
import warnings
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError, SecurityWarning
from joserfc.jwk import KeySet
from sqlalchemy import select

from config import Settings
from selection.models.authorisations import Certificate
from selection.models.checks import NumberCheck
from selection.models.people import Account, Staff
from selection.rules.programmes import Stage
from selection.rules.roles import Role
from tests.conftest import Clock
from tests.factories import chain, people
from tests.pages import Browserlike
from tests.papers import read_accessible
from tests.training.conftest import World

KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
"""The secret key of the first test vector of RFC 8032, section 7.1."""
PUBLIC = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"


@pytest.fixture
def settings(database: str, tmp_path: Any) -> Settings:
    return Settings(
        database_url=database,
        secret_key="a key for tests that signs nothing of worth",
        instance=tmp_path,
        testing=True,
        public_address="https://selection.example",
        badge_key=KEY,
        checks_per_hour=8,
    )


@pytest.fixture
def ann(world: World) -> Staff:
    with world.store.session() as session:
        return people.staff(session, "Ann Lee")


@pytest.fixture
def held(world: World, ann: Staff) -> Certificate:
    with world.store.session() as session:
        lead = session.get_one(Account, world.lead.id)
        last = date(2029, 10, 28)
        return chain.certificate(session, ann, Stage.FUNDAMENTAL, first=date(2026, 3, 28), last=last, by=lead)


def test_the_document_can_be_read_aloud_and_tells_a_recognition_apart(
    lead: Browserlike, held: Certificate, world: World
) -> None:
    page = lead.get(f"/training/certificates/{held.id}")
    answer = lead.http.get(page.links["Take it as a PDF"])
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="certificate-{held.number}.pdf"'
    words = " ".join(read_accessible(answer.data, title=f"Certificate {held.number}").split())
    assert "Ann Lee has had recognised fundamental training" in words
    assert "Recognised: not assessed here" in words
    assert "From 28 March 2026 to 28 October 2029" in words
    assert f"https://selection.example/training/certificates/check?number={held.number}" in words.replace(" ", "") or (
        held.number in words
    )
    world.store.sql(
        "UPDATE certificate SET valid_to = '2027-03-14', withdrawn_on = '2027-03-15', withdrawn_reason = 'x'"
        " WHERE id = :id",
        id=held.id,
    )
    again = lead.http.get(f"/training/certificates/{held.id}/document").data
    assert "Withdrawn from 15 March 2027" in read_accessible(again, title=f"Certificate {held.number}")
    assert "was withdrawn" in lead.get(f"/training/certificates/{held.id}/badge", expect=409).main


def test_the_badge_is_verified_by_another_library(lead: Browserlike, held: Certificate, ann: Staff) -> None:
    answer = lead.http.get(f"/training/certificates/{held.id}/badge")
    assert answer.mimetype == "application/vc+jwt"
    published = lead.http.get("/training/badges/keys").json
    assert published is not None
    keys = KeySet.import_key_set(published)
    assert published["keys"][0]["x"] == PUBLIC
    assert published["keys"][0]["kid"] == keys.keys[0].thumbprint()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SecurityWarning)  # the name that every verifier of badges knows
        token = jwt.decode(answer.data.decode(), keys, algorithms=["EdDSA"])
        jwt.JWTClaimsRegistry(
            now=lambda: 1_805_000_000, iss={"essential": True}, nbf={"essential": True}, exp={"essential": True}
        ).validate(token.claims)
        head, body, signature = answer.data.decode().split(".")
        content = json.loads(base64.urlsafe_b64decode(body + "=="))
        content["name"] = "Everything"
        forged = base64.urlsafe_b64encode(json.dumps(content).encode()).rstrip(b"=").decode()
        with pytest.raises(BadSignatureError):
            jwt.decode(f"{head}.{forged}.{signature}", keys, algorithms=["EdDSA"])
    badge = token.claims
    assert token.header["typ"] == "JWT"
    assert badge["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
    assert badge["@context"][0] == "https://www.w3.org/ns/credentials/v2"
    check = f"https://selection.example/training/certificates/check?number={held.number}"
    assert badge["id"] == badge["jti"] == check
    assert badge["issuer"]["id"] == badge["iss"] == lead.http.get("/training/badges/issuer").json["id"]  # type: ignore[index]
    assert (badge["validFrom"], badge["validUntil"]) == ("2026-03-28T00:00:00+00:00", "2029-10-28T23:59:59+00:00")
    achievement = badge["credentialSubject"]["achievement"]
    assert achievement["criteria"]["narrative"].startswith("Recognised:")
    (holder,) = badge["credentialSubject"]["identifier"]
    assert holder["hashed"] is True
    assert ann.email not in answer.data.decode() + body
    assert ann.name not in json.dumps(badge)


def test_anybody_can_check_a_number_and_learns_nothing_else(
    client: Browserlike, held: Certificate, world: World, clock: Clock
) -> None:
    where = "/training/certificates/check"
    assert "Is this certificate valid?" in client.get(where).main
    for day, word in (
        (date(2026, 3, 27), "Not yet valid"),
        (date(2026, 3, 28), "Valid"),
        (date(2029, 10, 28), "Valid"),
        (date(2029, 10, 29), "Expired"),
    ):
        clock.set(day)
        page = client.get(where, number=held.number.lower())
        assert page.words("[role=status] .govuk-tag") == word
        assert "Ann" not in page.text
    clock.set(date(2027, 3, 15))
    withdrawn = "UPDATE certificate SET withdrawn_on = '2027-03-15', valid_to = '2027-03-14' WHERE id = :id"
    world.store.sql(withdrawn, id=held.id)
    assert client.get(where, number=held.number).words("[role=status] .govuk-tag") == "Withdrawn"
    unknown = client.get(where, number="C-AAAAAAAAAA")
    assert unknown.words("[role=status] .govuk-tag") == "Unknown"
    assert "There is no certificate with this number." in unknown.main
    assert "<script>alert" not in client.get(where, number="<script>alert(1)</script>").text


def test_how_many_numbers_one_address_asks_about_is_limited(
    client: Browserlike, clients: Callable[[], Browserlike], held: Certificate, world: World, clock: Clock
) -> None:
    where = "/training/certificates/check"
    for number in range(8):
        client.get(where, number=f"C-{number}")
    client.get(where, number=held.number, expect=429)
    clients().get(where, number=held.number, expect=429)
    other = clients().http.get(where, query_string={"number": held.number}, environ_base={"REMOTE_ADDR": "10.0.0.9"})
    assert other.status_code == 200
    clock.set(date(2027, 3, 16))
    client.get(where, number=held.number)
    (left,) = world.store.all(select(NumberCheck))
    assert (left.asked, "127.0.0.1" in left.asker) == (1, False)


def test_one_takes_ones_own_and_nobody_elses(
    as_: Callable[..., Browserlike], held: Certificate, ann: Staff, world: World
) -> None:
    own, other = as_(Role.STAFF_MEMBER, of=ann), as_(Role.STAFF_MEMBER)
    assert own.http.get(f"/training/certificates/{held.id}/badge").status_code == 200
    for what in ("", "/document", "/badge"):
        other.get(f"/training/certificates/{held.id}{what}", expect=404)
