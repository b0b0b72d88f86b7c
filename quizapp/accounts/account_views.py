"""A person's own account: overview, name, password, recovery phrase, log-ins."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp import clock
from quizapp.accounts import passwords, queries, services
from quizapp.accounts.blueprint import bp
from quizapp.accounts.browser import begin_log_in, forget, remember, settings, this_token_hash
from quizapp.accounts.confirming import wrong_password
from quizapp.accounts.forms import ChangePasswordForm, ConfirmForm, ProfileForm
from quizapp.accounts.limits import by_address
from quizapp.accounts.names import browser_name
from quizapp.db import begin_writing, db
from quizapp.web.access import learner
from quizapp.web.forms import clean_text


@bp.get("/account")
def account() -> ResponseReturnValue:
    """Show what belongs to an account, and where it is logged in."""
    session = db.session()
    who = learner()
    return render_template(
        "accounts/account.html",
        person=services.person(session, who.id),
        log_ins=queries.log_ins_of(session, who.id, clock.now()),
        this_log_in=this_token_hash(),
        browser_name=browser_name,
        zone=who.zone,
    )


@bp.post("/account/log-ins/end")
def end_log_in() -> ResponseReturnValue:
    """End one log-in, in this or another browser."""
    session = db.session()
    ended = clean_text(request.form.get("log_in")) or ""
    is_this = ended == this_token_hash()
    services.end_log_in(session, learner().id, ended)
    session.commit()
    if is_this:
        forget()
    flash(_("That log-in is ended."), "success")
    return redirect(url_for("banks.home" if is_this else "accounts.account"), 303)


@bp.route("/account/profile", methods=["GET", "POST"])
@by_address()
def profile() -> ResponseReturnValue:
    """Change the name on pages, or with the password the e-mail."""
    session = db.session()
    person = services.person(session, learner().id)
    form = ProfileForm(obj=person)
    if request.method == "GET" or not form.validate():
        return render_template("accounts/profile.html", form=form), 422 if form.errors else 200
    seen = queries.credentials_of(session, person.id)
    session.rollback()  # ends the reading: hashing takes long
    email = form.email.data or None
    if email != seen.email and wrong_password(form.current_password, seen):
        return render_template("accounts/profile.html", form=form), 422
    begin_writing(session)
    changed = services.confirmed(session, seen)
    services.rename(session, changed, form.display_name.data, email)
    session.commit()
    flash(_("Saved."), "success")
    return redirect(url_for("accounts.account"), 303)


@bp.route("/account/password", methods=["GET", "POST"])
@by_address()
def change_password() -> ResponseReturnValue:
    """Replace the password; all other log-ins end."""
    session = db.session()
    person = services.person(session, learner().id)
    form = ChangePasswordForm(owner_name=person.log_in_name)
    if request.method == "GET" or not form.validate():
        return _password_page(form), 422 if form.errors else 200
    seen = queries.credentials_of(session, person.id)
    session.rollback()  # ends the reading: hashing takes long
    if wrong_password(form.current_password, seen):
        return _password_page(form), 422
    password_hash = passwords.hashed(form.password.data, settings().ARGON2_MEMORY_KIB)
    begin_writing(session)
    services.set_password(session, services.confirmed(session, seen), password_hash)
    logged_in = begin_log_in(session, learner().id)
    session.commit()
    remember(logged_in)
    flash(_("Your password is changed. You are logged out in all other browsers."), "success")
    return redirect(url_for("accounts.account"), 303)


@bp.route("/account/recovery-phrase", methods=["GET", "POST"])
@by_address()
def new_recovery_phrase() -> ResponseReturnValue:
    """Replace the recovery phrase, and show the new one once."""
    form = ConfirmForm()
    if request.method == "GET":
        return render_template("accounts/recovery_phrase.html", form=form)
    session = db.session()
    seen = queries.credentials_of(session, learner().id)
    session.rollback()  # ends the reading: hashing takes long
    if wrong_password(form.current_password, seen):
        return render_template("accounts/recovery_phrase.html", form=form), 422
    phrase = passwords.new_phrase()
    recovery_hash = passwords.hashed(phrase, settings().ARGON2_MEMORY_KIB)
    begin_writing(session)
    services.confirmed(session, seen).recovery_hash = recovery_hash
    session.commit()
    go_on = url_for("accounts.account")
    return render_template("accounts/phrase.html", phrase=phrase, go_on=go_on, is_new=False)


def _password_page(form: ChangePasswordForm) -> str:
    name = form.owner_name
    return render_template("accounts/change_password.html", form=form, name=name)
