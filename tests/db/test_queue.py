"""The queue: what is asked on a study day, and in which order."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from quizapp.domain.answers import Answer
from quizapp.domain.rating import Certainty
from quizapp.domain.selection import shuffled_place
from quizapp.memory import queries
from quizapp.memory.corrections import void
from quizapp.memory.learners import Learner, learner_by_id
from quizapp.memory.queue import (
    EVERYTHING,
    Queue,
    Scope,
    SittingState,
    Upcoming,
    prepare_day,
    queue,
    upcoming,
)
from quizapp.memory.services import Submission, record, set_flags
from quizapp.models import Bank, Card, DayList, Fact, FactApart, Reading, Theme, User
from tests import factories
from tests.db.answering import RIGHT_WORDS, WRONG_WORDS, at, on

_numbers = count(1)


class Day:
    """A learner with a bank of facts, who starts a sitting and does what comes."""

    def __init__(self, session: Session, facts: int = 0, **settings: Any) -> None:
        self.session = session
        self.learner: Learner = factories.learner(session, **settings)
        self.bank = factories.bank(session, part=1)
        self.facts = [factories.fact(session, self.bank) for _ in range(facts)]
        self.sitting = SittingState(
            scope=EVERYTHING, started_at=at(0), facts_wanted=100, has_backlog=False
        )

    def start(self, now: datetime, scope: Scope = EVERYTHING, wanted: int = 100) -> bool:
        """Begin a sitting; return whether there is a backlog."""
        has_backlog = prepare_day(self.session, self.learner, scope, now)
        self.sitting = SittingState(
            scope=scope, started_at=now, facts_wanted=wanted, has_backlog=has_backlog
        )
        return has_backlog

    def queue(self, now: datetime) -> Queue:
        return queue(self.session, self.learner, self.sitting, now)

    def next(self, now: datetime) -> Upcoming:
        return upcoming(self.queue(now), self.sitting, tell_first=self.learner.tell_first)

    def answer(
        self, fact_id: int | None, now: datetime, answer: Answer = RIGHT_WORDS, **given: Any
    ) -> int:
        """Answer a fact by its short question and return the review's id."""
        assert fact_id is not None
        fact = self.session.get_one(Fact, fact_id)
        form = Submission(
            client_id=f"queue-{next(_numbers)}",
            question_version_id=fact.questions[1].versions[0].id,
            card_revision=queries.card_of(self.session, self.learner.id, fact_id).revision,
            answer=answer,
            certainty=Certainty.NOT_SURE,
        )
        return record(self.session, self.learner, replace(form, **given), now).review_id

    def learn(self, facts: list[Fact], day: int = 0) -> None:
        """Take facts through both steps on a day."""
        for fact in facts:
            self.answer(fact.id, at(day))
            self.answer(fact.id, at(day, 9, 10))

    def due(self, fact: Fact, day: int) -> None:
        """Let a learned fact be due on a day."""
        self.session.execute(
            update(Card)
            .where(Card.learner_id == self.learner.id, Card.fact_id == fact.id)
            .values(due_on=on(day))
        )

    def asked(self, now: datetime) -> Iterator[int]:
        """Answer whatever comes, rightly, and yield the facts until nothing does."""
        while (following := self.next(now)).fact_id is not None:
            yield following.fact_id
            self.answer(following.fact_id, now)

    def change(self, **settings: Any) -> None:
        self.session.execute(update(User).where(User.id == self.learner.id).values(**settings))
        self.learner = learner_by_id(self.session, self.learner.id)

    def listed(self, kind: str) -> list[int]:
        rows = select(DayList.fact_id).where(DayList.kind == kind).order_by(DayList.position)
        return list(self.session.scalars(rows))


def apart(session: Session, one: Fact, other: Fact) -> None:
    session.add(FactApart(fact_id=one.id, other_id=other.id))
    session.add(FactApart(fact_id=other.id, other_id=one.id))
    session.flush()


def test_new_facts_come_in_the_order_of_the_bank(session: Session) -> None:
    day = Day(session, facts=3)
    day.start(at(0))
    assert list(dict.fromkeys(day.asked(at(0)))) == [fact.id for fact in day.facts]


