"""Requests for recognition in the demo: one that waits, one that was refused; and the panels of its deselections."""

import hashlib
from datetime import timedelta

from selection.commands.demo.days import at
from selection.commands.demo.setting import Member, People, Setting
from selection.commands.demo.stories import Story
from selection.models.recognitions import EvidenceContent, EvidenceFile, RecognitionRequest
from selection.models.stops import StopAppeal, StopRole
from selection.rules.programmes import Stage
from selection.rules.requests import RequestState
from selection.rules.stops import StopPart

LEARNT = "Delivered a like programme in another service for three years, trained there in May three years ago."
REFUSED_BECAUSE = "The training lies too far back, and nothing shows what was assessed in it."
GROUNDS = "The two reviews were of sessions that somebody else led."
ASKED_DAYS_AGO, REFUSED_DAYS_AGO = 6, 40
PANEL_MORE = 2
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj"
    b" 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj trailer<</Root 1 0 R>>\n%%EOF\n"
)


def ask(setting: Setting, people: People) -> None:
    """Let somebody ask for a recognition that waits to be decided, and another have been refused one."""
    waiting = [one for one in people.path if one.story == Story.FUNDAMENTAL][:2]
    for number, member in enumerate(waiting):
        _request(setting, member, refused=number == 1)


def _request(setting: Setting, member: Member, *, refused: bool) -> None:
    lead = setting.actors["training.lead"]
    asked = setting.today - timedelta(days=REFUSED_DAYS_AGO if refused else ASKED_DAYS_AGO)
    decided = asked + timedelta(days=5)
    decision = {
        "state": RequestState.REFUSED,
        "decided_by_id": lead.staff_id,
        "decided_on": decided,
        "decided_at": at(decided, 14),
        "decision_reason": REFUSED_BECAUSE,
    }
    request_id = setting.rows.add(
        RecognitionRequest,
        staff_id=member.id,
        stage=Stage.PROGRAMME,
        programme_id=setting.programme.id,
        learning=LEARNT,
        requested_by_id=member.manager_id or member.id,
        requested_at=at(asked, 11),
        **(decision if refused else {}),
    )
    setting.history.note(
        "recognition.requested",
        at(asked, 11),
        "programme.manager",
        request_id,
        staff_id=member.id,
        after={"stage": Stage.PROGRAMME, "programme_id": setting.programme.id},
    )
    if not refused:
        _file(setting, request_id, asked_at=at(asked, 11))


def _file(setting: Setting, request_id: int, *, asked_at: object) -> None:
    file_id = setting.rows.add(
        EvidenceFile,
        request_id=request_id,
        name="certificate of the other service.pdf",
        kind="application/pdf",
        size=len(PAPER),
        sha256=hashlib.sha256(PAPER).hexdigest(),
        added_by_id=setting.actors["programme.manager"].account_id,
        added_at=asked_at,
    )
    setting.rows.join(EvidenceContent, file_id=file_id, content=PAPER)


def panel(setting: Setting, people: People, stop_id: int, member: Member, *, decided_days_ago: int) -> None:
    """Name who was on the panel of a deselection, and let the person appeal while there was time."""
    decider = setting.actors["treatment.manager"].staff_id
    others = [one.id for one in people.managers if one.id not in (decider, member.id)][:PANEL_MORE]
    for staff_id in filter(None, (decider, *others)):
        setting.rows.join(StopRole, stop_id=stop_id, staff_id=staff_id, stopped_id=member.id, part=StopPart.PANEL)
    lodged = setting.today - timedelta(days=decided_days_ago - 9)
    setting.rows.add(
        StopAppeal,
        stop_id=stop_id,
        staff_id=member.id,
        lodged_on=lodged,
        lodged_at=at(lodged, 16),
        lodged_by_id=setting.actors["treatment.manager"].account_id,
        grounds=GROUNDS,
    )
