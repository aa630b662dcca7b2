"""A scratch copy of the schema, made by the same migrations, with a small service in it to attack."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy.pool import NullPool

from selection.core.db import Base
from selection.core.migrate import upgrade_engine
from selection.rules.calendar import NO_END

# The people of the scratch copy, by staff id.
ANN, TOM, UNA, LEA, BOB, MEG = 1, 2, 3, 4, 5, 6
NAMES = {ANN: "Ann", TOM: "Tom", UNA: "Una", LEA: "Lea", BOB: "Bob", MEG: "Meg"}
FIRST, LAST = date(2026, 1, 1), date(2027, 12, 31)
MOMENT = datetime(2026, 1, 1, 12, tzinfo=UTC)

# Groups: one that Tom supervises to the end, one of another programme still planned, one that Tom hands to Meg.
WHOLE, OTHER, HANDED = 1, 2, 3
GROUP_FIRST, HANDED_ON, GROUP_LAST = date(2026, 3, 2), date(2026, 6, 1), date(2026, 8, 31)


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
    """Fill the scratch copy: Ann and Bob facilitate, Tom and Meg supervise, Una has no training, Lea certifies."""
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
        periods = {"months_to_first_delivery": 6, "months_without_delivery": 24, "weeks_between_supervision": 4}
        _put(connection, "programme", code=code, title=code, version=1, **sizes, **periods)


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


def _certificate(connection: Connection, staff_id: int, stage: str, last: date) -> int:
    fact = _recognition(connection, staff_id, stage)
    return _put(
        connection,
        "certificate",
        number=f"{staff_id}-{fact}",
        staff_id=staff_id,
        stage=stage,
        programme_id=1 if stage == "programme" else None,
        recognition_id=fact,
        valid_from=FIRST,
        valid_to=last,
        issued_at=MOMENT,
        issued_by_id=1,
        withdrawn_reason="",
        version=1,
    )


def _authorised(connection: Connection, staff_id: int, role: str, last: date) -> None:
    values: dict[str, Any] = {"staff_id": staff_id, "programme_id": 1, "role": role, "valid_from": FIRST}
    for by, stage in (("selection", "selection"), ("fundamental", "fundamental"), ("training", "programme")):
        values[f"{by}_id"] = _certificate(connection, staff_id, stage, last)
        values |= {f"{by}_stage": stage, f"{by}_from": FIRST, f"{by}_to": last}
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
    days = {"starts_on": GROUP_FIRST, "ends_on": GROUP_LAST}
    for group_id, programme_id in ((WHOLE, 1), (OTHER, 2), (HANDED, 1)):
        planned = group_id == OTHER
        _put(
            connection,
            "delivery_group",
            reference=f"G{group_id}",
            programme_id=programme_id,
            area_id=1,
            venue="",
            size=8,
            state="planned" if planned else "open",
            halted_reason="",
            version=1,
            supervised_from=None if planned else GROUP_FIRST,
            supervised_to=None if planned else GROUP_LAST,
            **days,
        )
    handover = date(2026, 5, 31)
    _supervision(connection, WHOLE, TOM, GROUP_FIRST, GROUP_LAST, None)
    _supervision(connection, HANDED, TOM, GROUP_FIRST, handover, None)
    _supervision(connection, HANDED, MEG, HANDED_ON, GROUP_LAST, handover)
    _put(
        connection,
        "assignment",
        **{"group_id": WHOLE, "programme_id": 1, "facilitator_id": ANN, "kind": "regular", **days},
        authorisation_id=1,
        authorisation_role="facilitator",
        authorisation_from=FIRST,
        authorisation_to=LAST,
        supervision_id=1,
        supervisor_id=TOM,
        supervision_from=GROUP_FIRST,
        supervision_to=GROUP_LAST,
        made_at=MOMENT,
        made_by_id=1,
        version=1,
    )


def _supervision(
    connection: Connection, group_id: int, supervisor_id: int, first: date, last: date, follows_on: date | None
) -> None:
    by_tom = supervisor_id == TOM
    _put(
        connection,
        "supervision",
        group_id=group_id,
        programme_id=1,
        supervisor_id=supervisor_id,
        starts_on=first,
        role="treatment_manager" if by_tom else "designated_supervisor",
        ends_on=last,
        version=1,
        follows_on=follows_on,
        authorisation_id=2 if by_tom else 5,
        authorisation_from=FIRST,
        authorisation_to=LAST,
    )
