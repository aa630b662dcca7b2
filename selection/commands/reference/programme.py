"""The Community Sex Offender Groupwork Programme.

Its modules, their order and aims, the size of its groups and the totals of its routes are the programme's own; how
the sessions are split between the modules, and how groups are staffed, are settings that a service may change.
"""

from dataclasses import dataclass

from selection.models.programmes import LapseSetting, Programme, Route
from selection.rules.editions import ModuleTerms, Terms
from selection.rules.programmes import Risk

CODE = "C-SOGP"
SESSION_MINUTES = 150
"""The short route is 35 sessions in 87.5 hours, so that a session is two and a half hours."""

BETTER_LIVES = "Better Lives and Relapse Prevention"


@dataclass(frozen=True, kw_only=True, slots=True)
class Planned:
    """A module before it is stored."""

    title: str
    sessions: int
    aim: str


MODULES = (
    Planned(
        title="Induction",
        sessions=10,
        aim="To strengthen the wish to change, and to lessen denial and minimising, so that participants take more"
        " responsibility for what they did.",
    ),
    Planned(
        title="Relationships and attachment styles",
        sessions=9,
        aim="To see how early experiences shape the way people relate today, and to learn from the past without being"
        " held by it.",
    ),
    Planned(
        title="Self-management and interpersonal skills",
        sessions=9,
        aim="To understand how poor self-management is linked to sexual abuse, and to build and practise skills.",
    ),
    Planned(
        title="The role of fantasy in offending",
        sessions=8,
        aim="To let go of sexual myths and gender stereotypes, to see the part that deviant arousal plays in offending,"
        " and to gain the motivation and the means for healthy sexual interests.",
    ),
    Planned(
        title="Victim empathy",
        sessions=9,
        aim="To become aware of what abuse does, and to understand with empathy what victims go through.",
    ),
    Planned(
        title=BETTER_LIVES,
        sessions=25,
        aim="To prevent relapse, and to work towards a good life with goals worth approaching rather than only risks to"
        " avoid.",
    ),
)
"""The short route's two modules come to 35 sessions and all of them to 70; the split between them is ours."""

SHORT_ROUTE = ("Induction", BETTER_LIVES)
ALL_MODULES = tuple(module.title for module in MODULES)
ROUTES = {Risk.LOW: SHORT_ROUTE, Risk.MEDIUM: ALL_MODULES, Risk.HIGH: ALL_MODULES}
LOCAL_DEFAULTS = frozenset({Risk.MEDIUM})
"""Most, and not all, participants of medium risk take every module: that all do is our own starting point."""


MONTHS_WITHOUT_DELIVERY = 24
"""After how many an authorisation lapses [default]; in the service a training lead changes it."""


def new_programme() -> Programme:
    """Return the programme with its routes, as yet without an edition and not yet stored."""
    programme = Programme(
        code=CODE,
        title="Community Sex Offender Groupwork Programme",
        months_to_first_delivery=6,
    )
    programme.lapse_settings = [LapseSetting(months=MONTHS_WITHOUT_DELIVERY)]
    programme.routes = [Route(risk=risk, is_local_default=risk in LOCAL_DEFAULTS) for risk in ROUTES]
    return programme


FIRST_EDITION = Terms(
    group_min=8,
    group_max=10,
    team_size=3,
    in_room=2,
    experienced_needed=1,
    experience_months=6,
    groups_at_once=2,
    supervisor_groups=6,
    weeks_between_supervision=4,
    review_months=3,
    due_soon_days=7,
    modules=tuple(
        ModuleTerms(
            title=module.title,
            sessions=module.sessions,
            minutes=SESSION_MINUTES,
            is_separate=module.title == BETTER_LIVES,
            routes=frozenset(risk for risk, titles in ROUTES.items() if module.title in titles),
        )
        for module in MODULES
    ),
)
"""What the first edition says; all but the size of a group and what the routes come to are local settings."""

AIMS = {module.title: module.aim for module in MODULES}