def test_banks_come_by_part_and_those_without_one_last(session: Session) -> None:
    day = Day(session)
    other = factories.fact(session, factories.bank(session))
    second = factories.fact(session, factories.bank(session, part=2))
    first = factories.fact(session, day.bank)
    day.start(at(0))
    assert [new.fact_id for new in day.queue(at(0)).new] == [first.id, other.id]
    day.learn([first])
    session.execute(delete(DayList))
    day.start(at(1))
    assert [new.fact_id for new in day.queue(at(1)).new] == [second.id, other.id]


def test_a_step_whose_moment_has_come_goes_before_all_else(session: Session) -> None:
    day = Day(session, facts=3)
    day.start(at(0))
    first, second, _ = (fact.id for fact in day.facts)
    day.answer(first, at(0))
    assert day.next(at(0)).fact_id == second
    assert day.next(at(0, 9, 10)).fact_id == first


def test_a_step_left_open_comes_first_on_the_next_day(session: Session) -> None:
    day = Day(session, facts=3)
    day.learn(day.facts[:1])
    day.due(day.facts[0], 1)
    day.answer(day.facts[1].id, at(0))
    day.start(at(1))
    assert day.next(at(1)).fact_id == day.facts[1].id


def test_steps_are_asked_early_when_nothing_else_is_left(session: Session) -> None:
    day = Day(session, facts=1)
    day.start(at(0))
    day.answer(day.facts[0].id, at(0))
    assert day.next(at(0)).fact_id == day.facts[0].id


def test_steps_further_off_than_twenty_minutes_wait(session: Session) -> None:
    day = Day(session, facts=1, learning_steps="30")
    day.start(at(0))
    day.answer(day.facts[0].id, at(0), WRONG_WORDS)
    early = day.next(at(0, 9, 9))
    assert (early.fact_id, early.waits_until) == (None, at(0, 9, 30))
    assert day.next(at(0, 9, 10)).fact_id == day.facts[0].id


def test_due_facts_come_by_due_day(session: Session) -> None:
    day = Day(session, facts=3, new_per_day=0)
    day.learn(day.facts)
    for fact, due in zip(day.facts, (5, 3, 4), strict=True):
        day.due(fact, due)
    day.start(at(6))
    first, second, third = (fact.id for fact in day.facts)
    assert [card.fact_id for card in day.queue(at(6)).due] == [second, third, first]


def test_ties_fall_by_the_learner_s_seed_and_the_day(session: Session) -> None:
    day = Day(session, facts=8, new_per_day=0)
    day.learn(day.facts)
    orders = []
    for seed, today in ((7, 3), (8, 3), (7, 4), (7, 3)):
        day.change(fuzz_seed=seed)
        day.start(at(today))
        orders.append([card.fact_id for card in day.queue(at(today)).due])
    assert orders[0] == orders[3]
    assert len({tuple(order) for order in orders}) == 3
    assert shuffled_place(1, 1) != shuffled_place(2, 1)


def test_nothing_is_due_before_its_day(session: Session) -> None:
    day = Day(session, facts=1)
    day.learn(day.facts)
    day.start(at(1))
    assert day.next(at(1)).fact_id is None
    day.start(at(2))
    assert day.next(at(2)).fact_id == day.facts[0].id


def test_new_facts_are_spread_among_the_due_ones(session: Session) -> None:
    day = Day(session, facts=6, new_per_day=2)
    old, new = day.facts[:4], {fact.id for fact in day.facts[4:]}
    day.learn(old)
    day.start(at(2))
    firsts = list(dict.fromkeys(day.asked(at(2))))
    assert len(firsts) == 6
    assert ["n" if fact in new else "d" for fact in firsts] == ["d", "n", "d", "d", "n", "d"]


def test_no_more_new_facts_than_the_day_takes(session: Session) -> None:
    day = Day(session, facts=5, new_per_day=2)
    day.start(at(0))
    assert len(set(day.asked(at(0)))) == 2
    day.start(at(0, 12))
    assert day.next(at(0, 12)).fact_id is None
    day.start(at(1))
    assert set(day.asked(at(1))) == {fact.id for fact in day.facts[2:4]}


def test_new_facts_of_one_scope_count_in_another(session: Session) -> None:
    day = Day(session, facts=3, new_per_day=2)
    other = factories.bank(session, part=2)
    factories.fact(session, other)
    day.start(at(0), Scope(bank_id=other.id))
    assert len(set(day.asked(at(0)))) == 1
    day.start(at(0, 12))
    assert len(set(day.asked(at(0, 12)))) == 1


