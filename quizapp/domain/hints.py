"""What helps with a question without giving its answer away."""

from random import Random

from quizapp.domain.bank_files import Choice, Cloze, Question, Short
from quizapp.domain.presentation import Shown, shown, without_one


def has_hint(question: Question) -> bool:
    """Return whether a hint can be given: written, an option fewer, or first letters."""
    return question.hint is not None or isinstance(question, Choice) or bool(_letters(question))


def as_asked(question: Question, rng: Random, *, with_hint: bool) -> tuple[Shown, str | None]:
    """Return a question as a form shows it, with its hint if that was asked for and there is one.

    The same `rng` gives the same page, so that an answer is read as it was shown.
    """
    page = shown(question, rng)
    return hinted(question, page, rng) if with_hint else (page, None)


def hinted(question: Question, page: Shown, rng: Random) -> tuple[Shown, str | None]:
    """Return a question as shown with a hint: the written one, an option fewer, a letter."""
    if question.hint is not None:
        return page, question.hint
    if isinstance(question, Choice):
        return without_one(page, {0}, rng), None
    return page, _letters(question)


def _letters(question: Question) -> str | None:
    """Return the first letters of what is typed; None where there are none or they say it all."""
    forms: list[str] = []
    if isinstance(question, Short):
        forms = [question.accept[0]]
    elif isinstance(question, Cloze) and question.mode == "typed":
        forms = [gap.accept[0] for gap in question.gaps.values()]
    if not forms or any(len(form) == 1 for form in forms):
        return None
    return ", ".join(f"{form[0]}…" for form in forms)
