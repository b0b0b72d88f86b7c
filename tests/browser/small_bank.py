"""A bank with a fact for each type of question, and how a person answers it on the page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Page
from sqlalchemy.orm import Session

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
from tests import factories

PROMPT = "Which body signed the orders to the garrison?"
ORDERED = ("The garrison meets", "The committee is formed", "The order is signed")
PAIRS = {"Trotsky": "The soviet", "Kerensky": "The cabinet", "Kornilov": "The army"}
EXPLANATION = "The regiments followed the soviet, so the cabinet had nobody left to send."


@dataclass(frozen=True)
class Way:
    """A question, and how to answer it rightly on the page that shows it."""

    question: Question
    answer: Callable[[Page], None]


def choose(page: Page) -> None:
    page.get_by_role("radio", name="The committee").check()


def choose_wrongly(page: Page) -> None:
    page.get_by_role("radio", name="The cabinet").check()


def tick(page: Page) -> None:
    for name in ("The soldiers", "The workers"):
        page.get_by_role("checkbox", name=name).check()


def judge(page: Page) -> None:
    page.get_by_role("radio", name="True").check()


def type_words(page: Page) -> None:
    page.get_by_label(PROMPT).fill("committee")


def type_number(page: Page) -> None:
    page.get_by_label("How many members").fill("sixty-six")


def type_date(page: Page) -> None:
    page.get_by_label("On which day").fill("22 October 1917")


def fill_gaps(page: Page) -> None:
    page.get_by_label("Gap 1").fill("Petrograd")
    page.get_by_label("Gap 2").fill("garrison")


def choose_gap(page: Page) -> None:
    page.get_by_label("Gap 1").select_option("soviet")


def put_in_order(page: Page) -> None:
    for place, item in enumerate(ORDERED, 1):
        page.get_by_label(item).select_option(str(place))


def match_pairs(page: Page) -> None:
    for left, right in PAIRS.items():
        page.get_by_label(left).select_option(right)


def turn(_page: Page) -> None:
    """A flashcard is answered in the head."""


def explain(page: Page) -> None:
    page.get_by_label("Why did the cabinet fall").fill(EXPLANATION)


WAYS: dict[str, Way] = {
    "choice": Way(
        Choice(
            id="choice",
            prompt=PROMPT,
            answer="The committee",
            distractors=[
                Distractor(text="The cabinet", why_wrong="The cabinet had lost the garrison."),
                Distractor(text="The congress", why_wrong="The congress had not met."),
                Distractor(
                    text="The commander of the north-western military district headquarters",
                    why_wrong="He was not obeyed any more.",
                ),
            ],
        ),
        choose,
    ),
    "multiple": Way(
        Multiple(
            id="multiple",
            prompt="Who sent delegates?",
            answers=["The soldiers", "The workers"],
            distractors=[
                Distractor(text="The bankers", why_wrong="They had no soviet."),
                Distractor(text="The landlords", why_wrong="Neither had they."),
            ],
        ),
        tick,
    ),
    "true-false": Way(
        TrueFalse(
            id="true-false",
            prompt="The committee was formed by the soviet.",
            answer=True,
            why_wrong="It was a committee of the soviet from its first day.",
        ),
        judge,
    ),
    "short": Way(
        Short(
            id="short",
            prompt=PROMPT,
            accept=["Committee"],
            near=[NearMiss(text="soviet", say="The soviet had set it up.")],
        ),
        type_words,
    ),
    "number": Way(
        Number(
            id="number",
            prompt="How many members did it have?",
            answer=66,
            unit="members",
            hint="Under a hundred.",
        ),
        type_number,
    ),
    "date": Way(
        DateQuestion(id="date", prompt="On which day was it announced?", answer="1917-10-22"),
        type_date,
    ),
    "cloze typed": Way(
        Cloze(
            id="cloze-typed",
            text="The {city} soviet claimed the last word over the {troops}.",
            mode="typed",
            gaps={"city": Gap(accept=["Petrograd"]), "troops": Gap(accept=["garrison"])},
        ),
        fill_gaps,
    ),
    "cloze chosen": Way(
        Cloze(
            id="cloze-chosen",
            text="The committee belonged to the {body}.",
            mode="chosen",
            gaps={
                "body": Gap(
                    accept=["soviet"],
                    distractors=["provisional council of the republic in session", "cabinet"],
                )
            },
        ),
        choose_gap,
    ),
    "order": Way(
        Order(id="order", prompt="Put these in order.", items=list(ORDERED)),
        put_in_order,
    ),
    "match": Way(
        Match(
            id="match",
            prompt="Who led what?",
            pairs=[Pair(left=left, right=right) for left, right in PAIRS.items()],
            extra=["The provisional council of the republic, which had no power of its own"],
        ),
        match_pairs,
    ),
    "flashcard": Way(
        Flashcard(id="flashcard", front="The dual power", back="Cabinet and soviet, side by side"),
        turn,
    ),
    "explain": Way(
        Explain(
            id="explain",
            prompt="Why did the cabinet fall without a fight?",
            model="It had no troops that would obey it.",
            points=["The garrison followed the soviet.", "The front was too far away."],
        ),
        explain,
    ),
}
OWN = ("flashcard", "explain")  # the learner judges these


@dataclass(frozen=True)
class SmallBank:
    """The facts of the bank, by the type of question that asks them, in their order."""

    id: int
    text_id: str
    facts: dict[str, int]


def add_small_bank(session: Session, types: Sequence[str] = tuple(WAYS)) -> SmallBank:
    """Add the bank, with one question for each fact."""
    bank = factories.bank(session, title="The committee and the garrison", part=15)
    facts = {
        type_: factories.fact(
            session,
            bank,
            WAYS[type_].question,
            statement=f"The committee signed the orders to the garrison, as ‘{type_}’ asks.",
            why="Whoever gave orders to the regiments held the city.",
        ).id
        for type_ in types
    }
    return SmallBank(bank.id, bank.text_id, facts)


def type_on(page: Page) -> str:
    """Return the type of the question that a page shows, as `WAYS` names it."""
    form = page.locator("form.question")
    kind = form.get_attribute("data-type") or ""
    if kind != "cloze":
        return kind
    return "cloze chosen" if form.locator("select").count() else "cloze typed"