def test_an_undone_first_answer_gives_its_place_back(session: Session) -> None:
    day = Day(session, facts=3, new_per_day=1)
    day.start(at(0))
    review = day.answer(day.facts[0].id, at(0))
    void(session, day.learner, review, "undone", at(0))
    assert day.next(at(0)).fact_id == day.facts[0].id


def backlog(session: Session) -> Day:
    """Four due facts, of which the day takes two."""
    day = Day(session, facts=4, new_per_day=0, reviews_per_day=2)
    day.learn(day.facts)
    for fact, stability in zip(day.facts, (1.0, 9.0, 3.0, 20.0), strict=True):
        session.execute(
            update(Card).where(Card.fact_id == fact.id).values(stability_days=stability)
        )
        day.due(fact, 2)
    return day


def test_a_backlog_is_begun_with_what_is_remembered_best(session: Session) -> None:
    day = backlog(session)
    assert day.start(at(5))
    assert day.listed("due") == [day.facts[3].id, day.facts[1].id]
    assert list(day.asked(at(5))) == day.listed("due")


def test_the_list_of_a_backlog_is_chosen_once_and_kept(session: Session) -> None:
    day = backlog(session)
    day.start(at(5))
    first, second = day.listed("due")
    day.answer(first, at(5))
    day.change(reviews_per_day=200)
    assert day.start(at(5, 12))
    assert day.listed("due") == [first, second]
    assert day.next(at(5, 12)).fact_id == second
    assert not day.start(at(6))


def test_a_listed_fact_that_lapses_is_asked_again_in_its_step(session: Session) -> None:
    day = backlog(session)
    day.start(at(5))
    first, second = day.listed("due")
    day.answer(first, at(5), WRONG_WORDS)
    assert day.next(at(5)).fact_id == second
    assert day.next(at(5, 9, 10)).fact_id == first


def test_with_the_day_s_reviews_done_a_backlog_asks_nothing(session: Session) -> None:
    day = backlog(session)
    day.start(at(5))
    assert len(list(day.asked(at(5)))) == 2
    session.execute(delete(DayList))
    assert day.start(at(5, 12))
    assert day.next(at(5, 12)).fact_id is None


def test_as_many_due_as_the_day_takes_are_no_backlog(session: Session) -> None:
    day = Day(session, facts=2, new_per_day=0, reviews_per_day=2)
    day.learn(day.facts)
    assert not day.start(at(3))
    assert len(list(day.asked(at(3)))) == 2
    assert day.listed("due") == []


def test_what_fell_due_after_the_start_is_limited_too(session: Session) -> None:
    day = Day(session, facts=3, new_per_day=0, reviews_per_day=2)
    day.learn(day.facts)
    day.due(day.facts[2], 9)
    day.start(at(3))
    day.due(day.facts[2], 3)
    assert len(list(day.asked(at(3)))) == 2


def test_of_two_facts_kept_apart_the_longer_due_is_asked(session: Session) -> None:
    for longer, shorter in ((0, 1), (1, 0)):
        day = Day(session, facts=2, new_per_day=0)
        day.learn(day.facts)
        day.due(day.facts[longer], 2)
        day.due(day.facts[shorter], 3)
        apart(session, *day.facts)
        day.start(at(4))
        assert set(day.asked(at(4))) == {day.facts[longer].id}
        day.start(at(5))
        assert day.facts[shorter].id in set(day.asked(at(5)))


def test_of_two_new_facts_kept_apart_one_is_chosen_a_day(session: Session) -> None:
    day = Day(session, facts=3)
    apart(session, day.facts[0], day.facts[1])
    day.start(at(0))
    assert day.listed("new") == [day.facts[0].id, day.facts[2].id]


def test_a_due_fact_goes_before_a_new_one_kept_apart_from_it(session: Session) -> None:
    day = Day(session, facts=2)
    day.learn(day.facts[:1])
    apart(session, *day.facts)
    day.start(at(2))
    assert set(day.asked(at(2))) == {day.facts[0].id}
    assert day.listed("new") == []


def test_a_step_is_finished_whatever_it_is_kept_apart_from(session: Session) -> None:
    day = Day(session, facts=2)
    day.answer(day.facts[0].id, at(0))
    day.answer(day.facts[1].id, at(0))
    apart(session, *day.facts)
    day.start(at(0))
    assert {card.fact_id for card in day.queue(at(0)).steps} == {fact.id for fact in day.facts}


