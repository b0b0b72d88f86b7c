"""The errors of a bank: what must be mended before it can be loaded."""

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Any

import msgspec

from quizapp.domain.bank_answer_checks import gap_findings, marking_findings, option_findings
from quizapp.domain.bank_files import BankFile, Demand, demand
from quizapp.domain.bank_problems import Finding, Lines, Problem, Where, as_problems
from quizapp.domain.bank_source_checks import (
    PARAGRAPHS,
    borrowed_findings,
    cite_findings,
    date_findings,
    support_findings,
)
from quizapp.domain.bank_texts import asked, is_guessable

FEWEST_QUESTIONS = 2  # of a fact
AMOUNTS = {15: (70, 180)}  # fewest facts and questions of a shipped bank, by part
AMOUNTS_ELSE = (40, 100)

_SEE = re.compile(r"(?:(?P<bank>[a-z0-9]+(?:-[a-z0-9]+)*)/)?(?P<fact>[a-z0-9]+(?:-[a-z0-9]+)*)")


def check_bank(
    bank: BankFile,
    *,
    shipped: bool,
    published: Collection[str] = (),
    article: str | None = None,
    lines: Lines | None = None,
) -> list[Problem]:
    """Return every error of a bank; with `lines`, in the order of its file.

    `shipped` banks must also have the amounts and sources of the project's own. `published`
    holds `part-15 fact-id` or `part-15 fact-id/question-id` for each id that may not vanish;
    those of other banks are passed over. With the text of the `article`, eight words in a row
    in common with it are an error. `lines` come from `bank_lines`; without them each line is 0.
    """
    root: dict[str, Any] = msgspec.to_builtins(bank)
    checks = [
        id_findings(bank),
        published_findings(bank, published),
        theme_findings(bank),
        reference_findings(bank),
        cite_findings(bank),
        date_findings(bank),
        option_findings(bank),
        gap_findings(bank),
        marking_findings(bank),
        variety_findings(bank),
        chain(support_findings(bank), amount_findings(bank)) if shipped else (),
        borrowed_findings(bank, root, article) if article else (),
    ]
    return as_problems(chain.from_iterable(checks), root, lines or Lines())


def id_findings(bank: BankFile) -> Iterator[Finding]:
    """Find ids that stand twice: of facts, questions of a fact, themes, or works."""
    works = [*_ids("source", bank.source), *_ids("further", bank.further)]
    for ids in (_ids("theme", bank.theme), works, _ids("fact", bank.fact)):
        yield from _twice(ids)
    for number, fact in enumerate(bank.fact):
        yield from _twice([(("fact", number, *w), i) for w, i in _ids("question", fact.question)])


def _ids(table: str, items: Iterable[Any]) -> list[tuple[Where, str]]:
    return [((table, number, "id"), item.id) for number, item in enumerate(items)]


