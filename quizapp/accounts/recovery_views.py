"""Pages for those who cannot log in: recovery phrase, e-mail, one-time links."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from quizapp import clock
from quizapp.accounts import mail, passwords, queries, services
from quizapp.accounts.blueprint import bp
from quizapp.accounts.browser import link_address, settings
from quizapp.accounts.forms import MailLinkForm, NewPasswordForm, RecoverForm, SignUpForm
from quizapp.accounts.limits import by_address, by_name
from quizapp.accounts.queries import Credentials
from quizapp.accounts.signing_up import signed_up
from quizapp.db import begin_writing, db
from quizapp.models import OneTimeLink
from quizapp.web.access import learner


@bp.route("/recover", methods=["GET", "POST"])
@by_address()
@by_name()
def recover() -> ResponseReturnValue:
    """Set a new password by the recovery phrase; all log-ins end."""
    form = RecoverForm()
    if request.method == "GET":
        return _recover_page(form)
    if not form.validate():
        return _recover_page(form), 422
    session = db.session()
    seen = queries.credentials_of_name(session, form.log_in_name.data)
    session.rollback()  # ends the reading: hashing takes long
    memory_kib = settings().ARGON2_MEMORY_KIB
    phrase = passwords.normal_phrase(form.phrase.data)
    if not passwords.check(seen.recovery_hash, phrase, memory_kib).right:
        form.phrase.errors = [_("This phrase does not belong to this log-in name.")]
        return _recover_page(form), 422
    _set_password(seen, form.password.data)
    return _to_log_in()


@bp.post("/recover/link")
@by_address()
@by_name()
def mail_link() -> ResponseReturnValue:
    """Send a link to the e-mail of an account; the answer is the same whether there is one."""
    form = MailLinkForm()
    session = db.session()
    found = queries.credentials_of_name(session, form.log_in_name.data or "")
    if _can_mail() and found.user_id and found.email:
        lasts = services.MAILED_LINK_LASTS
        token = services.password_link(session, found.user_id, clock.now(), lasts)
        session.commit()
        mail.send_soon(
            _letter(found.email, token),
            smtp_url=settings().SMTP_URL,
            sender=settings().MAIL_FROM,
        )
    flash(
        _("If this account has an e-mail, a link is on its way. It works for two hours."), "success"
    )
    return redirect(url_for("accounts.recover"), 303)


@bp.route("/link/<token>", methods=["GET", "POST"])
@by_address()
def one_time_link(token: str) -> ResponseReturnValue:
    """Set a new password, or make whoever opens the link an administrator."""
    link = services.working_link(db.session(), token, clock.now())
    if link.purpose == "password":
        return _password_by_link(token, link)
    if current_user.is_authenticated:
        return _administrator_by_link(token)
    return _sign_up_by_link(token)


def _password_by_link(token: str, link: OneTimeLink) -> ResponseReturnValue:
    session = db.session()
    whose = services.person(session, link.user_id or 0)
    name = whose.log_in_name
    form = NewPasswordForm(owner_name=name)
    if request.method == "GET" or not form.validate():
        page = render_template("accounts/new_password.html", form=form, name=name)
        return page, 422 if form.errors else 200
    seen = queries.credentials_of(session, whose.id)
    session.rollback()  # ends the reading: hashing takes long
    _set_password(seen, form.password.data, link_token=token)
    return _to_log_in()


def _administrator_by_link(token: str) -> ResponseReturnValue:
    if request.method == "GET":
        return render_template("accounts/become_administrator.html")
    session = db.session()
    who = learner().id
    session.rollback()  # ends the reading
    begin_writing(session)
    services.use_link(session, token, clock.now())
    services.promote(session, who)
    session.commit()
    flash(_("You are an administrator."), "success")
    return redirect(url_for("accounts.administration"), 303)


def _sign_up_by_link(token: str) -> ResponseReturnValue:
    form = SignUpForm()
    if request.method == "POST" and form.validate():
        page = signed_up(form, token)
        if page is not None:
            return page
    status = 422 if form.errors else 200
    return render_template("accounts/sign_up.html", form=form, is_administrator=True), status


def _set_password(seen: Credentials, password: str, link_token: str | None = None) -> None:
    """Hash and store a new password for those whose credentials were seen, and commit."""
    session = db.session()
    password_hash = passwords.hashed(password, settings().ARGON2_MEMORY_KIB)
    begin_writing(session)
    if link_token is not None:
        services.use_link(session, link_token, clock.now())
    services.set_password(session, services.confirmed(session, seen), password_hash)
    session.commit()


def _recover_page(form: RecoverForm) -> str:
    return render_template("accounts/recover.html", form=form, can_mail=_can_mail())


def _to_log_in() -> ResponseReturnValue:
    flash(_("Your new password is set. Log in with it."), "success")
    return redirect(url_for("accounts.log_in"), 303)


def _can_mail() -> bool:
    """Whether links can be sent: their address must be set, since a stranger asks for them."""
    return bool(settings().SMTP_URL and settings().PUBLIC_URL)


def _letter(address: str, token: str) -> mail.Letter:
    text = _(
        "Somebody, probably you, asked for a new password.\n\n"
        "Open this address within two hours to choose one:\n%(address)s\n\n"
        "If it was not you, do nothing; your password stays as it is.",
        address=link_address(token),
    )
    subject = _("A new password for %(app)s", app=settings().APP_NAME)
    return mail.Letter(to=address, subject=subject, text=text)
