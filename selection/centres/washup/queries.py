"""Reads of the wash-up: what each exercise of each candidate came to so far, as far as it is revealed."""

from collections.abc import Iterator
from dataclasses import dataclass

from selection.centres import rosters
from selection.centres.papers import Exercise
from selection.centres.roster import Candidate, Roster, Sits
from selection.centres.washup import talks as talking
from selection.centres.washup import written as writing
from selection.centres.washup.talks import Talks
from selection.centres.washup.written import Written
from selection.models.centres import Centre
from selection.rules import centres as rules
from selection.rules.moderation import Moderated, Moderation, Settlement
from selection.rules.roles import Actor, Permission


@dataclass(kw_only=True, slots=True)
class Table:
    """One exercise of one candidate at the wash-up; nothing is written and nothing moderated before the reveal."""

    centre: Centre
    candidate: Candidate
    sitting: Sits
    exercise: Exercise
    written: list[Written]
    talks: Talks
    moderation: Moderation | None
    standard: int

    @property
    def facts(self) -> rules.Sitting:
        """The exercise as the rules see it, with what was reported and settled of an incident."""
        return self.sitting.facts(
            incident_reported=self.incident_reported, incident_settled=self.talks.incident is not None
        )

    @property
    def incident_reported(self) -> bool:
        """True if an assessor reported a critical incident."""
        return any(form.incident for form in self.written)

    @property
    def incident_open(self) -> bool:
        """True if a critical incident is reported and not settled."""
        return self.incident_reported and self.talks.incident is None

    @property
    def still_open(self) -> tuple[Moderated, ...]:
        """The competencies that are still to be discussed; none in an exercise that is void."""
        return self.moderation.still_open if self.moderation and not self.sitting.void_reason else ()

    @property
    def judgement_open(self) -> bool:
        """True if the judgements of the whole are still to be discussed."""
        return bool(self.moderation and self.moderation.judgement_open and not self.sitting.void_reason)

    @property
    def sealed_third(self) -> Written | None:
        """The form of a third assessor, once it is sealed."""
        return next((form for form in self.written if form.third), None)

    def moderated(self, competency_id: int) -> Moderated | None:
        """Return what counts for a competency, None before the reveal."""
        if self.moderation is None:
            return None
        return next((each for each in self.moderation.competencies if each.competency == competency_id), None)

    def in_order(self) -> list[Moderated]:
        """Return the competencies, those that must be discussed first."""
        competencies = self.moderation.competencies if self.moderation else ()
        return sorted(competencies, key=lambda each: each.how is not Settlement.MUST_BE_DISCUSSED)


def overview(by: Actor, centre_id: int) -> tuple[Roster, dict[int, Table]]:
    """Return the centre and each exercise of each candidate, by sitting; three queries."""
    found = rosters.roster(by, Permission.CENTRES_READ, centre_id)
    written, talks = writing.of_centre(by, centre_id), talking.of_centre(by, centre_id)
    return found, _tables(found, written, talks)


def of_candidacy(
    by: Actor, permission: Permission, centre_id: int, candidacy_id: int
) -> tuple[Roster, Candidate, dict[int, Table]]:
    """Return the centre with one candidate, and each of their exercises by sitting; three queries."""
    found, candidate = rosters.of_candidacy(by, permission, centre_id, candidacy_id)
    written, talks = writing.of_candidacy(by, candidacy_id), talking.of_candidacy(by, candidacy_id)
    return found, candidate, _tables(found, written, talks)


def table(by: Actor, permission: Permission, centre_id: int, sitting_id: int) -> Table:
    """Return one exercise of one candidate, with the marks of indicators; three queries."""
    found, candidate, sitting = rosters.of_sitting(by, permission, centre_id, sitting_id)
    return table_of(by, found, candidate, sitting)


def table_of(by: Actor, found: Roster, candidate: Candidate, sitting: Sits) -> Table:
    """Return an exercise that is loaded already, with all that was written and settled of it; two queries."""
    written, talks = writing.of_sitting(by, sitting.id), talking.of_sitting(by, sitting.id)
    return _table(found, candidate, sitting, written, talks)


def _tables(found: Roster, written: writing.AllWritten, talks: dict[int, Talks]) -> dict[int, Table]:
    return {
        sitting.id: _table(found, candidate, sitting, written.get(sitting.id, []), talks.get(sitting.id, Talks()))
        for candidate, sitting in found.each_sitting()
    }


def _table(found: Roster, candidate: Candidate, sitting: Sits, written: list[Written], talks: Talks) -> Table:
    # The query said so already; the rules say it once more.
    seen = written if sitting.revealed and not sitting.withheld else []
    exercise = found.papers.exercise(sitting.kind)
    return Table(
        centre=found.centre,
        candidate=candidate,
        sitting=sitting,
        exercise=exercise,
        written=seen,
        talks=talks,
        moderation=talking.moderated(exercise.facts, seen, talks, found.papers.facts),
        standard=found.papers.facts.scale_standard,
    )


def to_discuss(tables: dict[int, Table]) -> Iterator[tuple[Table, Moderated]]:
    """Go through every competency that is still to be discussed."""
    for each in tables.values():
        for moderated in each.still_open:
            yield each, moderated
