"""Flashcards that are asked both ways: one in the file, two in the tables."""

from collections.abc import Iterator

from msgspec import structs

from quizapp.domain.bank_files import BankFile, Fact, Flashcard, Question
from quizapp.domain.bank_problems import Finding

REVERSED = "-reversed"  # behind the id of a card: the same card asked from its back


def questions_to_ask(fact: Fact) -> dict[str, Question]:
    """Return the questions of a fact by their ids, each reversible card followed by its reverse."""
    asked: dict[str, Question] = {}
    for question in fact.question:
        asked[question.id] = question
        if isinstance(question, Flashcard) and question.reversible:
            asked[question.id + REVERSED] = reverse_of(question)
    return asked


def reverse_of(card: Flashcard) -> Flashcard:
    """Return a card asked from its back; the hint, which leads to the back, is left out."""
    return structs.replace(
        card,
        id=card.id + REVERSED,
        front=card.back,
        back=card.front,
        hint=None,
        reversible=False,
    )


def reverse_ids(questions: dict[str, Question]) -> set[str]:
    """Return the ids that the reverses of reversible cards among `questions` have."""
    return {
        text_id + REVERSED
        for text_id, question in questions.items()
        if isinstance(question, Flashcard) and question.reversible
    }


def clash_findings(bank: BankFile) -> Iterator[Finding]:
    """Find questions with an id that the reverse of a card of the same fact needs."""
    for number, fact in enumerate(bank.fact):
        taken = reverse_ids({question.id: question for question in fact.question})
        for place, question in enumerate(fact.question):
            if question.id in taken:
                message = f"{question.id} is the id of a card asked in reverse"
                where = ("fact", number, "question", place, "id")
                yield Finding(where, message, "Give the question another id.")
