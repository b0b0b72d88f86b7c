"""The formulas of FSRS-6: how a memory grows with recall, shrinks with lapses and fades.

A memory has a stability, the days after which the chance of recall has fallen to 0.9, and
a difficulty from 1 to 10. Time goes in as whole study days.

Source: https://github.com/open-spaced-repetition/awesome-fsrs/wiki/The-Algorithm, FSRS-6;
w0 to w20 are its 21 weights.
"""

from functools import lru_cache
from math import exp

from quizapp.domain.rating import Rating

DEFAULT_DECAY = 0.1542
# fmt: off
DEFAULT_WEIGHTS: tuple[float, ...] = (
    0.212, 1.2931, 2.3065, 8.2956,  # stability after the first answer, by rating
    6.4133, 0.8334, 3.0194, 0.001,  # difficulty
    1.8722, 0.1666, 0.796,  # stability after a recall
    1.4835, 0.0614, 0.2629, 1.6483,  # stability after a lapse
    0.6014, 1.8729,  # what Hard takes and Easy adds
    0.5425, 0.0912, 0.0658,  # answers on the same day
    DEFAULT_DECAY,
)
LOWEST_WEIGHTS = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)
HIGHEST_WEIGHTS = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)
# fmt: on
WEIGHT_TOLERANCE = 1e-6  # fitted weights come in single precision
LEAST_STABILITY_DAYS = 0.001
LEAST_DIFFICULTY = 1.0
MOST_DIFFICULTY = 10.0


def retrievability(
    elapsed_days: float, stability_days: float, decay: float = DEFAULT_DECAY
) -> float:
    """Return the chance, in [0, 1], that a fact is recalled after a wait.

    `stability_days`, above 0, is the wait after which that chance has fallen to 0.9;
    `decay` is the last weight. Not to be used within a study day.

    Source: R = (1 + f * t / S) ** -decay, with f = 0.9 ** (-1 / decay) - 1.
    """
    return float((1 + forgetting_factor(decay) * elapsed_days / stability_days) ** -decay)


def interval_days(
    stability_days: float, desired_retention: float, decay: float, max_days: int
) -> int:
    """Return the wait, in whole days from 1 to `max_days`, until recall falls to what is desired.

    `desired_retention` is above 0 and at most 1.
    Source: the forgetting curve solved for t, I = S / f * (r ** (-1 / decay) - 1).
    """
    raw_days = stability_days / forgetting_factor(decay) * fall(desired_retention, decay)
    return max(1, round(min(raw_days, max_days)))


def forgetting_factor(decay: float) -> float:
    """Return f of the forgetting curve: it makes recall 0.9 once the stability has passed."""
    return fall(0.9, decay)


def fall(recall: float, decay: float) -> float:
    """Return f * t / S at which the chance of recall has fallen to `recall`, above 0."""
    return float(recall ** (-1 / decay) - 1)


