"""A small sound bank for tests, and ways to spoil it."""

from typing import Any

import msgspec

from quizapp.domain.bank_checks import check_bank
from quizapp.domain.bank_files import BankFile
from quizapp.domain.bank_problems import Problem
from quizapp.domain.bank_reading import bank_lines, parse_bank

GOOD = """\
format = 1

[bank]
id = "part-15"
part = 15
title = "A bank"
period = "Autumn 1917"
span = "1917-08-27/1917-10-22"
calendar = "Old Style"
basis = "article"
summary = "What the bank is about."

[[theme]]
id = "eve"
title = "The eve"

[[source]]
id = "reed"
author = "John Reed"
title = "Ten Days"
year = 1919
partisan = true

[[source]]
id = "figes"
author = "Orlando Figes"
title = "A People's Tragedy"

[[further]]
id = "unread"
title = "A book that nobody could open"

[[fact]]
id = "mrc-founded"
theme = "eve"
kind = "event"
statement = "The Soviet set up a committee on 9 October."
why = '''It gave the city
[[fact]] a staff of its own.'''
date = "1917-10-09"
cites = [{ paragraph = 17, note = "xix" }, { source = "figes", page = "477" }]  # both
keep_apart = ["reed-arrives"]
see = ["reed-arrives", "part-14/kornilov", "part-15/mrc-founded"]

  [[fact.question]]
  id = "pick"
  type = "choice"
  prompt = "Which body did the Soviet set up?"
  answer = "A military committee"
  distractors = [
    { text = "A peasant assembly", why_wrong = "That came later." },
    { text = "A court of appeal here", why_wrong = "It had none." },
  ]

  [[fact.question]]
  id = "name"
  type = "short"
  prompt = "Name the new body."
  accept = ["Military Revolutionary Committee", "MRC"]
  near = [{ text = "Petrograd Soviet", say = "It was a committee of it." }]

  [[fact.question]]
  id = "day"
  type = "date"
  prompt = "On which day, Old Style, was it set up?"
  answer = "1917-10-09"

  [[fact.question]]
  id = "gaps"
  type = "cloze"
  text = "The {body} was formed by the Soviet in {month}."
  mode = "typed"
  gaps = { body = { accept = ["MRC"] }, month = { accept = ["October"] } }

  [[fact.question]]
  id = "chosen"
  type = "cloze"
  text = "Its first home was the {house}."
  mode = "chosen"
  [fact.question.gaps.house]
  accept = ["Smolny"]
  distractors = ["Duma", "Fortress"]

[[fact]]
id = "reed-arrives"
theme = "eve"
kind = "person"
statement = "John Reed came to see for himself."
why = "He wrote what he saw."
cites = [{ paragraph = 2 }]

  [[fact.question]]
  id = "several"
  type = "multiple"
  prompt = "Which of these did he visit? Choose all that apply."
  answers = ["Moscow", "Petrograd"]
  distractors = [{ text = "Tashkent", why_wrong = "Too far." }]

  [[fact.question]]
  id = "judge"
  type = "true-false"
  prompt = "Reed was a journalist."
  answer = true
  why_wrong = "He wrote for The Masses."

  [[fact.question]]
  id = "count"
  type = "number"
  prompt = "How many days are in the title of his book?"
  answer = 10

  [[fact.question]]
  id = "order"
  type = "order"
  prompt = "Put these in order, earliest first."
  items = ["Kornilov's revolt", "The committee is formed", "The congress opens"]

  [[fact.question]]
  id = "match"
  type = "match"
  prompt = "Match each with what he was."
  pairs = [
    { left = "Reed", right = "Reporter" },
    { left = "Kerensky", right = "Minister" },
    { left = "Kornilov", right = "General" },
  ]
  extra = ["Sailor"]

  [[fact.question]]
  id = "card"
  type = "flashcard"
  front = "Who wrote Ten Days?"
  back = "John Reed"

  [[fact.question]]
  id = "explain"
  type = "explain"
  prompt = "Why is his book still read?"
  model = "He was there and wrote at once."
  points = ["He was there", "He wrote at once"]
"""


def changed(*changes: tuple[str, str]) -> str:
    """Return the sound bank's text with its first `old` replaced by `new`, for each pair."""
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def bank_of(text: str) -> BankFile:
    bank, problems = parse_bank(text)
    assert bank is not None, problems
    return bank


def checked(*changes: tuple[str, str], **options: Any) -> list[Problem]:
    """Return the problems of the changed bank, as a leader's unless told otherwise."""
    text = changed(*changes)
    return check_bank(bank_of(text), lines=bank_lines(text), **{"shipped": False, **options})


def with_facts(count: int) -> BankFile:
    """Return the sound bank with more facts like its first, under other ids."""
    good = bank_of(GOOD)
    more = [msgspec.structs.replace(good.fact[0], id=f"fact-{n}") for n in range(count)]
    return msgspec.structs.replace(good, fact=[*good.fact, *more])
