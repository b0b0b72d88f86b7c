"""Which stems of several banks say nearly the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from quizapp.domain.bank_files import BankFile
from quizapp.domain.bank_texts import asked, stem

LEAST_SCORE = 75.0  # of 100; pairs below are not alike enough to look at


@dataclass(frozen=True, slots=True)
class SimilarPair:
    """Two stems, and how alike their words are, from 0 to 100."""

    score: float
    first: str  # "part-01/fact/question: stem"
    second: str


def most_similar(banks: Sequence[BankFile], most: int = 10) -> list[SimilarPair]:
    """Return the most similar pairs of stems of different banks, the most alike first.

    Alike is rapidfuzz's token sort ratio, which does not mind the order of words. Ties go by the
    order of the banks; fewer than two banks give nothing.
    """
    labels: list[str] = []
    stems: list[str] = []
    starts: list[int] = []
    for bank in banks:
        starts.append(len(stems))
        for one in asked(bank):
            labels.append(f"{bank.bank.id}/{one.fact.id}/{one.question.id}")
            stems.append(stem(one.question))
    pairs = []
    for number, start in enumerate(starts[1:], 1):
        before = stems[:start]
        end = starts[number + 1] if number + 1 < len(starts) else len(stems)
        for place in range(start, end):
            found = process.extractOne(
                stems[place], before, scorer=fuzz.token_sort_ratio, score_cutoff=LEAST_SCORE
            )
            if found is not None:
                _, score, other = found
                pairs.append((score, other, place))
    pairs.sort(key=lambda pair: (-pair[0], pair[1], pair[2]))
    return [
        SimilarPair(
            score=round(score, 1),
            first=f"{labels[one]}: {stems[one]}",
            second=f"{labels[other]}: {stems[other]}",
        )
        for score, one, other in pairs[:most]
    ]
