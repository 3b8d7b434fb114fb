"""How much of a letter is its writer's own, and how many other letters look the same.

Offices put letters that look alike on one pile and answer the pile. Texts are compared by every three words that
follow each other (shingles), without case, accents or punctuation, so that neither another order of paragraphs nor
another name hides a copy. With the organisation's text, which is at hand, the comparison is exact. Of other
supporters' letters only a shape is kept: a map of bits, one lit by each shingle, from which the text cannot be read.
How many shingles two shapes share is estimated from how many bits are lit (linear counting, Whang et al. 1990),
for letters of up to 1,000 words to within about three points of a hundred.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from hashlib import blake2b
from math import log

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from advocacy.kernel.folding import fold

# From here on an office takes two letters for the same one.
GROUPED_FROM_PERCENT = 60
# A letter is personal with a fifth of its words its writer's own, or with one whole sentence.
PERSONAL_FROM_PERCENT = 20
SENTENCE_FROM_WORDS = 5
SENTENCE_FROM_PERCENT = 80
# So much closer to another supporter's letter than to our text: theirs was copied, not ours changed.
COPIED_FROM_POINTS = 20

SHAPE_BYTES = 512
_SHAPE_BITS = SHAPE_BYTES * 8
_SHINGLE = 3
# No office reads further, and nobody may keep us busy with a longer one.
_MOST_WORDS = 20_000
_MOST_LETTERS = 200_000

_WORD = re.compile(r"\w+")
_SENTENCE_ENDS = re.compile(r"(?<=[.!?…])[\s»”\"]+|\n+")


def _sizes() -> list[float]:
    """How many shingles there most likely are when so many bits are lit: some light the same bit."""
    dark = [(_SHAPE_BITS - lit) / _SHAPE_BITS for lit in range(_SHAPE_BITS)]
    sizes = [-_SHAPE_BITS * log(share) for share in dark]
    return [*sizes, sizes[-1]]


_SIZE_BY_LIT_BITS = _sizes()


def words_of(text: str) -> list[str]:
    """The words as they are compared: `L'hôpital, H.R. 12` is l, hopital, h, r, 12."""
    return _WORD.findall(fold(text[:_MOST_LETTERS]))[:_MOST_WORDS]


def _shingles(words: list[str]) -> list[str]:
    """Every three words in a row; a shorter text is one shingle."""
    if not words:
        return []
    last = max(len(words) - _SHINGLE, 0)
    return [" ".join(words[start : start + _SHINGLE]) for start in range(last + 1)]


def alike_percent(text: str, other: str) -> int:
    """The share of shingles that both texts have among those that either has, exactly: 100 is the same text."""
    mine, theirs = set(_shingles(words_of(text))), set(_shingles(words_of(other)))
    either = len(mine | theirs)
    return round(100 * len(mine & theirs) / either) if either else 0


@dataclass(frozen=True)
class OwnWords:
    """What a supporter added to the organisation's text: words of `total`, and whole sentences."""

    words: int
    total: int
    sentences: int

    @property
    def percent(self) -> int:
        return 100 * self.words // self.total if self.total else 0

    @property
    def is_personal(self) -> bool:
        """Counted as personalised: a fifth of the words, or a sentence."""
        return self.percent >= PERSONAL_FROM_PERCENT or self.sentences > 0


def own_words(letter: str, ours: str) -> OwnWords:
    """What in `letter` does not come from `ours`, the organisation's text as it was filled in for this recipient.

    A word is ours where it stands in three words running of our text. Give the body alone: a greeting or a
    sender's address would count as words of their own.
    """
    known = set(_shingles(words_of(ours)))
    sentences = [words_of(sentence) for sentence in _SENTENCE_ENDS.split(letter[:_MOST_LETTERS])]
    # Marked in the whole letter, as shingles run on from one sentence into the next.
    is_own = iter(_marked_own([word for sentence in sentences for word in sentence][:_MOST_WORDS], known))
    marks = [[next(is_own, False) for _word in sentence] for sentence in sentences]
    own_sentences = sum(_is_sentence(sentence, own) for sentence, own in zip(sentences, marks, strict=True))
    return OwnWords(sum(map(sum, marks)), sum(map(len, marks)), own_sentences)


def _marked_own(words: list[str], known: set[str]) -> list[bool]:
    own = [True] * len(words)
    for start, shingle in enumerate(_shingles(words)):
        if shingle in known:
            own[start : start + _SHINGLE] = [False] * len(own[start : start + _SHINGLE])
    return own


