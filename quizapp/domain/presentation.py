"""A question as it is shown, without its answer, and the answer that comes back from its form.

What is shown is shuffled by a seed that only the server knows, and options are numbered by the
place they are shown in: nothing in the page tells which is right.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from random import Random

from quizapp.domain.answers import (
    Answer,
    Chosen,
    Filled,
    Judged,
    Matched,
    Ordered,
    Revealed,
    Typed,
    options,
    right_sides,
)
from quizapp.domain.bank_files import (
    Choice,
    Cloze,
    Flashcard,
    Match,
    Multiple,
    Order,
    Question,
    TrueFalse,
)
from quizapp.domain.errors import MalformedAnswerError, UnevenOrderError

MOST_TEXT = 10_000  # characters of a typed answer that are kept
GAP = re.compile(r"\{([a-z0-9]+)\}")

Fields = Mapping[str, Sequence[str]]  # a form: every name with all that was entered under it


@dataclass(frozen=True, slots=True)
class ShownGap:
    """A gap in a cloze text: typed if it has no options."""

    name: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a page shows of a question; `order[place]` is the canonical index shown there."""

    type: str
    prompt: str
    options: tuple[str, ...] = ()  # of a choice; items of an order; right sides of a match
    order: tuple[int, ...] = ()
    lefts: tuple[str, ...] = ()
    pieces: tuple[str | ShownGap, ...] = ()  # a cloze text, cut at its gaps
    unit: str | None = None


def shuffle(secret: str, client_id: str, version_id: int) -> Random:
    """Return the lots of one form: the same whenever it is shown again, and not to be guessed."""
    seed = blake2b(f"{client_id}/{version_id}".encode(), key=secret.encode()[:64], digest_size=16)
    return Random(seed.digest())  # noqa: S311  # the seed is what must not be guessed


def shown(question: Question, rng: Random) -> Shown:
    """Return a question as it is shown, shuffled by `rng`."""
    kind = str(question.__struct_config__.tag)
    match question:
        case Choice() | Multiple():
            return _shuffled(kind, question.prompt, options(question), rng)
        case Order():
            return _shuffled(kind, question.prompt, tuple(question.items), rng, stir=True)
        case Match():
            lefts = tuple(pair.left for pair in question.pairs)
            return _shuffled(kind, question.prompt, right_sides(question), rng, lefts=lefts)
        case Cloze():
            return Shown(type=kind, prompt="", pieces=_pieces(question, rng))
        case Flashcard():
            return Shown(type=kind, prompt=question.front)
    return Shown(type=kind, prompt=question.prompt, unit=getattr(question, "unit", None))


def without_one(shown: Shown, right: set[int], rng: Random) -> Shown:
    """Return a choice with one wrong option fewer: the hint of a question that has none."""
    wrong = [place for place, index in enumerate(shown.order) if index not in right]
    gone = rng.choice(wrong)
    return Shown(
        type=shown.type,
        prompt=shown.prompt,
        options=shown.options[:gone] + shown.options[gone + 1 :],
        order=shown.order[:gone] + shown.order[gone + 1 :],
    )


def answer_from_fields(question: Question, shown: Shown, fields: Fields) -> Answer:
    """Return the answer in a form; an empty form gives a blank answer.

    Raises `MalformedAnswerError` for what the form cannot have sent.
    """
    return _READERS.get(type(question), _read_text)(question, shown, fields)


def _shuffled(
    kind: str,
    prompt: str,
    texts: tuple[str, ...],
    rng: Random,
    *,
    lefts: tuple[str, ...] = (),
    stir: bool = False,
) -> Shown:
    """Return texts in a random order; with `stir` never in the one they came in."""
    order = rng.sample(range(len(texts)), len(texts))
    if stir and order == sorted(order):
        order = [*order[1:], order[0]]
    ordered = tuple(texts[index] for index in order)
    return Shown(type=kind, prompt=prompt, options=ordered, order=tuple(order), lefts=lefts)


def _pieces(question: Cloze, rng: Random) -> tuple[str | ShownGap, ...]:
    """Return a cloze text as texts and gaps in turn."""
    parts = GAP.split(question.text)
    return tuple(
        _gap(question, part, rng) if place % 2 else part for place, part in enumerate(parts)
    )


def _gap(question: Cloze, name: str, rng: Random) -> ShownGap:
    if question.mode == "typed":
        return ShownGap(name, ())
    gap = question.gaps[name]
    offered = [gap.accept[0], *gap.distractors]
    return ShownGap(name, tuple(rng.sample(offered, len(offered))))


def _place(text: str, count: int) -> int:
    """Return a place as a form sends it, from 0."""
    if not text.isascii() or not text.isdigit() or len(text) > 3 or int(text) >= count:  # noqa: PLR2004  # three digits are more than any form has
        raise MalformedAnswerError
    return int(text)


def _first(fields: Fields, name: str) -> str:
    found = fields.get(name) or ("",)
    return found[0][:MOST_TEXT]


def _read_options(_question: Question, shown: Shown, fields: Fields) -> Answer:
    places = [_place(text, len(shown.order)) for text in fields.get("option", ())]
    return Chosen(tuple(sorted({shown.order[place] for place in places})))


def _read_judgement(_question: Question, _shown: Shown, fields: Fields) -> Answer:
    judgement = _first(fields, "option")
    if not judgement:
        return Chosen(())
    if judgement not in {"true", "false"}:
        raise MalformedAnswerError
    return Judged(judgement == "true")


def _read_text(_question: Question, _shown: Shown, fields: Fields) -> Answer:
    return Typed(_first(fields, "text"))


def _read_gaps(_question: Question, shown: Shown, fields: Fields) -> Answer:
    gaps = [piece for piece in shown.pieces if isinstance(piece, ShownGap)]
    return Filled({gap.name: _read_gap(gap, _first(fields, f"gap-{gap.name}")) for gap in gaps})


def _read_gap(gap: ShownGap, text: str) -> str:
    if not gap.options or not text:
        return text
    return gap.options[_place(text, len(gap.options))]


def _read_order(_question: Question, shown: Shown, fields: Fields) -> Answer:
    """Read the rank given to each shown item, from 1; every rank must be given once."""
    count = len(shown.order)
    ranks = [_first(fields, f"rank-{place}") for place in range(count)]
    if not any(ranks):
        return Ordered(())
    places = [_place(rank, count + 1) - 1 if rank else -1 for rank in ranks]
    if sorted(places) != list(range(count)):
        raise UnevenOrderError
    return Ordered(tuple(shown.order[places.index(rank)] for rank in range(count)))


def _read_match(_question: Question, shown: Shown, fields: Fields) -> Answer:
    chosen = [_first(fields, f"right-{place}") for place in range(len(shown.lefts))]
    return Matched(
        tuple(shown.order[_place(text, len(shown.order))] if text else None for text in chosen)
    )


def _read_reveal(_question: Question, _shown: Shown, _fields: Fields) -> Answer:
    return Revealed()


_READERS: dict[type, Callable[[Question, Shown, Fields], Answer]] = {
    Choice: _read_options,
    Multiple: _read_options,
    TrueFalse: _read_judgement,
    Cloze: _read_gaps,
    Order: _read_order,
    Match: _read_match,
    Flashcard: _read_reveal,
}
