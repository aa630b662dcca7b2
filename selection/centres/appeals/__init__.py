"""A candidate's one appeal, on process only, and its hearing by somebody who was not involved."""
