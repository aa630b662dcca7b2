"""The demo's supervision: appointments every four weeks with most, notes, session reviews; some are overdue."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from selection.commands.demo.days import at, working_day
from selection.commands.demo.delivered import Held
from selection.commands.demo.setting import Setting
from selection.core.db import db
from selection.models.groups import Assignment, Supervision
from selection.models.record_forms import RecordForm
from selection.models.supervision import (
    ActionDone,
    RecordAction,
    RecordAnswer,
    RecordSubject,
    SupervisorRecord,
    WellbeingContact,
)
from selection.rules.records import AnswerKind, RecordKind
from selection.rules.supervising import period_of

OVERDUE_ONE_IN, WELLBEING_ONE_IN = 5, 4
NOT_DONE_ONE_IN = 25
OVERDUE_FOR = timedelta(weeks=6)
BY = "treatment.manager"

SAID = {
    RecordKind.SUPERVISION: (
        "Delivered as planned; the pace was right and the group worked well in pairs.",
        "Kept to the manual. The second exercise ran over and was finished at the next session.",
        "Good attendance. Two members are quiet and are to be drawn in by direct, friendly questions.",
        "The two lead by turns and hand over clearly.",
    ),
    RecordKind.OBSERVATION: (
        "Arrived early, set the room out in a circle, and opened on time.",
        "Clear questions, and time to answer them. One member was asked twice and not pressed.",
        "Name the aim of each exercise before it begins.",
    ),
    RecordKind.REVIEW: (
        "The first hour of the recording, and the last quarter of an hour.",
        "Opened with a clear aim, and came back to it at the end.",
        "Leave more time after a question; two members were about to answer.",
    ),
}
AGREED = ("Read the chapter on scaling questions before the next session.", "Plan the hand-over of the second hour.")


class Supervised:
    """Writes what the supervisors of the demo recorded, each on whom they had on the day."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._account_id = setting.actors[BY].account_id
        self._forms = {
            form.kind: (form.id, [(one.id, one.answer) for one in form.questions])
            for form in db.session.scalars(select(RecordForm).where(RecordForm.state == "published"))
        }
        self._links = {link.id: link for link in db.session.scalars(select(Supervision))}
        self._spells = list(db.session.scalars(select(Assignment).order_by(Assignment.id)))

    def run(self, held: Sequence[Held]) -> None:
        """Write supervision, notes, reviews and days of wellbeing support, and a draft that waits for its signature."""
        if not self._forms:
            return
        for number, spell in enumerate(self._spells):
            self._supervise(number, spell)
        self._draft()
        self._setting.rows.write()
        self._observe(held)
        self._review(held)

    def _supervise(self, number: int, spell: Assignment) -> None:
        today = self._setting.today
        weeks = timedelta(weeks=self._setting.edition.weeks_between_supervision)
        last = today - OVERDUE_FOR if number % OVERDUE_ONE_IN == 0 else today - timedelta(days=1)
        day = working_day(spell.starts_on + timedelta(days=10))
        while day <= min(spell.ends_on, last):
            next_on = working_day(day + weeks - timedelta(days=2))
            record_id = self._record(RecordKind.SUPERVISION, spell, day, next_on=next_on)
            self._name(record_id, RecordKind.SUPERVISION, spell, day, day)
            self._answer(record_id, RecordKind.SUPERVISION, number + day.day)
            action_id = self._setting.rows.add(
                RecordAction,
                record_id=record_id,
                position=1,
                what=AGREED[day.day % len(AGREED)],
                who_id=spell.facilitator_id,
                due_on=next_on,
            )
            done_on = working_day(next_on - timedelta(days=3))
            if done_on < today and (number + day.day) % NOT_DONE_ONE_IN:
                self._done(action_id, done_on)
            if day.month % WELLBEING_ONE_IN == 0:
                self._support(spell, day)
            day = next_on

    def _done(self, action_id: int, done_on: date) -> None:
        self._setting.rows.join(
            ActionDone, action_id=action_id, done_on=done_on, said_by_id=self._account_id, said_at=at(done_on, 16)
        )

    def _draft(self) -> None:
        """Let the treatment manager have begun a record, of whoever they supervise today."""
        today, mine = self._setting.today, self._setting.actors[BY].staff_id
        spell = next(
            (one for one in self._spells if one.supervisor_id == mine and one.starts_on < today <= one.ends_on), None
        )
        if spell is not None:
            record_id = self._record(RecordKind.SUPERVISION, spell, today, signed=False)
            self._name(record_id, RecordKind.SUPERVISION, spell, today, today)
            self._answer(record_id, RecordKind.SUPERVISION, 0)

    def _observe(self, held: Sequence[Held]) -> None:
        """Let the supervisor watch the first session of each group and period."""
        done: set[tuple[int, date]] = set()
        for session in held:
            key = (session.group_id, period_of(session.day, self._setting.edition.review_months).first)
            spells = [spell for staff_id in session.delivered_by if (spell := self._spell(session, staff_id))]
            if key in done or not spells:
                continue
            done.add(key)
            kind, day = RecordKind.OBSERVATION, session.day
            record_id = self._record(kind, spells[0], day, session_id=session.session_id)
            for position, spell in enumerate(spells, start=1):
                self._name(record_id, kind, spell, day, day, position, session.session_id)
            self._answer(record_id, kind, session.session_id)

    def _review(self, held: Sequence[Held]) -> None:
        """Review one recording a group and quarter, of whoever delivered it."""
        done: set[tuple[int, date]] = set()
        for session in held:
            key = (session.group_id, period_of(session.day, self._setting.edition.review_months).first)
            spells = [spell for staff_id in session.delivered_by if (spell := self._spell(session, staff_id))]
            watched = working_day(session.day + timedelta(days=5))
            if not session.recorded or key in done or not spells or watched >= self._setting.today:
                continue
            link = self._links[spells[0].supervision_id]
            if not link.starts_on <= watched <= link.ends_on:
                continue
            done.add(key)
            record_id = self._record(RecordKind.REVIEW, spells[0], watched, session_id=session.session_id)
            for position, spell in enumerate(spells, start=1):
                self._name(record_id, RecordKind.REVIEW, spell, watched, session.day, position, session.session_id)
            self._answer(record_id, RecordKind.REVIEW, session.session_id)
            for spell in spells:
                self._rate(record_id, spell, len(spells))

    def _spell(self, session: Held, staff_id: int) -> Assignment | None:
        return next(
            (
                one
                for one in self._spells
                if (one.group_id, one.facilitator_id) == (session.group_id, staff_id)
                and one.starts_on <= session.day <= one.ends_on
            ),
            None,
        )

    def _record(
        self,
        kind: RecordKind,
        spell: Assignment,
        day: date,
        *,
        next_on: date | None = None,
        session_id: int | None = None,
        signed: bool = True,
    ) -> int:
        """Begin a record; it is signed once its parts are written, for then they stay."""
        link = self._links[spell.supervision_id]
        record_id = self._setting.rows.add(
            SupervisorRecord,
            kind=kind,
            group_id=spell.group_id,
            supervisor_id=spell.supervisor_id,
            held_on=day,
            next_on=next_on,
            session_id=session_id,
            form_id=self._forms[kind][0],
            supervision_id=link.id,
            supervision_from=link.starts_on,
            supervision_to=link.ends_on,
            made_at=at(day, 15),
            made_by_id=self._account_id,
        )
        if not signed:
            return record_id
        self._setting.rows.change(SupervisorRecord, record_id, signed_at=at(day, 15, 30))
        values = {"kind": kind, "group_id": spell.group_id, "held_on": day, "session_id": session_id}
        self._setting.history.note(
            "supervisor_record.signed", at(day, 15, 30), BY, record_id, staff_id=spell.facilitator_id, after=values
        )
        return record_id

    def _name(
        self,
        record_id: int,
        kind: RecordKind,
        spell: Assignment,
        held_on: date,
        on_day: date,
        position: int = 1,
        session_id: int | None = None,
    ) -> None:
        self._setting.rows.join(
            RecordSubject,
            record_id=record_id,
            facilitator_id=spell.facilitator_id,
            kind=kind,
            group_id=spell.group_id,
            supervisor_id=spell.supervisor_id,
            held_on=held_on,
            session_id=session_id,
            on_day=on_day,
            position=position,
            assignment_id=spell.id,
            assignment_from=spell.starts_on,
            assignment_to=spell.ends_on,
        )

    def _answer(self, record_id: int, kind: RecordKind, turn: int) -> None:
        form_id, questions = self._forms[kind]
        said = SAID[kind]
        in_words = [question_id for question_id, answer in questions if answer == AnswerKind.WORDS]
        for number, question_id in enumerate(in_words[: 2 + turn % 3]):
            self._setting.rows.add(
                RecordAnswer,
                record_id=record_id,
                form_id=form_id,
                question_id=question_id,
                answer=AnswerKind.WORDS,
                words=said[(number + turn * (number > 0)) % len(said)],
            )

    def _rate(self, record_id: int, spell: Assignment, people: int) -> None:
        form_id, questions = self._forms[RecordKind.REVIEW]
        rated = [question_id for question_id, answer in questions if answer == AnswerKind.POINTS]
        for question_id in rated if people > 1 else rated[:-1]:
            applies = self._setting.rng.random() > 0.1
            self._setting.rows.add(
                RecordAnswer,
                record_id=record_id,
                form_id=form_id,
                question_id=question_id,
                answer=AnswerKind.POINTS,
                facilitator_id=spell.facilitator_id,
                points=self._setting.rng.choice((2, 3, 3, 3, 4, 4, 5)) if applies else None,
                not_applicable=not applies,
            )

    def _support(self, spell: Assignment, day: date) -> None:
        link = self._links[spell.supervision_id]
        self._setting.rows.add(
            WellbeingContact,
            group_id=spell.group_id,
            facilitator_id=spell.facilitator_id,
            supervisor_id=spell.supervisor_id,
            on_day=day,
            supervision_id=link.id,
            supervision_from=link.starts_on,
            supervision_to=link.ends_on,
            assignment_id=spell.id,
            assignment_from=spell.starts_on,
            assignment_to=spell.ends_on,
        )
