"""Two versions side by side: what was added, removed, changed and moved, and nothing else."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selection.rules.versions import Change, Item, differences, size

LISTENS = "Listens without interrupting."
NAMES = "Names what the group member seems to feel."
CALM = "Stays calm when it gets difficult."
LIMIT = "Sets a limit in a friendly way."


def indicators(*texts: str, kind: str = "indicator") -> tuple[Item, ...]:
    return tuple(Item(kind=kind, name=text) for text in texts)


def competency(name: str, *texts: str, description: str = "Hears the person.") -> Item:
    return Item(kind="competency", name=name, says={"Description": description}, parts=indicators(*texts))


def version(*parts: Item, **says: str) -> Item:
    return Item(kind="standard", name="S", says=says, parts=parts)


EMPATHY = competency("Empathy", LISTENS, NAMES, CALM)
Told = tuple[tuple[str, ...], str, str, str, str]


def told(before: Item, after: Item) -> list[Told]:
    return [(each.where, each.what, each.change.value, each.before, each.after) for each in differences(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(version(EMPATHY, sem="0.25"), version(EMPATHY, sem="0.25"), [], id="the same"),
        pytest.param(
            version(sem="0.25"), version(sem="0.3"), [((), "sem", "changed", "0.25", "0.3")], id="a number changed"
        ),
        pytest.param(
            version(brief=""), version(brief="Talk."), [((), "brief", "added", "", "Talk.")], id="words added"
        ),
        pytest.param(version(brief="Talk."), version(), [((), "brief", "removed", "Talk.", "")], id="words removed"),
        pytest.param(
            version(EMPATHY),
            version(competency("Empathy", LISTENS, NAMES, CALM, LIMIT)),
            [(("Empathy",), "indicator", "added", "", LIMIT)],
            id="an indicator added",
        ),
        pytest.param(
            version(EMPATHY),
            version(competency("Empathy", LISTENS, CALM)),
            [(("Empathy",), "indicator", "removed", NAMES, "")],
            id="an indicator removed, the rest moves up without being moved",
        ),
        pytest.param(
            version(EMPATHY),
            version(competency("Empathy", LISTENS, NAMES, "Stays calm when it gets very difficult.")),
            [(("Empathy",), "indicator", "changed", CALM, "Stays calm when it gets very difficult.")],
            id="an indicator reworded",
        ),
        pytest.param(
            version(EMPATHY),
            version(competency("Empathy", CALM, LISTENS, NAMES)),
            [(("Empathy",), "indicator", "moved", f"{CALM} (number 3)", f"{CALM} (number 1)")],
            id="one indicator moved to the front",
        ),
        pytest.param(
            version(EMPATHY),
            version(competency("Empathy and warmth", LISTENS, NAMES, CALM)),
            [((), "competency", "changed", "Empathy", "Empathy and warmth")],
            id="a competency renamed is known by what it holds",
        ),
        pytest.param(
            version(EMPATHY),
            version(competency("Preparation", "Has a plan.", description="Knows the material.")),
            [
                ((), "competency", "added", "", "Preparation\nDescription: Knows the material.\nHas a plan."),
                (
                    (),
                    "competency",
                    "removed",
                    f"Empathy\nDescription: Hears the person.\n{LISTENS}\n{NAMES}\n{CALM}",
                    "",
                ),
            ],
            id="another competency in its place",
        ),
        pytest.param(
            version(*indicators(LISTENS)),
            version(*indicators(LISTENS, kind="contrary indicator")),
            [((), "contrary indicator", "added", "", LISTENS), ((), "indicator", "removed", LISTENS, "")],
            id="a behaviour now speaks against it",
        ),
        pytest.param(version(*indicators(CALM, CALM)), version(*indicators(CALM, CALM)), [], id="the same line twice"),
    ],
)
def test_differences(before: Item, after: Item, expected: Sequence[Told]) -> None:
    assert told(before, after) == expected


TEXTS = st.lists(st.sampled_from([LISTENS, NAMES, CALM, LIMIT]), unique=True, max_size=4)


@settings(max_examples=60, deadline=None)
@given(before=TEXTS, after=TEXTS)
def test_nothing_differs_only_between_equals_and_both_ways_tell_the_same(before: list[str], after: list[str]) -> None:
    one, other = version(*indicators(*before)), version(*indicators(*after))
    assert (differences(one, other) == ()) == (before == after)
    there, back = differences(one, other), differences(other, one)
    assert sum(each.change is Change.ADDED for each in there) == sum(each.change is Change.REMOVED for each in back)


def test_size_counts_every_line() -> None:
    assert size(version(EMPATHY, sem="0.25")) == 1 + 1 + 1 + 3
