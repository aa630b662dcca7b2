"""Extending a set of certificates: together or not at all, with reason and approver, and authorisations follow."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from selection.models.authorisations import Authorisation, Certificate
from selection.models.extensions import CertificateExtension
from selection.models.notices import Notice
from selection.models.people import Staff
from selection.rules.roles import Role
from tests.factories import chain, people
from tests.forms import Value
from tests.pages import Browserlike
from tests.training.conftest import World

ENDS = date(2027, 5, 31)
WANTED: dict[str, Value] = {"until": date(2027, 9, 30), "reason": "No course could be held."}


@pytest.fixture
def right(world: World) -> Authorisation:
    """Ann's authorisation, which ends with her three certificates."""
    with world.store.session() as session:
        ann = people.staff(session, "Ann Lee")
        return chain.authorised(session, ann, session.merge(world.programme), last=ENDS)


def test_a_set_is_extended_together_and_the_authorisation_with_it(
    world: World, lead: Browserlike, right: Authorisation
) -> None:
    with world.store.session() as session:
        asked = people.staff(session, "Area Head")
    page = lead.get("/training/certificates/extend")
    ids = [str(box["value"]) for box in page.soup.select("input[name=certificates]")]
    assert len(ids) == 3
    page = lead.fill(WANTED | {"certificates": ids, "requested_by": asked.number}, button="Extend those ticked")
    assert "3 certificates are valid until 30 September 2027." in page.banner
    stored = world.store.one(select(Authorisation))
    assert (stored.id, stored.valid_to, stored.training_to) == (right.id, date(2027, 9, 30), date(2027, 9, 30))
    rows = world.store.all(select(CertificateExtension))
    assert {(row.from_day, row.to_day, row.reason, row.approved_by_id) for row in rows} == {
        (ENDS, date(2027, 9, 30), "No course could be held.", world.lead.staff_id)
    }
    assert len(world.trail("certificate.extended")) == 3
    letter = world.store.one(select(Notice))
    assert (letter.staff_id, letter.subject) == (right.staff_id, "Your certificates are extended to 30 September 2027")
    (line,) = lead.get(f"/training/certificates/{rows[0].certificate_id}").table()
    assert line["Last day"].startswith("30 September 2027 before: ")
    assert "as Area Head asked" in line["Approved"]
    assert line["Why"] == "No course could be held."
    timeline = lead.get(f"/staff/{right.staff_id}/timeline").main
    assert "Certificate of fundamental training goes on by an extension" in timeline
    assert "to 30 September 2027 and not to 31 May 2027 only. No course could be held." in timeline
    with pytest.raises(DatabaseError):
        world.store.sql("UPDATE certificate_extension SET reason = 'another'")


def test_one_of_three_lengthens_no_authorisation(world: World, lead: Browserlike, right: Authorisation) -> None:
    with world.store.session() as session:
        asked = people.staff(session, "Area Head")
    lead.get("/training/certificates/extend")
    lead.fill(
        WANTED | {"certificates": [str(right.training_id)], "requested_by": asked.number}, button="Extend those ticked"
    )
    stored = world.store.one(select(Authorisation))
    assert (stored.valid_to, stored.training_to, stored.selection_to) == (ENDS, date(2027, 9, 30), ENDS)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": ""}, "Say why it is extended"),
        ({"until": date(2027, 5, 31)}, "is valid until 31 May 2027 already."),
        ({"until": date(2028, 6, 1)}, "can be extended by 12 months at most."),
        ({"requested_by": "Nobody Known"}, "Nobody has the number or the name"),
        ({"certificates": []}, "Tick at least one certificate"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_extended(
    world: World, lead: Browserlike, right: Authorisation, change: dict[str, Value], error: str
) -> None:
    with world.store.session() as session:
        asked = people.staff(session, "Area Head")
    lead.get("/training/certificates/extend")
    sent = WANTED | {"certificates": [str(right.training_id)], "requested_by": asked.number} | change
    page = lead.fill(sent, button="Extend those ticked")
    assert any(error in one for one in page.errors), page.errors
    assert world.store.count(CertificateExtension) == 0


def test_nobody_extends_their_own_or_what_they_asked_for(
    world: World, lead: Browserlike, as_: Callable[..., Browserlike], right: Authorisation
) -> None:
    ann = world.store.one(select(Staff).where(Staff.name == "Ann Lee"))
    own = as_(Role.TRAINING_LEAD, of=ann)
    page = own.get("/training/certificates/extend")
    assert "Nobody extends a certificate of their own." in page.main
    assert not page.soup.select("input[name=certificates]")
    lead.get("/training/certificates/extend")
    me = world.store.one(select(Staff).where(Staff.id == world.lead.staff_id))
    sent = WANTED | {"certificates": [str(right.training_id)], "requested_by": me.number}
    page = lead.fill(sent, button="Extend those ticked")
    assert "Whoever asks for an extension does not approve it." in page.errors[0]
    south = as_(Role.TRAINING_LEAD, in_area="South")
    assert "No certificate in your area" in south.get("/training/certificates/extend").main
    assert world.store.count(Certificate, Certificate.valid_to > ENDS) == 0
