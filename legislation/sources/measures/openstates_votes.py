"""Roll calls of Open States: the count as stated, and the names as printed."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from legislation.models.roll_call import VoteOption, VoteResult
from legislation.sources.measures.clocks import local_day
from legislation.sources.measures.openstates_facts import chamber_of, clipped, person_ids, web_address
from legislation.sources.measures.openstates_shapes import UpstreamVote, UpstreamVoteEvent
from legislation.sources.measures.records import PersonHint, RollCallFact, VoteFact
from legislation.sources.shapes import one_line

_OPTIONS = {
    "yes": VoteOption.YES,
    "no": VoteOption.NO,
    "abstain": VoteOption.PRESENT,
    "present": VoteOption.PRESENT,
    "not voting": VoteOption.NOT_VOTING,
    "absent": VoteOption.ABSENT,
    "excused": VoteOption.ABSENT,
    "paired": VoteOption.PAIRED,
}
_RESULTS = {"pass": VoteResult.PASSED, "fail": VoteResult.FAILED}
_LONE_INITIAL = re.compile(r"[A-Z]{1,2}\.?")
# In Congress the scraper notes the member's id, of the House or of the Senate, beside the vote.
_IDS = ((re.compile(r"[A-Z]\d{6}"), "bioguide"), (re.compile(r"S\d{3}"), "lis"))


def roll_call(event: UpstreamVoteEvent, *, external_id: str, jurisdiction: str) -> RollCallFact:
    """Raises ValueError where the date is none."""
    counts = Counter[str]()
    for count in event.counts:
        counts[count.option] += count.value
    extras = event.extras
    return RollCallFact(
        external_id,
        local_day(event.start_date, jurisdiction),
        one_line(event.motion_text),
        chamber=chamber_of(event.organization),
        number=(extras.house or extras.senate) if extras else None,
        result=_RESULTS.get(event.result or "", VoteResult.UNKNOWN),
        yes=counts["yes"] if counts else None,
        no=counts["no"] if counts else None,
        others=counts.total() - counts["yes"] - counts["no"] if counts else None,
        url=next(filter(None, (web_address(source.url) for source in event.sources)), ""),
        votes=None if event.votes is None else tuple(_votes(event.votes, counts.total())),
    )


def split_voters(votes: Sequence[UpstreamVote], stated: int) -> frozenset[int]:
    """The places of lone initials that belong to the name before them: "Brown, G" read as "Brown" and "G".

    Only where the stated count is short by just as many: Ng and Le are names.
    """
    lone = [
        place
        for place in range(1, len(votes))
        if _LONE_INITIAL.fullmatch(votes[place].voter_name)
        and not _LONE_INITIAL.fullmatch(votes[place - 1].voter_name)
        and votes[place].option == votes[place - 1].option
    ]
    return frozenset(lone) if len(votes) - len(lone) == stated else frozenset()


def _votes(votes: Sequence[UpstreamVote], stated: int) -> list[VoteFact]:
    lone = split_voters(votes, stated)
    found = []
    for place, vote in enumerate(votes):
        if place in lone:
            continue
        initial = f", {votes[place + 1].voter_name}" if place + 1 in lone else ""
        found.append(
            _vote(f"{vote.voter_name}{initial}", vote.option, vote.note or "", person_ids(vote.voter))
        )
    return found


@lru_cache(maxsize=20_000)
def _vote(name: str, option: str, note: str, ids: tuple[tuple[str, str], ...]) -> VoteFact:
    """One object for all the votes that a member casts alike: a session has tens of thousands of them."""
    found = next(((scheme, note) for pattern, scheme in _IDS if pattern.fullmatch(note)), None)
    hint = PersonHint(clipped(one_line(name), 200), ((found,) if found else ()) + ids)
    return VoteFact(hint, _OPTIONS.get(option, VoteOption.OTHER))
