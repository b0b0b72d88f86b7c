"""What tests of the log share: a learner at one fact, who answers when told to."""

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from quizapp.domain.answers import Answer, Chosen, Typed
from quizapp.domain.rating import Certainty
from quizapp.domain.scheduling import Schedule
from quizapp.memory import queries
from quizapp.memory.learners import Learner, learner_by_id
from quizapp.memory.projection import Projection, projected
from quizapp.memory.queries import CardRow
from quizapp.memory.services import Recorded, Submission, record
from quizapp.models import Fact, Review, Rules, User

FIRST_DAY = date(2026, 3, 2)
RIGHT_CHOICE, WRONG_CHOICE = Chosen((0,)), Chosen((1,))
RIGHT_WORDS, WRONG_WORDS = Typed("Committee"), Typed("Cabinet")
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
_numbers = count(1)


def at(day: int, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment: `day` counts from the first day of the tests, which is 0."""
    midnight = datetime.combine(FIRST_DAY, datetime.min.time(), tzinfo=UTC)
    return midnight + timedelta(days=day, hours=hour, minutes=minute)


def on(day: int) -> date:
    """Return a study day: `day` counts from the first day of the tests, which is 0."""
    return FIRST_DAY + timedelta(day)


class Desk:
    """A learner at work on one fact, which is asked by a choice or a short question."""

    def __init__(self, session: Session, learner: Learner, fact: Fact) -> None:
        self.session = session
        self.learner = learner
        self.fact_id = fact.id
        self.choice_id, self.short_id = (question.versions[0].id for question in fact.questions)

    @property
    def card(self) -> CardRow:
        return queries.card_of(self.session, self.learner.id, self.fact_id)

    @property
    def schedule(self) -> Schedule:
        schedule = self.card.projection.schedule
        assert schedule is not None
        return schedule

    def form(self, answer: Answer = RIGHT_WORDS, **given: Any) -> Submission:
        """Return what a form sends; it was made just now unless `card_revision` says otherwise."""
        by_choice = isinstance(answer, Chosen)
        values: dict[str, Any] = {
            "client_id": f"client-{next(_numbers)}",
            "question_version_id": self.choice_id if by_choice else self.short_id,
            "card_revision": self.card.revision,
            "answer": answer,
            "certainty": Certainty.SURE,
        }
        return Submission(**(values | given))

    def answer(self, moment: datetime, answer: Answer = RIGHT_WORDS, **given: Any) -> Recorded:
        """Answer at a moment: rightly, surely and in own words unless told otherwise."""
        return record(self.session, self.learner, self.form(answer, **given), moment)

    def learn(self) -> None:
        """Go through both steps on the first day; the fact is due two days later."""
        self.answer(at(0))
        self.answer(at(0, 9, 10))
        assert self.schedule.due_on == on(2)

    def replayed(self) -> Projection:
        """Return what the log says, whatever the card holds."""
        key = queries.fuzz_key(self.session, self.learner.id, self.fact_id)
        rows = queries.reviews_of_fact(self.session, self.learner.id, self.fact_id, LATEST)
        return projected(map(queries.logged_answer, rows), key)

    def row(self, review_id: int) -> Review:
        """Return a row of the log as it is now in the table."""
        return self.session.scalars(
            select(Review).where(Review.id == review_id).execution_options(populate_existing=True)
        ).one()

    def log(self) -> list[Review]:
        """Return every row of the fact, voided or not, in the order of their making."""
        rows = select(Review).where(
            Review.learner_id == self.learner.id, Review.fact_id == self.fact_id
        )
        fresh = rows.order_by(Review.id).execution_options(populate_existing=True)
        return list(self.session.scalars(fresh))


def moved_to(session: Session, learner: Learner, time_zone: str) -> Learner:
    """Return the learner after a journey to another time zone."""
    session.execute(update(User).where(User.id == learner.id).values(time_zone=time_zone))
    return learner_by_id(session, learner.id)


def with_rules(session: Session, learner: Learner, **changed: Any) -> Learner:
    """Return the learner with other settings: a new row of rules is current."""
    old = session.scalars(select(Rules).where(Rules.id == learner.rules_id)).one()
    values = {
        "learner_id": learner.id,
        "weights_id": old.weights_id,
        "desired_retention": old.desired_retention,
        "learning_steps": old.learning_steps,
        "relearning_steps": old.relearning_steps,
        "is_current": True,
        "made_at": old.made_at,
    }
    old.is_current = False
    session.flush()
    session.add(Rules(**(values | changed)))
    session.flush()
    return learner_by_id(session, learner.id)
