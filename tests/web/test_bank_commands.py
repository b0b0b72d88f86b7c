"""The commands about banks, as they are typed."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from quizapp.banks import commands, publishing
from quizapp.banks.commands import banks
from quizapp.models import Bank, Fact, Question
from tests.conftest import FakeClock
from tests.unit.bank_samples import changed

SMALL = changed(("part = 15\n", ""))  # of no part, so that it may be small
OTHER_DATE = ('date = "1917-10-09"', 'date = "1917-10-10"')
ARTICLE = "There, the Soviet set up a committee on 9 October to defend the city."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small bank and nothing published."""
    (tmp_path / "published.txt").touch()
    write(tmp_path / "bank.toml", SMALL)
    return tmp_path


def write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file


def run(app: Flask, *arguments: str | Path) -> Result:
    runner = app.test_cli_runner()
    result = runner.invoke(banks, [str(one) for one in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def error_of(result: Result) -> str:
    """Return the last line of a command that failed with exit code 1."""
    assert result.exit_code == 1, result.output
    return result.stderr.splitlines()[-1]


def test_a_sound_bank_passes_and_its_figures_are_shown(app: Flask, folder: Path) -> None:
    result = run(app, "check", folder / "bank.toml")
    assert result.exit_code == 0
    of_one = " of 1 choice question, by chance in 33.3%"
    assert result.stdout.splitlines() == [
        "part-15: 0 errors, 0 warnings",
        f"  longest option: right in 0.0%{of_one}; more than three points apart",
        f"  most words shared with the stem: right in 33.3%{of_one}",
    ]


def test_a_folder_is_checked_file_by_file(app: Flask, folder: Path) -> None:
    other = SMALL.replace('"part-15"', '"part-13"').replace("part-15/mrc", "part-13/mrc")
    write(folder / "another.toml", other)
    result = run(app, "check", folder)
    assert result.exit_code == 0
    assert [line for line in result.stdout.splitlines() if not line.startswith(" ")] == [
        "part-13: 0 errors, 0 warnings",
        "part-15: 0 errors, 0 warnings",
    ]


def test_an_error_names_file_line_place_and_remedy(app: Flask, folder: Path) -> None:
    file = write(folder / "bank.toml", SMALL.replace('theme = "eve"', 'theme = "evening"', 1))
    result = run(app, "check", file)
    assert error_of(result) == "Error: 1 error in 1 of 1 file."
    line = 1 + SMALL.split("\n").index('theme = "eve"')
    assert result.stdout.splitlines()[0] == (
        f"{file}:{line}: fact mrc-founded: theme: no theme evening. Use one of eve."
    )


def test_warnings_are_grouped_and_counted(app: Flask, folder: Path) -> None:
    text = SMALL.replace("Name the new body.", "What was never called a soviet?")
    file = write(folder / "bank.toml", text.replace("Reed was a", "Reed was not a"))
    result = run(app, "check", file)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "part-15: 0 errors, 2 warnings"
    assert lines[1] == "  negative-stem: 2"
    assert lines[2].startswith(f"    {file}:")


def test_a_bank_without_choice_questions_has_no_figures(app: Flask, folder: Path) -> None:
    start, end = (
        SMALL.index("  [[fact.question]]\n  id = "),
        SMALL.index('  [[fact.question]]\n  id = "name"'),
    )
    result = run(app, "check", write(folder / "bank.toml", SMALL[:start] + SMALL[end:]))
    assert "  longest option: no choice questions" in result.stdout.splitlines()


def test_words_of_the_article_are_found(app: Flask, folder: Path) -> None:
    article = write(folder / "article.txt", ARTICLE)
    result = run(app, "check", folder / "bank.toml", "--article", article)
    assert error_of(result) == "Error: 1 error in 1 of 1 file."
    assert "in the article's words: the soviet set up a committee on 9" in result.stdout


def test_a_check_can_be_read_by_programs(app: Flask, folder: Path) -> None:
    write(folder / "broken.toml", "format = ")
    result = run(app, "check", "--json", folder)
    assert error_of(result) == "Error: 1 error in 1 of 2 files."
    sound, broken = json.loads(result.stdout)
    assert sound["file"] == str(folder / "bank.toml")
    assert (sound["bank"], sound["problems"], sound["warning_counts"]) == ("part-15", [], {})
    assert sound["longest_option"]["questions"] == 1
    assert sound["shared_words"]["within_aim"] is True
    assert broken["bank"] is None
    assert broken["problems"][0]["line"] == 1


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (
            b"\xff\xfef\x00o\x00r\x00m\x00",
            "1: the file: not UTF-8 text. Save the file again as UTF-8.",
        ),
        (
            b"format = 1\nbank = '\xe9'",
            "2: the file: not UTF-8 text. Save the file again as UTF-8.",
        ),
        (b"", "1: bank: missing. Add `bank = ...`."),
        (b"format = 1\n[[fact", "2: the file: not TOML: "),
    ],
    ids=["UTF-16", "Latin-1", "empty", "broken off"],
)
@pytest.mark.usefixtures("session")
def test_a_damaged_file_is_an_error(app: Flask, folder: Path, raw: bytes, message: str) -> None:
    file = folder / "bank.toml"
    file.write_bytes(raw)
    for command in ("check", "stats", "load", "publish"):
        result = run(app, command, file if command in {"check", "stats"} else folder)
        assert error_of(result).startswith("Error: ")
        assert f"{file}:{message}" in result.output
        assert (folder / "published.txt").read_text(encoding="utf-8") == ""


