"""Names, passwords and phrases as they are compared and kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizapp.accounts import passwords
from quizapp.accounts.exporting import harmless
from quizapp.accounts.names import (
    browser_name,
    has_unprintable,
    is_address,
    log_in_key,
    tidy,
)
from quizapp.accounts.words import WORDS
from quizapp.accounts.zones import known_zone, zones_by_region

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
EDGE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0"
)
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
MEMORY_KIB = 64


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ada", "ADA"),
        ("Strasse", "STRASSE"),
        ("Straße", "STRASSE"),
        ("Zoë", "ZOE\u0308"),
        ("Ada", "  ada "),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER A}da", "ada"),
    ],
    ids=["case", "same", "sharp s", "composed", "white space", "full width"],
)
def test_log_in_names_that_look_alike_are_the_same(one: str, other: str) -> None:
    assert log_in_key(one) == log_in_key(other)


@given(st.text())
def test_the_key_of_a_key_is_the_key(name: str) -> None:
    assert log_in_key(log_in_key(name)) == log_in_key(name)


def test_names_are_kept_as_typed_but_for_their_ends() -> None:
    assert tidy("  Zoe\u0308 van Dam ") == "Zoë van Dam"


@pytest.mark.parametrize("name", ["a\tb", "a\u200bb", "a\x7f", "\ud800"])
def test_characters_that_nobody_sees_are_noticed(name: str) -> None:
    assert has_unprintable(name)
    assert not has_unprintable("Zoë van Dam 2")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("ada@example.org", True),
        ("a.b+c@mail.example.org", True),
        ("ada", False),
        ("ada@", False),
        ("a@b@c", False),
        ("a b@c", False),
        ("ada@example.org,eve@example.org", False),
        ("ada@example.org\nBcc: eve@example.org", False),
    ],
)
def test_the_shape_of_an_address(text: str, *, is_one: bool) -> None:
    assert is_address(text) is is_one


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (FIREFOX, "Firefox · Linux"),
        (EDGE, "Edge · Windows"),
        (IPHONE, "Safari · iPhone"),
        ("Firefox/1", "Firefox"),
        ("A test", "A test"),
        ("x" * 300, "x" * 40),
        ("", ""),
    ],
)
def test_browsers_have_the_names_people_use(user_agent: str, name: str) -> None:
    assert browser_name(user_agent) == name


def test_a_phrase_is_worth_sixty_bits() -> None:
    assert len(set(WORDS)) == 1024
    assert passwords.WORDS_IN_PHRASE == 6
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    assert max(map(len, WORDS)) <= 8
    assert set(passwords.new_phrase().split()) <= set(WORDS)
    assert len(passwords.new_phrase().split()) == 6


@pytest.mark.parametrize(
    "entered",
    ["oak river", " Oak  RIVER ", "oak-river", "oak - river.", "oak\nriver", "1. oak 2. river"],
)
def test_a_phrase_is_the_same_however_it_is_written(entered: str) -> None:
    assert passwords.normal_phrase(entered) == "oak river"


def test_a_password_is_right_whichever_keyboard_composed_it() -> None:
    stored = passwords.hashed("Zoë likes tea", MEMORY_KIB)
    assert passwords.check(stored, "Zoe\u0308 likes tea", MEMORY_KIB) == passwords.Checked(
        right=True
    )
    assert not passwords.check(stored, "zoë likes tea", MEMORY_KIB).right


def test_a_password_hashed_with_less_is_hashed_anew_when_it_is_right() -> None:
    stored = passwords.hashed("correct horse", MEMORY_KIB)
    checked = passwords.check(stored, "correct horse", 2 * MEMORY_KIB)
    assert checked.right
    assert checked.new_hash is not None
    assert passwords.check(checked.new_hash, "correct horse", 2 * MEMORY_KIB).new_hash is None
    assert passwords.check(stored, "wrong horse", 2 * MEMORY_KIB).new_hash is None


@pytest.mark.parametrize("stored", [None, "", "no hash at all"])
def test_without_a_hash_no_password_is_right(stored: str | None) -> None:
    assert not passwords.check(stored, "anything", MEMORY_KIB).right


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@A1", "'@A1"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("a=1", "a=1"),
        ("", ""),
        (-1.5, -1.5),
        (None, None),
    ],
)
def test_no_cell_runs_as_a_formula(cell: object, written: object) -> None:
    assert harmless(cell) == written


@pytest.mark.parametrize("name", ["Nowhere/Town", "", None, "../../etc/passwd", "Europe"])
def test_a_time_zone_that_is_none_is_utc(name: str | None) -> None:
    assert known_zone(name) == "UTC"
    assert known_zone("Europe/Berlin") == "Europe/Berlin"


def test_the_own_zone_can_always_be_chosen() -> None:
    for own in ("UTC", "Europe/Berlin", "Etc/GMT+5", "America/Argentina/Ushuaia"):
        values = [value for places in zones_by_region(own).values() for value, _ in places]
        assert values.count(own) == 1
