"""Why somebody may or may not act: the one answer for page, API, import, solver and audit."""

from collections.abc import Iterable

from selection.authorisation import gather
from selection.rules.eligibility import ActingRole, reasons_against_acting
from selection.rules.reasons import Reason
from selection.rules.validity import Span


def explain(
    staff_ids: Iterable[int], *, role: ActingRole, programme_id: int, days: Span
) -> dict[int, tuple[Reason, ...]]:
    """Return, by staff id, every reason against acting in the role on each of the days; none means yes."""
    facts = gather.people(staff_ids)
    return {staff_id: reasons_against_acting(one, role, programme_id, days) for staff_id, one in facts.items()}