@pytest.mark.parametrize("command", ["check", "stats"])
def test_a_missing_file_is_an_error(app: Flask, folder: Path, command: str) -> None:
    result = run(app, command, folder / "bank.toml", folder / "missing.toml")
    assert error_of(result).startswith("Error: 1 error in 1 of ")
    assert f"{folder}/missing.toml:1: the file: cannot be read (No such file" in result.output


@pytest.mark.parametrize("command", ["load", "publish"])
@pytest.mark.usefixtures("session")
def test_a_missing_folder_is_an_error(app: Flask, folder: Path, command: str) -> None:
    result = run(app, command, folder / "missing")
    assert error_of(result) == (
        f"Error: The folder {folder}/missing cannot be read (No such file or directory)."
    )


@pytest.mark.parametrize("command", ["check", "stats", "load", "publish"])
@pytest.mark.usefixtures("session")
def test_a_folder_without_banks_is_an_error(app: Flask, tmp_path: Path, command: str) -> None:
    result = run(app, command, tmp_path)
    assert error_of(result) == f"Error: There are no bank files (*.toml) in {tmp_path}."


def test_an_article_that_cannot_be_read_is_an_error(app: Flask, folder: Path) -> None:
    result = run(app, "check", folder, "--article", folder / "missing.txt")
    assert error_of(result).startswith(f"Error: {folder}/missing.txt cannot be read (No such file")
    (folder / "latin.txt").write_bytes(b"caf\xe9")
    result = run(app, "check", folder, "--article", folder / "latin.txt")
    assert "latin.txt is not UTF-8 text (byte 3)" in error_of(result)


def test_without_files_the_shipped_banks_are_checked(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "QUESTIONS", folder)
    assert run(app, "check").stdout.startswith("part-15: 0 errors")


