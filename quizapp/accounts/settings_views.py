"""The page of the settings."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from quizapp import clock
from quizapp.accounts import queries, study_settings
from quizapp.accounts.blueprint import bp
from quizapp.accounts.settings_form import SettingsForm
from quizapp.db import db
from quizapp.web.access import learner


@bp.route("/account/settings", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Show how a person wants to study, or change it; nothing is rescheduled by that."""
    session = db.session()
    who = learner()
    form = SettingsForm(learner=who)
    if request.method == "POST" and form.validate():
        study_settings.save_habits(session, who.id, form.habits)
        study_settings.save_scheduling(session, who.id, form.scheduling, clock.now())
        session.commit()
        flash(_("Saved. It counts from your next answer on."), "success")
        return redirect(url_for("accounts.settings"), 303)
    facts = queries.fact_count(session)
    seconds = queries.seconds_per_answer(session, who.id)
    minutes = study_settings.minutes_by_retention(
        who.rules, facts=facts, new_per_day=who.new_per_day, seconds_per_answer=seconds
    )
    page = render_template(
        "accounts/settings.html",
        form=form,
        minutes={str(share): round(count, 1) for share, count in minutes.items()},
        own_minutes=round(minutes[who.rules.desired_retention], 1),
        facts=facts,
        new_per_day=who.new_per_day,
        seconds=round(seconds),
    )
    return page, 422 if form.errors else 200
