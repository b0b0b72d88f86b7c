import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.domain.searching import folded, matches


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("lenin", "Lenin wrote to the committee.", True),
        ("ROBESPIERRE", "Robespierre fell.", True),
        ("eleve", "Élève", True),
        ("élève", "ELEVE", True),
        ("committee lenin", "Lenin wrote to the committee.", True),
        ("commit", "Lenin wrote to the committee.", True),
        ("strasse", "Straße", True),
        ("trotsky", "Lenin wrote to the committee.", False),
        ("lenin trotsky", "Lenin wrote to the committee.", False),
        ("  ", "Lenin", True),
        ("", "", True),
    ],
    ids=[
        "case",
        "capitals wanted",
        "accents in the text",
        "accents wanted",
        "words in any order",
        "a part of a word",
        "letters that fold to two",
        "not there",
        "one of two not there",
        "only blanks",
        "nothing in nothing",
    ],
)
def test_words_are_found_whatever_their_case_and_accents(
    wanted: str, text: str, *, found: bool
) -> None:
    assert matches(wanted, text) is found


@given(st.text())
def test_every_text_is_found_by_itself(text: str) -> None:
    assert matches(text, text)


@given(st.text())
def test_a_folded_text_has_no_blanks_to_spare(text: str) -> None:
    assert folded(text) == " ".join(folded(text).split())
