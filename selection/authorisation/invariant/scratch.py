"""A scratch copy of the schema, made by the same migrations, with a small service in it to attack."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from selection.authorisation.invariant import certified, imported, recorded, trained
from selection.core.db import Base
from selection.core.migrate import upgrade_engine
from selection.rules.calendar import NO_BEGINNING, NO_END

# The people of the scratch copy, by staff id.
ANN, TOM, UNA, LEA, BOB, MEG, EVA, SUE = 1, 2, 3, 4, 5, 6, 7, 8
NAMES = {ANN: "Ann", TOM: "Tom", UNA: "Una", LEA: "Lea", BOB: "Bob", MEG: "Meg", EVA: "Eva", SUE: "Sue"}
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
LAPSES, DELIVERED = date(2028, 1, 1), date(2026, 3, 2)
"""When practice lapses that began on the first day, and the day on which Ann delivered."""
MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)

# Groups: one that Tom supervises to the end, one of another programme still planned, one that Tom hands to Meg.
WHOLE, OTHER, HANDED = 1, 2, 3
GROUP_FIRST, HANDED_ON, GROUP_LAST = date(2026, 3, 2), date(2026, 6, 1), date(2026, 8, 31)

# A group far ahead, so that its sessions are to come whenever it is attacked, and one long over.
AHEAD, OVER = 4, 5
AHEAD_FIRST, AHEAD_LAST = date(9000, 1, 1), date(9000, 12, 31)
OVER_FIRST, OVER_LAST = date(2020, 1, 6), date(2020, 6, 30)


@contextmanager
def scratch(live: Engine) -> Iterator[Engine]:
    """Yield an engine on an empty copy of the live schema, beside it; it is gone afterwards."""
    maker = _sqlite if live.dialect.name == "sqlite" else _postgresql
    with maker(live) as engine:
        upgrade_engine(engine)
        yield engine


@contextmanager
def _sqlite(_live: Engine) -> Iterator[Engine]:
    with tempfile.TemporaryDirectory() as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'scratch.sqlite'}", poolclass=NullPool)
        yield engine
        engine.dispose()


@contextmanager
def _postgresql(live: Engine) -> Iterator[Engine]:
    name = f"scratch_{secrets.token_hex(6)}"
    with live.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {name}"))
    engine = create_engine(live.url, poolclass=NullPool, connect_args={"options": f"-csearch_path={name}"})
    try:
        yield engine
    finally:
        engine.dispose()
        with live.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {name} CASCADE"))


def furnish(engine: Engine) -> None:
    """Fill the scratch copy: Ann and Bob facilitate, Tom and Meg supervise, Una has no training, Lea certifies.

    Eva facilitates and Sue supervises without an end, for the group far ahead.
    """
    with engine.begin() as connection:
        _people(connection)
        for staff_id, role, last in (
            (ANN, "facilitator", LAST),
            (TOM, "treatment_manager", LAST),
            (TOM, "facilitator", LAST),
            (BOB, "facilitator", date(2026, 6, 30)),
            (MEG, "designated_supervisor", LAST),
        ):
            _authorised(connection, staff_id, role, last)
        _recognition(connection, ANN, "selection")
        _groups(connection)
        _authorised(connection, EVA, "facilitator", NO_END)
        _authorised(connection, SUE, "treatment_manager", NO_END)
        _sessions(connection)
        for statement in (*recorded.FURNISH, *certified.FURNISH, *imported.FURNISH, *trained.FURNISH):
            connection.exec_driver_sql(statement)


def _put(connection: Connection, table: str, **values: Any) -> int:
    inserted = connection.execute(Base.metadata.tables[table].insert().values(**values))
    return int(inserted.inserted_primary_key[0])  # type: ignore[index]


def _people(connection: Connection) -> None:
    _put(connection, "area", name="North")
    for staff_id, name in NAMES.items():
        address = f"{name.lower()}@scratch.example"
        _put(
            connection,
            "staff",
            number=name,
            name=name,
            sort_name=name,
            email=address,
            job_title="",
            area_id=1,
            joined_on=date(2020, 1, 1),
            version=1,
        )
        if staff_id == LEA:
            _put(
                connection,
                "account",
                staff_id=LEA,
                email=address,
                name=name,
                password_hash="-",  # noqa: S106 - nobody signs in to the scratch copy
                session_key="-",
                active=True,
                failed_sign_ins=0,
                version=1,
            )
    for code in ("ONE", "TWO"):
        sizes = {"group_min": 8, "group_max": 10, "team_size": 3, "in_room": 2, "experienced_needed": 1}
        periods = {"months_to_first_delivery": 6, "weeks_between_supervision": 4}
        programme_id = _put(connection, "programme", code=code, title=code, version=1, **sizes, **periods)
        _put(
            connection,
            "lapse_setting",
            programme_id=programme_id,
            from_day=NO_BEGINNING,
            to_day=NO_END,
            months=24,
            reason="",
            made_at=MOMENT,
        )
        _put(
            connection,
            "module",
            programme_id=programme_id,
            position=1,
            title="Induction",
            aim="",
            sessions=10,
            session_minutes=150,
            separate_closed_group=False,
        )


def _recognition(connection: Connection, staff_id: int, stage: str) -> int:
    return _put(
        connection,
        "recognition",
        staff_id=staff_id,
        stage=stage,
        programme_id=1 if stage == "programme" else None,
        evidence="Seen",
        reason="Known",
        requested_by_id=UNA,
        approved_by_id=LEA,
        approved_on=FIRST,
        approved_at=MOMENT,
    )


def _certificate(connection: Connection, staff_id: int, stage: str, last: date, first: date = FIRST) -> int:
    fact = _recognition(connection, staff_id, stage)
    return _put(
        connection,
        "certificate",
        number=f"{staff_id}-{fact}",
        staff_id=staff_id,
        stage=stage,
        programme_id=1 if stage == "programme" else None,
        recognition_id=fact,
        valid_from=first,
        valid_to=last,
        issued_at=MOMENT,
        issued_by_id=1,
        withdrawn_reason="",
        version=1,
    )


def _practice(connection: Connection, staff_id: int, certificate_id: int, first: date, lapses: date) -> int:
    return _put(
        connection,
        "practice",
        certificate_id=certificate_id,
        staff_id=staff_id,
        stage="programme",
        programme_id=1,
        begins_on=first,
        setting_id=1,
        setting_from=NO_BEGINNING,
        setting_to=NO_END,
        months=24,
        lapses_on=lapses,
        version=1,
    )


def _authorised(connection: Connection, staff_id: int, role: str, last: date) -> None:
    values: dict[str, Any] = {"staff_id": staff_id, "programme_id": 1, "role": role, "valid_from": FIRST}
    for by, stage in (("selection", "selection"), ("fundamental", "fundamental"), ("training", "programme")):
        values[f"{by}_id"] = _certificate(connection, staff_id, stage, last)
        values |= {f"{by}_stage": stage, f"{by}_from": FIRST, f"{by}_to": last}
    _practice(connection, staff_id, values["training_id"], FIRST, LAPSES)
    if role != "facilitator":
        values["appointment_id"] = _put(
            connection,
            "appointment",
            staff_id=staff_id,
            programme_id=1,
            role=role,
            valid_from=FIRST,
            valid_to=NO_END,
            approved_by_id=1,
            approver_staff_id=LEA,
            approved_at=MOMENT,
            reason="Leads",
            version=1,
        )
        values |= {"appointment_from": FIRST, "appointment_to": NO_END}
    _put(connection, "authorisation", valid_to=last, made_at=MOMENT, made_by_id=1, version=1, **values)


def _groups(connection: Connection) -> None:
    _group(connection, WHOLE, 1, "open", GROUP_FIRST, GROUP_LAST)
    _group(connection, OTHER, 2, "planned", GROUP_FIRST, GROUP_LAST)
    _group(connection, HANDED, 1, "open", GROUP_FIRST, GROUP_LAST)
    handover = date(2026, 5, 31)
    _supervision(connection, WHOLE, TOM, GROUP_FIRST, GROUP_LAST, None)
    _supervision(connection, HANDED, TOM, GROUP_FIRST, handover, None)
    _supervision(connection, HANDED, MEG, HANDED_ON, GROUP_LAST, handover)
    _assignment(connection, WHOLE, ANN, (1, LAST), (1, TOM), (1, FIRST, LAPSES), GROUP_FIRST, GROUP_LAST)
    _put(
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


def _sessions(connection: Connection) -> None:
    """Let Eva be at two sessions of the group far ahead, of which the second is recorded as held."""
    _group(connection, AHEAD, 1, "open", AHEAD_FIRST, AHEAD_LAST)
    _group(connection, OVER, 1, "closed", OVER_FIRST, OVER_LAST)
    _supervision(connection, AHEAD, SUE, AHEAD_FIRST, AHEAD_LAST, None)
    refreshed = _certificate(connection, EVA, "programme", NO_END, AHEAD_FIRST)
    practice = (_practice(connection, EVA, refreshed, AHEAD_FIRST, date(9002, 1, 1)), AHEAD_FIRST, date(9002, 1, 1))
    _assignment(connection, AHEAD, EVA, (6, NO_END), (4, SUE), practice, AHEAD_FIRST, date(9000, 9, 30))
    _session(connection, AHEAD, 1, date(9000, 7, 1), AHEAD_FIRST, AHEAD_LAST)
    _session(connection, AHEAD, 2, date(9000, 5, 4), AHEAD_FIRST, AHEAD_LAST)
    _session(connection, OVER, 1, date(2020, 2, 3), OVER_FIRST, OVER_LAST)
    for session_id, day in ((1, date(9000, 7, 1)), (2, date(9000, 5, 4))):
        _put(
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
    _put(
        connection,
        "delivery_group",
        reference=f"G{group_id}",
        programme_id=programme_id,
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
    _put(
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
    _put(
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
    _put(
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
