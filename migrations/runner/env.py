"""Run the migrations on the connection that selection.core.migrate hands over; they never import the application."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