def _twice(ids: list[tuple[Where, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for where, text_id in ids:
        if text_id in seen:
            remedy = "Give the newer one an id of its own."
            yield Finding(where, f"the id {text_id} was used before", remedy)
        seen.add(text_id)


def published_findings(bank: BankFile, published: Iterable[str]) -> Iterator[Finding]:
    """Find facts and questions that were published and are gone; learners' memory hangs on them."""
    questions = {fact.id: {question.id for question in fact.question} for fact in bank.fact}
    places = {fact.id: number for number, fact in enumerate(bank.fact)}
    remedy = "Give it back its id; if it is to be retired, take it out of published.txt."
    gone: set[str] = set()
    for line in published:
        bank_id, _, path = line.strip().partition(" ")
        fact_id, _, question_id = path.strip().partition("/")
        if bank_id != bank.bank.id or not fact_id or fact_id in gone:
            continue
        if fact_id not in questions:
            gone.add(fact_id)
            yield Finding((), f"the fact {fact_id} was published and is gone", remedy)
        elif question_id and question_id not in questions[fact_id]:
            message = f"the question {question_id} was published and is gone"
            yield Finding(("fact", places[fact_id]), message, remedy)


def theme_findings(bank: BankFile) -> Iterator[Finding]:
    """Find themes that are named but not listed, and themes that no fact has."""
    themes = {theme.id for theme in bank.theme}
    used = {fact.theme for fact in bank.fact}
    for number, theme in enumerate(bank.theme):
        if theme.id not in used:
            yield Finding(("theme", number), "no fact has this theme", "Add facts or take it out.")
        for place, line in enumerate(theme.outline):
            if line > len(bank.bank.outline):
                lines = len(bank.bank.outline)
                message = f"the outline has {lines} lines, not {line}"
                yield Finding(("theme", number, "outline", place), message, "Correct the number.")
    for number, fact in enumerate(bank.fact):
        if fact.theme not in themes:
            remedy = f"Use one of {', '.join(sorted(themes))}."
            yield Finding(("fact", number, "theme"), f"no theme {fact.theme}", remedy)


def reference_findings(bank: BankFile) -> Iterator[Finding]:
    """Find `keep_apart` and `see` that name no other fact."""
    facts = {fact.id for fact in bank.fact}
    for number, fact in enumerate(bank.fact):
        for place, other in enumerate(fact.keep_apart):
            where: Where = ("fact", number, "keep_apart", place)
            if other == fact.id:
                yield Finding(where, "a fact is kept apart from itself", "Take it out.")
            elif other not in facts:
                yield Finding(where, f"no fact {other} in this bank", "Correct the id.")
        for place, see in enumerate(fact.see):
            if not _leads_somewhere(see, bank.bank.id, facts):
                remedy = "Write `part-NN/fact-id`, or the id of another fact of this bank."
                message = f"{see!r} leads nowhere"
                yield Finding(("fact", number, "see", place), message, remedy)


def _leads_somewhere(see: str, bank_id: str, facts: set[str]) -> bool:
    """Return whether `see` is well formed and, if it points into this bank, has a fact there."""
    parts = _SEE.fullmatch(see)
    if parts is None:
        return False
    return parts["bank"] not in {None, bank_id} or parts["fact"] in facts


def variety_findings(bank: BankFile) -> Iterator[Finding]:
    """Find facts asked in too few ways, or never unaided, and a bank that is easily guessed."""
    for number, fact in enumerate(bank.fact):
        if len(fact.question) < FEWEST_QUESTIONS:
            message = f"{len(fact.question)} of at least {FEWEST_QUESTIONS} questions"
            yield Finding(("fact", number), message, "Ask the fact in another way too.")
        if all(demand(question) < Demand.RECALL for question in fact.question):
            remedy = "Add a short, number, date, flashcard, explain or typed cloze question."
            yield Finding(("fact", number), "no question of unaided recall", remedy)
    guessable = [is_guessable(one.question) for one in asked(bank)]
    if 2 * sum(guessable) > len(guessable):
        message = f"{sum(guessable)} of {len(guessable)} questions are choice or true-false"
        yield Finding(("bank",), message, "At most half may be: ask in other ways.")


def amount_findings(bank: BankFile) -> Iterator[Finding]:
    """Find a shipped bank with too few facts or questions, or with paragraphs left out."""
    part = bank.bank.part or 0
    fewest = AMOUNTS.get(part, AMOUNTS_ELSE)
    counts = (len(bank.fact), sum(len(fact.question) for fact in bank.fact))
    for name, count, least in zip(("facts", "questions"), counts, fewest, strict=True):
        if count < least:
            yield Finding(("bank",), f"{count} of at least {least} {name}", "Write more.")
    cited = {cite.paragraph for fact in bank.fact for cite in fact.cites}
    missing = [number for number in range(1, PARAGRAPHS.get(part, 0) + 1) if number not in cited]
    if missing:
        message = f"no fact cites paragraph {', '.join(map(str, missing))}"
        yield Finding(("bank",), message, "Write facts from each paragraph.")
