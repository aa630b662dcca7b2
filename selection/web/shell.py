"""What stands around the content of every page: drawn once for each menu, then joined with what differs each time.

Nothing of a person is kept: their name, the token of their forms and the nonce are put in anew on each page.
"""

from dataclasses import dataclass
from functools import lru_cache

from flask import Flask, render_template, request
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from selection.rules.roles import Permission
from selection.web.gate import signed_in
from selection.web.navigation import NO_MENU, Menu, menu
from selection.web.security import nonce

KEPT = 512
NONCE, TOKEN, NAME, ACCOUNT = "\0nonce\0", "\0token\0", "\0name\0", "\0account\0"
"""Where something is put in; no page holds a NUL, so that none of these can be met by chance."""


@dataclass(frozen=True, slots=True)
class Shell:
    """What stands above the content of a page, from within its head, and what stands below."""

    above: Markup
    below: Markup


def init_app(app: Flask) -> None:
    """Put the shell at the templates' hand, and who is signed in and what they may."""

    @lru_cache(maxsize=KEPT)
    def drawn(_root: str, around: Menu, signed_in: bool, has_record: bool) -> tuple[str, str]:
        given = {"menu": around, "signed_in": signed_in, "has_record": has_record}
        given |= {"NONCE": NONCE, "TOKEN": TOKEN, "NAME": NAME, "ACCOUNT": ACCOUNT}
        return render_template("_above.html", **given), render_template("_below.html", **given)

    def shell(*, of_nobody: bool = False) -> Shell:
        """Return what stands around the page of this request; one `of_nobody` says nothing of who asks for it."""
        if current_user.is_authenticated and not of_nobody:
            who = signed_in()
            around = menu(who.held, request.endpoint, request.blueprint)
            above, below = drawn(request.script_root, around, True, who.staff_id is not None)
            above = above.replace(TOKEN, generate_csrf()).replace(NAME, escape(who.name))
            above = above.replace(ACCOUNT, str(who.account_id))
        else:
            above, below = drawn(request.script_root, NO_MENU, False, False)
        word = nonce()
        return Shell(Markup(above.replace(NONCE, word)), Markup(below.replace(NONCE, word)))  # noqa: S704

    app.jinja_env.globals["shell"] = shell
    app.jinja_env.globals["Permission"] = Permission
    app.jinja_env.globals["signed_in"] = lambda: signed_in() if current_user.is_authenticated else None
