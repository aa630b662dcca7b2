"""The public answer about a certificate number, and how often one address may ask."""

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from selection.core import clock
from selection.core.db import db
from selection.models.authorisations import Certificate
from selection.models.checks import NumberCheck
from selection.rules.certificates import CertificateState, state_on, tidied
from selection.rules.validity import Span

LONGEST = 40
"""Letters of a number that are looked at; none is longer."""


def state_of(number: str) -> CertificateState:
    """Return what there is to say of the number today; the same one query for a number that is not there."""
    wanted = tidied(number)[:LONGEST]
    query = select(Certificate.valid_from, Certificate.valid_to, Certificate.withdrawn_on)
    row = db.session.execute(query.where(Certificate.number == wanted)).one_or_none()
    if row is None:
        return CertificateState.UNKNOWN
    return state_on(clock.today(), Span(first=row.valid_from, last=row.valid_to), row.withdrawn_on)


def count(address: str, *, secret: str) -> int:
    """Count one more question of the address and return how many it asked this hour; earlier hours are forgotten.

    The address itself is not kept, only a hash of it under the service's own key.
    """
    asker = hmac.new(secret.encode(), address.encode(), hashlib.sha256).hexdigest()
    hour = _this_hour()
    db.session.execute(delete(NumberCheck).where(NumberCheck.hour < hour - timedelta(hours=1)))
    insert = sqlite.insert if db.engine.dialect.name == "sqlite" else postgresql.insert
    asked = insert(NumberCheck).values(asker=asker, hour=hour, asked=1)
    counted = asked.on_conflict_do_update(index_elements=["asker", "hour"], set_={"asked": NumberCheck.asked + 1})
    return int(db.session.scalars(counted.returning(NumberCheck.asked)).one())


def _this_hour() -> datetime:
    return clock.now().replace(minute=0, second=0, microsecond=0)
