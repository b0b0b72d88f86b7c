"""What can go wrong for a person. Each class has its sentence in `web/errors.py`."""

from typing import Any


class RuleError(Exception):
    """A rule says no. `values` fill the placeholders of its sentence."""

    def __init__(self, **values: Any) -> None:
        super().__init__(type(self).__name__, values)
        self.values = values


class NotFoundError(RuleError):
    """The thing does not exist, or is not this person's to see."""


class NotAllowedError(RuleError):
    """The person may see the thing but not do this with it."""


class ConflictError(RuleError):
    """Something changed in between."""


class MalformedAnswerError(RuleError):
    """An answer does not fit its question: it was not made with the form."""


class UnevenOrderError(MalformedAnswerError):
    """Two items were given the same place, or one none."""


class BlankAnswerError(RuleError):
    """Nothing was answered."""


class QuestionNotFoundError(NotFoundError):
    """The question that a form answers does not exist."""


class ReviewNotFoundError(NotFoundError):
    """The learner's log has no such answer, or it was taken back."""


class FactNotFoundError(NotFoundError):
    """There is no such fact."""


class BankNotFoundError(NotFoundError):
    """There is no such bank."""


class BankPausedError(ConflictError):
    """The learner has paused this bank: its `title`, and its `text_id` to resume it by."""


class NameTakenError(ConflictError):
    """Somebody else has this log-in name."""


class LastAdministratorError(ConflictError):
    """The only administrator would be gone."""


class PersonNotFoundError(NotFoundError):
    """There is no such person."""


class LogInNotFoundError(NotFoundError):
    """The log-in was ended already, or is somebody else's."""


class LinkNotFoundError(NotFoundError):
    """The one-time link was used, is too old or never was."""