def test_ids_published_with_the_shipped_banks_hold_elsewhere(
    app: Flask, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("quizapp.banks.reading.QUESTIONS", folder)
    write(folder / "published.txt", "part-15 vanished\n")
    (folder / "elsewhere").mkdir()
    result = run(app, "check", write(folder / "elsewhere" / "bank.toml", SMALL))
    assert error_of(result) == "Error: 1 error in 1 of 1 file."
    (folder / "published.txt").unlink()
    assert run(app, "check", folder / "elsewhere").exit_code == 0


def test_banks_are_counted(app: Flask, folder: Path) -> None:
    result = run(app, "stats", folder)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "part-15: 2 facts, 12 questions"
    assert "  demands: recognise 3, recall 5, reconstruct 3, explain 1" in lines
    assert "  paragraphs cited: 2 17" in lines
    [counts] = json.loads(run(app, "stats", "--json", folder).stdout)
    assert (counts["bank"], counts["facts"], counts["questions"]) == ("part-15", 2, 12)


def test_the_schema_is_printed(app: Flask) -> None:
    result = run(app, "schema")
    assert result.exit_code == 0
    schema = json.loads(result.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert "BankFile" in schema["$defs"]


def test_ids_are_published_once_and_never_taken_out(app: Flask, folder: Path) -> None:
    published = write(folder / "published.txt", "part-14 an-older-fact\n")
    assert run(app, "publish", folder).stdout == "14 ids added, 15 in all.\n"
    lines = published.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    assert lines[:4] == [
        "part-14 an-older-fact",
        "part-15 mrc-founded",
        "part-15 mrc-founded/chosen",
        "part-15 mrc-founded/day",
    ]
    assert run(app, "publish", folder).stdout == "0 ids added, 15 in all.\n"
    assert published.read_text(encoding="utf-8").splitlines() == lines


def test_a_published_id_that_vanished_stops_check_load_and_publish(
    app: Flask, session: Session, folder: Path
) -> None:
    run(app, "publish", folder)
    before = (folder / "published.txt").read_text(encoding="utf-8")
    write(folder / "bank.toml", SMALL.replace('id = "name"', 'id = "renamed"'))
    for command in ("check", "load", "publish"):
        result = run(app, command, folder)
        assert result.exit_code == 1
        assert "the question name was published and is gone" in result.output
    assert (folder / "published.txt").read_text(encoding="utf-8") == before
    assert session.scalar(select(func.count(Bank.id))) == 0


def test_a_list_that_cannot_be_written_stays(app: Flask, folder: Path) -> None:
    (folder / "published.new").mkdir()
    result = run(app, "publish", folder)
    assert error_of(result) == f"Error: {folder}/published.txt cannot be written (Is a directory)."
    assert (folder / "published.txt").read_text(encoding="utf-8") == ""


def test_the_first_list_is_made(tmp_path: Path) -> None:
    assert publishing.publish_ids(tmp_path, []) == (0, 0)


def test_banks_are_loaded_and_then_unchanged(
    app: Flask, session: Session, clock: FakeClock, folder: Path
) -> None:
    result = run(app, "load", folder)
    assert result.exit_code == 0
    assert result.stdout == "part-15: loaded (2 facts added, 12 questions added)\n"
    assert session.scalars(select(Bank)).one().loaded_at == clock.moment

    assert run(app, "load", folder).stdout == "part-15: unchanged\n"

    write(folder / "bank.toml", SMALL + "# The end.\n")
    assert run(app, "load", folder).stdout == ("part-15: loaded (no fact or question changed)\n")


def test_a_changed_answer_key_is_told(app: Flask, session: Session, folder: Path) -> None:
    run(app, "load", folder)
    write(folder / "bank.toml", SMALL.replace("answer = 10\n", "answer = 11\n"))
    assert run(app, "load", folder).stdout.splitlines() == [
        "part-15: loaded (1 question reworded)",
        "part-15/reed-arrives/count: the answer key changed",
    ]
    question = session.scalars(select(Question).where(Question.text_id == "count")).one()
    assert question.version == 2


def test_one_broken_file_keeps_all_from_loading(app: Flask, session: Session, folder: Path) -> None:
    run(app, "load", folder)
    write(folder / "bank.toml", SMALL.replace("A bank", "Another title"))
    write(folder / "broken.toml", "format = ")
    result = run(app, "load", folder)
    assert error_of(result) == "Error: 1 error; nothing was loaded."
    assert f"{folder}/broken.toml:1: the file: not TOML" in result.stderr
    assert session.scalars(select(Bank.title)).all() == ["A bank"]


def test_a_change_of_meaning_is_shown_and_confirmed(
    app: Flask, session: Session, folder: Path
) -> None:
    run(app, "load", folder)
    text = changed(("part = 15\n", ""), OTHER_DATE, ("on 9 October", "on 10 October"))
    write(folder / "bank.toml", text)

    result = run(app, "load", folder)

    assert error_of(result) == "Error: 1 fact may mean something else now; nothing was loaded."
    reason = "its date was 1917-10-09 and is 1917-10-10."
    assert result.stderr.splitlines()[:5] == [
        f"part-15/mrc-founded may mean something else now: {reason}",
        "  It was: The Soviet set up a committee on 9 October.",
        "  It is:  The Soviet set up a committee on 10 October.",
        "  If it is another fact, give it another id. If who knows the one knows the other:",
        "  --same-meaning part-15/mrc-founded",
    ]
    statement = select(Fact.date).where(Fact.text_id == "mrc-founded")
    assert session.scalar(statement) == "1917-10-09"
    session.commit()

    names = ("--same-meaning", "part-15/mrc-founded", "--same-meaning", "part-15/unheard-of")
    result = run(app, "load", folder, *names)

    assert result.exit_code == 0
    assert result.stderr == "--same-meaning part-15/unheard-of was not needed.\n"
    assert session.scalar(statement) == "1917-10-10"


def test_every_command_explains_itself(app: Flask) -> None:
    for name in banks.commands:
        assert run(app, name, "--help").exit_code == 0
