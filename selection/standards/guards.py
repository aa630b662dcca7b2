"""Who writes on a standard: it holds in every area, and so must the right to change it."""

from selection.core.errors import Refused
from selection.rules.publishing import ONLY_SOME_AREAS
from selection.rules.roles import Actor, Permission
from selection.web.gate import signed_in


def everywhere(permission: Permission) -> Actor:
    """Return who makes this request; raises Refused if the permission reaches only some areas."""
    actor = signed_in()
    if not actor.reach(permission).everywhere:
        raise Refused(ONLY_SOME_AREAS)
    return actor