class Formulas:
    """The formulas for one set of weights; what depends on weights alone is computed once.

    A tuple of stabilities holds the one after Again, or those after Hard, Good and Easy, in this
    order: a miss and a recall have nothing in common, three recalls almost everything.
    """

    def __init__(self, weights: tuple[float, ...]) -> None:
        check_weights(weights)
        w = weights
        self._weights = weights
        self.decay = w[20]
        self.factor = forgetting_factor(self.decay)
        self._firsts = tuple(_first(w, rating) for rating in Rating)
        self._difficulty_lines = tuple(_difficulty_line(w, rating) for rating in Rating)
        self._growth, self._growth_power, self._recall_pull = exp(w[8]), 1 - w[9], w[10]
        self._hard_share, self._easy_share = w[15], w[16]
        self._same_day_gains = tuple(exp(w[17] * (rating - 3 + w[18])) for rating in Rating)
        self._same_day_power = -w[19]
        self._least_loss = exp(w[17] * w[18])

    def retrievability(self, elapsed_days: int, stability_days: float) -> float:
        """Return the chance, in [0, 1], that a fact is recalled after a wait."""
        return float((1 + self.factor * elapsed_days / stability_days) ** -self.decay)

    def first(self, rating: Rating) -> tuple[tuple[float, ...], float]:
        """Return the stabilities and the difficulty after the first answer."""
        return self._firsts[rating - 1]

    def recalled(
        self, stability_days: float, difficulty: float, elapsed_days: int
    ) -> tuple[float, float, float]:
        """Return the stabilities after a recall one or more days later.

        Source: S' = S * (1 + e^w8 * (11 - D) * S^-w9 * (e^(w10 * (1 - R)) - 1)), where Hard
        multiplies what is added by w15 and Easy by w16.
        """
        recall = (1 + self.factor * elapsed_days / stability_days) ** -self.decay
        scale = self._growth * (11 - difficulty) * stability_days**self._growth_power
        added = scale * (exp((1 - recall) * self._recall_pull) - 1)
        good = stability_days + added
        return (
            stability_days + added * self._hard_share,
            good,
            stability_days + added * self._easy_share,
        )

    def recalled_same_day(self, stability_days: float) -> tuple[float, float, float]:
        """Return the stabilities after a recall on the study day of the last answer.

        Source: S' = S * max(1, e^(w17 * (G - 3 + w18)) * S^-w19), G being the rating.
        """
        _, hard, good, easy = self._same_day_gains
        loss = stability_days**self._same_day_power
        return (
            stability_days * hard * loss if hard * loss > 1 else stability_days,
            stability_days * good * loss if good * loss > 1 else stability_days,
            stability_days * easy * loss if easy * loss > 1 else stability_days,
        )

    def forgotten(
        self, stability_days: float, difficulty: float, elapsed_days: int
    ) -> tuple[float]:
        """Return the stability after a miss.

        Source: S' = w11 * D^-w12 * ((S + 1)^w13 - 1) * e^(w14 * (1 - R)), at most
        S / e^(w17 * w18); within a study day S' = S * e^(w17 * (1 - 3 + w18)) * S^-w19.
        """
        if elapsed_days == 0:
            loss = stability_days**self._same_day_power
            return (max(stability_days * self._same_day_gains[0] * loss, LEAST_STABILITY_DAYS),)
        w = self._weights
        recall = (1 + self.factor * elapsed_days / stability_days) ** -self.decay
        scale = w[11] * difficulty ** -w[12] * ((stability_days + 1) ** w[13] - 1)
        after_days = scale * exp((1 - recall) * w[14])
        most_days = stability_days / self._least_loss
        if LEAST_STABILITY_DAYS < after_days < most_days:
            return (after_days,)
        return (max(min(after_days, most_days), LEAST_STABILITY_DAYS),)

    def next_difficulty(self, difficulty: float, rating: Rating) -> float:
        """Return the difficulty, from 1 to 10, after an answer that is not the first.

        Source: D' = w7 * D0(Easy) + (1 - w7) * (D - w6 * (G - 3) * (10 - D) / 9), G being
        the rating.
        """
        start, slope = self._difficulty_lines[rating - 1]
        after = start + slope * difficulty
        if after < LEAST_DIFFICULTY:
            return LEAST_DIFFICULTY
        if after > MOST_DIFFICULTY:
            return MOST_DIFFICULTY
        return after


@lru_cache(maxsize=4096)
def formulas_for(weights: tuple[float, ...]) -> Formulas:
    """Return the formulas for a set of weights, from memory if they were asked for before."""
    return Formulas(weights)


def check_weights(weights: tuple[float, ...]) -> None:
    """Raise ValueError unless there are 21 weights, each within the bounds of the algorithm."""
    bounds = zip(weights, LOWEST_WEIGHTS, HIGHEST_WEIGHTS, strict=False)
    if len(weights) != len(DEFAULT_WEIGHTS):
        msg = f"{len(weights)} weights; FSRS-6 has {len(DEFAULT_WEIGHTS)}"
        raise ValueError(msg)
    for index, (weight, lowest, highest) in enumerate(bounds):
        if not lowest - WEIGHT_TOLERANCE <= weight <= highest + WEIGHT_TOLERANCE:
            msg = f"weight {index} is {weight}, not from {lowest} to {highest}"
            raise ValueError(msg)


def _first(weights: tuple[float, ...], rating: Rating) -> tuple[tuple[float, ...], float]:
    """Return the stabilities and the difficulty, from 1 to 10, after a first answer."""
    stabilities_days = tuple(max(first, LEAST_STABILITY_DAYS) for first in weights[:4])
    difficulty = min(max(_first_difficulty(weights, rating), LEAST_DIFFICULTY), MOST_DIFFICULTY)
    if rating == Rating.AGAIN:
        return stabilities_days[:1], difficulty
    return stabilities_days[1:], difficulty


def _first_difficulty(weights: tuple[float, ...], rating: Rating) -> float:
    """Return the difficulty after the first answer, not yet held to 1 to 10.

    Source: D0(G) = w4 - e^(w5 * (G - 1)) + 1, G being the rating.
    """
    return weights[4] - exp(weights[5] * (rating - 1)) + 1


def _difficulty_line(weights: tuple[float, ...], rating: Rating) -> tuple[float, float]:
    """Return a and b of the next difficulty, a + b * D: its formula with D multiplied out."""
    pull = -weights[6] * (rating - 3) / 9
    kept = 1 - weights[7]
    goal = _first_difficulty(weights, Rating.EASY)
    return weights[7] * goal + kept * MOST_DIFFICULTY * pull, kept * (1 - pull)
