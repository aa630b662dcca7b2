"""A letter to each supervisor who is behind: whose supervision is overdue, once a week."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from selection.notices.queue import body_of, queue
from selection.supervision.caseload.queries import Charge, overdue


@dataclass(frozen=True, slots=True)
class Reminded:
    """What came of a run."""

    letters: int
    overdue: int

    def __str__(self) -> str:
        """Say it in words."""
        return f"{self.overdue} overdue, {self.letters} letters queued"


def remind(today: date) -> Reminded:
    """Queue a letter to every supervisor with somebody overdue; the same supervisor hears once in a week."""
    by_supervisor: defaultdict[int, list[Charge]] = defaultdict(list)
    for charge in overdue(today):
        by_supervisor[charge.supervisor_id].append(charge)
    year, week, _ = today.isocalendar()
    letters = [
        queue(
            f"supervision:overdue:{supervisor_id}:{year}-{week:02}",
            to=charges[0].supervisor_email,
            staff_id=supervisor_id,
            subject=f"Supervision: {len(charges)} overdue",
            body=body_of("supervision_overdue", name=charges[0].supervisor, charges=charges),
        )
        for supervisor_id, charges in by_supervisor.items()
    ]
    return Reminded(letters=sum(letters), overdue=sum(len(charges) for charges in by_supervisor.values()))
