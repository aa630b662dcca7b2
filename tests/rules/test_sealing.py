"""How the trail is sealed: what the fingerprint is made of, and what is told when it does not fit."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from selection.rules.sealing import NOTHING_BEFORE, Fingerprint, Seal, faults, fingerprint

NOON = datetime(2027, 6, 15, 12, tzinfo=UTC)
FIRST, SECOND = (1, NOON, "Ann", {"b": 1, "a": None}), (2, NOON, "Ben", None)


def test_the_same_entries_have_the_same_fingerprint_wherever_they_are_kept() -> None:
    elsewhere = (1, NOON.astimezone(ZoneInfo("Europe/London")), "Ann", {"a": None, "b": 1})
    assert fingerprint(NOTHING_BEFORE, [FIRST]) == fingerprint(NOTHING_BEFORE, [elsewhere])


def test_what_is_sealed_in_two_goes_is_one_chain() -> None:
    whole = fingerprint(NOTHING_BEFORE, [FIRST, SECOND])
    rest = fingerprint(fingerprint(NOTHING_BEFORE, [FIRST]).digest, [SECOND])
    assert (whole.digest, whole.entries, rest.entries) == (rest.digest, 2, 1)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param([SECOND, FIRST], id="order"),
        pytest.param([FIRST], id="one gone"),
        pytest.param([FIRST, SECOND, SECOND], id="one more"),
        pytest.param([FIRST, (2, NOON, "Bea", None)], id="a word"),
        pytest.param([FIRST, (2, NOON, "Ben", {})], id="nothing and empty"),
        pytest.param([FIRST, (2, NOON.replace(microsecond=1), "Ben", None)], id="a moment"),
        pytest.param([(1, NOON, "Ann", {"b": "1", "a": None}), SECOND], id="a kind of value"),
        pytest.param([(1, NOON, 'Ann",{', {"b": 1, "a": None}), SECOND], id="a value that looks like the next"),
    ],
)
def test_anything_else_has_another(entries: list[tuple[int, datetime, str, dict[str, object] | None]]) -> None:
    assert fingerprint(NOTHING_BEFORE, entries).digest != fingerprint(NOTHING_BEFORE, [FIRST, SECOND]).digest


def seal(after_id: int, last_id: int, digest: str, entries: int = 2) -> Seal:
    return Seal(after_id=after_id, last_id=last_id, fingerprint=Fingerprint(digest=digest, entries=entries))


SEALS = (seal(0, 2, "a" * 64), seal(2, 4, "b" * 64))


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ([("a", 2), ("b", 2)], []),
        ([("a", 2), ("c", 2)], ["Entries 3 to 4: at least one is not as it was sealed."]),
        ([("a", 2), ("b", 1)], ["Entries 3 to 4: 2 were sealed, and 1 are there."]),
        ([("c", 3), ("b", 2)], ["Entries 1 to 2: 2 were sealed, and 3 are there."]),
    ],
)
def test_each_seal_that_does_not_fit_is_told(found: list[tuple[str, int]], said: list[str]) -> None:
    assert faults(SEALS, [Fingerprint(digest=letter * 64, entries=number) for letter, number in found]) == said


def test_a_seal_that_is_missing_is_told() -> None:
    assert faults(SEALS[1:], [SEALS[1].fingerprint]) == [
        "Entries 3 to 4: the seal before is missing; it ended at 2, and none does."
    ]


@pytest.mark.parametrize(("noted", "known"), [("b" * 64, True), ("BBBBBBBB", True), ("c" * 8, False), ("", True)])
def test_a_noted_fingerprint_must_be_one_of_them(noted: str, known: bool) -> None:
    found = [one.fingerprint for one in SEALS]
    assert faults(SEALS, found, expected=noted) == ([] if known else [f"No seal has the fingerprint {noted}."])