def test_a_fact_read_today_is_asked_tomorrow(session: Session) -> None:
    day = Day(session, facts=2)
    day.learn(day.facts[:1])
    for fact in day.facts:
        session.add(
            Reading(learner_id=day.learner.id, fact_id=fact.id, study_day=on(2), read_at=at(2))
        )
    session.flush()
    day.start(at(2))
    assert day.next(at(2)).fact_id is None
    day.start(at(3))
    assert set(day.asked(at(3))) == {fact.id for fact in day.facts}


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "due"])
def test_a_suspended_fact_is_not_asked(session: Session, *, is_new: bool) -> None:
    day = Day(session, facts=1)
    if not is_new:
        day.learn(day.facts)
    for suspended in (True, False):
        set_flags(
            session, day.learner.id, day.facts[0].id, suspended=suspended, set_aside_until=None
        )
        day.start(at(3))
        assert (day.next(at(3)).fact_id is None) == suspended


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "due"])
def test_a_fact_set_aside_comes_back_on_its_day(session: Session, *, is_new: bool) -> None:
    day = Day(session, facts=1)
    if not is_new:
        day.learn(day.facts)
    set_flags(session, day.learner.id, day.facts[0].id, suspended=False, set_aside_until=on(4))
    for today, is_asked in ((3, False), (4, True)):
        day.start(at(today))
        assert (day.next(at(today)).fact_id is not None) == is_asked


def test_a_suspended_fact_in_its_steps_is_not_asked(session: Session) -> None:
    day = Day(session, facts=1)
    day.start(at(0))
    day.answer(day.facts[0].id, at(0))
    set_flags(session, day.learner.id, day.facts[0].id, suspended=True, set_aside_until=None)
    assert day.next(at(0, 10)).fact_id is None


def test_retired_facts_and_banks_are_not_asked(session: Session) -> None:
    day = Day(session, facts=2)
    day.learn(day.facts[:1])
    gone = factories.fact(session, factories.bank(session, part=3, retired_at=at(0)))
    for fact in day.facts:
        fact.retired_at = at(1)
    session.flush()
    day.start(at(3))
    assert day.next(at(3)).fact_id is None
    assert gone.id not in day.listed("new")


def scoped(session: Session) -> tuple[Day, Bank, Theme, Fact]:
    """Facts in two banks, one of which has two themes."""
    day = Day(session, facts=2)
    bank = factories.bank(session, part=2)
    theme = Theme(bank_id=bank.id, text_id="other", title="Other", position=2)
    session.add(theme)
    session.flush()
    factories.fact(session, bank)
    return day, bank, theme, factories.fact(session, bank, theme_id=theme.id)


def test_a_sitting_keeps_to_its_bank_or_theme(session: Session) -> None:
    day, bank, theme, special = scoped(session)
    day.start(at(0), Scope(bank_id=bank.id))
    new = {fact.fact_id for fact in day.queue(at(0)).new}
    assert new == {fact.id for fact in session.scalars(select(Fact).where(Fact.bank_id == bank.id))}
    day.start(at(0), Scope(theme_id=theme.id))
    assert {fact.fact_id for fact in day.queue(at(0)).new} == {special.id}
    day.start(at(0), Scope(bank_id=day.bank.id, theme_id=theme.id))
    assert day.next(at(0)).fact_id is None


def test_due_facts_and_steps_keep_to_the_scope_too(session: Session) -> None:
    day, bank, theme, special = scoped(session)
    day.learn([*day.facts, special])
    day.answer(day.facts[0].id, at(3), WRONG_WORDS)
    for scope in (Scope(bank_id=bank.id), Scope(theme_id=theme.id)):
        day.start(at(3), scope)
        found = day.queue(at(3))
        assert [card.fact_id for card in found.due] == [special.id]
        assert found.steps == []


def test_a_backlog_is_of_everything_and_a_sitting_takes_its_share(session: Session) -> None:
    day = backlog(session)
    other = factories.bank(session, part=2)
    assert day.start(at(5), Scope(bank_id=other.id))
    assert len(day.listed("due")) == 2
    assert day.next(at(5)).fact_id is None
    assert day.start(at(5), Scope(bank_id=day.bank.id))
    assert day.next(at(5)).fact_id == day.listed("due")[0]


