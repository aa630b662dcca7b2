"""The floors: the same results with Flask, Jinja and SQLAlchemy Core, a session and a user, and nothing else.

No permissions, no protection of forms, no trail, no rules, no objects: statements of plain SQL, templates in one piece
with the addresses written out. What the service costs beyond them is what all that costs.
"""
