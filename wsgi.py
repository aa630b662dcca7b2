"""The application, for a web server and for the `flask` command."""

from config import settings
from selection.app import create_app

app = create_app(settings())
