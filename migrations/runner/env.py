"""Run the migrations on the connection that selection.core.migrate hands over; they never import the application.

On SQLite a table is changed by making it anew, which its keys would refuse: they are off meanwhile, and every one is
checked at the end, as SQLite's own instructions have it (https://www.sqlite.org/lang_altertable.html, section 7).
"""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True)
on_sqlite = connection.dialect.name == "sqlite"
keys = connection.connection.driver_connection if on_sqlite else None

if keys is not None:
    keys.execute("PRAGMA foreign_keys = OFF")
try:
    with context.begin_transaction():
        context.run_migrations()
    if keys is not None and (broken := keys.execute("PRAGMA foreign_key_check").fetchall()):
        connection.rollback()
        raise RuntimeError(f"the migrations leave keys that lead nowhere: {broken[:5]}")
    connection.commit()
finally:
    if keys is not None:
        keys.execute("PRAGMA foreign_keys = ON")
