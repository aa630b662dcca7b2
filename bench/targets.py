"""What there is in a demo to measure with: a name to search, a person, a form to write on, a group to staff."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Engine, Row, text

ASSESSOR = "assessor@demo.example"
MANAGER = "programme.manager@demo.example"

COMMON_WORD = "SELECT word FROM staff_word GROUP BY word ORDER BY count(*) DESC, word LIMIT 1"
BUSIEST = "SELECT facilitator_id FROM assignment GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
OPEN_FORM = """
SELECT rating_form.id, sitting.exercise_id FROM rating_form
JOIN account ON account.staff_id = rating_form.assessor_id AND account.email = :email
JOIN sitting ON sitting.id = rating_form.sitting_id JOIN candidacy ON candidacy.id = sitting.candidacy_id
JOIN centre ON centre.id = candidacy.centre_id LEFT JOIN decision ON decision.candidacy_id = candidacy.id
WHERE rating_form.sealed_at IS NULL AND centre.closed_at IS NULL AND decision.id IS NULL AND sitting.void_reason = ''
ORDER BY rating_form.id LIMIT 1
"""
COMPETENCIES = "SELECT id FROM competency WHERE exercise_id = :exercise_id ORDER BY id"
INDICATORS = """
SELECT indicator.id FROM indicator JOIN competency ON competency.id = competency_id WHERE exercise_id = :exercise_id
"""
# A group that is open, and somebody who may act on it from tomorrow to its end under one supervisor and one right.
GROUP = """
SELECT g.id, g.ends_on, a.staff_id FROM delivery_group AS g
JOIN supervision AS s ON s.group_id = g.id AND s.starts_on <= :first AND s.ends_on = g.ends_on
JOIN authorisation AS a ON a.programme_id = g.programme_id AND a.role = 'facilitator'
AND a.valid_from <= :first AND a.valid_to >= g.ends_on
JOIN practice AS p ON p.staff_id = a.staff_id AND p.programme_id = g.programme_id
AND p.begins_on <= :first AND p.lapses_on >= :first
JOIN staff ON staff.id = a.staff_id AND staff.left_on IS NULL AND staff.area_id = g.area_id
WHERE g.state = 'open' AND g.ends_on > :first
AND NOT EXISTS (SELECT 1 FROM assignment AS x WHERE x.group_id = g.id AND x.facilitator_id = a.staff_id)
AND NOT EXISTS (SELECT 1 FROM supervision AS x WHERE x.group_id = g.id AND x.supervisor_id = a.staff_id)
AND NOT EXISTS (SELECT 1 FROM assignment AS x WHERE x.facilitator_id = a.staff_id AND x.ends_on >= :first)
AND NOT EXISTS (SELECT 1 FROM stop AS x WHERE x.staff_id = a.staff_id)
ORDER BY g.id, a.staff_id LIMIT 1
"""
NOBODY_YET = """
SELECT id FROM staff WHERE left_on IS NULL AND NOT EXISTS (SELECT 1 FROM certificate WHERE staff_id = staff.id)
AND NOT EXISTS (SELECT 1 FROM stop WHERE staff_id = staff.id) ORDER BY id LIMIT 1
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Targets:
    """Ids and words that the requests name."""

    words: str
    person_id: int
    form_id: int
    sheet: dict[str, str]
    group_id: int
    able_id: int
    unable_id: int
    first: str
    last: str


def targets(engine: Engine) -> Targets:
    """Choose them, always the same in the same demo."""
    tomorrow = date.today() + timedelta(days=1)  # noqa: DTZ011, TID251
    form = _one(engine, OPEN_FORM, email=ASSESSOR)
    group = _one(engine, GROUP, first=tomorrow.isoformat())
    return Targets(
        words=_one(engine, COMMON_WORD)[0][:3],
        person_id=_one(engine, BUSIEST)[0],
        form_id=form[0],
        sheet=_sheet(engine, form[1]),
        group_id=group[0],
        able_id=group[2],
        unable_id=_one(engine, NOBODY_YET)[0],
        first=tomorrow.isoformat(),
        last=str(group[1]),
    )


def _sheet(engine: Engine, exercise_id: int) -> dict[str, str]:
    """Return a whole form, as an assessor fills it in."""
    sheet = {"judgement": "competent", "incident_note": "", "do": "save"}
    for row in _all(engine, COMPETENCIES, exercise_id=exercise_id):
        sheet |= {f"rating-{row[0]}": "3", f"why-{row[0]}": "", f"evidence-{row[0]}": "Put it in plain words. " * 6}
    return sheet | {f"mark-{row[0]}": "seen" for row in _all(engine, INDICATORS, exercise_id=exercise_id)}


def _all(engine: Engine, words: str, **values: Any) -> list[Row[Any]]:
    with engine.connect() as connection:
        return list(connection.execute(text(words), values).all())


def _one(engine: Engine, words: str, **values: Any) -> Row[Any]:
    rows = _all(engine, words, **values)
    if not rows:
        raise LookupError(f"the demo has nothing to measure with: {' '.join(words.split())}")
    return rows[0]
