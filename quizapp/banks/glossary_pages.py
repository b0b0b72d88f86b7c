"""What the glossary shows, worked out before the template sees it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.orm import Session

from quizapp.banks.glossary_queries import GlossaryFact, glossary_facts, short_answers
from quizapp.domain.searching import folded, matches
from quizapp.memory.sight import Sight

FOLDED_FROM = 5  # so many facts of one name are folded away
OTHER_LETTERS = "#"


@dataclass(frozen=True, slots=True)
class Place:
    """A part in which a name occurs."""

    bank_text_id: str
    bank_title: str
    part: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person or a term, and what the learner may see of it."""

    name: str
    places: Sequence[Place]
    shown: Sequence[GlossaryFact]
    due: int  # met, but to be asked today
    unmet: int

    @property
    def is_long(self) -> bool:
        """Whether its facts are folded away."""
        return len(self.shown) >= FOLDED_FROM


@dataclass(frozen=True, slots=True)
class Letter:
    """The entries that begin with a letter."""

    letter: str
    entries: Sequence[Entry]

    @property
    def anchor(self) -> str:
        """What it is called in addresses."""
        return "other" if self.letter == OTHER_LETTERS else self.letter.lower()


@dataclass(frozen=True, slots=True)
class ThemeEntry:
    """Facts about terms that have no name of their own, under their theme."""

    theme: str
    place: Place
    shown: Sequence[GlossaryFact]
    due: int
    unmet: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Glossary:
    """People and terms by letter, and what has no name or may not have one yet."""

    people: Sequence[Letter]
    terms: Sequence[Letter]
    themes: Sequence[ThemeEntry]
    people_count: int
    terms_count: int
    due_terms: int
    unmet_terms: int


def glossary(
    session: Session, learner_id: int, today: date, *, part: int | None, search: str
) -> Glossary:
    """Return the glossary of one part or of all.

    A search looks through names and through what the learner may see. The name of a term is
    the answer to a question, so it is left out, like its statement, until the fact was met.
    """
    facts = glossary_facts(session, learner_id, today, part)
    people = _entries(_by_person(facts), search)
    about = [fact for fact in facts if fact.is_term]
    shown = [fact for fact in about if fact.sight is Sight.SHOWN]
    answers = short_answers(session, [fact.id for fact in shown])
    names = _term_names(shown, answers, _person_names(facts))
    terms = _entries(_by_term(shown, names), search)
    return Glossary(
        people=_by_letter(people),
        terms=_by_letter(terms),
        themes=_themes(about, names, search),
        people_count=len(people),
        terms_count=len(terms),
        due_terms=sum(fact.sight is Sight.DUE for fact in about),
        unmet_terms=sum(fact.sight is Sight.UNMET for fact in about),
    )


def _by_person(facts: Iterable[GlossaryFact]) -> dict[str, list[GlossaryFact]]:
    found: dict[str, list[GlossaryFact]] = defaultdict(list)
    for fact in facts:
        for name in dict.fromkeys(fact.people):
            found[name].append(fact)
    return found


def _by_term(
    facts: Iterable[GlossaryFact], names: Mapping[int, str]
) -> dict[str, list[GlossaryFact]]:
    """Return facts by what they explain; names that differ in case or accents are one."""
    found: dict[str, list[GlossaryFact]] = defaultdict(list)
    spelt: dict[str, str] = {}
    for fact in facts:
        if fact.id in names:
            name = names[fact.id]
            found[spelt.setdefault(folded(name), name)].append(fact)
    return found


def _person_names(facts: Iterable[GlossaryFact]) -> set[str]:
    return {folded(name) for fact in facts for name in fact.people}


def _term_names(
    facts: Iterable[GlossaryFact], answers: Mapping[int, Sequence[str]], people: set[str]
) -> dict[int, str]:
    """Return what each fact explains: its first short answer that is not the name of a person."""
    found = {}
    for fact in facts:
        for answer in answers.get(fact.id, ()):
            words = folded(answer)
            if words not in people and words.rpartition(" ")[2] not in people:
                found[fact.id] = answer
                break
    return found


def _entries(named: Mapping[str, Sequence[GlossaryFact]], search: str) -> list[Entry]:
    """Return the entries that a search finds, in alphabetical order.

    One found by its name is whole; one found by its facts has only those that were found.
    """
    found = [
        _entry(name, facts if matches(search, name) else _found(facts, search))
        for name, facts in named.items()
    ]
    return sorted((one for one in found if one), key=lambda one: (folded(one.name), one.name))


def _entry(name: str, facts: Sequence[GlossaryFact]) -> Entry | None:
    if not facts:
        return None
    sights = Counter(fact.sight for fact in facts)
    return Entry(
        name=name,
        places=list(dict.fromkeys(map(_place, facts))),
        shown=[fact for fact in facts if fact.sight is Sight.SHOWN],
        due=sights[Sight.DUE],
        unmet=sights[Sight.UNMET],
    )


def _found(facts: Iterable[GlossaryFact], search: str) -> list[GlossaryFact]:
    return [fact for fact in facts if fact.statement and matches(search, fact.statement)]


def _place(fact: GlossaryFact) -> Place:
    return Place(fact.bank_text_id, fact.bank_title, fact.part)


def _by_letter(entries: Iterable[Entry]) -> list[Letter]:
    letters = groupby(entries, key=lambda entry: _letter(entry.name))
    return [Letter(letter, list(under)) for letter, under in letters]


def _letter(name: str) -> str:
    first = folded(name)[:1].upper()
    return first if "A" <= first <= "Z" else OTHER_LETTERS


def _themes(
    facts: Iterable[GlossaryFact], names: Mapping[int, str], search: str
) -> list[ThemeEntry]:
    """Return what is left without a name, theme by theme; a search finds only what is shown."""
    found = []
    for _, under in groupby(facts, key=lambda fact: fact.theme_id):
        every = [fact for fact in under if fact.id not in names]
        every = _found(every, search) if search else every
        if every:
            sights = Counter(fact.sight for fact in every)
            shown = [fact for fact in every if fact.sight is Sight.SHOWN]
            due, unmet = sights[Sight.DUE], sights[Sight.UNMET]
            found.append(ThemeEntry(every[0].theme, _place(every[0]), shown, due, unmet))
    return found
