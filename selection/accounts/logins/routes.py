"""Pages on which an administrator keeps the logins."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from selection.accounts.logins import actions, queries
from selection.accounts.logins.forms import (
    ExternalLoginForm,
    LoginForm,
    PasswordAgainForm,
    RolesForm,
    StaffLoginForm,
    rows_of,
)
from selection.accounts.routes import bp
from selection.core.db import db
from selection.core.errors import ChangedMeanwhile, Refused
from selection.models.people import Account
from selection.rules.names import kept
from selection.rules.roles import ROLE_NAMES, Permission, Reach, Role
from selection.web import choices
from selection.web.asked import page_in
from selection.web.gate import requires, signed_in


@bp.get("/logins")
@requires(Permission.ACCOUNTS_MANAGE)
def index() -> ResponseReturnValue:
    """Show the logins within reach, searched and a page at a time."""
    words, role = kept(request.args.get("words", ""))[:200], request.args.get("role", "")
    chosen = Role(role) if role in set(Role) else None
    lines, pages = queries.search(words, chosen, _reach(), page_in(request.args))
    asked = {"words": words, "role": chosen.value if chosen else ""}
    return render_template("accounts/logins.html", logins=lines, pages=pages, asked=asked, roles=ROLE_NAMES)


@bp.route("/logins/new", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def create() -> ResponseReturnValue:
    """Make a login for a staff member, and show its first password once."""
    form = StaffLoginForm(number=request.args.get("number", ""))
    if form.validate_on_submit():
        try:
            account, password = actions.create_for_staff(form.number.data, form.wanted(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            return _shown_once(account, password)
    return _form("accounts/login_new.html", form)


@bp.route("/logins/external", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def create_external() -> ResponseReturnValue:
    """Make a login for an auditor from outside, and show its first password once."""
    form = ExternalLoginForm()
    if form.validate_on_submit():
        try:
            account, password = actions.create_external(form.name.data, form.email.data, form.wanted(), by=signed_in())
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            return _shown_once(account, password)
    return _form("accounts/login_external.html", form)


@bp.route("/logins/<int:account_id>", methods=["GET", "POST"])
@requires(Permission.ACCOUNTS_MANAGE)
def login(account_id: int) -> ResponseReturnValue:
    """Show a login, and change its name, its address and its roles."""
    account = queries.login(account_id, _reach())
    given = {"name": account.name, "email": account.email, "version": account.version}
    form = LoginForm(data=given | {"roles": rows_of(queries.held_by(account))})
    if form.validate_on_submit():
        _insist_on_what_was_seen(form, account)
        try:
            done = actions.change(
                account, name=form.name.data, email=form.email.data, roles=form.wanted(), by=signed_in()
            )
        except Refused as refusal:
            form.take(refusal.reasons)
        else:
            db.session.commit()
            flash(f"The login of {account.name} is changed." if done else "Nothing was different.")
            return redirect(url_for(".login", account_id=account_id))
    own = account_id == signed_in().account_id
    return _form("accounts/login.html", form, account=account, own=own, locked=queries.is_locked(account.locked_until))


@bp.post("/logins/<int:account_id>/close")
@requires(Permission.ACCOUNTS_MANAGE)
def close(account_id: int) -> ResponseReturnValue:
    """Close a login; its sessions end."""
    account = queries.login(account_id, _reach())
    actions.close(account, by=signed_in())
    db.session.commit()
    flash(f"The login of {account.name} is closed, and its sessions have ended.")
    return redirect(url_for(".login", account_id=account_id))


@bp.post("/logins/<int:account_id>/open")
@requires(Permission.ACCOUNTS_MANAGE)
def reopen(account_id: int) -> ResponseReturnValue:
    """Open a closed login again."""
    account = queries.login(account_id, _reach())
    actions.reopen(account, by=signed_in())
    db.session.commit()
    flash(f"The login of {account.name} is open.")
    return redirect(url_for(".login", account_id=account_id))


@bp.post("/logins/<int:account_id>/unlock")
@requires(Permission.ACCOUNTS_MANAGE)
def unlock(account_id: int) -> ResponseReturnValue:
    """Let somebody try again at once who tried too often."""
    account = queries.login(account_id, _reach())
    actions.unlock(account, by=signed_in())
    db.session.commit()
    flash(f"{account.name} can try to sign in again.")
    return redirect(url_for(".login", account_id=account_id))


@bp.post("/logins/<int:account_id>/password")
@requires(Permission.ACCOUNTS_MANAGE)
def first_password(account_id: int) -> ResponseReturnValue:
    """Give a login a new first password, and show it once."""
    account = queries.login(account_id, _reach())
    form = PasswordAgainForm()
    form.check(account, what=f"The login of {account.name}")
    password = actions.new_password(account, by=signed_in())
    db.session.commit()
    return _shown_once(account, password)


def _reach() -> Reach:
    return signed_in().reach(Permission.ACCOUNTS_MANAGE)


def _form(template: str, form: RolesForm, **given: object) -> ResponseReturnValue:
    form.offer(choices.areas_within(_reach()), _reach())
    return render_template(template, form=form, **given)


def _shown_once(account: Account, password: str) -> ResponseReturnValue:
    """Show the password in the answer itself: a redirect would have to carry it in an address or a cookie."""
    return render_template("accounts/first_password.html", account=account, password=password)


def _insist_on_what_was_seen(form: LoginForm, account: Account) -> None:
    """Raise ChangedMeanwhile if the login is no longer as the form showed it, unless it asks for what is so."""
    held = queries.held_by(account)
    yours = {"name": kept(form.name.data), "e-mail": kept(form.email.data).casefold()}
    theirs = {"name": account.name, "e-mail": account.email}
    if form.version.data == str(account.version) or (yours == theirs and form.wanted() == held):
        return
    areas = choices.areas_within(_reach())
    raise ChangedMeanwhile(
        what=f"The login of {account.name}",
        theirs=theirs | {"roles": ", ".join(queries.in_words(held, areas))},
        yours=yours | {"roles": ", ".join(queries.in_words(form.wanted(), areas))},
    )
