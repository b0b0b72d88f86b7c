"""Questions of every type, and the fields with which a form answers them rightly or wrongly."""

from collections.abc import Sequence

from quizapp.domain.answer_key import right_answer_text
from quizapp.domain.bank_files import (
    Choice,
    Cloze,
    DateQuestion,
    Distractor,
    Explain,
    Flashcard,
    Gap,
    Match,
    Multiple,
    NearMiss,
    Number,
    Order,
    Pair,
    Question,
    Short,
    TrueFalse,
)
from quizapp.domain.presentation import Shown, ShownGap

CHOICE = Choice(
    id="choice",
    prompt="Who signed the orders?",
    answer="The committee",
    distractors=[
        Distractor(text="The cabinet", why_wrong="The cabinet had lost the garrison."),
        Distractor(text="The congress", why_wrong="The congress had not met."),
        Distractor(text="The duma", why_wrong="The duma was dissolved."),
    ],
    explanation="The committee spoke for the garrison.",
)
MULTIPLE = Multiple(
    id="multiple",
    prompt="Which towns did he visit?",
    answers=["Moscow", "Petrograd"],
    distractors=[
        Distractor(text="Tashkent", why_wrong="Tashkent was too far."),
        Distractor(text="Kiev", why_wrong="Kiev was cut off."),
    ],
)
TRUE_FALSE = TrueFalse(
    id="judge", prompt="Reed was a banker.", answer=False, why_wrong="He wrote for The Masses."
)
SHORT = Short(
    id="short",
    prompt="Which body signed?",
    accept=["Revolutionary Committee", "Milrevcom"],
    near=[NearMiss(text="Soviet", say="The Soviet founded it.")],
)
NUMBER = Number(id="number", prompt="How many rifles were there?", answer=731, unit="rifles")
DATE = DateQuestion(id="day", prompt="When did they meet?", answer="1917-10-09")
CLOZE_TYPED = Cloze(
    id="gaps",
    text="The {body} met in {month}.",
    mode="typed",
    gaps={"body": Gap(accept=["Milrevcom"]), "month": Gap(accept=["October"])},
)
CLOZE_CHOSEN = Cloze(
    id="chosen",
    text="Its home was the {house}.",
    mode="chosen",
    gaps={"house": Gap(accept=["Smolny"], distractors=["Duma", "Fortress"])},
)
ORDER = Order(
    id="order",
    prompt="Put these in order.",
    items=["The revolt", "The committee", "The congress", "The decree"],
)
MATCH = Match(
    id="match",
    prompt="Who was what?",
    pairs=[
        Pair(left="Reed", right="Reporter"),
        Pair(left="Kerensky", right="Minister"),
        Pair(left="Kornilov", right="General"),
    ],
    extra=["Sailor"],
)
FLASHCARD = Flashcard(id="card", front="Who wrote Ten Days?", back="It was John Reed")
EXPLAIN = Explain(
    id="explain",
    prompt="Why is it still read?",
    model="He was a witness of it all.",
    points=["He was there", "He wrote at once"],
)

MARKED: tuple[Question, ...] = (  # those that mark themselves
    CHOICE,
    MULTIPLE,
    TRUE_FALSE,
    SHORT,
    NUMBER,
    DATE,
    CLOZE_TYPED,
    CLOZE_CHOSEN,
    ORDER,
    MATCH,
)
EVERY_TYPE: tuple[Question, ...] = (*MARKED, FLASHCARD, EXPLAIN)

# What must not be on the page of a question: its answer, where that is typed, and every comment.
HIDDEN: tuple[tuple[Question, tuple[str, ...]], ...] = (
    (CHOICE, ("lost the garrison", "had not met", "dissolved", "spoke for the garrison")),
    (MULTIPLE, ("too far", "cut off")),
    (TRUE_FALSE, ("Masses",)),
    (SHORT, ("Revolutionary", "Milrevcom", "Soviet")),
    (NUMBER, ("731",)),
    (DATE, ("1917-10-09", "9 October")),
    (CLOZE_TYPED, ("Milrevcom", "October")),
    (CLOZE_CHOSEN, ("Its home was the Smolny",)),
    (ORDER, ("The revolt \u2192",)),
    (MATCH, ("Reed \u2013 Reporter",)),
    (FLASHCARD, ("John",)),
    (EXPLAIN, ("witness", "He was there", "wrote at once")),
)

Entered = dict[str, Sequence[str]]


def right_fields(question: Question, page: Shown) -> Entered:
    """Return what a learner who reads the page and knows the answer enters."""
    entered: Entered = {"text": [right_answer_text(question)]}
    match question:
        case Choice():
            entered = {"option": [_place(page, question.answer)]}
        case Multiple():
            entered = {"option": [_place(page, text) for text in question.answers]}
        case TrueFalse():
            entered = {"option": [str(question.answer).lower()]}
        case Cloze():
            entered = {f"gap-{gap.name}": [_gap(question, gap)] for gap in _gaps(page)}
        case Order():
            items = question.items
            entered = {
                f"rank-{place}": [str(items.index(text) + 1)]
                for place, text in enumerate(page.options)
            }
        case Match():
            rights = {pair.left: pair.right for pair in question.pairs}
            entered = {
                f"right-{place}": [_place(page, rights[left])]
                for place, left in enumerate(page.lefts)
            }
        case Flashcard():
            entered = {}
    return entered


def wrong_fields(question: Question, page: Shown) -> Entered:
    """Return what a learner enters who gets it wrong, in every way that has a note."""
    entered: Entered = {"text": ["Elephants"]}
    match question:
        case Choice():
            entered = {"option": [_place(page, question.distractors[0].text)]}
        case Multiple():
            entered = {"option": [_place(page, wrong.text) for wrong in question.distractors]}
        case TrueFalse():
            entered = {"option": [str(not question.answer).lower()]}
        case Cloze():
            places = {gap.name: gap for gap in _gaps(page)}
            entered = {f"gap-{name}": [_wrong_gap(question, gap)] for name, gap in places.items()}
        case Order():
            ranks = {text: place for place, text in enumerate(reversed(question.items), 1)}
            entered = {f"rank-{n}": [str(ranks[text])] for n, text in enumerate(page.options)}
        case Match():
            entered = {f"right-{n}": [_place(page, "Sailor")] for n in range(len(page.lefts))}
        case Flashcard():
            entered = {}
    return entered


def _place(page: Shown, text: str) -> str:
    return str(page.options.index(text))


def _gaps(page: Shown) -> list[ShownGap]:
    return [piece for piece in page.pieces if isinstance(piece, ShownGap)]


def _gap(question: Cloze, gap: ShownGap) -> str:
    right = question.gaps[gap.name].accept[0]
    return str(gap.options.index(right)) if gap.options else right


def _wrong_gap(question: Cloze, gap: ShownGap) -> str:
    if not gap.options:
        return "Elephants"
    return str(gap.options.index(question.gaps[gap.name].distractors[0]))
