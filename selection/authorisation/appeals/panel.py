"""Who was on a panel, as people type it."""

from sqlalchemy import true

from selection.authorisation.find import meant
from selection.core.errors import Refused
from selection.rules.reasons import Reason
from selection.rules.roles import Actor

MOST = 12


def panel_of(text: str | None, *, by: Actor) -> frozenset[int]:
    """Return the staff ids of those named, one a line, and of whoever decides; raises Refused at the field."""
    lines = [line.strip() for line in (text or "").splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Refused(Reason(code="panel.large", message=f"Name at most {MOST} people.", field="panel"))
    named = {meant(line, true(), field="panel").id for line in lines}
    return frozenset(named | ({by.staff_id} if by.staff_id is not None else set()))
