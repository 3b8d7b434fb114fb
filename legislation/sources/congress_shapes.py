"""The shapes of unitedstates/congress-legislators."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from legislation.sources.shapes import Address, Day, Id, ShortText, Text, UpstreamModel, limited

Bioguide = Annotated[str, limited(7, least=2)]
CommitteeName = Annotated[str, limited(300, least=1)]


class UpstreamIds(UpstreamModel):
    bioguide: Bioguide | None = None
    bioguide_previous: list[Id] | None = None
    thomas: Id | None = None
    lis: Id | None = None
    govtrack: Id | None = None
    opensecrets: Id | None = None
    votesmart: Id | None = None
    icpsr: Id | None = None
    wikidata: Id | None = None
    fec: list[Id] | None = None


class UpstreamName(UpstreamModel):
    first: ShortText
    last: ShortText
    middle: ShortText | None = None
    suffix: Annotated[str, limited(20)] | None = None
    nickname: Annotated[str, limited(60)] | None = None
    official_full: Annotated[str, limited(150)] | None = None


class UpstreamBio(UpstreamModel):
    birthday: Day = None


class UpstreamSpan(UpstreamModel):
    start: date
    party: ShortText


class UpstreamTerm(UpstreamModel):
    type: Literal["rep", "sen", "prez", "viceprez"]
    start: date
    end: date
    state: Annotated[str, limited(2)] = ""
    district: int | None = Field(default=None, ge=-1, le=99)
    party: ShortText | None = None
    party_affiliations: list[UpstreamSpan] | None = None
    url: Address | None = None
    address: Text | None = None
    phone: ShortText | None = None
    fax: ShortText | None = None
    contact_form: Address | None = None


class UpstreamLeadership(UpstreamModel):
    title: Annotated[str, limited(120)]
    end: Day = None


class UpstreamLegislator(UpstreamModel):
    id: UpstreamIds
    name: UpstreamName
    bio: UpstreamBio | None = None
    terms: list[UpstreamTerm] = Field(min_length=1)
    leadership_roles: list[UpstreamLeadership] | None = None


class UpstreamOffice(UpstreamModel):
    id: Id
    address: Text | None = None
    suite: ShortText | None = None
    building: Text | None = None
    city: ShortText | None = None
    state: ShortText | None = None
    zip: ShortText | None = None
    phone: ShortText | None = None
    fax: ShortText | None = None
    hours: Annotated[str, limited(300)] | None = None


class UpstreamOffices(UpstreamModel):
    id: UpstreamIds
    offices: list[UpstreamOffice]


class UpstreamSocialHandles(UpstreamModel):
    twitter: ShortText | None = None
    facebook: ShortText | None = None
    instagram: ShortText | None = None
    youtube: ShortText | None = None
    mastodon: ShortText | None = None


class UpstreamSocial(UpstreamModel):
    id: UpstreamIds
    social: UpstreamSocialHandles


class UpstreamSubcommittee(UpstreamModel):
    name: CommitteeName
    thomas_id: Id


class UpstreamCommittee(UpstreamModel):
    type: Literal["house", "senate", "joint"]
    name: CommitteeName
    thomas_id: Id
    url: Address | None = None
    subcommittees: list[UpstreamSubcommittee] | None = None


class UpstreamMember(UpstreamModel):
    name: Text
    bioguide: Id | None = None
    party: Literal["majority", "minority"] | None = None
    rank: int | None = Field(default=None, ge=0, le=30_000)
    title: Annotated[str, limited(120)] | None = None
