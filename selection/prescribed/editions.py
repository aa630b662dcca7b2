"""Rows → facts: a stored edition of a programme as the rules see it."""

from sqlalchemy.orm import selectinload

from selection.models.programmes import Edition, EditionModule
from selection.rules.editions import NAMES, ModuleTerms, Terms
from selection.rules.programmes import Risk
from selection.rules.staffing import Staffing

WITH_MODULES = selectinload(Edition.modules).selectinload(EditionModule.routes)
"""Options that load what `terms_of` reads, in two more queries."""


def staffing_of(edition: Edition) -> Staffing:
    """Return the edition's rules of staffing, each a local setting."""
    return Staffing(
        team_size=edition.team_size,
        in_room=edition.in_room,
        experienced_needed=edition.experienced_needed,
        experience_months=edition.experience_months,
        groups_at_once=edition.groups_at_once,
        supervisor_groups=edition.supervisor_groups,
    )


def terms_of(edition: Edition) -> Terms:
    """Return all that the edition says; load it with WITH_MODULES."""
    return Terms(
        **{key: getattr(edition, key) for key in NAMES},
        modules=tuple(
            ModuleTerms(
                title=one.title,
                sessions=one.sessions,
                minutes=one.session_minutes,
                is_separate=one.separate_closed_group,
                routes=frozenset(Risk(route.risk) for route in one.routes),
            )
            for one in edition.modules
        ),
    )
