"""The order of new facts: from the beginning or mixed, theme by theme or not, and paused banks."""

from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from quizapp.memory.day_counts import day_counts
from quizapp.memory.queue import Scope
from quizapp.memory.services import set_flags
from quizapp.models import Bank, Fact, PausedBank, Theme
from tests import factories
from tests.db.answering import WRONG_WORDS, at, on
from tests.db.test_queue import Day, apart, backlog, tell


def part(session: Session, number: int | None, facts: int, **given: Any) -> list[Fact]:
    """Add a bank of a part with facts."""
    bank = factories.bank(session, part=number, **given)
    return [factories.fact(session, bank) for _ in range(facts)]


def themed(session: Session, bank: Bank, facts: int) -> list[Fact]:
    """Add another theme with facts to a bank."""
    theme = Theme(bank_id=bank.id, text_id=f"theme-{facts}", title="More", position=facts)
    session.add(theme)
    session.flush()
    return [factories.fact(session, bank, theme_id=theme.id) for _ in range(facts)]


def pause(day: Day, bank_id: int) -> None:
    day.session.add(PausedBank(learner_id=day.learner.id, bank_id=bank_id, paused_at=at(0)))
    day.session.flush()


def offered(day: Day, of: int, scope: Scope | None = None) -> list[int]:
    """Return the new facts of a sitting that starts on a day, as they come."""
    now = at(of, 12)
    counted = day_counts(day.session, day.learner, now).new
    day.start(now, scope or Scope())
    found = [new.fact_id for new in day.queue(now).new]
    if scope is None:
        assert counted == len(found)
    return found


def ids(facts: Sequence[Fact]) -> list[int]:
    return [fact.id for fact in facts]


def test_a_part_opens_once_every_fact_of_the_one_before_has_left_its_first_steps(
    session: Session,
) -> None:
    day = Day(session, facts=2)
    second, third = part(session, 2, 1), part(session, 3, 1)
    assert offered(day, 0) == ids(day.facts)
    day.learn(day.facts[:1])
    day.answer(day.facts[1].id, at(0))
    assert offered(day, 0) == []
    day.answer(day.facts[1].id, at(0, 9, 10))
    assert offered(day, 0) == ids(second)
    assert offered(day, 1) == ids(second)
    day.learn(second, 1)
    assert offered(day, 1) == ids(third)


def test_a_fact_that_lapses_closes_no_part(session: Session) -> None:
    day = Day(session, facts=1)
    second = part(session, 2, 1)
    day.learn(day.facts)
    day.answer(day.facts[0].id, at(3), WRONG_WORDS)
    assert offered(day, 3) == ids(second)


def test_a_fact_that_is_added_closes_the_parts_after_it(session: Session) -> None:
    day = Day(session, facts=1)
    part(session, 2, 1)
    fresh = factories.fact(session, day.bank)
    day.learn(day.facts)
    assert offered(day, 1) == [fresh.id]


@pytest.mark.parametrize("reason", ["suspended", "retired", "of a retired bank", "paused"])
def test_what_is_not_asked_keeps_no_part_closed(session: Session, reason: str) -> None:
    day = Day(session, facts=1)
    second = part(session, 2, 1)
    if reason == "suspended":
        set_flags(session, day.learner.id, day.facts[0].id, suspended=True, set_aside_until=None)
    elif reason == "retired":
        day.facts[0].retired_at = at(0)
    elif reason == "of a retired bank":
        day.bank.retired_at = at(0)
    else:
        pause(day, day.bank.id)
    session.flush()
    assert offered(day, 0) == ids(second)


def test_a_fact_set_aside_or_still_new_keeps_the_next_part_closed(session: Session) -> None:
    day = Day(session, facts=1)
    part(session, 2, 1)
    set_flags(session, day.learner.id, day.facts[0].id, suspended=False, set_aside_until=on(1))
    assert offered(day, 0) == []
    assert offered(day, 1) == ids(day.facts)


def test_a_bank_that_is_no_part_is_always_open(session: Session) -> None:
    day = Day(session, facts=1)
    other = part(session, None, 1)
    part(session, 2, 1)
    assert offered(day, 0) == ids(day.facts + other)


def test_who_starts_a_bank_or_theme_gets_it_whatever_was_learned(session: Session) -> None:
    day = Day(session, facts=1)
    second = part(session, 2, 2)
    assert offered(day, 0, Scope(bank_id=second[0].bank_id)) == ids(second)
    assert offered(day, 1, Scope(theme_id=second[0].theme_id)) == ids(second)


def test_what_a_bank_of_a_closed_part_listed_is_not_offered_with_everything(
    session: Session,
) -> None:
    day = Day(session, facts=3, new_per_day=2)
    second = part(session, 2, 2)
    bank = Scope(bank_id=second[0].bank_id)
    assert offered(day, 0, bank) == ids(second)
    assert offered(day, 0) == ids(day.facts[:2])
    assert offered(day, 0, bank) == ids(second)


def test_a_fact_that_was_told_is_asked_though_its_part_is_closed(session: Session) -> None:
    day = Day(session, facts=1, tell_first=True)
    second = part(session, 2, 1)
    day.start(at(0, 12), Scope(bank_id=second[0].bank_id))
    assert tell(day, at(0, 12)) == second[0].id
    assert set(offered(day, 0)) == {day.facts[0].id, second[0].id}


