"""Checks of where a bank's facts come from: sources, dates, and words that are not its own."""

import re
from collections.abc import Iterator
from typing import Any

from quizapp.domain.bank_dates import day_range
from quizapp.domain.bank_files import BankFile, Cloze, DateQuestion, Fact, Source
from quizapp.domain.bank_problems import Finding, Where
from quizapp.domain.bank_texts import asked, filled, words

LONGEST_COMMON = 7  # words in a row that a bank may share with the article
ENOUGH_SOURCES = 2
PARAGRAPHS = {15: 24}  # of the parts whose article was read whole
NOTHING_READ = "outline"
READ_WHOLE = "article"

_NOTE_MARK = re.compile(r"(?<=[^\w\s])[ivx]+(?=\s|$)")  # "perish.xiv" in the article
ARTICLE_NAMES = {("bank", "title"), ("bank", "url")}  # how the article itself is called


def cite_findings(bank: BankFile) -> Iterator[Finding]:
    """Find facts without a source, and cites that name none or one that is not listed."""
    sources = {source.id for source in bank.source}
    further = {source.id for source in bank.further}
    for number, fact in enumerate(bank.fact):
        if not fact.cites:
            remedy = "Add `cites` with a paragraph or a source."
            yield Finding(("fact", number), "no source", remedy)
        for place, cite in enumerate(fact.cites):
            where: Where = ("fact", number, "cites", place)
            if cite.paragraph is None and cite.source is None:
                remedy = "Give the paragraph of the article or the id of a source."
                yield Finding(where, "names neither a paragraph nor a source", remedy)
            elif cite.source in further:
                remedy = "Cite only what was opened and seen to say it; move it to `[[source]]`."
                yield Finding(where, f"cites {cite.source}, which stands under further", remedy)
            elif cite.source is not None and cite.source not in sources:
                remedy = "Add a `[[source]]` with that id, or correct the id."
                yield Finding(where, f"cites {cite.source}, which is not listed", remedy)


def support_findings(bank: BankFile) -> Iterator[Finding]:
    """Find facts of a shipped bank that rest on too little for what the bank was written from."""
    sources = {source.id: source for source in bank.source}
    paragraphs = PARAGRAPHS.get(bank.bank.part or 0)
    for number, fact in enumerate(bank.fact):
        where: Where = ("fact", number, "cites")
        cited = {cite.paragraph for cite in fact.cites if cite.paragraph is not None}
        if bank.bank.basis == NOTHING_READ and cited:
            remedy = "Cite what was read, or correct `basis`."
            yield Finding(where, "cites a paragraph of an article that was not read", remedy)
        if paragraphs and any(paragraph > paragraphs for paragraph in cited):
            remedy = "Correct the number of the paragraph."
            yield Finding(where, f"the article has only {paragraphs} paragraphs", remedy)
        if bank.bank.basis == READ_WHOLE:
            if not cited:
                remedy = "Name the paragraph of the article that says it."
                yield Finding(where, "cites no paragraph", remedy)
        elif not cited and not _is_checked(fact, sources):
            remedy = (
                "Cite two independent sources, one of them not partisan, or say `checked = 1`; "
                "copies of Wikipedia are one source, and `via` counts as none."
            )
            yield Finding(where, "not checked against two independent sources", remedy)


def _is_checked(fact: Fact, sources: dict[str, Source]) -> bool:
    """Return whether two independent sources were seen, or the fact owns up to fewer.

    A work known only from the article's notes (`via`) was not seen. All pages of Wikipedia
    are one source.
    """
    if fact.checked == 1:
        return True
    seen = [
        sources[cite.source] for cite in fact.cites if cite.source in sources and cite.via is None
    ]
    works = {_work(source) for source in seen}
    return len(works) >= ENOUGH_SOURCES and not all(source.partisan for source in seen)


def _work(source: Source) -> tuple[str, str]:
    """Return what is equal for two sources that are one work."""
    said = " ".join([source.title, source.publisher or "", source.author or "", source.url or ""])
    if "wikipedia" in said.casefold():
        return "wikipedia", ""
    return (source.author or source.publisher or "").casefold(), source.title.casefold()


def date_findings(bank: BankFile) -> Iterator[Finding]:
    """Find dates that do not exist, and facts outside the bank's time that do not say so."""
    calendar = bank.bank.calendar
    span = day_range(bank.bank.span, calendar)
    if span is None:
        yield _no_such_day(("bank", "span"), bank.bank.span)
    for number, fact in enumerate(bank.fact):
        days = day_range(fact.date, calendar) if fact.date else None
        where: Where = ("fact", number, "date")
        if fact.date and days is None:
            yield _no_such_day(where, fact.date)
        elif days and span and not fact.background and (days[1] < span[0] or days[0] > span[1]):
            remedy = "Say `background = true`, or correct the date."
            yield Finding(where, f"{fact.date} lies outside {bank.bank.span}", remedy)
    for one in asked(bank):
        question = one.question
        if isinstance(question, DateQuestion) and day_range(question.answer, calendar) is None:
            yield _no_such_day((*one.where, "answer"), question.answer)


def _no_such_day(where: Where, text: str) -> Finding:
    remedy = "Correct the day or the month; a stretch begins before it ends."
    return Finding(where, f"there is no {text}", remedy)


def borrowed_findings(bank: BankFile, root: dict[str, Any], article: str) -> Iterator[Finding]:
    """Find texts of a bank with eight or more words in a row in common with the article.

    `root` is the bank as plain dicts. Case and punctuation are ignored, the gaps of a cloze
    filled; what is said of sources is left out, since titles are nobody's own words.
    """
    length = LONGEST_COMMON + 1
    read = words(_NOTE_MARK.sub(" ", article))
    runs = {tuple(read[start : start + length]) for start in range(len(read) - length + 1)}
    for where, text in _texts(bank, root):
        said = words(text)
        starts = [
            start
            for start in range(len(said) - length + 1)
            if tuple(said[start : start + length]) in runs
        ]
        if starts:
            common = " ".join(said[starts[0] : starts[0] + length])
            yield Finding(where, f"in the article's words: {common}", "Say it in your own words.")


def _texts(bank: BankFile, root: dict[str, Any]) -> Iterator[tuple[Where, str]]:
    """Return every text of a bank with the gaps filled, but titles and addresses of works."""
    clozes = {
        (*one.where, "text"): filled(one.question)
        for one in asked(bank)
        if isinstance(one.question, Cloze)
    }
    waiting: list[tuple[Where, Any]] = [
        ((name,), value) for name, value in root.items() if name not in {"source", "further"}
    ]
    while waiting:
        where, value = waiting.pop()
        if where in ARTICLE_NAMES:
            continue
        if isinstance(value, str):
            yield where, clozes.get(where, value)
        elif isinstance(value, dict | list):
            steps = value.items() if isinstance(value, dict) else enumerate(value)
            waiting.extend(((*where, step), inner) for step, inner in steps)
