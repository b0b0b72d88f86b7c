"""Puts the app together: the only module that knows every feature."""

from flask import Flask
from flask_bootstrap import Bootstrap5
from flask_compress import Compress
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.accounts.views import bp as accounts
from quizapp.banks.views import bp as banks
from quizapp.clock import Clock, system_clock
from quizapp.db import db, engine_options
from quizapp.insights.views import bp as insights
from quizapp.settings import INSTANCE, Settings
from quizapp.study.try_out import keep_for_learner
from quizapp.study.views import bp as study
from quizapp.web import access, converters, errors, headers, health, language, limits


def create_app(settings: Settings, clock: Clock = system_clock) -> Flask:
    """Return the app with these settings, on this clock."""
    app = Flask(__name__, instance_path=str(INSTANCE))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.config.from_mapping(settings.as_flask_config())
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = engine_options(settings.SQLALCHEMY_DATABASE_URI)
    app.extensions["clock"] = clock
    app.extensions["settings"] = settings
    app.url_map.converters["id"] = converters.IdConverter
    for extension in (db, Bootstrap5(), Compress(), limits.limiter):
        extension.init_app(app)
    for part in (language, access, errors, headers):
        part.init_app(app)
    app.extensions["after_sign_up"] = [keep_for_learner]
    for blueprint in (health.bp, accounts, banks, insights, study):
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(app_name=settings.APP_NAME, current_user=current_user)
    if settings.TRUSTED_PROXIES:
        hops = settings.TRUSTED_PROXIES
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # as Werkzeug's documentation does
    return app
