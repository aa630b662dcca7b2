"""Who may give which roles to which login."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from selection.rules.reasons import Reason
from selection.rules.roles import ROLE_NAMES, Held, Reach, Role

WITHOUT_STAFF_MEMBER = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles for somebody who is not on the register; the others act on people, and conflicts are judged by the register."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Login:
    """A login as the rules see it: its roles, whether it is nobody's on the register, and whether it is the actor's.

    `is_last` says that it administers the whole service, and no other open login does.
    """

    held: frozenset[Held] = frozenset()
    is_external: bool = False
    is_own: bool = False
    is_last: bool = False


def reasons_against_roles(login: Login, wanted: Collection[Held], reach: Reach) -> tuple[Reason, ...]:
    """Return every reason why an actor of this reach may not give the login exactly these roles; none means yes."""
    return tuple(_against_roles(login, wanted, reach))


def reasons_against_closing(login: Login) -> tuple[Reason, ...]:
    """Return every reason why the login may not be closed; none means yes."""
    return tuple(_against_closing(login))


def _against_closing(login: Login) -> Iterator[Reason]:
    if login.is_last:
        yield _last()
    if login.is_own:
        yield _reason("own", "Nobody closes their own login.", "Ask another administrator.")


def _against_roles(login: Login, wanted: Collection[Held], reach: Reach) -> Iterator[Reason]:
    if not wanted:
        yield _reason("missing", "There is no role.", "Give at least one, or close the login.")
    if any(not _within(reach, held) for held in wanted):
        yield _reason("out_of_reach", "A role lies outside your areas.", "Give roles in your own areas only.")
    odd = sorted(ROLE_NAMES[held.role] for held in wanted if held.role not in WITHOUT_STAFF_MEMBER)
    if login.is_external and odd:
        yield _reason(
            "for_staff_only",
            f"{odd[0]} is a role for staff members.",
            "Somebody who is not on the register can be an auditor or an administrator.",
        )
    if login.is_last and None not in _administers(wanted):
        yield _last()
    if login.is_own and not _administers(login.held) <= _administers(wanted):
        yield _reason(
            "own_administrator",
            "Nobody takes their own role of administrator.",
            "Ask another administrator.",
        )


def _within(reach: Reach, held: Held) -> bool:
    return reach.everywhere if held.area_id is None else reach.takes_in(held.area_id)


def _administers(held: Collection[Held]) -> frozenset[int | None]:
    """Return where they administer: areas, and None for the whole service."""
    return frozenset(one.area_id for one in held if one.role is Role.ADMINISTRATOR)


def _last() -> Reason:
    return _reason(
        "last_administrator",
        "Nobody else administers the whole service.",
        "Make somebody else an administrator of the whole service first.",
    )


def _reason(code: str, message: str, remedy: str) -> Reason:
    return Reason(code=f"roles.{code}", field="roles", message=message, remedy=remedy)
