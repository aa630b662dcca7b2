"""The job that seals the trail."""

import logging

from selection.core.db import db
from selection.trail.seals import seal

log = logging.getLogger(__name__)


def seal_trail() -> str:
    """Seal what is new on the trail, commit it, and say so in the log, where the fingerprint is out of reach of it."""
    made = seal()
    db.session.commit()
    if made is None:
        return "nothing new to seal"
    said = f"sealed {made.entries} entries up to {made.last_id}, fingerprint {made.digest}"
    log.info("the trail: %s", said)
    return said
