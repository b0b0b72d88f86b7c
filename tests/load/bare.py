"""A bare Flask app with one durable transaction: what an answer is measured against."""

import sys
import threading
from pathlib import Path
from typing import Any

import waitress
from flask import Flask, request

from quizapp.db import sqlite
from quizapp.serving import THREADS

_kept = threading.local()


def connected(file: Path) -> Any:
    """Return this thread's connection; closing the last one would clean up the log each time."""
    if not hasattr(_kept, "connection"):
        _kept.connection = sqlite.connect(str(file), timeout=15, isolation_level=None)
        _kept.connection.execute("PRAGMA synchronous = FULL")
    return _kept.connection


def bare_app(file: Path) -> Flask:
    """Return an app that selects, updates and inserts one row each, durably."""
    app = Flask("bare")

    @app.post("/count")
    def count() -> str:
        connection = connected(file)
        connection.execute("BEGIN IMMEDIATE")
        number = int(request.form["number"])
        (times,) = connection.execute(
            "SELECT times FROM counter WHERE id = ?", (number,)
        ).fetchone()
        connection.execute("UPDATE counter SET times = ? WHERE id = ?", (times + 1, number))
        connection.execute("INSERT INTO log (counter_id, times) VALUES (?, ?)", (number, times))
        connection.execute("COMMIT")
        return f"{times + 1}"

    return app


def make_tables(file: Path) -> None:
    """Make the two tables."""
    connection = sqlite.connect(str(file), isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE counter (id INTEGER PRIMARY KEY, times INTEGER NOT NULL)")
    connection.execute(
        "CREATE TABLE log (id INTEGER PRIMARY KEY, counter_id INTEGER, times INTEGER)"
    )
    connection.executemany("INSERT INTO counter VALUES (?, 0)", [(n,) for n in range(1, 101)])
    connection.close()


if __name__ == "__main__":
    waitress.serve(
        bare_app(Path(sys.argv[1])), host="127.0.0.1", port=int(sys.argv[2]), threads=THREADS
    )
