"""The demo: invented learners who study by the app's own services."""

from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp import demo
from quizapp.app import create_app
from quizapp.db import make_engine
from quizapp.models import Review, User
from quizapp.settings import Settings

QUICK = (demo.Person("Ada", 9, 0.9, 0.5, 6), demo.Person("Bo", 4, 1.0, 0.0, 4))


def test_the_demo_fills_an_empty_database_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demo, "PEOPLE", QUICK)
    address = f"sqlite:///{tmp_path / 'demo.db'}"
    settings = Settings(SECRET_KEY="demo", SQLALCHEMY_DATABASE_URI=address, ARGON2_MEMORY_KIB=64)
    runner = create_app(settings).test_cli_runner()

    first = runner.invoke(demo.demo)
    again = runner.invoke(demo.demo)

    assert first.exit_code == 0, first.output
    assert "Log in as ada" in first.output
    assert "nothing was added" in again.output
    with Session(make_engine(address)) as session:
        assert session.scalars(select(User.log_in_name).order_by(User.id)).all() == ["ada", "bo"]
        assert session.scalar(select(func.count(Review.id))) == sum(
            int(words.split(" answers")[0].rsplit(" ", 1)[1])
            for words in first.output.splitlines()
            if " answers" in words
        )
