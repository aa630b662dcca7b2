"""Forms of records, records that supervisors signed, and sessions that were held."""

from datetime import date
from itertools import count

from sqlalchemy.orm import Session

from selection.core import clock
from selection.models.delivery import SessionRecord
from selection.models.groups import Assignment
from selection.models.people import Account
from selection.models.record_forms import FormPoint, FormQuestion, RecordForm
from selection.models.sessions import GroupSession
from selection.models.supervision import RecordAnswer, RecordSubject, SupervisorRecord
from selection.rules.records import AnswerKind, RecordKind
from selection.rules.sessions import SessionState
from tests.factories import sessions

_numbers = count(1)


def form(session: Session, kind: RecordKind) -> RecordForm:
    """Return a published form: of an appointment two headings, of a session a heading and two rated questions."""
    reviews = kind is RecordKind.REVIEW
    made = RecordForm(
        kind=kind,
        number=next(_numbers),
        title=f"Form of {kind}",
        points=[FormPoint(point=point, label=f"Label {point}") for point in range(1, 4 if reviews else 1)],
        questions=[
            FormQuestion(position=1, text="What was it", hint="", answer=AnswerKind.WORDS, required=True),
            FormQuestion(
                position=2, text="Explains clearly", hint="", answer=AnswerKind.POINTS if reviews else AnswerKind.WORDS
            ),
        ],
    )
    if reviews:
        made.questions.append(
            FormQuestion(position=3, text="Works together", hint="", answer=AnswerKind.POINTS, from_facilitators=2)
        )
    session.add(made)
    session.flush()
    made.state, made.published_at = "published", clock.now()
    session.flush()
    return made


def forms(session: Session) -> dict[RecordKind, RecordForm]:
    """Return a published form of each kind."""
    return {kind: form(session, kind) for kind in RecordKind}


def supervised(
    session: Session,
    spell: Assignment,
    day: date,
    *,
    asks: RecordForm,
    by: Account,
    next_on: date | None = None,
    present: bool = True,
    signed: bool = True,
) -> SupervisorRecord:
    """Return the record of an appointment with whoever the spell is of."""
    row = SupervisorRecord(
        kind=RecordKind.SUPERVISION,
        group_id=spell.group_id,
        supervisor_id=spell.supervisor_id,
        held_on=day,
        next_on=next_on,
        form_id=asks.id,
        supervision_id=spell.supervision_id,
        supervision_from=spell.supervision_from,
        supervision_to=spell.supervision_to,
        made_at=clock.now(),
        made_by_id=by.id,
    )
    session.add(row)
    session.flush()
    session.add(
        RecordSubject(
            record_id=row.id,
            facilitator_id=spell.facilitator_id,
            kind=row.kind,
            group_id=row.group_id,
            supervisor_id=row.supervisor_id,
            held_on=day,
            on_day=day,
            position=1,
            present=present,
            assignment_id=spell.id,
            assignment_from=spell.starts_on,
            assignment_to=spell.ends_on,
        )
    )
    session.add(
        RecordAnswer(
            record_id=row.id,
            form_id=asks.id,
            question_id=asks.questions[0].id,
            answer=AnswerKind.WORDS,
            words="All went as planned.",
        )
    )
    session.flush()
    if signed:
        row.signed_at = clock.now()
        session.flush()
    return row


def held(
    session: Session,
    day: date,
    *spells: Assignment,
    by: Account,
    recording: str = "Drive, folder 1",
    minutes: int = 150,
    present: int = 8,
    number: int | None = None,
) -> GroupSession:
    """Return a session of the spells' group that was held that day, delivered by whoever the spells are of."""
    made = sessions.session_of(session, spells[0].group, day, number=number)
    for spell in spells:
        sessions.place(session, made, spell)
    made.state = SessionState.HELD
    session.flush()
    session.add(
        SessionRecord(
            session_id=made.id,
            state=SessionState.HELD,
            minutes=minutes,
            present=present,
            recording=recording,
            recorded_at=clock.now(),
            recorded_by_id=by.id,
        )
    )
    session.flush()
    return made


def recorded_as_not_held(session: Session, at: GroupSession, *, by: Account) -> None:
    """Record that the session was not held."""
    sessions.held(session, at, SessionState.NOT_HELD)
    session.add(
        SessionRecord(
            session_id=at.id,
            state=SessionState.NOT_HELD,
            reason="Snow.",
            recorded_at=clock.now(),
            recorded_by_id=by.id,
        )
    )
    session.flush()
