"""Which recorded votes say where a member stands on the measure itself, and not on a step of procedure.

Who votes to table a bill, or for an amendment, has said nothing certain about the bill. Only the words of the question
tell, so what is not plainly passage counts as procedure: better unknown than wrong.
"""

import re

from advocacy.kernel.folding import fold
from legislation.models import RollCall

_PASSES = re.compile(
    r"\b(passage|pass|passed|enact(ed|ment)?|(third|3rd|final) reading|read (a|the) (third|3rd) time"
    r"|troisieme lecture|lue? (une|pour la) troisieme fois|adoption du (projet|principe)|do pass)\b"
)
_PROCEDURE = re.compile(
    r"\b(amendments?|amend|amdt|table|recommit(al)?|postpone[ds]?|reconsider(ation|ed)?|cloture|closure|refer(red)?"
    r"|previous question|discharge|appeal|adjourn(ment)?|instruct|conferees|veto|indefinitely|division|quorum"
    r"|not pass|rules? committee|amendements?|sous amendement|renvoi|report de)\b"
)
# These take nothing back: the vote is on the measure as it then stood.
_HARMLESS = re.compile(r"\b(as|if) amended\b|\btel(le)? qu amendee?\b|suspend the rules and\b")


def is_on_passage(roll_call: RollCall) -> bool:
    """Whether yes is for the measure and no against it."""
    words = re.sub(r"[^a-z0-9]+", " ", fold(roll_call.motion))
    asked = _HARMLESS.sub(" ", words)
    return bool(_PASSES.search(asked)) and not _PROCEDURE.search(asked)
