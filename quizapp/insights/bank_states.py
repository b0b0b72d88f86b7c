"""What a learner knows of each bank, as the pages of today and of progress show it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from quizapp.memory.pausing import paused_bank_ids
from quizapp.memory.progress import Tally, added, banks_with_themes, theme_tallies
from quizapp.models import Bank
from quizapp.web import charts


@dataclass(frozen=True, slots=True)
class BankStates:
    """A bank that fills up as it is remembered, unless the learner has paused it."""

    bank: Bank
    tally: Tally
    segments: Sequence[charts.Segment]
    is_paused: bool


def bank_states(session: Session, learner_id: int) -> list[BankStates]:
    """Return what a learner knows of every bank, the parts of the series first, in order."""
    tallies = theme_tallies(session, learner_id)
    paused = paused_bank_ids(session, learner_id)
    lines = []
    for bank in banks_with_themes(session):
        tally = added(tallies[theme.id] for theme in bank.themes if theme.id in tallies)
        lines.append(BankStates(bank, tally, charts.segments(tally), bank.id in paused))
    return lines
