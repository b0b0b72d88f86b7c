"""The report on the banks: for administrators, on a page and as a command."""

from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from quizapp.banks.commands import banks
from quizapp.banks.reading import QUESTIONS
from tests import factories
from tests.unit.bank_samples import changed


def test_administrators_see_what_each_bank_holds(client: FlaskClient, session: Session) -> None:
    bank = factories.bank(session, title="Russia in autumn", part=15)
    factories.fact(session, bank)
    factories.log_in(client, factories.user(session, is_administrator=True))

    page = client.get("/administration/banks")

    assert page.status_code == 200
    assert "Russia in autumn" in page.text
    assert "1 facts, 2 questions" in page.text
    assert "by chance 33.3" in page.text


def test_others_do_not(client: FlaskClient, session: Session) -> None:
    factories.log_in(client, factories.user(session))
    assert client.get("/administration/banks").status_code == 403


def test_without_banks_the_page_says_what_to_do(client: FlaskClient, session: Session) -> None:
    factories.log_in(client, factories.user(session, is_administrator=True))
    assert "No bank is loaded yet" in client.get("/administration/banks").text


def test_the_page_costs_the_same_for_many_banks(
    client: FlaskClient, session: Session, count_queries: list[str]
) -> None:
    factories.log_in(client, factories.user(session, is_administrator=True))
    costs = []
    for more in (1, 5):
        for _ in range(more):
            factories.fact(session, factories.bank(session))
        session.commit()
        count_queries.clear()
        client.get("/administration/banks")
        costs.append(len(count_queries))
    assert costs[0] == costs[1]


def test_the_command_prints_all_measures(app: Flask) -> None:
    files = [str(file) for file in sorted(QUESTIONS.glob("part-0[12]*.toml"))]
    result = app.test_cli_runner().invoke(banks, ["report", *files])
    assert result.exit_code == 0, result.output
    assert "part-01" in result.output
    assert "longest option" in result.output
    assert "most similar prompts of different banks" in result.output


def test_the_command_names_lines_of_the_outline_without_facts(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "part-15.toml"
    outline = ('basis = "article"', 'basis = "article"\noutline = ["The eve", "The unasked"]')
    theme = ('title = "The eve"', 'title = "The eve"\noutline = [1]')
    file.write_text(changed(outline, theme), encoding="utf-8")
    result = app.test_cli_runner().invoke(banks, ["report", str(file)])
    assert "lines of the outline with facts: 1 of 2" in result.output
    assert "none: The unasked" in result.output