def test_a_full_sitting_only_finishes_its_steps(session: Session) -> None:
    day = Day(session, facts=4)
    earlier = day.facts[3].id
    day.answer(earlier, at(0, 8, 55), WRONG_WORDS)
    day.start(at(0), wanted=2)
    first, second = day.facts[0].id, day.facts[1].id
    day.answer(first, at(0))
    day.answer(second, at(0))
    following = day.next(at(0, 9, 5))
    assert (following.answered, following.wanted) == (2, 2)
    assert following.fact_id == first
    day.answer(first, at(0, 9, 10))
    day.answer(second, at(0, 9, 10))
    assert day.next(at(0, 9, 10)).fact_id is None


def test_an_answer_that_does_not_count_does_not_fill_a_sitting(session: Session) -> None:
    day = Day(session, facts=2)
    day.start(at(0))
    day.answer(day.facts[0].id, at(0), card_revision=5)
    assert day.next(at(0)).answered == 0
    assert day.next(at(0)).fact_id == day.facts[0].id


def tell(day: Day, now: datetime) -> int:
    """Expect that a new fact is told, and tell it."""
    following = day.next(now)
    assert following.is_told
    assert following.fact_id is not None
    values = {"learner_id": day.learner.id, "fact_id": following.fact_id, "told_at": now}
    day.session.execute(queries.TELL, values)
    return following.fact_id


def test_a_new_fact_is_told_before_it_is_asked(session: Session) -> None:
    day = Day(session, facts=2, tell_first=True)
    day.start(at(0))
    first = tell(day, at(0))
    assert first == day.facts[0].id
    second = tell(day, at(0, 9, 0))
    assert second == day.facts[1].id
    following = day.next(at(0, 9, 1))
    assert (following.fact_id, following.is_told) == (first, False)


def test_a_told_fact_is_asked_at_once_when_nothing_else_is_left(session: Session) -> None:
    day = Day(session, facts=1, tell_first=True)
    day.start(at(0))
    first = tell(day, at(0))
    following = day.next(at(0) + timedelta(seconds=10))
    assert (following.fact_id, following.is_told) == (first, False)


def test_no_more_facts_are_told_than_a_sitting_asks(session: Session) -> None:
    day = Day(session, facts=5, tell_first=True)
    day.start(at(0), wanted=2)
    told = [tell(day, at(0)), tell(day, at(0))]
    following = day.next(at(0))
    assert (following.fact_id, following.is_told) == (told[0], False)
    day.answer(told[0], at(0))
    assert day.next(at(0, 9, 1)).fact_id == told[1]
    day.answer(told[1], at(0, 9, 1))
    assert set(day.asked(at(0, 9, 11))) == set(told)


def test_told_facts_are_spread_among_the_due_ones(session: Session) -> None:
    day = Day(session, facts=8, tell_first=True)
    day.learn(day.facts[:4])
    day.start(at(2))
    tell(day, at(2))
    assert not day.next(at(2)).is_told
    assert day.next(at(2)).fact_id in {fact.id for fact in day.facts[:4]}


def test_a_fact_told_yesterday_is_asked_today(session: Session) -> None:
    day = Day(session, facts=1, tell_first=True)
    day.start(at(0))
    told = tell(day, at(0))
    day.start(at(1))
    following = day.next(at(1))
    assert (following.fact_id, following.is_told) == (told, False)


def test_the_study_day_begins_at_the_learner_s_roll_over(session: Session) -> None:
    day = Day(session, facts=1, time_zone="Europe/Berlin", rollover_hour=4)
    day.learn(day.facts)
    night = at(2, 2, 30)  # 03:30 in Berlin: still the day before
    day.start(night)
    assert day.next(night).fact_id is None
    morning = at(2, 3, 0)
    day.start(morning)
    assert day.next(morning).fact_id == day.facts[0].id


def test_another_learner_s_day_is_another(session: Session) -> None:
    day = Day(session, facts=2)
    other = Day(session)
    day.start(at(0))
    day.answer(day.facts[0].id, at(0))
    other.start(at(0))
    assert [new.fact_id for new in other.queue(at(0)).new] == [fact.id for fact in day.facts]
    assert other.queue(at(0)).steps == []
