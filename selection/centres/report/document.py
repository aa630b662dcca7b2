"""The report of a centre as data for a document: what the page shows, in words."""

from typing import Any

from selection.centres.roster import Candidate, Roster
from selection.centres.washup.queries import Table
from selection.models.scoring import Moderation
from selection.rules.moderation import Moderated, Settlement
from selection.web.filters import day, moment, words


def data_of(found: Roster, tables: dict[int, Table], counts: dict[str, int]) -> dict[str, Any]:
    """Return everything that templates/documents/centre.typ shows."""
    centre = found.centre
    return {
        "title": centre.title,
        "day": day(centre.held_on),
        "venue": f"{centre.venue}, {centre.area.name}",
        "chair": centre.chair.name,
        "standard": f"{found.papers.title}, version {found.papers.number}",
        "hash": found.papers.content_hash,
        "closed": moment(centre.closed_at) if centre.closed_at else "Not closed yet",
        "counts": [f"{words(key)}: {many}" for key, many in counts.items()],
        "candidates": [_candidate(each, found, tables) for each in found.candidates],
    }


def _candidate(candidate: Candidate, found: Roster, tables: dict[int, Table]) -> dict[str, Any]:
    decision = candidate.decision
    return {
        "name": f"{candidate.name} ({candidate.number})",
        "decision": f"{words(decision.result)}, {day(decision.decided_on)}" if decision else "Not decided yet",
        "note": decision.reason if decision else "",
        "exercises": [
            _exercise(exercise.title, candidate, exercise.kind, tables) for exercise in found.papers.exercises
        ],
    }


def _exercise(title: str, candidate: Candidate, kind: str, tables: dict[int, Table]) -> dict[str, Any]:
    sitting = candidate.sits(kind)
    if sitting is None:
        return {"title": title, "state": "Stands from before", "values": [], "talks": [], "lines": []}
    table, latest = tables[sitting.id], sitting.outcome
    moderated = table.moderation.competencies if table.moderation else ()
    return {
        "title": title,
        "state": state_of(table),
        "values": [[each.name, counts_as(each), each.because] for each in moderated],
        "talks": [talk_in_words(each, table) for each in table.talks.every],
        "lines": list(latest.working["lines"]) if latest else [],
    }


def counts_as(value: Moderated) -> str:
    """Return what counts for a competency: its points, or why there are none."""
    if value.points is not None:
        return value.value
    return "To be discussed" if value.how is Settlement.MUST_BE_DISCUSSED else "Not rated"


def state_of(table: Table) -> str:
    """Return how far an exercise is, in words."""
    sitting = table.sitting
    if sitting.withheld:
        return "Closed to you while a borderline is under review"
    if sitting.outcome:
        mean = f", mean {sitting.mean}" if sitting.mean else ""
        return f"{words(sitting.outcome.result)}{mean}"
    return "No outcome yet" if sitting.revealed else "Not revealed yet"


def talk_in_words(row: Moderation, table: Table) -> str:
    """Return what was settled at the wash-up in a sentence, with its reason and evidence."""
    competency = table.exercise.competency(row.competency_id or 0)
    name = competency.title if competency else ""
    said = {
        "agreed": f"{name}: agreed on {'no opportunity' if row.no_opportunity else row.points}.",
        "third_assessor": f"{name}: deadlock, the median with the third assessor.",
        "judgement": f"The whole: {words(row.global_judgement).lower()}.",
        "incident": f"Critical incident: {'confirmed' if row.incident_confirmed else 'not confirmed'}.",
    }[row.matter]
    evidence = f" Evidence: {row.evidence}" if row.evidence else ""
    return f"{said} {row.reason}{evidence}"
