"""What the study pages hold, as types: templates only show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from quizapp.domain.answers import Verdict
from quizapp.domain.feedback import Piece
from quizapp.domain.presentation import Shown
from quizapp.domain.rating import Certainty, Rating
from quizapp.memory.sight import SeenFact
from quizapp.study import queries
from quizapp.study.services import QuestionPage


@dataclass(frozen=True, slots=True)
class AskedForm:
    """Which form a question is shown in: its id and the key shuffle it, and it may have a hint."""

    client_id: str
    secret: str
    with_hint: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a sitting is, in facts."""

    answered: int
    wanted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingButton:
    """One rating, and when the fact would come back with it."""

    rating: int
    label: str
    comes_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevealPart:
    """A right answer beside one that the learner judges."""

    client_id: str
    told: queries.Told
    prompt: str
    given: str
    right: str
    points: list[str]
    buttons: list[RatingButton]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPart:
    """A marked answer beside the right one."""

    review_id: int
    client_id: str
    version_id: int
    told: queries.Told
    shown: Shown
    pieces: list[Piece]
    verdict: Verdict
    certainty: Certainty
    given: str
    right: str
    notes: list[str]
    explanation: str
    rating: Rating
    is_own: bool  # the learner's own rating
    may_overrule: bool
    is_confident_error: bool
    affects_schedule: bool
    comes_back: str
    see: Sequence[SeenFact] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyPage:
    """One state of the study page; `kind` says which of the parts it has."""

    kind: str  # "question", "told", "reveal" or "feedback"
    progress: Progress
    question: QuestionPage | None = None
    told: queries.Told | None = None
    reveal: RevealPart | None = None
    feedback: FeedbackPart | None = None
    shown_at: int = 0  # milliseconds since 1970
    letter_keys: bool = True
    is_try_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage:
    """How a sitting went."""

    answered: int
    learned: list[str]
    hard: list[str]
    right: int
    next_due: str
    may_go_on: bool
