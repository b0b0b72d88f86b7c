"""The rows of one bank: reading them as they are, and making them what a bank file says."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quizapp.banks.changes import Meaning, Questions, key_changed
from quizapp.banks.reversing import questions_to_ask
from quizapp.domain import bank_files
from quizapp.domain.bank_files import demand, question_as_json, question_from_json
from quizapp.models import Bank, Fact, FactApart, Question, QuestionVersion, Source, Theme


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A version whose answers may be marked otherwise by the question as it is now."""

    name: str  # "part-15/mrc-founded/name"
    version_id: int
    question: bank_files.Question


@dataclass(frozen=True, slots=True)
class StoredBank:
    """The rows of a bank by their text ids, retired ones too, and what its questions say."""

    row: Bank
    facts: dict[str, Fact]
    contents: dict[int, bank_files.Question]  # by the id of the question, as it is asked now

    def meaning(self, fact: Fact) -> Meaning:
        """Return what a fact meant when it was asked last."""
        asked: Questions = {
            question.text_id: self.contents[question.id]
            for question in fact.questions
            if question.retired_at in {None, fact.retired_at}
        }
        return Meaning(fact.kind, fact.date, fact.statement, asked)


@dataclass(slots=True)
class StoredChanges:
    """What storing a bank changed. `counts` has only what there was, such as "facts retired"."""

    counts: Counter[str] = field(default_factory=Counter)
    key_changes: list[KeyChange] = field(default_factory=list)


def stored_bank(session: Session, text_id: str) -> StoredBank | None:
    """Return the rows of a bank, or None if it was never loaded."""
    row = session.scalar(select(Bank).where(Bank.text_id == text_id))
    if row is None:
        return None
    facts = session.scalars(
        select(Fact)
        .where(Fact.bank_id == row.id)
        .order_by(Fact.position, Fact.id)
        .options(selectinload(Fact.questions))
    )
    contents = session.execute(
        select(Question.id, QuestionVersion.content)
        .join(Question.fact)
        .join(Question.versions)
        .where(Fact.bank_id == row.id, QuestionVersion.number == Question.version)
    )
    return StoredBank(
        row=row,
        facts={fact.text_id: fact for fact in facts},
        contents={question_id: question_from_json(content) for question_id, content in contents},
    )


def store_bank(
    session: Session,
    stored: StoredBank | None,
    bank: bank_files.BankFile,
    content_hash: str,
    now: datetime,
) -> StoredChanges:
    """Make the rows of a bank what its file says, and return what that changed.

    Rows are found by their text ids. Facts and questions that the file does not have are
    retired, with all their versions kept. Themes that it does not have stay behind the others,
    for the retired facts and the sittings that name them; sources go unless a retired fact
    cites them.
    """
    row = Bank(text_id=bank.bank.id) if stored is None else stored.row
    same_calendar = stored is None or row.calendar == bank.bank.calendar
    _set_head(row, bank.bank, content_hash, now)
    session.add(row)
    session.flush()  # gives a new bank its id
    stored = stored or StoredBank(row, {}, {})
    writer = _Writer(session, stored, now, same_calendar=same_calendar)
    themes = writer.store_themes(bank.theme)
    writer.store_facts(bank.fact, themes)
    writer.store_sources(bank)
    session.flush()  # gives new facts their ids
    writer.store_apart(bank.fact)
    session.flush()
    return writer.changes


def _set_head(row: Bank, head: bank_files.BankHead, content_hash: str, now: datetime) -> None:
    row.part = head.part
    row.title = head.title
    row.period = head.period
    row.calendar = head.calendar
    row.url = head.url
    row.basis = head.basis
    row.summary = head.summary
    row.content_hash = content_hash
    row.loaded_at = now
    row.retired_at = None


