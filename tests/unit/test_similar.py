"""Stems of different banks that say nearly the same."""

import msgspec

from quizapp.domain.bank_files import BankFile, Short
from quizapp.domain.similar import most_similar
from tests.unit.bank_samples import GOOD, bank_of


def bank(name: str, *prompts: str) -> BankFile:
    sample = bank_of(GOOD)
    questions = [
        Short(id=f"q{number}", prompt=prompt, accept=["x"]) for number, prompt in enumerate(prompts)
    ]
    fact = msgspec.structs.replace(sample.fact[0], question=questions)
    head = msgspec.structs.replace(sample.bank, id=name)
    return msgspec.structs.replace(sample, bank=head, fact=[fact])


ONE = bank("part-01", "Who led the first revolt?", "Which year was it?")
TWO = bank("part-02", "Which year was that?", "Nothing like any of the others here")
THREE = bank("part-03", "Which year was it?")


def test_the_most_alike_come_first_each_with_where_it_stands() -> None:
    [first, second] = most_similar([ONE, TWO, THREE])
    assert first.score == 100
    assert first.first.endswith("/q1: Which year was it?")
    assert first.first.startswith("part-01/")
    assert first.second.startswith("part-03/")
    assert second.second.endswith("/q0: Which year was that?")
    assert 75 <= second.score < 100


def test_no_more_than_asked_for_are_returned() -> None:
    assert len(most_similar([ONE, TWO, THREE], most=1)) == 1


def test_one_bank_has_nobody_to_resemble() -> None:
    assert most_similar([ONE]) == []
    assert most_similar([]) == []