def _is_sentence(words: list[str], own: list[bool]) -> bool:
    """Long enough to say something, hardly any of it ours, and not one word over and over."""
    return len(set(words)) >= SENTENCE_FROM_WORDS and 100 * sum(own) >= SENTENCE_FROM_PERCENT * len(words)


def shape_of(text: str) -> int:
    """The map of bits of a text; 0 has no words."""
    lit = bytearray(_SHAPE_BITS)
    for shingle in _shingles(words_of(text)):
        lit[int.from_bytes(blake2b(shingle.encode(), digest_size=4).digest()) % _SHAPE_BITS] = 1
    return int(lit.translate(_AS_DIGITS), 2)


_AS_DIGITS = bytes([48, 49]) + bytes(254)


def to_bytes(shape: int) -> bytes:
    return shape.to_bytes(SHAPE_BYTES)


def from_bytes(kept: bytes | memoryview) -> int:
    return int.from_bytes(kept)


@dataclass(frozen=True)
class Crowd:
    """A letter among the campaign's other letters: how alike the closest is, and how many an office groups with it."""

    closest_percent: int = 0
    grouped: int = 0


class Shapes:
    """The shapes of many letters, each kept once however many are the same: most supporters change nothing.

    From `most` different ones on, only repetitions are taken in, so that memory has an end.
    """

    def __init__(self, shapes: Iterable[int] = (), most: int = 50_000) -> None:
        self._places: dict[int, int] = {}
        self._sizes: list[float] = []
        self._counts: list[int] = []
        self._most = most
        self._seen = 0
        self.add(shapes)

    def __len__(self) -> int:
        """How many letters were seen."""
        return self._seen

    @property
    def different(self) -> int:
        return len(self._places)

    def add(self, shapes: Iterable[int]) -> None:
        for shape in shapes:
            self._seen += 1
            if (place := self._places.get(shape)) is not None:
                self._counts[place] += 1
            elif self.different < self._most:
                self._places[shape] = self.different
                self._sizes.append(_SIZE_BY_LIT_BITS[shape.bit_count()])
                self._counts.append(1)

    def crowd_of(self, shape: int) -> Crowd:
        """Looks at every shape: some hundred nanoseconds each."""
        if not shape:
            return Crowd()
        sizes, size = _SIZE_BY_LIT_BITS, _SIZE_BY_LIT_BITS[shape.bit_count()]
        # Two sets together over their union is one more than what they share over their union.
        closest, grouped, grouped_from = 1.0, 0, 1 + GROUPED_FROM_PERCENT / 100
        for other, other_size, count in zip(self._places, self._sizes, self._counts, strict=True):
            ratio = (size + other_size) / sizes[(shape | other).bit_count()]
            if ratio > closest:
                closest = ratio
            if ratio >= grouped_from:
                grouped += count
        return Crowd(min(round(100 * (closest - 1)), 100), grouped)


class Reading(StrEnum):
    """Where the meter stands."""

    EMPTY = "empty"
    SAME = "same"
    PARTLY = "partly"
    OWN = "own"


@dataclass(frozen=True)
class Meter:
    """What a supporter is told about their letter before it is sent."""

    like_ours_percent: int
    own: OwnWords
    crowd: Crowd

    @cached_property
    def reading(self) -> Reading:
        if not self.own.total:
            return Reading.EMPTY
        if not self.own.is_personal or self._is_copied:
            return Reading.SAME
        is_grouped = self.crowd.grouped or self.like_ours_percent >= GROUPED_FROM_PERCENT
        return Reading.PARTLY if is_grouped else Reading.OWN

    @property
    def _is_copied(self) -> bool:
        further = self.crowd.closest_percent - self.like_ours_percent
        return self.crowd.grouped > 0 and further >= COPIED_FROM_POINTS

    @property
    def words(self) -> str:
        """One sentence for the supporter."""
        count = self.crowd.grouped
        if self.reading == Reading.EMPTY:
            return _("Nothing is written yet.")
        if self.reading == Reading.OWN:
            return _("Your own words: good.")
        if self.reading == Reading.PARTLY:
            return _("You added words of your own: good. The rest is the text that others send too.")
        if not count:
            return _(
                "Mostly our words so far: offices group letters that look the same. Add a sentence of your own."
            )
        return ngettext(
            "Mostly the same as %(count)d other letter: offices group these.",
            "Mostly the same as %(count)d other letters: offices group these.",
            count,
        ) % {"count": count}


def meter_of(letter: str, *, ours: str, others: Shapes) -> Meter:
    """`letter` beside the organisation's text and the campaign's other letters."""
    return Meter(alike_percent(letter, ours), own_words(letter, ours), others.crowd_of(shape_of(letter)))
