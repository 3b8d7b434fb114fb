"""Leaks of stances and of what the record settled that somebody could make tomorrow, each a small patch."""

import pytest

from advocacy.interactions.models.proof import ProofQuerySet
from advocacy.interactions.models.stance import OfficialStanceQuerySet
from tests.access.leak import everything, leak
from tests.access.world import World


@leak("interactions:whip_count", "interactions:stance_note", to=("advocate B", "advocate D"))
def the_whip_count_shows_what_other_chapters_keep(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(OfficialStanceQuerySet, "visible_to", everything)


@leak("interactions:stance_history", "legislation:official_detail", to="advocate B")
def the_history_of_stances_forgets_the_rule(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(OfficialStanceQuerySet, "visible_to", everything)


@leak("interactions:whip_export", to="advocate D")
def the_file_of_the_count_takes_restricted_stances_along(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(OfficialStanceQuerySet, "exportable", everything)


@leak("interactions:proof_decide", to="advocate B")
def whoever_finds_a_proof_may_decide_it(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(ProofQuerySet, "editable_by", everything)


@leak("interactions:proof_decide", to="advocate B", by="POST")
def whoever_reads_the_record_may_open_it_again(patch: pytest.MonkeyPatch, world: World) -> None:
    patch.setattr(ProofQuerySet, "editable_by", everything)
