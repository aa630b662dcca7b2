"""Files of earlier training in the demo: one that was approved and made certificates, and one that waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from selection.commands.demo.certificates import imported
from selection.commands.demo.days import at, months_ago
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import Story
from selection.models.courses import Course
from selection.models.imports import ImportedStep, TrainingImport, TrainingImportRow
from selection.models.recognitions import Recognition
from selection.rules.calendar import NO_END, last_day_valid
from selection.rules.programmes import Stage
from selection.rules.requests import RequestState
from selection.rules.validity import Span

IMPORTER, APPROVER = "second.training.lead", "training.lead"
HANDED_IN_DAYS_AGO, APPROVED_AFTER, WAITS_DAYS_AGO = 200, 4, 3
WAITING_PEOPLE = 4
FROM = "The training register of the earlier service, kept by its training unit until it was closed."
BECAUSE = "Compared with the papers in the archive, person by person."
PASSED_MONTHS_BEFORE = {Stage.SELECTION: 8, Stage.FUNDAMENTAL: 5, Stage.PROGRAMME: 1}


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a file: whose, which step, and its days."""

    row_id: int
    member: Member
    stage: Stage
    days: Span


def bring_along(setting: Setting, people: People) -> None:
    """Let every second person who was trained elsewhere come in a file, and a few others in one that waits."""
    brought = [one for one in people.path if one.story == Story.RECOGNISED][::2]
    handed_in = setting.today - timedelta(days=HANDED_IN_DAYS_AGO)
    import_id, lines = _file(setting, "training register.xlsx", brought, handed_in, passed=handed_in)
    decided = handed_in + timedelta(days=APPROVED_AFTER)
    setting.rows.change(
        TrainingImport,
        import_id,
        state=RequestState.APPROVED,
        decided_by_id=setting.actors[APPROVER].staff_id,
        decided_at=at(decided, 11),
        decision_reason=BECAUSE,
    )
    setting.rows.write()
    after = {"state": RequestState.APPROVED, "rows": len(lines)}
    setting.history.note("training_import.decided", at(decided, 11), APPROVER, import_id, after=after, reason=BECAUSE)
    recognised = [(line, _recognise(setting, import_id, line, decided)) for line in lines]
    setting.rows.write()
    for line, recognition_id in recognised:
        imported(setting, line.member, line.stage, line.days, recognition_id, issued_on=decided)
    at_work = {actor.staff_id for actor in setting.actors.values()}
    idle = (one for one in people.everybody if one.story == Story.NEVER and one.left_on is None)
    waiting = [one for one in idle if not one.steps and one.id not in at_work]
    _file(
        setting,
        "south west, earlier register.csv",
        waiting[-WAITING_PEOPLE:],
        setting.today - timedelta(days=WAITS_DAYS_AGO),
        passed=months_ago(setting.today, 9),
    )


def _file(setting: Setting, name: str, members: Iterable[Member], on: date, *, passed: date) -> tuple[int, list[Line]]:
    """Hand a file in with the whole path of each of the people, the last step passed just before the day."""
    told = [(member, stage) for member in members for stage in Stage]
    importer = setting.actors[IMPORTER]
    file_hash = sha256(f"{name}{len(told)}".encode()).hexdigest()
    import_id = setting.rows.add(
        TrainingImport,
        file=name,
        sha256=file_hash,
        rows=len(told),
        reason=FROM,
        imported_by_id=importer.staff_id,
        imported_at=at(on, 10),
    )
    lines = [_say(setting, import_id, number, *line, passed) for number, line in enumerate(told, start=2)]
    after = {"file": name, "sha256": file_hash, "rows": len(told), "there": 0}
    setting.history.note("training_import.handed_in", at(on, 10), IMPORTER, import_id, after=after, reason=FROM)
    return import_id, lines


def _say(setting: Setting, import_id: int, number: int, member: Member, stage: Stage, passed: date) -> Line:
    course = _course(setting, stage)
    on = months_ago(passed, PASSED_MONTHS_BEFORE[stage])
    days = Span(first=on, last=last_day_valid(on, course.newest.valid_months) if course else NO_END)
    row_id = setting.rows.add(
        TrainingImportRow,
        import_id=import_id,
        number=number,
        staff_id=member.id,
        stage=stage,
        programme_id=_programme(setting, stage),
        course_id=course.id if course else None,
        passed_on=days.first,
        valid_to=days.last,
        valid_given=False,
        evidence=f"Certificate {1000 + number} of the earlier service",
    )
    return Line(row_id, member, stage, days)


def _recognise(setting: Setting, import_id: int, line: Line, on: date) -> int:
    importer, approver = setting.actors[IMPORTER].staff_id, setting.actors[APPROVER].staff_id
    whose = {"staff_id": line.member.id, "stage": line.stage, "programme_id": _programme(setting, line.stage)}
    recognition_id = setting.rows.add(
        Recognition,
        **whose,
        evidence="A row of the file training register.xlsx.",
        reason=BECAUSE,
        requested_by_id=importer,
        approved_by_id=approver,
        approved_on=on,
        approved_at=at(on, 11),
    )
    setting.rows.join(
        ImportedStep,
        **whose,
        recognition_id=recognition_id,
        row_id=line.row_id,
        import_id=import_id,
        imported_by_id=importer,
        approved_by_id=approver,
    )
    after = {"stage": line.stage, "requested_by_id": importer, "approved_by_id": approver}
    setting.history.note(
        "recognition.approved",
        at(on, 11),
        APPROVER,
        recognition_id,
        staff_id=line.member.id,
        after=after,
        reason=BECAUSE,
    )
    return recognition_id


def _course(setting: Setting, stage: Stage) -> Course | None:
    return {Stage.FUNDAMENTAL: setting.fundamental, Stage.PROGRAMME: setting.specific}.get(stage)


def _programme(setting: Setting, stage: Stage) -> int | None:
    return setting.programme.id if stage == Stage.PROGRAMME else None
