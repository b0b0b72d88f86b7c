"""Statements know what their columns are called."""

import pytest

from quizapp.memory.statements import column_names


@pytest.mark.parametrize(
    ("sql", "names"),
    [
        ("SELECT a FROM t", ["a"]),
        ("SELECT t.a, b AS c FROM t", ["a", "c"]),
        ("SELECT count(*) AS found, max(x, y) AS most FROM t", ["found", "most"]),
        ("SELECT a = :today AS was_new, (SELECT 1 FROM u) AS one FROM t", ["was_new", "one"]),
        ("\n    SELECT\n  a,\n  b\n  FROM t WHERE a IN (SELECT c FROM u)", ["a", "b"]),
        ("SELECT 1 AS one", ["one"]),
    ],
)
def test_columns_are_named_in_their_order(sql: str, names: list[str]) -> None:
    assert column_names(sql) == names
