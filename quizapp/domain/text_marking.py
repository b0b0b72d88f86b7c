"""Marking of typed words: what counts as the same answer, as a slip, as a near miss."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from quizapp.domain.answers import Verdict
from quizapp.domain.text_folding import (
    Words,
    is_number_word,
    sound_keys,
    squeezed,
    word_set,
    words,
)

FILLERS = word_set(
    "a an the it its was is were are be been would must that this by of in on at to and i think "
    "believe guess suppose course maybe perhaps probably they he she called named known as answer "
    "my so um well yes please hmm"
)
NEGATIONS = word_set(
    "not no non un never none nor neither nobody nothing without nicht dont doesnt didnt isnt "
    "wasnt arent werent cannot cant couldnt wont wouldnt"
)
_ARTICLES = word_set("the a an le la les der die das")
_PARTICLES = word_set("the a an of and de du des di da von van der den la le les")
_PREFIXES = ("non", "not", "no", "un", "in", "im", "il", "ir", "dis", "de", "anti", "counter")
_MOST_FILLERS = 8  # at either end
_PHRASE_WORDS = 24  # in longer texts no fillers are looked for
_ACRONYM_LETTERS = 6  # longer words in capitals are words
_NAME_WORDS = 5  # longer forms are sentences: their word order counts
_SOUND_LETTERS = 4  # shorter texts sound too much alike

# Words within a slip of each other that mean different things; a final s does not count.
_CONTRARIES = tuple(
    frozenset(word.removesuffix("s") for word in group.split())
    for group in (
        "majority minority",
        "majorities minorities",
        "maximum minimum",
        "northern southern eastern western",
        "internal external",
        "offensive defensive",
        "inflation deflation",
        "emigration immigration",
        "emigrant immigrant",
        "evolution revolution",
        "evolutionary revolutionary",
        "monarchy anarchy",
        "monarchist anarchist",
        "monarchism anarchism",
        "monarch anarch",
        "jacobin jacobite",
        "june july",
        "march may",
        "alexander alexandra",
        "louis louise",
        "charles charlotte",
        "marx mark",
        "martov markov",
        "russia prussia",
        "russian prussian",
        "austria australia",
        "austrian australian",
        "first second third fourth fifth sixth seventh eighth ninth tenth",
        "one two three four five six seven eight nine ten eleven twelve",
        "thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
        "twenty thirty forty fifty sixty seventy eighty ninety",
        "thirteen thirty",
        "fourteen forty",
        "fifteen fifty",
        "sixteen sixty",
        "seventeen seventy",
        "eighteen eighty",
        "nineteen ninety",
    )
)


@dataclass(frozen=True, slots=True)
class TextVerdict:
    """What a typed text is; for a near miss also its place in the list of near texts."""

    verdict: Verdict
    near_place: int | None = None


@dataclass(frozen=True, slots=True)
class _Form:
    """A text to compare with: as it is written, and folded."""

    shown: str
    words: Words
    texts: frozenset[str]  # with and without its leading article, squeezed
    letters: int  # without its leading article

    @property
    def is_acronym(self) -> bool:
        """Whether it is a short word all in capitals, such as MRC or V.Ts.I.K."""
        bare = [c for c in self.shown if c.isalpha()]
        is_short = len(self.shown.split()) == 1 and len(bare) <= _ACRONYM_LETTERS
        return is_short and sum(c.isupper() for c in bare) > len(bare) / 2

    @property
    def is_name(self) -> bool:
        """Whether each of a few words has a capital or is a number: any order will do."""
        parts = [word for word in self.shown.split() if word.casefold() not in _PARTICLES]
        return len(self.words) <= _NAME_WORDS and not any(part[0].islower() for part in parts)

    @property
    def may_be_russian(self) -> bool:
        """Whether it may hold a proper name that is long enough to be told by its sound."""
        has_capital = any(c.isupper() for c in self.shown)
        return has_capital and self.letters >= _SOUND_LETTERS and not self.is_acronym


@dataclass(frozen=True, slots=True)
class _Typed:
    """A typed text: folded, and all that is left when fillers at its ends are taken off."""

    words: Words
    cores: tuple[Words, ...]  # the longest, which is the whole text, first


def text_verdict(text: str, accept: Sequence[str], near: Sequence[str] = ()) -> TextVerdict:
    """Mark a typed text by the forms to accept and the near misses.

    Forms that say the same come first, from the strictest comparison to the most lenient,
    accepted before near ones at each; then slips of spelling, where the nearest text wins
    and a tie goes to the near miss. A text without a letter or digit is right only if it
    is, sign for sign, an accepted form.
    """
    if text.strip() in (form.strip() for form in accept):
        return TextVerdict(Verdict.RIGHT)
    typed = _typed(text)
    if not typed.words:
        return TextVerdict(Verdict.WRONG)
    forms, near_forms = [_form(shown) for shown in accept], [_form(shown) for shown in near]
    for same in (_is_same, _is_within_fillers, _is_reordered, _sounds_alike):
        if any(same(typed, form) for form in forms):
            return TextVerdict(Verdict.RIGHT)
        for place, form in enumerate(near_forms):
            if same(typed, form):
                return TextVerdict(Verdict.NEAR, place)
    return _slip_verdict(typed, forms, near_forms)


def is_same_text(text: str, form: str) -> bool:
    """Return whether two texts differ only in what folding hides: no slips, no fillers."""
    return text.strip() == form.strip() or _is_same(_typed(text), _form(form))


def allowed_slips(letters: int) -> int:
    """Return how many letters may be wrong, missing, extra or swapped in a form of a length."""
    for most_letters, slips in ((4, 0), (7, 1), (13, 2)):
        if letters <= most_letters:
            return slips
    return 3


@lru_cache(maxsize=4096)
def _form(shown: str) -> _Form:
    folded = words(shown)
    bare = squeezed(_without_article(folded))
    texts = frozenset({squeezed(folded), bare})
    return _Form(shown, folded, texts, letters=sum(c.isalpha() for c in bare))


def _typed(text: str) -> _Typed:
    folded = words(text)
    is_phrase = len(folded) <= _PHRASE_WORDS
    return _Typed(folded, tuple(_cores(folded)) if is_phrase else (folded,))


def _cores(folded: Words) -> Iterator[Words]:
    for start in range(_fillers_at_start(folded) + 1):
        for dropped in range(_fillers_at_end(folded[start:]) + 1):
            yield folded[start : len(folded) - dropped]


def _fillers_at_start(folded: Words) -> int:
    """Return how many words may be taken off, one word always being left."""
    most = min(_MOST_FILLERS, len(folded) - 1)
    return next((i for i in range(most) if folded[i] not in FILLERS), max(most, 0))


def _fillers_at_end(folded: Words) -> int:
    """Return the same for the end, where "I" is a number: Charles I."""
    return 0 if folded[-1:] == ("i",) else _fillers_at_start(folded[::-1])


def _without_article(folded: Words) -> Words:
    return folded[1:] if len(folded) > 1 and folded[0] in _ARTICLES else folded


def _is_same(typed: _Typed, form: _Form) -> bool:
    texts = {squeezed(typed.words), squeezed(_without_article(typed.words))}
    return bool(form.words) and not texts.isdisjoint(form.texts)


def _is_within_fillers(typed: _Typed, form: _Form) -> bool:
    return any(squeezed(core) in form.texts for core in typed.cores)


def _is_reordered(typed: _Typed, form: _Form) -> bool:
    return form.is_name and any(sorted(core) == sorted(form.words) for core in typed.cores)


def _sounds_alike(typed: _Typed, form: _Form) -> bool:
    """Return whether a name is the same in another transliteration."""
    if not form.may_be_russian:
        return False
    form_keys = sound_keys(_without_article(form.words))
    return any(
        squeezed(key) == squeezed(form_key) or (form.is_name and sorted(key) == sorted(form_key))
        for core in typed.cores
        for key, form_key in zip(sound_keys(core), form_keys, strict=True)
    )


def _slip_verdict(typed: _Typed, forms: list[_Form], near_forms: list[_Form]) -> TextVerdict:
    """Return a slip of an accepted form, unless a near text is as close or closer."""
    forgiven = [_distance(typed, form) for form in forms if _is_slip(typed, form)]
    rivals = [
        (distance, place)
        for place, form in enumerate(near_forms)
        if (distance := _distance(typed, form)) <= min(forgiven, default=distance)
        and (forgiven or _is_slip(typed, form))
    ]
    if rivals:
        return TextVerdict(Verdict.NEAR, min(rivals)[1])
    return TextVerdict(Verdict.SLIP if forgiven else Verdict.WRONG)


def _distance(typed: _Typed, form: _Form) -> int:
    return min(_letters_apart(core, form) for core in _slip_candidates(typed))


def _slip_candidates(typed: _Typed) -> tuple[Words, Words]:
    """Return the text without its article, and without any fillers."""
    return _without_article(typed.words), typed.cores[-1]


def _letters_apart(folded: Words, form: _Form) -> int:
    return min(OSA.distance(squeezed(folded), text) for text in form.texts)


def _is_slip(typed: _Typed, form: _Form) -> bool:
    """Return whether a text is an accepted form with no more than slips of spelling."""
    if form.is_acronym:
        return False
    allowed = allowed_slips(form.letters)
    bare = _without_article(form.words)
    return any(
        _letters_apart(core, form) <= allowed and _means_the_same(core, bare)
        for core in _slip_candidates(typed)
    )


def _means_the_same(folded: Words, form: Words) -> bool:
    """Return whether words that differ do so by spelling: no number, negation or contrary."""
    if _exact_words(folded) != _exact_words(form):
        return False
    ours = [word for word in folded if word not in form]
    theirs = [word for word in form if word not in folded]
    if any(_is_contrary(our, their) for our in ours for their in theirs):
        return False
    return len(folded) != len(form) or all(
        OSA.distance(our, their) <= max(1, allowed_slips(len(their)))
        for our, their in zip(folded, form, strict=True)
    )


def _exact_words(folded: Words) -> list[str]:
    return sorted(word for word in folded if word in NEGATIONS or is_number_word(word))


def _is_contrary(our: str, their: str) -> bool:
    pair = {our.removesuffix("s"), their.removesuffix("s")}
    if len(pair) > 1 and any(pair <= group for group in _CONTRARIES):
        return True
    return _is_negated(our, their) or _is_negated(their, our)


def _is_negated(longer: str, shorter: str) -> bool:
    """Return whether one word is the other behind a prefix that turns its meaning."""
    return any(
        longer.startswith(prefix)
        and not shorter.startswith(prefix)
        and OSA.distance(longer.removeprefix(prefix), shorter) < OSA.distance(longer, shorter)
        for prefix in _PREFIXES
    )
