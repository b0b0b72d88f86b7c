"""Whatever learners do, in whatever order: every card says what the log says."""

from datetime import datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from quizapp.domain.answers import Answer, Chosen, Typed
from quizapp.domain.bank_files import Choice, Demand, Distractor, Question, Short
from quizapp.domain.rating import Certainty, Rating
from quizapp.memory import corrections
from quizapp.memory.checking import check_memory
from quizapp.memory.projection import LoggedAnswer, Projection, projected, rules_from_row
from quizapp.memory.queries import card_of, fuzz_key
from quizapp.memory.services import Submission, record, set_flags
from quizapp.models import Question as QuestionRow
from quizapp.models import QuestionVersion, Reading, Review, Rules, Weights
from tests import factories
from tests.db.answering import at, moved_to, with_rules

CORRECTED_CHOICE = Choice(
    id="choice",
    prompt="Who signed the orders?",
    answer="The cabinet",
    distractors=[
        Distractor(text="The committee", why_wrong="The committee had dissolved."),
        Distractor(text="The congress", why_wrong="The congress had not met."),
    ],
)
CORRECTED_SHORT = Short(id="short", prompt="Which body?", accept=["Cabinet"])
KEYS = [factories.choice(), CORRECTED_CHOICE, factories.short(), CORRECTED_SHORT]
LOG = (
    select(
        Review.id,
        Review.fact_id,
        Review.client_id,
        Review.study_day,
        Review.answered_at,
        Review.rating,
        Review.share,
        Review.certainty,
        Review.affects_schedule,
        Review.voided_at,
        Review.replaced_by_id,
        QuestionRow.id.label("question_id"),
        QuestionRow.demand,
        Weights.numbers,
        Rules.desired_retention,
        Rules.learning_steps,
        Rules.relearning_steps,
    )
    .join(QuestionVersion, QuestionVersion.id == Review.question_version_id)
    .join(QuestionRow, QuestionRow.id == QuestionVersion.question_id)
    .join(Rules, Rules.id == Review.rules_id)
    .join(Weights, Weights.id == Rules.weights_id)
    .order_by(Review.id)
)

answers = st.sampled_from([Chosen((0,)), Chosen((1,)), Typed("Committee"), Typed("Cabinet")])
places = st.integers(0, 1)  # of a fact
picks = st.integers(0, 99)  # of one thing among as many as there are
has_answers = precondition(lambda machine: machine.standing())


