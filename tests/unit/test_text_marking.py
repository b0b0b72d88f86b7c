"""Marking of typed words."""

import unicodedata
from collections.abc import Callable
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizapp.domain.answers import Verdict
from quizapp.domain.text_folding import LIMIT_CHARACTERS, sound_keys, squeezed, words
from quizapp.domain.text_marking import TextVerdict, allowed_slips, is_same_text, text_verdict

UnicodeForm = Literal["NFC", "NFD", "NFKC", "NFKD"]
COMMITTEE = ("Military Revolutionary Committee", "MRC", "Milrevcom")
FORMS = (
    *COMMITTEE,
    "Leon Trotsky",
    "the Tsay-ee-kah",
    "peace, land and bread",
    "Toussaint L\u2019Ouverture",
    "Sieyès",
    "Straße der Commune",
    "21 October",
    "Louis XVI",
    "1,200 delegates",
)
texts = st.text(max_size=60) | st.text(st.characters(categories=["Cs", "Cc", "So", "Lo"]))


def verdict(text: str, *accept: str, near: tuple[str, ...] = ()) -> Verdict:
    return text_verdict(text, accept, near).verdict


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("military revolutionary committee", "Military Revolutionary Committee"),
        ("m.r.c.", "MRC"),
        ("SIEYES", "Sieyès"),
        ("strasse", "Straße"),
        ("Lodz", "Łódź"),
        ("Osterbro", "Østerbrø"),
        ("coup d'etat", "coup d\u2019état"),
        ("coup d etat", "coup d'état"),
        ("  dual\t\n power ", "dual power"),
        ("dual\u2014power", "dual-power"),
        ("dualpower", "dual power"),
        ("\u201cDark People\u201d", "Dark people"),
        ("Bolsheviks", "the Bolsheviks"),
        ("A bridge", "bridge"),
        ("La Commune", "Commune"),
        ("das Kapital", "Kapital"),
        ("All Power to Soviets", "All Power to the Soviets"),
        ("peace, land & bread", "peace, land and bread"),
        ("1200 delegates", "1,200 delegates"),
        ("21st October", "21 October"),
        ("\u0661\u0669\u0661\u0667", "1917"),
        ("?", "?"),
    ],
)
def test_writing_that_only_looks_different_is_right(text: str, form: str) -> None:
    assert verdict(text, form) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Trotsky, Leon", "Leon Trotsky"),
        ("Trotskij, Leon", "Leon Trotsky"),
        ("October 21", "21 October"),
        ("Committee, Military Revolutionary", "Military Revolutionary Committee"),
        ("it was the Military Revolutionary Committee", "Military Revolutionary Committee"),
        ("the MRC of course", "MRC"),
        ("I think Lenin", "Lenin"),
        ("Lenin, I think", "Lenin"),
        ("was it Trotsky, Leon?", "Leon Trotsky"),
        ("I think it was Trotzki", "Trotsky"),
    ],
)
def test_names_stand_in_any_order_and_among_fillers(text: str, form: str) -> None:
    assert verdict(text, form) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("not the Military Revolutionary Committee", "Military Revolutionary Committee"),
        ("Lenin or Trotsky", "Lenin"),
        ("Germany attacked Russia", "Russia attacked Germany"),
        ("Charles I", "Charles"),
        ("it was", "Lenin"),
        ("the", "Lenin"),
        ("", "Lenin"),
        (" \x00\u200b", "Lenin"),
        ("!?", "Lenin"),
        ("", "?"),
        ("!", "?"),
        ("\U0001f600", "Lenin"),
        ("Lenin " * 2000, "Lenin"),
        ("I think " * 12 + "Lenin", "Lenin"),
    ],
)
def test_other_words_than_fillers_are_wrong(text: str, form: str) -> None:
    assert verdict(text, form) is Verdict.WRONG


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Trotsky", "Trotskii"),
        ("Trotsky", "Trotzki"),
        ("Trotsky", "Trotskij"),
        ("Trotsky", "Trotskiy"),
        ("Sukhanov", "Suhanow"),
        ("Tsereteli", "Cereteli"),
        ("tsar", "czar"),
        ("Tsay-ee-kah", "Cay-ee-kah"),
        ("Dzerzhinsky", "Dzerjinski"),
        ("Yakov Sverdlov", "Jakow Swerdlow"),
        ("Yakov", "Iakov"),
        ("Milyukov", "Miliukoff"),
        ("Yuri", "Iurii"),
        ("Yezhov", "Ezhov"),
        ("Alekseyev", "Alekseev"),
        ("Khrushchev", "Hruschyov"),
        ("Chernov", "Tschernow"),
        ("Chernov", "Tchernoff"),
        ("Plekhanov", "Plehanof"),
        ("Kamenev", "Kameneff"),
        ("Zinoviev", "Zinovyev"),
        ("Alexander", "Aleksandr"),
        ("Pyotr", "Piotr"),
        ("Pyotr", "Petr"),
        ("Philipp", "Filip"),
        ("Nikolai", "Nicolay"),
        ("Kronstadt", "Cronstadt"),
        ("Becker", "Bekker"),
        ("Lvov", "Lwow"),
    ],
)
def test_renderings_of_a_russian_name_are_equal(one: str, other: str) -> None:
    assert verdict(one, other.capitalize()) is Verdict.RIGHT
    assert verdict(other, one.capitalize()) is Verdict.RIGHT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Martov", "Markov"),
        ("Chernov", "Zhernov"),
        ("Lvov", "Lviv"),
        ("Kirov", "Kurov"),
        ("Shulgin", "Chulgin"),
        ("Gorky", "Horky"),
        ("Kamenev", "Kornilov"),
        ("Lenin", "Lunin"),
        ("Sukhanov", "Sudanov"),
        ("Nicholas I", "Nicholas II"),
        ("Sverdlov", "Sverdlovsk"),
        ("Mensheviks", "Bolsheviks"),
        ("Kerensky", "Kamensky"),
        ("Soviet", "Savoy"),
        ("Petrograd", "Petersburg"),
    ],
)
def test_different_names_do_not_sound_alike(one: str, other: str) -> None:
    ours = [squeezed(key) for key in sound_keys(words(one))]
    theirs = [squeezed(key) for key in sound_keys(words(other))]
    assert not set(ours) & set(theirs)


