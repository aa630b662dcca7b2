"""Today's centre at work: forms on tablets, each change of them an operation, and one that is typed from paper."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from selection.commands.demo.days import at
from selection.commands.demo.setting import Setting
from selection.core import clock
from selection.models.capture import FormHold, FormOperation, Transcription
from selection.models.centres import Candidacy, Centre, Sitting
from selection.models.scoring import Rating, RatingForm

Row = dict[str, Any]

TYPIST = "second.coordinator"
"""Neither assesses nor chairs."""

DEVICES = ("iPad", "Android", "iPad")
PAPER_KEPT = "The folder of this centre, in the office of the coordinator"
CHANGES, UNSENT = 9, 2
EVERY = timedelta(seconds=40)


def put_tablets_out(setting: Setting) -> None:
    """Let the assessors with a login have their forms of today's centres on tablets, and type a third's from paper.

    It completes forms that wait to be written: those that are begun, and are neither sealed nor blank.
    """
    logins = {actor.staff_id: word for word, actor in setting.actors.items() if word.endswith("assessor")}
    begun = list(_begun(setting))
    for number, form in enumerate(form for form in begun if form["assessor_id"] in logins):
        _on_a_tablet(setting, form, by=logins[form["assessor_id"]], number=number)
    for form in [form for form in begun if form["assessor_id"] not in logins][:1]:
        _from_paper(setting, form)


def _begun(setting: Setting) -> Iterator[Row]:
    """Yield the forms of today's centres on which something is rated, but not everything."""
    today = {row["id"] for row in setting.rows.waiting(Centre) if row["held_on"] == setting.today}
    sits = {row["id"] for row in setting.rows.waiting(Candidacy) if row["centre_id"] in today}
    asked = {each.id: len(each.competencies) for each in setting.standard.exercises}
    sittings = {row["id"]: row for row in setting.rows.waiting(Sitting) if row["candidacy_id"] in sits}
    rated = Counter(row["form_id"] for row in setting.rows.waiting(Rating))
    for form in setting.rows.waiting(RatingForm):
        sitting = sittings.get(form["sitting_id"])
        if sitting is not None and 0 < rated[form["id"]] < asked[sitting["exercise_id"]]:
            yield form


def _on_a_tablet(setting: Setting, form: Row, *, by: str, number: int) -> None:
    actor, opened = setting.actors[by], _passed(at(setting.today, 9, 5 + 4 * number))
    device, unsent = DEVICES[number % len(DEVICES)], UNSENT if number == 0 else 0
    _operations(setting, form, CHANGES, door="device", by=by, since=opened)
    setting.rows.join(
        FormHold,
        form_id=form["id"],
        device_id=_uuid(f"device {actor.account_id} {number % 2}"),
        device=device,
        account_id=actor.account_id,
        opened_at=opened,
        seen_at=_passed(opened + CHANGES * EVERY),
        unsent=unsent,
        reason="",
    )
    after = {"device": device, "unsent": 0}
    setting.history.note("form.opened", opened, by, form["id"], staff_id=form["staff_id"], after=after)


def _from_paper(setting: Setting, form: Row) -> None:
    typist, begun = setting.actors[TYPIST], _passed(at(setting.today, 11, 40))
    _operations(setting, form, 1, door="paper", by=TYPIST, since=begun)
    setting.rows.join(
        Transcription,
        form_id=form["id"],
        assessor_id=form["assessor_id"],
        by_id=typist.account_id,
        by_staff_id=typist.staff_id,
        paper_kept=PAPER_KEPT,
        begun_at=begun,
    )
    after = {"assessor_id": form["assessor_id"], "paper_kept": PAPER_KEPT}
    setting.history.note("form.transcribed", begun, TYPIST, form["id"], staff_id=form["staff_id"], after=after)


def _operations(setting: Setting, form: Row, count: int, *, door: str, by: str, since: datetime) -> None:
    """Add the changes that brought the form to where it is, each leading one version on."""
    first = 1
    for base in range(first, first + count):
        name = f"operation {base} of form {form['id']}"
        setting.rows.join(
            FormOperation,
            op_id=_uuid(name),
            form_id=form["id"],
            base_version=base,
            version=base + 1,
            standard_id=setting.standard.id,
            door=door,
            payload_hash=sha256(name.encode()).hexdigest(),
            by_id=setting.actors[by].account_id,
            received_at=_passed(since + base * EVERY),
        )
    form["version"] = first + count


def _passed(moment: datetime) -> datetime:
    """Return the moment, or now if it is still to come: nothing is on record before it happens."""
    return min(moment, clock.now())


def _uuid(name: str) -> str:
    return str(UUID(bytes=sha256(name.encode()).digest()[:16], version=4))
