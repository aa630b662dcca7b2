"""Checks of the live rows: each question asks for rows that must not be there, without trusting any copied window."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, text

from selection.authorisation.invariant.finding import Finding
from selection.rules.validity import Span, first_gap

MUST_BE_NONE = {
    "every assignment lies within the authorisation that it names, of that person, programme and role": """
        SELECT a.id FROM assignment a LEFT JOIN authorisation r ON r.id = a.authorisation_id
         AND r.staff_id = a.facilitator_id AND r.programme_id = a.programme_id AND r.role = 'facilitator'
         AND r.valid_from <= a.starts_on AND a.ends_on <= r.valid_to WHERE r.id IS NULL""",
    "every assignment begins within its person's practice of the programme": """
        SELECT a.id FROM assignment a LEFT JOIN practice p ON p.id = a.practice_id AND p.staff_id = a.facilitator_id
         AND p.programme_id = a.programme_id AND p.begins_on <= a.starts_on AND a.starts_on <= p.lapses_on
         WHERE p.id IS NULL""",
    "every practice begins with a certificate of programme training, and rests on a day delivered if it says so": """
        SELECT p.id FROM practice p LEFT JOIN certificate c ON c.id = p.certificate_id AND c.staff_id = p.staff_id
         AND c.stage = 'programme' AND c.programme_id = p.programme_id AND c.valid_from = p.begins_on
         LEFT JOIN delivered_day d ON d.id = p.delivered_id AND d.staff_id = p.staff_id
         AND d.programme_id = p.programme_id AND d.day = p.delivered_on AND d.stands
         WHERE c.id IS NULL OR (p.delivered_id IS NOT NULL AND d.id IS NULL)""",
    "every practice lapses under a setting of its programme that is in force on the next day": """
        SELECT p.id FROM practice p LEFT JOIN lapse_setting s ON s.id = p.setting_id AND s.programme_id = p.programme_id
         AND s.months = p.months AND (p.lapses_on < s.to_day OR s.to_day = '9999-12-31') WHERE s.id IS NULL""",
    "the settings of when a right lapses follow one another": """
        SELECT s.id FROM lapse_setting s JOIN lapse_setting t ON t.programme_id = s.programme_id AND t.id <> s.id
         AND s.from_day <= t.from_day AND t.from_day <= s.to_day""",
    "every day delivered is one of an assignment of that person to that group": """
        SELECT d.id FROM delivered_day d LEFT JOIN assignment a ON a.id = d.assignment_id AND a.group_id = d.group_id
         AND a.facilitator_id = d.staff_id AND a.programme_id = d.programme_id
         AND a.starts_on <= d.day AND d.day <= a.ends_on WHERE a.id IS NULL""",
    "every assignment lies within a supervision of its own group": """
        SELECT a.id FROM assignment a LEFT JOIN supervision s ON s.id = a.supervision_id AND s.group_id = a.group_id
         AND s.supervisor_id = a.supervisor_id AND s.starts_on <= a.starts_on AND a.ends_on <= s.ends_on
         WHERE s.id IS NULL""",
    "nobody is supervised by themselves": """
        SELECT a.id FROM assignment a JOIN supervision s ON s.group_id = a.group_id
         AND s.supervisor_id = a.facilitator_id AND s.starts_on <= a.ends_on AND a.starts_on <= s.ends_on""",
    "every supervision lies within an authorisation to supervise": """
        SELECT s.id FROM supervision s LEFT JOIN authorisation r ON r.id = s.authorisation_id
         AND r.staff_id = s.supervisor_id AND r.programme_id = s.programme_id AND r.role = s.role
         AND r.role <> 'facilitator' AND r.valid_from <= s.starts_on AND s.ends_on <= r.valid_to
         WHERE r.id IS NULL""",
    "groups, supervisions and assignments are of one programme": """
        SELECT g.id FROM delivery_group g JOIN supervision s ON s.group_id = g.id
         WHERE s.programme_id <> g.programme_id
        UNION ALL SELECT g.id FROM delivery_group g JOIN assignment a ON a.group_id = g.id
         WHERE a.programme_id <> g.programme_id""",
    "every session lies within the days of its group, and is of a module of its programme": """
        SELECT m.id FROM group_session m LEFT JOIN delivery_group g ON g.id = m.group_id
         AND g.starts_on <= m.day AND m.day <= g.ends_on AND g.programme_id = m.programme_id
         LEFT JOIN module o ON o.id = m.module_id AND o.programme_id = m.programme_id
         WHERE g.id IS NULL OR o.id IS NULL""",
    "every place at a session lies within an assignment of that person to that group": """
        SELECT p.id FROM session_facilitator p LEFT JOIN group_session m ON m.id = p.session_id
         AND m.group_id = p.group_id AND m.day = p.session_day
         LEFT JOIN assignment a ON a.id = p.assignment_id AND a.group_id = m.group_id
         AND a.facilitator_id = p.facilitator_id AND a.starts_on <= m.day AND m.day <= a.ends_on
         WHERE m.id IS NULL OR a.id IS NULL""",
    "every authorisation lies within three certificates of that person: selection, fundamental and programme": """
        SELECT r.id FROM authorisation r
         LEFT JOIN certificate s ON s.id = r.selection_id AND s.staff_id = r.staff_id AND s.stage = 'selection'
          AND s.valid_from <= r.valid_from AND r.valid_to <= s.valid_to
         LEFT JOIN certificate f ON f.id = r.fundamental_id AND f.staff_id = r.staff_id AND f.stage = 'fundamental'
          AND f.valid_from <= r.valid_from AND r.valid_to <= f.valid_to
         LEFT JOIN certificate t ON t.id = r.training_id AND t.staff_id = r.staff_id AND t.stage = 'programme'
          AND t.programme_id = r.programme_id AND t.valid_from <= r.valid_from AND r.valid_to <= t.valid_to
         WHERE s.id IS NULL OR f.id IS NULL OR t.id IS NULL""",
    "every authorisation to supervise lies within an appointment": """
        SELECT r.id FROM authorisation r LEFT JOIN appointment p ON p.id = r.appointment_id
         AND p.staff_id = r.staff_id AND p.programme_id = r.programme_id AND p.role = r.role
         AND p.valid_from <= r.valid_from AND r.valid_to <= p.valid_to
         WHERE r.role <> 'facilitator' AND p.id IS NULL""",
    "every certificate stands on a decision, a passed result or a recognition of that person": """
        SELECT c.id FROM certificate c
         LEFT JOIN decision d ON d.id = c.decision_id AND d.staff_id = c.staff_id AND d.result = 'selected'
          AND c.stage = 'selection'
         LEFT JOIN course_result r ON r.id = c.result_id AND r.staff_id = c.staff_id AND r.passed
          AND r.stage = c.stage AND (r.programme_id = c.programme_id OR c.programme_id IS NULL)
         LEFT JOIN recognition n ON n.id = c.recognition_id AND n.staff_id = c.staff_id AND n.stage = c.stage
          AND (n.programme_id = c.programme_id OR c.programme_id IS NULL)
         WHERE d.id IS NULL AND r.id IS NULL AND n.id IS NULL""",
    "every imported step is of a row, person and days of a file that neither its importer nor the person approved": """
        SELECT i.recognition_id FROM imported_step i
         LEFT JOIN training_import t ON t.id = i.import_id AND t.state = 'approved'
          AND t.decided_by_id <> t.imported_by_id AND t.decided_by_id <> i.staff_id
         LEFT JOIN training_import_row r ON r.id = i.row_id AND r.import_id = i.import_id AND r.staff_id = i.staff_id
          AND r.stage = i.stage
         LEFT JOIN recognition n ON n.id = i.recognition_id AND n.staff_id = i.staff_id AND n.stage = i.stage
          AND n.requested_by_id = t.imported_by_id AND n.approved_by_id = t.decided_by_id
         LEFT JOIN certificate c ON c.recognition_id = i.recognition_id
         WHERE t.id IS NULL OR r.id IS NULL OR n.id IS NULL OR c.valid_from <> r.passed_on""",
    "every recognised certificate begins with its approval at the earliest, unless a file says otherwise": """
        SELECT c.id FROM certificate c JOIN recognition n ON n.id = c.recognition_id
         LEFT JOIN imported_step i ON i.recognition_id = n.id
         WHERE c.valid_from < n.approved_on AND i.recognition_id IS NULL""",
    "nobody was selected short of three competent exercises": """
        SELECT d.id FROM decision d
         LEFT JOIN exercise_outcome a ON a.id = d.role_play_id AND a.staff_id = d.staff_id
          AND a.kind = 'role_play' AND a.result = 'competent'
         LEFT JOIN exercise_outcome b ON b.id = d.presentation_id AND b.staff_id = d.staff_id
          AND b.kind = 'presentation' AND b.result = 'competent'
         LEFT JOIN exercise_outcome c ON c.id = d.formal_interview_id AND c.staff_id = d.staff_id
          AND c.kind = 'formal_interview' AND c.result = 'competent'
         WHERE d.result = 'selected' AND (a.id IS NULL OR b.id IS NULL OR c.id IS NULL)""",
    "no result is passed in part": """
        SELECT id FROM course_result WHERE passed AND (understanding <> 'passed' OR competencies <> 'passed'
         OR abilities <> 'passed' OR NOT attended_enough)""",
    "nobody assessed themselves": "SELECT id FROM rating_form WHERE assessor_id = staff_id",
    "every published standard was shipped, or published by a second person who wrote none of it": """
        SELECT s.id FROM standard s LEFT JOIN standard_publication p ON p.standard_id = s.id
         AND p.content_hash = s.content_hash AND p.published_by_id = s.published_by_id
         AND p.proposed_by_id <> p.published_by_id
         WHERE s.state = 'published' AND NOT s.shipped AND (p.standard_id IS NULL OR EXISTS (
          SELECT 1 FROM standard_author a WHERE a.standard_id = s.id AND a.account_id = p.published_by_id))""",
    "every centre is held under a published standard, and every decision of it is signed under that one's hash": """
        SELECT c.id FROM centre c JOIN standard s ON s.id = c.standard_id WHERE s.state <> 'published'
        UNION ALL SELECT d.id FROM decision d JOIN candidacy y ON y.id = d.candidacy_id
         JOIN centre c ON c.id = y.centre_id JOIN standard s ON s.id = c.standard_id
         WHERE d.standard_hash <> s.content_hash""",
    "every sealed form has its judgement, and rests on an exercise of that person": """
        SELECT f.id FROM rating_form f LEFT JOIN sitting t ON t.id = f.sitting_id AND t.staff_id = f.staff_id
         WHERE t.id IS NULL OR (f.sealed_at IS NOT NULL AND f.global_judgement IS NULL)""",
}

OPEN_GROUPS = "SELECT id, reference, starts_on, ends_on FROM delivery_group WHERE state = 'open' ORDER BY id"
LINKS = "SELECT group_id, starts_on, ends_on FROM supervision ORDER BY group_id, starts_on"


def findings(connection: Connection) -> Iterator[Finding]:
    """Yield a finding for every check of the rows that are there."""
    for check, question in MUST_BE_NONE.items():
        wrong = connection.execute(text(question)).scalars().all()
        yield Finding(check=check, holds=not wrong, seen=f"rows {wrong[:10]}" if wrong else "")
    yield _supervised_every_day(connection)


_ALL = text(
    " UNION ALL ".join(
        f"SELECT {number} FROM ({question}) AS asked{number}"  # noqa: S608 - our own questions, by number
        for number, question in enumerate(MUST_BE_NONE.values())
    )
)


def broken(connection: Connection) -> list[str]:
    """Return which checks do not hold, as `findings` has them, in two statements for whoever asks often."""
    names = list(MUST_BE_NONE)
    wrong = [names[number] for number in sorted(set(connection.execute(_ALL).scalars()))]
    last = _supervised_every_day(connection)
    return wrong if last.holds else [*wrong, last.check]


def _supervised_every_day(connection: Connection) -> Finding:
    chains: defaultdict[int, list[Span]] = defaultdict(list)
    for group_id, first, last in connection.execute(text(LINKS)):
        chains[group_id].append(Span(first=_day(first), last=_day(last)))
    wrong = [
        reference
        for group_id, reference, first, last in connection.execute(text(OPEN_GROUPS))
        if first_gap(chains[group_id], Span(first=_day(first), last=_day(last))) or _overlap(chains[group_id])
    ]
    check = "every open group has exactly one named supervisor on each of its days"
    return Finding(check=check, holds=not wrong, seen=f"groups {wrong[:10]}" if wrong else "")


def _overlap(chain: list[Span]) -> bool:
    return any(earlier.meets(later) for earlier, later in itertools.pairwise(chain))


def _day(value: date | str) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
