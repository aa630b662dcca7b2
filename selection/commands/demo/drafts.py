"""The demo's next version of the selection standard: a draft with a few changes, to compare and to publish by two."""

from decimal import Decimal

from selection.commands.demo.setting import Setting
from selection.models.standards import Standard
from selection.standards.drafts.actions import begin_from
from selection.standards.drafts.changing import opened
from selection.standards.editing.actions import (
    CompetencyWords,
    ExerciseWords,
    change_competency,
    change_exercise,
    move_competency,
    set_numbers,
)

WAITS = "Waits after a hard question instead of answering it for the group member."


def draft_next_version(setting: Setting) -> Standard:
    """Let the coordinator begin the next version, and change a number, some words and the order of two competencies."""
    by = setting.actors["coordinator"]
    begun = begin_from(setting.standard, "", by=by)
    draft = opened(begun.id, by=by, writing=True, whole=True)
    set_numbers(draft, "pass rule", {"sem": Decimal("0.3")}, by=by)
    set_numbers(draft, "re-sit and validity", {"resit_wait_months": 4}, by=by)
    role_play = draft.row.exercises[0]
    told = ExerciseWords(title=role_play.title, brief=role_play.brief, minutes=role_play.minutes + 5)
    change_exercise(draft, role_play, told, by=by)
    first = role_play.competencies[0]
    shows = tuple(each.text for each in first.indicators if not each.contrary)
    words = CompetencyWords(
        title=first.title,
        description=first.description,
        shows=(*shows[:-1], WAITS),
        against=tuple(each.text for each in first.indicators if each.contrary),
    )
    change_competency(draft, role_play, first, words, by=by)
    interview = draft.row.exercises[-1]
    move_competency(draft, interview, interview.competencies[-1], down=False, by=by)
    return begun
