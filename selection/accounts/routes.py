"""Pages of signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user, logout_user

from selection.accounts import actions
from selection.accounts.forms import PasswordForm, SignInForm, empty_sign_in
from selection.core.db import db
from selection.core.errors import Refused
from selection.models.people import Account
from selection.rules.roles import Permission
from selection.trail.record import record
from selection.web.gate import open_to_all, requires, signed_in

bp = Blueprint("accounts", __name__)


@bp.route("/sign-in", methods=["GET", "POST"])
@open_to_all
def sign_in() -> ResponseReturnValue:
    """Let somebody in, and take them to where they wanted to go."""
    if request.method != "POST":
        if current_user.is_authenticated:
            return redirect(url_for("home.index"))
        return render_template("accounts/sign_in.html", fields=empty_sign_in())
    form = SignInForm()
    if form.validate():
        try:
            who = actions.sign_in(form.email.data, form.password.data)
        except Refused as refusal:
            form.take(refusal.reasons)
            db.session.commit()  # the failed try is counted
            locked = actions.LOCKED in refusal.reasons
            return _again(form), 429 if locked else 200
        db.session.commit()
        login_user(who)
        return redirect(_wanted() or url_for("home.index"))
    return _again(form)


def _again(form: SignInForm) -> str:
    return render_template("accounts/sign_in.html", form=form, fields=form.fields())


def _wanted() -> str | None:
    """Return the page that was asked for before signing in, if it is one of ours."""
    wanted = request.args.get("next", "")
    try:
        parts = urlsplit(wanted)
    except ValueError:
        return None
    ours = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and not parts.netloc
    return wanted if ours else None


@bp.post("/sign-out")
@requires(Permission.OWN_READ)
def sign_out() -> ResponseReturnValue:
    """End the session."""
    record("account.signed_out", by=signed_in(), subject_id=signed_in().account_id)
    db.session.commit()
    logout_user()
    return redirect(url_for(".sign_in"))


@bp.route("/password", methods=["GET", "POST"])
@requires(Permission.OWN_READ)
def password() -> ResponseReturnValue:
    """Let somebody set a new password of their own."""
    form = PasswordForm()
    if form.validate_on_submit():
        account = db.session.get_one(Account, signed_in().account_id)
        try:
            who = actions.change_password(account, old=form.old.data, new=form.new.data, by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            login_user(who)
            flash("Your password is new; other sessions of yours have ended.")
            return redirect(url_for("home.index"))
    return render_template("accounts/password.html", form=form)
