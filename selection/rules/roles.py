"""Who may do what: the roles that a login can have, the permissions, and which role carries which."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a login is in the service."""

    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    ASSESSOR = "assessor"
    TRAINING_LEAD = "training_lead"
    PROGRAMME_MANAGER = "programme_manager"
    TREATMENT_MANAGER = "treatment_manager"
    AUDITOR = "auditor"
    STAFF_MEMBER = "staff_member"


ROLE_NAMES = {
    Role.ADMINISTRATOR: "Administrator",
    Role.COORDINATOR: "Coordinator or chair",
    Role.ASSESSOR: "Assessor",
    Role.TRAINING_LEAD: "Training lead",
    Role.PROGRAMME_MANAGER: "Programme manager",
    Role.TREATMENT_MANAGER: "Treatment manager",
    Role.AUDITOR: "Auditor",
    Role.STAFF_MEMBER: "Staff member",
}


class Permission(StrEnum):
    """What can be allowed, as scope and action."""

    OWN_READ = "own:read"
    PEOPLE_READ = "people:read"
    PEOPLE_WRITE = "people:write"
    PEOPLE_IMPORT = "people:import"
    ACCOUNTS_MANAGE = "accounts:manage"
    PROGRAMMES_READ = "programmes:read"
    PROGRAMMES_WRITE = "programmes:write"
    STANDARDS_READ = "standards:read"
    STANDARDS_WRITE = "standards:write"
    STANDARDS_PUBLISH = "standards:publish"
    CENTRES_READ = "centres:read"
    CENTRES_RUN = "centres:run"
    CENTRES_RATE = "centres:rate"
    CENTRES_DECIDE = "centres:decide"
    EQUALITY_READ = "equality:read"
    TRAINING_READ = "training:read"
    TRAINING_TEACH = "training:teach"
    TRAINING_RUN = "training:run"
    TRAINING_CERTIFY = "training:certify"
    AUTHORISATIONS_WITHDRAW = "authorisations:withdraw"
    AUTHORISATIONS_APPOINT = "authorisations:appoint"
    GROUPS_READ = "groups:read"
    GROUPS_WRITE = "groups:write"
    SUPERVISION_READ = "supervision:read"
    SUPERVISION_FORMS = "supervision:forms"
    TRAIL_READ = "trail:read"


_P = Permission
# Whoever is named as a trainer takes the roll and records on that event, whatever else they are.
_EVERYBODY = frozenset({_P.OWN_READ, _P.PROGRAMMES_READ, _P.TRAINING_TEACH})

GRANTS: dict[Role, frozenset[Permission]] = {
    Role.ADMINISTRATOR: _EVERYBODY
    | {_P.PEOPLE_READ, _P.PEOPLE_WRITE, _P.PEOPLE_IMPORT, _P.ACCOUNTS_MANAGE, _P.STANDARDS_READ}
    | {_P.PROGRAMMES_WRITE},
    Role.COORDINATOR: _EVERYBODY
    | {_P.PEOPLE_READ, _P.STANDARDS_READ, _P.CENTRES_READ, _P.CENTRES_RUN, _P.CENTRES_DECIDE}
    | {_P.STANDARDS_WRITE, _P.STANDARDS_PUBLISH},
    Role.ASSESSOR: _EVERYBODY | {_P.CENTRES_RATE, _P.STANDARDS_READ},
    Role.TRAINING_LEAD: _EVERYBODY
    | {_P.PEOPLE_READ, _P.TRAINING_READ, _P.TRAINING_RUN, _P.TRAINING_CERTIFY, _P.AUTHORISATIONS_WITHDRAW},
    Role.PROGRAMME_MANAGER: _EVERYBODY
    | {_P.PEOPLE_READ, _P.TRAINING_READ, _P.GROUPS_READ, _P.GROUPS_WRITE, _P.AUTHORISATIONS_APPOINT},
    Role.TREATMENT_MANAGER: _EVERYBODY
    | {_P.PEOPLE_READ, _P.TRAINING_READ, _P.GROUPS_READ, _P.AUTHORISATIONS_WITHDRAW}
    | {_P.SUPERVISION_READ, _P.SUPERVISION_FORMS},
    Role.AUDITOR: _EVERYBODY
    | {_P.PEOPLE_READ, _P.STANDARDS_READ, _P.CENTRES_READ, _P.TRAINING_READ, _P.GROUPS_READ, _P.TRAIL_READ}
    | {_P.SUPERVISION_READ, _P.EQUALITY_READ},
    Role.STAFF_MEMBER: _EVERYBODY,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """A role that a login has; `area_id` None means in the whole service."""

    role: Role
    area_id: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reach:
    """How far a permission goes: everywhere, or in the areas named (none of them: not at all)."""

    everywhere: bool
    areas: frozenset[int]

    def __bool__(self) -> bool:
        """True if the permission is held anywhere at all."""
        return self.everywhere or bool(self.areas)

    def takes_in(self, area_id: int) -> bool:
        """True if the area is within reach."""
        return self.everywhere or area_id in self.areas


EVERYWHERE = Reach(everywhere=True, areas=frozenset())
"""The reach of what is not bound to areas."""


def reach(held: Iterable[Held], permission: Permission) -> Reach:
    """Return how far the roles together carry the permission."""
    areas = [role.area_id for role in held if permission in GRANTS[role.role]]
    return Reach(everywhere=None in areas, areas=frozenset(area for area in areas if area is not None))


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """Who does something: a login with its roles, or (without ids) a command or job that names itself."""

    account_id: int | None
    staff_id: int | None
    name: str
    held: tuple[Held, ...] = ()

    def reach(self, permission: Permission) -> Reach:
        """Return how far this actor may do it."""
        return reach(self.held, permission)

    def may(self, permission: Permission) -> bool:
        """True if the actor may do it anywhere at all."""
        return bool(self.reach(permission))

    def is_(self, *roles: Role) -> bool:
        """True if the actor has one of the roles, anywhere."""
        return any(one.role in roles for one in self.held)
