"""A version is changed by nobody once it is proposed, and published by somebody whose words are not in it."""

from dataclasses import replace
from typing import Any

import pytest

from selection.rules.publishing import (
    PROPOSED,
    PUBLISHED,
    Standing,
    reasons_against_changing,
    reasons_against_proposing,
    reasons_against_publishing,
)
from tests.rules.selection_facts import codes

ANN, BEN, CAT = 1, 2, 3
DRAFT = Standing(published=False, proposed_by=None, authors=frozenset({ANN}))
PROPOSAL = replace(DRAFT, proposed_by=BEN)
DONE = replace(PROPOSAL, published=True)


@pytest.mark.parametrize(
    ("standing", "expected"),
    [
        pytest.param(DRAFT, [], id="a draft"),
        pytest.param(PROPOSAL, ["standard.proposed"], id="proposed"),
        pytest.param(DONE, ["standard.published"], id="published"),
    ],
)
def test_reasons_against_changing(standing: Standing, expected: list[str]) -> None:
    assert codes(reasons_against_changing(standing)) == expected


@pytest.mark.parametrize(
    ("standing", "by", "expected"),
    [
        pytest.param(PROPOSAL, CAT, [], id="somebody who had no part in it"),
        pytest.param(PROPOSAL, BEN, ["own_proposal"], id="who proposed it"),
        pytest.param(PROPOSAL, ANN, ["own_words"], id="who wrote it while another proposed it"),
        pytest.param(replace(PROPOSAL, proposed_by=ANN), ANN, ["own_proposal", "own_words"], id="who did both"),
        pytest.param(replace(PROPOSAL, authors=frozenset()), CAT, [], id="from a file that no login wrote"),
        pytest.param(replace(PROPOSAL, authors=frozenset({ANN, CAT})), CAT, ["own_words"], id="one of two who wrote"),
        pytest.param(DRAFT, CAT, ["not_proposed"], id="nobody proposed it"),
        pytest.param(DRAFT, ANN, ["not_proposed", "own_words"], id="nobody proposed it, and the author"),
        pytest.param(PROPOSAL, None, ["nobody"], id="a command"),
        pytest.param(DONE, CAT, ["published"], id="published already"),
    ],
)
def test_reasons_against_publishing(standing: Standing, by: int | None, expected: list[str]) -> None:
    reasons = reasons_against_publishing(standing, by=by)
    assert codes(reasons) == [f"standard.{code}" for code in expected]
    assert all(reason.remedy for reason in reasons)


@pytest.mark.parametrize(
    ("standing", "problems", "why", "expected"),
    [
        pytest.param(DRAFT, (), "New anchors.", [], id="whole and reasoned"),
        pytest.param(DRAFT, (), " ", ["standard.no_why"], id="without a reason"),
        pytest.param(DRAFT, (PUBLISHED,), "", ["standard.published", "standard.no_why"], id="all that is wrong"),
        pytest.param(PROPOSAL, (), "Again.", [PROPOSED.code], id="proposed already"),
        pytest.param(DONE, (), "Again.", [PUBLISHED.code], id="published already"),
    ],
)
def test_reasons_against_proposing(standing: Standing, problems: Any, why: str, expected: list[str]) -> None:
    assert codes(reasons_against_proposing(standing, problems, why=why)) == expected
