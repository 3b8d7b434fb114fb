"""What the public page says: the version that was approved, word for word, and whether somebody may take part now."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import NamedTuple

from advocacy.accounts.models import Language
from campaigns.content import Content
from campaigns.models import Campaign, CampaignKind, Status, TargetGroup
from legislation.models.public_record import in_language

_OVER = (Status.CLOSED, Status.EVALUATED)


class Phase(Enum):
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class Standing(NamedTuple):
    """Where a campaign stands: all that decides which page is shown, for one short query."""

    campaign_id: int
    revision_id: int
    status: str
    status_at: datetime
    closes_at: datetime | None

    def phase(self, now: datetime) -> Phase:
        """Launched once, it is open while it is live and its window lasts; closed; or, whatever else, paused."""
        if self.status == Status.LIVE and (self.closes_at is None or now < self.closes_at):
            return Phase.OPEN
        return Phase.CLOSED if self.status in (Status.LIVE, *_OVER) else Phase.PAUSED


def standing_of(slug: str) -> Standing | None:
    """None for a campaign that was never launched."""
    known = Campaign.objects.public().filter(slug=slug, revision__isnull=False)
    row = known.values_list("pk", "revision_id", "status", "status_at", "closes_at").first()
    return Standing(*row) if row else None


class Text(NamedTuple):
    """The organisation's text for one group of offices."""

    subject: str
    body: str
    prompt: str
    language: str


@dataclass(frozen=True)
class Shown:
    """A campaign as strangers see it, in one language. What is being reworked is not shown: `content` is approved."""

    campaign: Campaign
    content: Content
    language: str
    phase: Phase

    @property
    def is_open(self) -> bool:
        return self.phase is Phase.OPEN

    @property
    def name(self) -> str:
        return self._said("name")

    @property
    def ask(self) -> str:
        return self.ask_in(self.language)

    def ask_in(self, language: str) -> str:
        return in_language(language, self.content["ask"], self.content["ask_fr"])

    @property
    def summary(self) -> str:
        return self._said("summary")

    @property
    def outcome(self) -> str:
        return self.campaign.outcome_in(self.language)

    @property
    def kind(self) -> CampaignKind:
        return CampaignKind(self.content["kind"])

    @property
    def is_call(self) -> bool:
        return self.kind == CampaignKind.CALL

    @property
    def is_petition(self) -> bool:
        return self.kind == CampaignKind.PETITION

    @property
    def needs_own_words(self) -> bool:
        """Nobody writes a paragraph to say it by phone, or under a petition."""
        return bool(self.content["needs_own_words"]) and not (self.is_call or self.is_petition)

    @property
    def word_limit(self) -> int | None:
        limit: int | None = self.content["word_limit"]
        return limit

    @property
    def handover_url(self) -> str:
        return str(self.content["handover_url"])

    @property
    def measure_ids(self) -> list[int]:
        return [one["id"] for one in self.content["measures"]]

    def text_for(self, group: str) -> Text:
        """In the language of the page where it is written in it, else in the other one."""
        known = self.content["messages"]
        languages = dict.fromkeys([self.language, *Language.values])
        for language in languages:
            for one in (group, TargetGroup.EVERYONE):
                if found := known.get(f"{one}.{language}"):
                    return Text(found["subject"], found["body"], found["prompt"], language)
        raise LookupError(group)

    def _said(self, name: str) -> str:
        return in_language(self.language, self.content[name], self.content[f"{name}_fr"])


def shown(standing: Standing, language: str, now: datetime) -> Shown:
    """Raises Campaign.DoesNotExist where it was deleted meanwhile."""
    rows = Campaign.objects.public().select_related("revision", "chapter__society", "next_campaign__revision")
    campaign = rows.get(pk=standing.campaign_id)
    content = campaign.revision.content if campaign.revision else {}
    return Shown(campaign, content, language, standing.phase(now))
