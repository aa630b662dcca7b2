"""The selection standard: its versions, drafts and their editor, publishing by two people, and files."""

from selection.standards.blueprint import bp
from selection.standards.drafts import routes as drafts
from selection.standards.editing import content_routes, numbers_routes
from selection.standards.files import routes as files
from selection.standards.publishing import routes as publishing
from selection.standards.versions import routes as versions

__all__ = ["bp", "content_routes", "drafts", "files", "numbers_routes", "publishing", "versions"]
