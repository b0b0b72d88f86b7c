"""How a form becomes an account, on the pages where that can happen."""

from flask import current_app, render_template
from flask import session as cookie

from quizapp import clock
from quizapp.accounts import passwords, services
from quizapp.accounts.browser import TRY_OUT, begin_log_in, next_page, remember, settings
from quizapp.accounts.forms import SignUpForm
from quizapp.accounts.services import NewAccount
from quizapp.db import begin_writing, db
from quizapp.domain.errors import NameTakenError
from quizapp.web.access import LoggedIn
from quizapp.web.errors import sentence


def signed_up(form: SignUpForm, link_token: str | None = None) -> str | None:
    """Make the account a form asks for, log it in and return the page with its phrase.

    None where the log-in name is taken; the form then says so. `link_token` is that of a link
    that makes the new person an administrator.
    """
    session = db.session()
    session.rollback()  # ends the reading: hashing takes long
    phrase = passwords.new_phrase()
    account = _account(form, phrase)
    begin_writing(session)
    try:
        logged_in = _made(account, link_token)
    except NameTakenError as error:
        session.rollback()
        form.log_in_name.errors = [sentence(error)]
        return None
    session.commit()
    cookie.pop(TRY_OUT, None)
    go_on = next_page()
    remember(logged_in)
    return render_template("accounts/phrase.html", phrase=phrase, go_on=go_on, is_new=True)


def _account(form: SignUpForm, phrase: str) -> NewAccount:
    memory_kib = settings().ARGON2_MEMORY_KIB
    return NewAccount(
        log_in_name=form.log_in_name.data,
        display_name=form.display_name.data,
        email=form.email.data,
        password_hash=passwords.hashed(form.password.data, memory_kib),
        recovery_hash=passwords.hashed(phrase, memory_kib),
        time_zone=form.zone,
    )


def _made(account: NewAccount, link_token: str | None) -> LoggedIn:
    """Add the account, and what the stranger had answered, in one transaction."""
    session = db.session()
    now = clock.now()
    if link_token is not None:
        services.use_link(session, link_token, now)
    person = services.sign_up(session, account, now)
    if link_token is not None:
        services.promote(session, person.id)
    logged_in = begin_log_in(session, person.id)
    for take_over in current_app.extensions["after_sign_up"]:
        take_over(session, logged_in.learner, dict(cookie), now)  # cleared once committed
    return logged_in
