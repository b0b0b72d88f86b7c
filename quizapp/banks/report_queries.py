"""The loaded banks as files have them, to be measured."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from quizapp.domain.bank_files import BankFile, BankHead, Theme, question_from_json
from quizapp.domain.bank_files import Fact as FileFact
from quizapp.models import Bank, Fact, Question, QuestionVersion


def banks_in_use(session: Session) -> Sequence[BankFile]:
    """Return every bank in use with what is asked of it now, by part; sources are left out."""
    banks = session.scalars(
        select(Bank)
        .where(Bank.retired_at.is_(None))
        .order_by(Bank.part.is_(None), Bank.part, Bank.id)
        .options(selectinload(Bank.themes))
    ).all()
    contents = _contents(session)
    facts: dict[int, list[FileFact]] = {bank.id: [] for bank in banks}
    themes = {theme.id: theme.text_id for bank in banks for theme in bank.themes}
    for fact in session.scalars(
        select(Fact).where(Fact.retired_at.is_(None)).order_by(Fact.position, Fact.id)
    ):
        if fact.bank_id in facts:
            facts[fact.bank_id].append(_fact(fact, themes, contents.get(fact.id, [])))
    return [_bank(bank, facts[bank.id]) for bank in banks]


def _contents(session: Session) -> dict[int, list[str]]:
    rows = session.execute(
        select(Question.fact_id, QuestionVersion.content)
        .join(
            QuestionVersion,
            (QuestionVersion.question_id == Question.id)
            & (QuestionVersion.number == Question.version),
        )
        .where(Question.retired_at.is_(None))
        .order_by(Question.position, Question.id)
    )
    found: dict[int, list[str]] = {}
    for fact_id, content in rows:
        found.setdefault(fact_id, []).append(content)
    return found


def _fact(fact: Fact, themes: dict[int, str], contents: Sequence[str]) -> FileFact:
    return FileFact(
        id=fact.text_id,
        theme=themes[fact.theme_id],
        kind=fact.kind,  # type: ignore[arg-type]  # the loader checked it
        statement=fact.statement,
        why=fact.why,
        question=[question_from_json(content) for content in contents],
    )


def _bank(bank: Bank, facts: list[FileFact]) -> BankFile:
    head = BankHead(
        id=bank.text_id,
        part=bank.part,
        title=bank.title,
        period=bank.period,
        span="",
        calendar=bank.calendar,  # type: ignore[arg-type]  # the loader checked it
        basis=bank.basis,  # type: ignore[arg-type]  # so did it here
        summary=bank.summary,
    )
    themes = [Theme(id=theme.text_id, title=theme.title) for theme in bank.themes]
    return BankFile(format=1, bank=head, theme=themes, fact=facts)
