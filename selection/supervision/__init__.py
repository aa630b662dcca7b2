"""Supervision: who is due, what supervisors record and sign, wellbeing by date, and the forms of it all."""

from selection.supervision.agreed import routes as agreed
from selection.supervision.blueprint import bp
from selection.supervision.caseload import routes as caseload
from selection.supervision.questions import routes as questions
from selection.supervision.records import routes as records
from selection.supervision.wellbeing import routes as wellbeing

__all__ = ["agreed", "bp", "caseload", "questions", "records", "wellbeing"]