@pytest.mark.parametrize(
    ("text", "form"), [("wine", "vine"), ("CEK", "CEC"), ("War", "Var"), ("hasse", "chasse")]
)
def test_only_longer_names_are_compared_by_sound(text: str, form: str) -> None:
    assert verdict(text, form) is not Verdict.RIGHT


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Lenim", "Lenin"),
        ("Kerenskz", "Kerensky"),
        ("Kerenksy", "Kerensky"),
        ("Militray Revolutionary Comittee", "Military Revolutionary Committee"),
        ("it was the Militray Revolutionary Comittee", "Military Revolutionary Committee"),
        ("Red Gaurds", "the Red Guards"),
        ("Bolshevik", "Bolsheviks"),
        ("Luois XVI", "Louis XVI"),
        ("Decree on Pease", "Decree on Peace"),
        ("provisional goverment", "Provisional Government"),
        ("counter revoluton", "counter-revolution"),
        ("RSDLPs majorty", "RSDLP majority"),
    ],
)
def test_a_slip_of_spelling_is_right(text: str, form: str) -> None:
    assert verdict(text, form) is Verdict.SLIP


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Marz", "Marx"),
        ("MRV", "MRC"),
        ("RSDLB", "RSDLP"),
        ("VTsIC", "VTsIK"),
        ("Lemim", "Lenin"),
        ("Trotzxy", "Trotsky"),
        ("1916", "1917"),
        ("19 17", "1917"),
        ("October 1916 rising", "October 1917 rising"),
        ("21th Congresss", "22nd Congress"),
        ("Louis XVII", "Louis XVI"),
        ("Louis XIV", "Louis XVI"),
        ("Charles", "Charles I"),
        ("the state is not smashed", "the state is smashed"),
        ("the state is smashed", "the state is not smashed"),
        ("no annexation", "annexation"),
        ("non intervention", "intervention"),
        ("unconstitutional", "constitutional"),
        ("constitutional", "unconstitutional"),
        ("demobilisation", "mobilisation"),
        ("minority", "majority"),
        ("Minorities", "Majorities"),
        ("Northern Front", "Southern Front"),
        ("west front", "east front"),
        ("July Days", "June Days"),
        ("Russia", "Prussia"),
        ("Alexandra", "Alexander"),
        ("second congress of soviets", "third congress of soviets"),
        ("the second coalitionx", "the second ration"),
        ("Mensheviks", "Bolsheviks"),
    ],
)
def test_what_means_something_else_is_no_slip(text: str, form: str) -> None:
    assert verdict(text, form) is Verdict.WRONG


