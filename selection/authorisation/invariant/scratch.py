"""A scratch copy of the schema, made by the same migrations; `furnish` puts a small service into it to attack."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.pool import NullPool

from selection.core.migrate import upgrade_engine


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
