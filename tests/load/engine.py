"""The scheduler's step against py-fsrs."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from time import perf_counter

from fsrs import Card, Scheduler
from fsrs import Rating as TheirRating

from quizapp.domain.rating import Rating
from quizapp.domain.scheduling import Given, Rules, Schedule, after_answer
from tests.load.measure import Row, ratio_row

LIVES, ANSWERS, ROUNDS = 300, 12, 7
DAY = date(2026, 1, 1)
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def rows() -> list[Row]:
    """Let both engines live through the same answers, round by round."""
    rng = Random(15)
    lives = [[rng.choice((1, 2, 3, 3, 3, 3, 4)) for _ in range(ANSWERS)] for _ in range(LIVES)]
    ratios, furthest = [], 0.0
    for _ in range(ROUNDS):
        theirs, their_cards = _theirs(lives)
        ours, our_cards = _ours(lives, their_cards)
        ratios.append(theirs / ours)
        furthest = max(
            furthest, *(_difference(o, t) for o, t in zip(our_cards, their_cards, strict=True))
        )
    row = ratio_row(
        name="scheduler step",
        workload=f"{LIVES} cards of {ANSWERS} answers, furthest difference {furthest:.1e}",
        figure="after_answer, answers a second",
        against="py-fsrs' review_card",
        ratios=ratios,
        at_least=5,
    )
    return [row]


def _theirs(lives: list[list[int]]) -> tuple[float, list[list[tuple[Card, datetime]]]]:
    scheduler = Scheduler(enable_fuzzing=False)
    cards = []
    begun = perf_counter()
    for number, ratings in enumerate(lives):
        card, moment, life = Card(card_id=number), NOON, []
        for rating in ratings:
            card, _ = scheduler.review_card(card, TheirRating(rating), moment)
            life.append((card, moment))
            wait = (card.due - moment).days
            moment += timedelta(days=wait, minutes=0 if wait else 1)
        cards.append(life)
    return perf_counter() - begun, cards


def _ours(
    lives: list[list[int]], theirs: list[list[tuple[Card, datetime]]]
) -> tuple[float, list[list[Schedule]]]:
    rules, cards = Rules(), []
    answers = [
        [
            Given(rating=Rating(rating), study_day=moment.date(), answered_at=moment)
            for rating, (_, moment) in zip(ratings, life, strict=True)
        ]
        for ratings, life in zip(lives, theirs, strict=True)
    ]
    begun = perf_counter()
    for given in answers:
        card, life = None, []
        for answer in given:
            card = after_answer(card, answer, rules)
            life.append(card)
        cards.append(life)
    return perf_counter() - begun, cards


def _difference(ours: list[Schedule], theirs: list[tuple[Card, datetime]]) -> float:
    return max(
        abs(card.stability_days - (other.stability or 0)) / card.stability_days
        for card, (other, _) in zip(ours, theirs, strict=True)
    )
