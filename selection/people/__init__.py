"""Staff: the register, each person's record, and the import from files."""

from selection.people.areas import routes as areas
from selection.people.imports import routes as imports
from selection.people.record import routes as record
from selection.people.register import routes as register
from selection.people.routes import bp
from selection.people.timeline import routes as timeline

__all__ = ["areas", "bp", "imports", "record", "register", "timeline"]