class Memory(RuleBasedStateMachine):
    """A learner with two facts, and what is known of the answers that were called saved."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.now = at(0)
        self.learner = factories.learner(session)
        self.fellow = factories.learner(session)  # who answers once
        self.facts = [factories.fact(session) for _ in range(2)]
        self.forms: list[Submission] = []  # open in some tab, answered or not
        self.saved: dict[str, int] = {}  # the review that the reply named, by client id
        self.undone: set[str] = set()
        self.flags: dict[int, tuple[Any, ...]] = {}
        record(session, self.fellow, self.form(0, Typed("Cabinet"), "of the fellow", 0), self.now)

    def teardown(self) -> None:
        self.session.rollback()

    def form(self, place: int, answer: Answer, client_id: str, revision: int) -> Submission:
        by_choice = isinstance(answer, Chosen)
        return Submission(
            client_id=client_id,
            question_version_id=self.version_id(place, by_choice=by_choice),
            card_revision=revision,
            answer=answer,
            certainty=Certainty.SURE if by_choice else Certainty.NOT_SURE,
        )

    def version_id(self, place: int, *, by_choice: bool) -> int:
        return self.facts[place].questions[0 if by_choice else 1].versions[0].id

    def new_form(self, place: int, answer: Answer) -> Submission:
        revision = card_of(self.session, self.learner.id, self.facts[place].id).revision
        form = self.form(place, answer, f"form {len(self.forms)}", revision)
        self.forms.append(form)
        return form

    def send(self, form: Submission, moment: datetime) -> None:
        is_new = form.client_id not in self.saved
        unlike_others = timedelta(microseconds=len(self.saved))
        rows_before = len(self.log())
        reply = record(self.session, self.learner, form, moment + unlike_others)
        assert reply.review_id == self.saved.setdefault(form.client_id, reply.review_id)
        assert len(self.log()) == rows_before + is_new

    def log(self) -> list[Row[Any]]:
        return [*self.session.execute(LOG.where(Review.learner_id == self.learner.id))]

    def standing(self) -> list[Row[Any]]:
        return [row for row in self.log() if row.voided_at is None]

    def by_log(self, fact_id: int) -> Projection:
        rows = [row for row in self.standing() if row.fact_id == fact_id]
        in_order = sorted(rows, key=lambda row: (row.study_day, row.answered_at, row.id))
        return projected(
            map(logged_answer, in_order), fuzz_key(self.session, self.learner.id, fact_id)
        )

    def by_card(self, fact_id: int) -> Projection:
        return card_of(self.session, self.learner.id, fact_id).projection

    @rule(place=places, answer=answers)
    def open_a_form(self, place: int, answer: Answer) -> None:
        self.new_form(place, answer)

    @precondition(lambda machine: machine.forms)
    @rule(pick=picks)
    def send_a_form_for_the_first_time_or_again(self, pick: int) -> None:
        self.send(self.forms[pick % len(self.forms)], self.now)

    @rule(place=places, answer=answers, minutes=st.integers(0, 15))
    def learn(self, place: int, answer: Answer, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        self.send(self.new_form(place, answer), self.now)

    @rule(place=places, answer=answers, days=st.integers(1, 30))
    def learn_days_later(self, place: int, answer: Answer, days: int) -> None:
        self.now += timedelta(days=days)
        self.send(self.new_form(place, answer), self.now)

    @has_answers
    @rule(place=places, answer=answers, pick=picks, minutes=st.integers(-600, 600))
    def arrive_late(self, place: int, answer: Answer, pick: int, minutes: int) -> None:
        near = self.standing()[pick % len(self.standing())].answered_at
        moment = min(self.now, near + timedelta(minutes=minutes))
        self.send(self.new_form(place, answer), moment)

    @has_answers
    @rule(pick=picks)
    def undo(self, pick: int) -> None:
        row = self.standing()[pick % len(self.standing())]
        self.undone.add(self.sent_as(row.id))
        corrections.void(self.session, self.learner, row.id, "undone", self.now)

    @has_answers
    @rule(pick=picks, rating=st.sampled_from(Rating))
    def change_rating(self, pick: int, rating: Rating) -> None:
        row = self.standing()[pick % len(self.standing())]
        corrections.change_rating(self.session, self.learner, row.id, rating, self.now)

    @has_answers
    @rule(pick=picks, is_taken_back=st.booleans())
    def overrule(self, pick: int, *, is_taken_back: bool) -> None:
        row = self.standing()[pick % len(self.standing())]
        before = self.by_card(row.fact_id)
        new_id = corrections.overrule(self.session, self.learner, row.id, self.now)
        if is_taken_back:
            corrections.restore(self.session, self.learner, new_id, self.now)
            assert self.by_card(row.fact_id) == before

    @rule(place=places, key=st.sampled_from(KEYS))
    def correct_the_key(self, place: int, key: Question) -> None:
        version_id = self.version_id(place, by_choice=isinstance(key, Choice))
        corrections.correct_key(self.session, version_id, key, self.now)

    @rule(hours=st.integers(1, 24 * 40))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(retention=st.sampled_from([0.8, 0.9, 0.95]), steps=st.sampled_from(["", "5", "1 10"]))
    def change_settings(self, retention: float, steps: str) -> None:
        changed = {"desired_retention": retention, "learning_steps": steps}
        self.learner = with_rules(self.session, self.learner, **changed)

    @rule(zone=st.sampled_from(["UTC", "Pacific/Auckland", "Pacific/Honolulu"]))
    def travel(self, zone: str) -> None:
        self.learner = moved_to(self.session, self.learner, zone)

    @rule(place=places, suspended=st.booleans(), days=st.none() | st.integers(1, 3))
    def flag(self, place: int, *, suspended: bool, days: int | None) -> None:
        until = None if days is None else self.now.date() + timedelta(days)
        fact_id = self.facts[place].id
        set_flags(
            self.session, self.learner.id, fact_id, suspended=suspended, set_aside_until=until
        )
        self.flags[fact_id] = (suspended, until)

    @rule(place=places)
    def read(self, place: int) -> None:
        reading = Reading(
            learner_id=self.learner.id,
            fact_id=self.facts[place].id,
            study_day=self.learner.study_day(self.now),
            read_at=self.now,
        )
        self.session.merge(reading)
        self.session.flush()

    @invariant()
    def every_card_equals_the_replay_of_the_log(self) -> None:
        for fact in self.facts:
            assert self.by_card(fact.id) == self.by_log(fact.id)
        assert check_memory(self.session, self.now, repair=False).is_fine

    @invariant()
    def no_saved_answer_is_missing_or_counted_twice(self) -> None:
        rows = {row.id: row for row in self.log()}
        last = {}
        for client_id, review_id in self.saved.items():
            row = rows.pop(review_id)
            while row.replaced_by_id is not None:
                successor = rows.pop(row.replaced_by_id)
                assert successor[3:5] == row[3:5], "study day and moment stay"
                row = successor
            last[client_id] = row
        assert not rows, "each row is a saved answer or its successor"
        undone = {client_id for client_id, row in last.items() if row.voided_at is not None}
        assert undone == self.undone

    @invariant()
    def flags_are_as_they_were_set(self) -> None:
        for fact_id, flags in self.flags.items():
            card = card_of(self.session, self.learner.id, fact_id)
            assert (card.suspended, card.set_aside_until) == flags

    def sent_as(self, review_id: int) -> str:
        """Return the client id of the form from which a row of the log comes."""
        replaced = {row.replaced_by_id: row.id for row in self.log() if row.replaced_by_id}
        while review_id in replaced:
            review_id = replaced[review_id]
        [client_id] = [row.client_id for row in self.log() if row.id == review_id]
        return str(client_id)


def logged_answer(row: Row[Any]) -> LoggedAnswer:
    return LoggedAnswer(
        study_day=row.study_day,
        answered_at=row.answered_at,
        rating=Rating(row.rating),
        share=row.share,
        certainty=Certainty(row.certainty),
        question_id=row.question_id,
        demand=Demand(row.demand),
        affects_schedule=row.affects_schedule,
        rules=rules_from_row(
            row.numbers, row.desired_retention, row.learning_steps, row.relearning_steps
        ),
    )


def test_every_card_says_what_the_log_says_whatever_happens(session: Session) -> None:
    class OnThisSession(Memory):
        def __init__(self) -> None:
            super().__init__(session)

    run_state_machine_as_test(
        OnThisSession, settings=settings(max_examples=30, stateful_step_count=25, deadline=None)
    )
