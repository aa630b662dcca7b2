"""Who may give which roles to which login."""

from dataclasses import replace

import pytest

from selection.rules.logins import Login, reasons_against_closing, reasons_against_roles
from selection.rules.roles import EVERYWHERE, Held, Reach, Role

NORTH, SOUTH = 1, 2
IN_NORTH = Reach(everywhere=False, areas=frozenset({NORTH}))


def held(role: Role, area_id: int | None = None) -> Held:
    return Held(role=role, area_id=area_id)


ADMINISTRATOR = held(Role.ADMINISTRATOR)
OWN = Login(held=frozenset({ADMINISTRATOR}), is_own=True)
LAST = Login(held=frozenset({ADMINISTRATOR}), is_last=True)


@pytest.mark.parametrize(
    ("login", "wanted", "reach", "expected"),
    [
        pytest.param(Login(), [held(Role.ASSESSOR)], EVERYWHERE, [], id="any role by who may everywhere"),
        pytest.param(Login(), [held(Role.ASSESSOR, NORTH)], IN_NORTH, [], id="a role in one's own area"),
        pytest.param(Login(), [], EVERYWHERE, ["roles.missing"], id="no role at all"),
        pytest.param(Login(), [held(Role.ASSESSOR, SOUTH)], IN_NORTH, ["roles.out_of_reach"], id="in another area"),
        pytest.param(Login(), [held(Role.ASSESSOR)], IN_NORTH, ["roles.out_of_reach"], id="in the whole service"),
        pytest.param(
            Login(is_external=True), [held(Role.AUDITOR), ADMINISTRATOR], EVERYWHERE, [], id="an auditor from outside"
        ),
        pytest.param(
            Login(is_external=True),
            [held(Role.AUDITOR), held(Role.ASSESSOR)],
            EVERYWHERE,
            ["roles.for_staff_only"],
            id="an assessor from outside",
        ),
        pytest.param(OWN, [ADMINISTRATOR, held(Role.AUDITOR)], EVERYWHERE, [], id="more for oneself"),
        pytest.param(OWN, [held(Role.AUDITOR)], EVERYWHERE, ["roles.own_administrator"], id="one's own last"),
        pytest.param(
            OWN,
            [held(Role.ADMINISTRATOR, NORTH)],
            EVERYWHERE,
            ["roles.own_administrator"],
            id="one's own made narrower",
        ),
        pytest.param(Login(held=frozenset({ADMINISTRATOR})), [held(Role.AUDITOR)], EVERYWHERE, [], id="one of several"),
        pytest.param(LAST, [held(Role.AUDITOR)], EVERYWHERE, ["roles.last_administrator"], id="the service's last"),
        pytest.param(
            LAST,
            [held(Role.ADMINISTRATOR, NORTH)],
            EVERYWHERE,
            ["roles.last_administrator"],
            id="the service's last made narrower",
        ),
        pytest.param(LAST, [ADMINISTRATOR, held(Role.AUDITOR)], EVERYWHERE, [], id="more for the service's last"),
        pytest.param(
            replace(LAST, is_own=True),
            [held(Role.AUDITOR)],
            EVERYWHERE,
            ["roles.last_administrator", "roles.own_administrator"],
            id="the service's last and one's own",
        ),
        pytest.param(
            Login(is_external=True, is_own=True, held=frozenset({ADMINISTRATOR})),
            [held(Role.ASSESSOR, SOUTH)],
            IN_NORTH,
            ["roles.out_of_reach", "roles.for_staff_only", "roles.own_administrator"],
            id="every reason at once",
        ),
    ],
)
def test_reasons_against_roles(login: Login, wanted: list[Held], reach: Reach, expected: list[str]) -> None:
    assert [reason.code for reason in reasons_against_roles(login, wanted, reach)] == expected


@pytest.mark.parametrize(
    ("login", "expected"),
    [
        pytest.param(Login(), [], id="somebody else's"),
        pytest.param(OWN, ["roles.own"], id="one's own"),
        pytest.param(LAST, ["roles.last_administrator"], id="the last administrator's"),
        pytest.param(replace(LAST, is_own=True), ["roles.last_administrator", "roles.own"], id="both"),
    ],
)
def test_reasons_against_closing(login: Login, expected: list[str]) -> None:
    assert [reason.code for reason in reasons_against_closing(login)] == expected
