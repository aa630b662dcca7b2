"""The groups of the scratch copy, with those who supervise and deliver them."""

from datetime import date, time

from sqlalchemy import Connection, text

from selection.authorisation.invariant.furnished_people import (
    ANN,
    DELIVERED,
    EVA,
    FIRST,
    LAPSES,
    LAST,
    MEG,
    MOMENT,
    SUE,
    TOM,
    certificate,
    practice,
    put,
)
from selection.rules.calendar import NO_END

# Groups: one that Tom supervises to the end, one of another programme still planned, one that Tom hands to Meg.
WHOLE, OTHER, HANDED = 1, 2, 3
GROUP_FIRST, HANDED_ON, GROUP_LAST = date(2026, 3, 2), date(2026, 6, 1), date(2026, 8, 31)

# A group far ahead, so that its sessions are to come whenever it is attacked, and one long over.
AHEAD, OVER = 4, 5
AHEAD_FIRST, AHEAD_LAST = date(9000, 1, 1), date(9000, 12, 31)
OVER_FIRST, OVER_LAST = date(2020, 1, 6), date(2020, 6, 30)


def groups(connection: Connection) -> None:
    """Put three groups there, their supervisors, and Ann on one of them with a day delivered."""
    _group(connection, WHOLE, 1, "open", GROUP_FIRST, GROUP_LAST)
    _group(connection, OTHER, 2, "planned", GROUP_FIRST, GROUP_LAST)
    _group(connection, HANDED, 1, "open", GROUP_FIRST, GROUP_LAST)
    handover = date(2026, 5, 31)
    _supervision(connection, WHOLE, TOM, GROUP_FIRST, GROUP_LAST, None)
    _supervision(connection, HANDED, TOM, GROUP_FIRST, handover, None)
    _supervision(connection, HANDED, MEG, HANDED_ON, GROUP_LAST, handover)
    _assignment(connection, WHOLE, ANN, (1, LAST), (1, TOM), (1, FIRST, LAPSES), GROUP_FIRST, GROUP_LAST)
    put(
        connection,
        "delivered_day",
        staff_id=ANN,
        programme_id=1,
        group_id=WHOLE,
        day=DELIVERED,
        assignment_id=1,
        assignment_from=GROUP_FIRST,
        assignment_to=GROUP_LAST,
        stands=True,
        why_not="",
        recorded_at=MOMENT,
        recorded_by_id=1,
        version=1,
    )


def sessions(connection: Connection) -> None:
    """Let Eva be at two sessions of the group far ahead, of which the second is recorded as held."""
    _group(connection, AHEAD, 1, "open", AHEAD_FIRST, AHEAD_LAST)
    _group(connection, OVER, 1, "closed", OVER_FIRST, OVER_LAST)
    _supervision(connection, AHEAD, SUE, AHEAD_FIRST, AHEAD_LAST, None)
    refreshed = certificate(connection, EVA, "programme", NO_END, AHEAD_FIRST)
    kept_up = (practice(connection, EVA, refreshed, AHEAD_FIRST, date(9002, 1, 1)), AHEAD_FIRST, date(9002, 1, 1))
    _assignment(connection, AHEAD, EVA, (6, NO_END), (4, SUE), kept_up, AHEAD_FIRST, date(9000, 9, 30))
    _session(connection, AHEAD, 1, date(9000, 7, 1), AHEAD_FIRST, AHEAD_LAST)
    _session(connection, AHEAD, 2, date(9000, 5, 4), AHEAD_FIRST, AHEAD_LAST)
    _session(connection, OVER, 1, date(2020, 2, 3), OVER_FIRST, OVER_LAST)
    for session_id, day in ((1, date(9000, 7, 1)), (2, date(9000, 5, 4))):
        put(
            connection,
            "session_facilitator",
            session_id=session_id,
            session_day=day,
            group_id=AHEAD,
            facilitator_id=EVA,
            assignment_id=2,
            assignment_from=AHEAD_FIRST,
            assignment_to=date(9000, 9, 30),
            role="regular",
            in_room=True,
        )
    connection.execute(text("UPDATE group_session SET state = 'held' WHERE id = 2"))


def _group(connection: Connection, group_id: int, programme_id: int, state: str, first: date, last: date) -> None:
    is_open = state == "open"
    put(
        connection,
        "delivery_group",
        reference=f"G{group_id}",
        programme_id=programme_id,
        edition_id=programme_id,
        area_id=1,
        venue="",
        size=8,
        state=state,
        halted_reason="",
        version=1,
        supervised_from=first if is_open else None,
        supervised_to=last if is_open else None,
        starts_on=first,
        ends_on=last,
    )


def _session(connection: Connection, group_id: int, number: int, day: date, first: date, last: date) -> None:
    put(
        connection,
        "group_session",
        group_id=group_id,
        group_from=first,
        group_to=last,
        programme_id=1,
        module_id=1,
        number=number,
        title=f"Induction, session {number}",
        kind="regular",
        day=day,
        starts_at=time(10),
        ends_at=time(12, 30),
        state="planned",
        version=1,
    )


def _assignment(
    connection: Connection,
    group_id: int,
    facilitator_id: int,
    right: tuple[int, date],
    under: tuple[int, int],
    practice: tuple[int, date, date],
    first: date,
    last: date,
) -> None:
    """Assign for the days, on an authorisation (its number and end), under a whole group's supervision, in practice."""
    group_last = AHEAD_LAST if group_id == AHEAD else GROUP_LAST
    put(
        connection,
        "assignment",
        group_id=group_id,
        programme_id=1,
        facilitator_id=facilitator_id,
        kind="regular",
        starts_on=first,
        ends_on=last,
        authorisation_id=right[0],
        authorisation_role="facilitator",
        authorisation_from=FIRST,
        authorisation_to=right[1],
        supervision_id=under[0],
        supervisor_id=under[1],
        supervision_from=first,
        supervision_to=group_last,
        practice_id=practice[0],
        practice_from=practice[1],
        practice_to=practice[2],
        made_at=MOMENT,
        made_by_id=1,
        version=1,
    )


# The supervisors' authorisations: role, number and last day.
SUPERVISE_BY = {
    TOM: ("treatment_manager", 2, LAST),
    MEG: ("designated_supervisor", 5, LAST),
    SUE: ("treatment_manager", 7, NO_END),
}


def _supervision(
    connection: Connection, group_id: int, supervisor_id: int, first: date, last: date, follows_on: date | None
) -> None:
    role, authorisation_id, authorised_to = SUPERVISE_BY[supervisor_id]
    put(
        connection,
        "supervision",
        group_id=group_id,
        programme_id=1,
        supervisor_id=supervisor_id,
        starts_on=first,
        role=role,
        ends_on=last,
        version=1,
        follows_on=follows_on,
        authorisation_id=authorisation_id,
        authorisation_from=FIRST,
        authorisation_to=authorised_to,
    )
