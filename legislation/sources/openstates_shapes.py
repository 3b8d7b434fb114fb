"""The shapes of openstates/people: what a person file and a committee file must look like."""

from typing import Annotated

from pydantic import Field

from legislation.sources.shapes import Address, Day, Id, Name, ShortText, Text, UpstreamModel, limited

CommitteeName = Annotated[str, limited(300, least=1)]


class UpstreamParty(UpstreamModel):
    name: ShortText
    start_date: Day = None
    end_date: Day = None


class UpstreamRole(UpstreamModel):
    type: ShortText
    jurisdiction: Id
    district: ShortText | None = None
    start_date: Day = None
    end_date: Day = None
    end_reason: Text | None = None


class UpstreamOffice(UpstreamModel):
    classification: ShortText = "capitol"
    name: ShortText | None = None
    address: Text | None = None
    voice: ShortText | None = None
    fax: ShortText | None = None


class UpstreamLink(UpstreamModel):
    url: Address
    note: Text | None = None


class UpstreamOtherName(UpstreamModel):
    name: Text


class UpstreamOtherIdentifier(UpstreamModel):
    scheme: ShortText
    identifier: Id


class UpstreamExtras(UpstreamModel):
    title: Text | None = None


class UpstreamPerson(UpstreamModel):
    id: str = Field(pattern=r"^ocd-person/[0-9a-f-]{36}$")
    name: Name
    given_name: ShortText | None = None
    family_name: ShortText | None = None
    suffix: ShortText | None = None
    email: Address | None = None
    image: Address | None = None
    birth_date: Day = None
    party: list[UpstreamParty] | None = None
    roles: list[UpstreamRole]
    offices: list[UpstreamOffice] | None = None
    links: list[UpstreamLink] | None = None
    other_names: list[UpstreamOtherName] | None = None
    other_identifiers: list[UpstreamOtherIdentifier] | None = None
    ids: dict[str, str | None] | None = None
    extras: UpstreamExtras | None = None


class UpstreamMember(UpstreamModel):
    name: Text
    role: Text = "member"
    person_id: Id | None = None


class UpstreamCommittee(UpstreamModel):
    id: str = Field(pattern=r"^ocd-organization/[0-9a-f-]{36}$")
    name: CommitteeName
    chamber: ShortText
    classification: ShortText
    parent: Id | None = None
    members: list[UpstreamMember] | None = None
    links: list[UpstreamLink] | None = None