@pytest.mark.parametrize(
    ("letters", "slips"),
    [(0, 0), (4, 0), (5, 1), (7, 1), (8, 2), (13, 2), (14, 3), (300, 3)],
)
def test_longer_forms_allow_more_slips(letters: int, slips: int) -> None:
    assert allowed_slips(letters) == slips


@pytest.mark.parametrize(
    ("text", "accept", "near", "expected"),
    [
        ("Petrograd Soviet", COMMITTEE, ("the Petrograd Soviet",), TextVerdict(Verdict.NEAR, 0)),
        ("it was the Soviet", COMMITTEE, ("Duma", "Soviet"), TextVerdict(Verdict.NEAR, 1)),
        ("Petrogard Soviet", COMMITTEE, ("Petrograd Soviet",), TextVerdict(Verdict.NEAR, 0)),
        ("Kameniev", ("Kamanev",), ("Kamenev",), TextVerdict(Verdict.NEAR, 0)),
        ("Kamanew", ("Kamanev",), ("Kamenev",), TextVerdict(Verdict.RIGHT)),
        ("Kaminev", ("Kamanev",), ("Kamenev",), TextVerdict(Verdict.NEAR, 0)),
        ("Kamamev", ("Kamanev",), ("Kamenev",), TextVerdict(Verdict.SLIP)),
        ("Rusia", ("Prussia",), ("Duma", "Russia"), TextVerdict(Verdict.NEAR, 1)),
        ("Lenin", ("Lenin",), ("Lenin",), TextVerdict(Verdict.RIGHT)),
        ("Lenni", ("Duma",), ("MRC", "Lenin", "Lenim"), TextVerdict(Verdict.NEAR, 1)),
        ("Tsar", ("Lenin",), ("Duma",), TextVerdict(Verdict.WRONG)),
    ],
)
def test_a_near_miss_wins_when_it_is_as_close(
    text: str, accept: tuple[str, ...], near: tuple[str, ...], expected: TextVerdict
) -> None:
    assert text_verdict(text, accept, near) == expected


def test_the_same_text_forgives_no_slip() -> None:
    assert is_same_text(" the PETROGRAD Soviet", "Petrograd Soviet")
    assert is_same_text("?", "?")
    assert not is_same_text("Petrogrd Soviet", "Petrograd Soviet")
    assert not is_same_text("!", "?")


def test_no_more_is_compared_than_the_limit() -> None:
    folded = words("word " * 2000)
    assert sum(map(len, folded)) + len(folded) - 1 <= LIMIT_CHARACTERS
    assert verdict("é" * 10_000, "Lenin", near=("Kamenev",)) is Verdict.WRONG


@given(
    form=st.sampled_from(FORMS),
    dressed=st.sampled_from(["{}", "  {} ", "the {}", "{}!", "\u201c{}\u201d", "it was {}"]),
    change=st.sampled_from([str.upper, str.lower, str.title, str.swapcase, str.casefold]),
    form_of_unicode=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]),
)
def test_an_accepted_form_is_right_however_it_is_dressed(
    form: str, dressed: str, change: Callable[[str], str], form_of_unicode: UnicodeForm
) -> None:
    spaced = dressed.format(change(form)).replace(" ", "\u00a0 ")
    text = unicodedata.normalize(form_of_unicode, spaced)
    assert verdict(text, *FORMS) is Verdict.RIGHT


@given(form=texts.filter(str.strip), others=st.lists(texts, max_size=3))
@example(form="\u0149", others=[])
@example(form="the", others=["I"])
def test_an_accepted_form_is_right_beside_any_other(form: str, others: list[str]) -> None:
    assert verdict(form, *others, form, near=tuple(others)) is Verdict.RIGHT


@given(form=st.text(st.characters(max_codepoint=0x24F, categories=["L"]), min_size=1, max_size=80))
@example(form="\u0149a")
def test_letter_case_never_matters(form: str) -> None:
    assert verdict(form.upper(), form) is Verdict.RIGHT
    assert verdict(form.casefold(), form) is Verdict.RIGHT


@given(text=texts, accept=st.lists(texts, min_size=1, max_size=3), near=st.lists(texts, max_size=3))
def test_any_text_is_marked_and_always_alike(text: str, accept: list[str], near: list[str]) -> None:
    read = text_verdict(text, accept, near)
    assert read == text_verdict(text, accept, near)
    assert (read.near_place is not None) == (read.verdict is Verdict.NEAR)
