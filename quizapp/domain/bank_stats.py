"""What a bank holds, in numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from quizapp.domain.bank_files import BankFile, demand
from quizapp.domain.bank_texts import asked, prompt, words


@dataclass(frozen=True, slots=True)
class BankStats:
    """Counts over one bank. Every key of a table is there in the order of its first use."""

    bank: str
    facts: int
    questions: int
    by_type: dict[str, int]  # questions
    by_demand: dict[str, int]  # questions
    by_theme: dict[str, int]  # facts; a theme without facts has 0
    by_kind: dict[str, int]  # facts
    paragraphs: list[int]  # that facts cite, in order
    by_outline: dict[str, int]  # facts of the themes that cover each line of the outline
    checked_once: int  # facts that say they rest on fewer than two independent sources
    words_per_stem: float  # the mean; 0 without questions
    longest_stem_words: int


def bank_stats(bank: BankFile) -> BankStats:
    """Return the counts of a bank."""
    questions = [one.question for one in asked(bank)]
    lengths = [len(words(prompt(question))) for question in questions]
    themes = {theme.id: 0 for theme in bank.theme}
    cited = {cite.paragraph for fact in bank.fact for cite in fact.cites}
    return BankStats(
        bank=bank.bank.id,
        facts=len(bank.fact),
        questions=len(questions),
        by_type=_counted(str(question.__struct_config__.tag) for question in questions),
        by_demand=_counted(demand(question).name.lower() for question in questions),
        by_theme=themes | _counted(fact.theme for fact in bank.fact),
        by_kind=_counted(fact.kind for fact in bank.fact),
        paragraphs=sorted(paragraph for paragraph in cited if paragraph is not None),
        by_outline=_by_outline(bank),
        checked_once=sum(fact.checked is not None for fact in bank.fact),
        words_per_stem=sum(lengths) / len(lengths) if lengths else 0,
        longest_stem_words=max(lengths, default=0),
    )


def _by_outline(bank: BankFile) -> dict[str, int]:
    in_theme = Counter(fact.theme for fact in bank.fact)
    return {
        line: sum(in_theme[theme.id] for theme in bank.theme if number in theme.outline)
        for number, line in enumerate(bank.bank.outline, 1)
    }


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(Counter(names))