def test_everything_mixed_draws_from_all_banks_in_another_order_each_day(
    session: Session,
) -> None:
    day = Day(session, facts=20, path="mixed")
    second, third = part(session, 2, 20), part(session, None, 20)
    orders = {of: offered(day, of) for of in range(3)}
    for found in orders.values():
        assert len(found) == 10
        assert found != sorted(found)
        assert {session.get_one(Fact, one).bank_id for one in found} == {
            day.bank.id, second[0].bank_id, third[0].bank_id,
        }  # fmt: skip
    assert len({tuple(found) for found in orders.values()}) == 3
    assert offered(day, 0) == orders[0]


def test_two_learners_mix_differently(session: Session) -> None:
    facts = part(session, 1, 30)
    one, other = (Day(session, path="mixed", fuzz_seed=seed) for seed in (1, 2))
    assert set(offered(one, 0)) < set(ids(facts))
    assert offered(one, 0) != offered(other, 0)


def test_mixed_banks_stay_theme_by_theme_where_themes_are_not_mixed(session: Session) -> None:
    mixing = Day(session, facts=10, path="mixed")
    part(session, None, 10)
    part(session, 2, 10)
    in_order = Day(session, path="mixed", interleave=False)
    drawn = offered(mixing, 0)
    rows = [session.get_one(Fact, fact_id) for fact_id in drawn]
    places = {fact.id: (fact.bank.part or 99, fact.position) for fact in rows}
    assert offered(in_order, 0) == sorted(drawn, key=places.__getitem__)


def test_of_mixed_facts_kept_apart_one_is_chosen_and_counted(session: Session) -> None:
    day = Day(session, facts=3, path="mixed")
    apart(session, day.facts[0], day.facts[1])
    assert len(offered(day, 0)) == 2


def test_new_facts_take_turns_among_the_themes_of_their_part(session: Session) -> None:
    day = Day(session, facts=3, new_per_day=4)
    more, most = themed(session, day.bank, 2), themed(session, day.bank, 3)
    first, second, third = day.facts
    assert offered(day, 0) == ids([first, more[0], most[0], second])
    day.learn([first, more[0], most[0], second])
    assert offered(day, 1) == ids([more[1], most[1], third, most[2]])


def test_themes_do_not_take_turns_across_parts(session: Session) -> None:
    day = Day(session, facts=2, path="beginning")
    second = part(session, None, 1)
    assert offered(day, 0) == ids(day.facts + second)


def test_new_facts_come_theme_after_theme_where_themes_are_not_mixed(session: Session) -> None:
    day = Day(session, facts=2, interleave=False)
    more = themed(session, day.bank, 2)
    assert offered(day, 0) == ids(day.facts + more)
    assert offered(day, 1, Scope(bank_id=day.bank.id)) == ids(day.facts + more)


def test_due_facts_of_a_day_come_in_the_order_of_the_banks_where_themes_are_not_mixed(
    session: Session,
) -> None:
    day = Day(session, facts=3, new_per_day=0, interleave=False)
    late, early = part(session, None, 1), part(session, 0, 1)
    day.learn([*day.facts, *late, *early])
    for fact in (*day.facts[1:], *late, *early):
        day.due(fact, 3)
    day.due(day.facts[0], 4)
    day.start(at(6))
    assert [card.fact_id for card in day.queue(at(6)).due] == ids(
        [*early, *day.facts[1:], *late, day.facts[0]]
    )


def test_a_paused_bank_is_neither_due_nor_new_nor_in_steps(session: Session) -> None:
    day = Day(session, facts=3)
    learned, begun, fresh = day.facts
    day.learn([learned])
    day.answer(begun.id, at(3, 9))
    pause(day, day.bank.id)
    assert offered(day, 3) == []
    found = day.queue(at(3, 12))
    assert (found.steps, found.due, found.due_left) == ([], [], 0)
    assert day.next(at(3, 12)).fact_id is None
    assert day_counts(session, day.learner, at(3, 12)).due == 0
    session.delete(session.get_one(PausedBank, (day.learner.id, day.bank.id)))
    session.flush()
    assert set(day.asked(at(3, 12))) == {learned.id, begun.id}
    assert offered(day, 3) == [fresh.id]


def test_pausing_takes_effect_in_the_midst_of_a_sitting(session: Session) -> None:
    day = Day(session, facts=2)
    day.start(at(0))
    pause(day, day.bank.id)
    assert day.next(at(0)).fact_id is None


def test_a_paused_bank_is_no_part_of_a_backlog(session: Session) -> None:
    day = backlog(session)
    pause(day, day.bank.id)
    assert not day.start(at(5))
    assert day.listed("due") == []


def test_another_learner_s_pause_is_another_s(session: Session) -> None:
    day = Day(session, facts=1)
    pause(Day(session), day.bank.id)
    assert offered(day, 0) == ids(day.facts)


def test_a_path_that_nobody_knows_is_refused(session: Session) -> None:
    with pytest.raises(IntegrityError):
        factories.user(session, path="backwards")