@dataclass(slots=True)
class _Writer:
    """Writes the parts of one bank and counts what it changes."""

    session: Session
    stored: StoredBank
    now: datetime
    same_calendar: bool
    changes: StoredChanges = field(default_factory=StoredChanges)

    def store_themes(self, themes: Iterable[bank_files.Theme]) -> dict[str, Theme]:
        """Write the themes and return them by their text ids."""
        row = self.stored.row
        present = {theme.text_id: theme for theme in row.themes}
        kept: dict[str, Theme] = {}
        for position, theme in enumerate(themes):
            kept[theme.id] = present.get(theme.id) or Theme(text_id=theme.id)
            kept[theme.id].title = theme.title
            kept[theme.id].position = position
        gone = [one for text_id, one in present.items() if text_id not in kept]
        for position, one in enumerate(gone, start=len(kept)):
            one.position = position
        row.themes[:] = [*kept.values(), *gone]
        return kept

    def store_facts(self, facts: Iterable[bank_files.Fact], themes: dict[str, Theme]) -> None:
        """Write the facts and their questions, and retire those that are gone."""
        gone = dict(self.stored.facts)
        for position, fact in enumerate(facts):
            row = gone.pop(fact.id, None) or self._new_fact(fact.id)
            row.theme = themes[fact.theme]
            row.position = position
            _set_fact(row, fact, self.stored.row.text_id)
            self._store_questions(row, questions_to_ask(fact))
            self._bring_back(row, "facts")
        for row in gone.values():
            self._retire(row, "facts")
            for question in row.questions:
                self._retire(question, "questions")

    def store_sources(self, bank: bank_files.BankFile) -> None:
        """Write the sources and the works for further reading."""
        row = self.stored.row
        rows = self.session.scalars(select(Source).where(Source.bank_id == row.id))
        gone = {source.text_id: source for source in rows}
        listed = chain(((s, False) for s in bank.source), ((s, True) for s in bank.further))
        for source, further in listed:
            source_row = gone.pop(source.id, None) or Source(bank_id=row.id, text_id=source.id)
            _set_source(source_row, source)
            source_row.further = further
            self.session.add(source_row)
        cited = self._cited_by_retired()
        for text_id, source_row in gone.items():
            if text_id not in cited:
                self.session.delete(source_row)

    def store_apart(self, facts: Iterable[bank_files.Fact]) -> None:
        """Write which facts are kept apart, each pair in both directions."""
        statement = select(Fact.text_id, Fact.id).where(Fact.bank_id == self.stored.row.id)
        ids = dict(self.session.execute(statement).all())
        pairs = {(ids[fact.id], ids[other]) for fact in facts for other in fact.keep_apart}
        pairs |= {(other, fact) for fact, other in pairs}
        rows = self.session.scalars(select(FactApart).where(FactApart.fact_id.in_(ids.values())))
        present = {(row.fact_id, row.other_id): row for row in rows}
        for pair in present.keys() - pairs:
            self.session.delete(present[pair])
        for fact_id, other_id in sorted(pairs - present.keys()):
            self.session.add(FactApart(fact_id=fact_id, other_id=other_id))

    def _new_fact(self, text_id: str) -> Fact:
        fact = Fact(bank=self.stored.row, text_id=text_id)
        self.session.add(fact)
        self.changes.counts["facts added"] += 1
        return fact

    def _store_questions(self, fact: Fact, questions: Questions) -> None:
        gone = {question.text_id: question for question in fact.questions}
        for position, (text_id, content) in enumerate(questions.items()):
            row = gone.pop(text_id, None)
            if row is None:
                row = self._new_question(fact, text_id, content)
            else:
                self._reword(row, content)
            row.position = position
            row.type = str(content.__struct_config__.tag)
            row.demand = demand(content)
            self._bring_back(row, "questions")
        for row in gone.values():
            self._retire(row, "questions")

    def _new_question(self, fact: Fact, text_id: str, content: bank_files.Question) -> Question:
        row = Question(fact=fact, text_id=text_id, version=1)
        self.session.add(row)
        self._add_version(row, content)
        self.changes.counts["questions added"] += 1
        return row

    def _reword(self, row: Question, content: bank_files.Question) -> None:
        """Give a question a new version if its text changed, and note a changed answer key."""
        old = self.stored.contents[row.id]
        is_dated = isinstance(content, bank_files.DateQuestion)
        if key_changed(old, content) or (is_dated and not self.same_calendar):
            name = f"{self.stored.row.text_id}/{row.fact.text_id}/{row.text_id}"
            self.changes.key_changes.extend(
                KeyChange(name, version.id, content)
                for version in row.versions
                if isinstance(question_from_json(version.content), type(content))
            )
        if old != content:
            row.version += 1
            self._add_version(row, content)
            self.changes.counts["questions reworded"] += 1

    def _add_version(self, row: Question, content: bank_files.Question) -> None:
        version = QuestionVersion(
            question=row, number=row.version, content=question_as_json(content), made_at=self.now
        )
        self.session.add(version)

    def _retire(self, row: Fact | Question, name: str) -> None:
        if row.retired_at is None:
            row.retired_at = self.now
            self.changes.counts[f"{name} retired"] += 1

    def _bring_back(self, row: Fact | Question, name: str) -> None:
        if row.retired_at is not None:
            row.retired_at = None
            self.changes.counts[f"{name} brought back"] += 1

    def _cited_by_retired(self) -> set[str | None]:
        """Return the text ids of the sources that facts cite which are no longer asked."""
        return {
            cite.source
            for fact in self.stored.facts.values()
            if fact.retired_at is not None
            for cite in msgspec.json.decode(fact.cites, type=list[bank_files.Cite])
        }


def _set_fact(row: Fact, fact: bank_files.Fact, bank_id: str) -> None:
    row.kind = fact.kind
    row.statement = fact.statement
    row.why = fact.why
    row.date = fact.date
    row.people = _as_json(fact.people)
    row.cites = _as_json(fact.cites)
    row.see = _as_json([see if "/" in see else f"{bank_id}/{see}" for see in fact.see])


def _set_source(row: Source, source: bank_files.Source) -> None:
    row.title = source.title
    row.author = source.author
    row.year = source.year
    row.publisher = source.publisher
    row.url = source.url
    row.partisan = source.partisan


def _as_json(value: object) -> str:
    return msgspec.json.encode(value).decode()
