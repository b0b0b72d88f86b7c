"""Serves the app for the bench, as `quizapp serve` does, without preparing anything."""

import sys

import waitress

from quizapp.app import create_app
from quizapp.serving import THREADS
from quizapp.settings import Settings

if __name__ == "__main__":
    address, secret, port = sys.argv[1:]
    app = create_app(Settings(SECRET_KEY=secret, SQLALCHEMY_DATABASE_URI=address))
    waitress.serve(app, host="127.0.0.1", port=int(port), threads=THREADS, ident=None)
