"""A scene: one kind of contact as it often goes, with words for several tellings."""

from dataclasses import dataclass

from advocacy.interactions.models import (
    AskKind,
    AskResponse,
    FollowUpKind,
    Initiator,
    Kind,
    Level,
    Purpose,
    Stance,
)


@dataclass(frozen=True)
class Scene:
    """Texts may name {name}, {last}, {staffer}, {bill}, {short}, {town} and {chapter}.

    `issue` is the start of an issue's title; a scene without a measure is about that alone. `promise` is
    ours: what, of which kind, after how many days; `their_promise` is looked at again after so many days.
    """

    kind: Kind
    level: Level
    summaries: tuple[str, ...]
    minutes: tuple[int, ...] = (30,)
    issue: str = ""
    about_measure: bool = True
    purpose: Purpose = Purpose.POLICY
    ask: AskKind | None = None
    ask_text: str = ""
    responses: tuple[AskResponse, ...] = ()
    stances: tuple[Stance, ...] = ()
    reason: str = ""
    concerns: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    recommendations: tuple[str, ...] = ()
    allies: tuple[str, ...] = ()
    personal: tuple[str, ...] = ()
    story: str = ""
    materials: str = ""
    partners: str = ""
    place: str = ""
    promise: tuple[str, FollowUpKind, int] | None = None
    their_promise: tuple[str, int] | None = None
    impressions: tuple[str, ...] = ()
    initiated_by: Initiator = Initiator.US
    voicemail: bool = False
    replied: bool = False
    with_committee: bool = False
    agency: str = ""
    weight: int = 2
