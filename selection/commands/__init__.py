"""The `flask` commands: each calls the same actions as the pages do.

A command is loaded when it is called: what migrates, seeds and attacks has no place in a web worker.
"""

from importlib import import_module

from click import Command, Context
from flask import Flask
from flask.cli import AppGroup

from selection.commands.unanswered import told_plainly

NAMES = (
    "centres",
    "database",
    "invariant",
    "jobs",
    "logins",
    "people",
    "seed",
    "serve",
    "standards",
    "trail",
    "training",
)
"""Each names a module of this package, and the command in it."""


class Commands(AppGroup):
    """The group of our commands, which are loaded one by one."""

    def list_commands(self, ctx: Context) -> list[str]:
        """Return the names of all commands."""
        return sorted({*super().list_commands(ctx), *NAMES})

    def get_command(self, ctx: Context, cmd_name: str) -> Command | None:
        """Return the command of this name, or None if there is none."""
        if cmd_name not in NAMES:
            return super().get_command(ctx, cmd_name)
        ctx.with_resource(told_plainly(ctx))
        command: Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command


def init_app(app: Flask) -> None:
    """Make the commands known to `flask`."""
    app.cli = Commands(app.name)
