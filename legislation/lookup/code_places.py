"""Which state or province a code belongs to by how it begins, whether or not a table holds it."""

import re

from advocacy.kernel.postal import Fsa, PostalCode, Zip
from legislation.sources.places import CANADIAN_PARTS, US_PARTS, Place

# The first letter of Canadian postal codes; X is shared.
_OF_LETTER = {
    "A": ["nl"], "B": ["ns"], "C": ["pe"], "E": ["nb"], "G": ["qc"], "H": ["qc"], "J": ["qc"], "K": ["on"],
    "L": ["on"], "M": ["on"], "N": ["on"], "P": ["on"], "R": ["mb"], "S": ["sk"], "T": ["ab"], "V": ["bc"],
    "X": ["nt", "nu"], "Y": ["yt"],
}  # fmt: skip
# The first and the last of three digits, as the Postal Service gave them out. Numbers between were never used.
_OF_DIGITS = """
005-005 ny 006-007 pr 008-008 vi 009-009 pr 010-027 ma 028-029 ri 030-038 nh 039-049 me 050-054 vt 055-055 ma
056-059 vt 060-069 ct 070-089 nj 100-149 ny 150-196 pa 197-199 de 200-200 dc 201-201 va 202-205 dc 206-219 md
220-246 va 247-268 wv 270-289 nc 290-299 sc 300-319 ga 320-339 fl 341-349 fl 350-369 al 370-385 tn 386-397 ms
398-399 ga 400-427 ky 430-459 oh 460-479 in 480-499 mi 500-528 ia 530-549 wi 550-567 mn 569-569 dc 570-577 sd
580-588 nd 590-599 mt 600-629 il 630-658 mo 660-679 ks 680-693 ne 700-714 la 716-729 ar 730-732 ok 733-733 tx
734-749 ok 750-799 tx 800-816 co 820-831 wy 832-838 id 840-847 ut 850-865 az 870-884 nm 885-885 tx 889-898 nv
900-961 ca 967-968 hi 969-969 gu 970-979 or 980-994 wa 995-999 ak
"""
_RANGES = re.findall(r"(\d{3})-(\d{3}) ([a-z]{2})", _OF_DIGITS)


def beginning_of(code: Zip | PostalCode | Fsa) -> str:
    """The part of a code that says its state or province."""
    return code.code[:3] if isinstance(code, Zip) else code.code[0]


def places_of(code: Zip | PostalCode | Fsa) -> list[Place]:
    """The state, province or territories whose codes begin so; none for numbers that were never given out."""
    beginning = beginning_of(code)
    if isinstance(code, Zip):
        return [US_PARTS[state] for first, last, state in _RANGES if first <= beginning <= last]
    return [CANADIAN_PARTS[part] for part in _OF_LETTER.get(beginning, ())]
