from members.models.chapter import Chapter, ChapterTerritory, JurisdictionTeam
from members.models.invitation import Invitation, TermsAcceptance
from members.models.role import Role, RoleAssignment
from members.models.society import Region, Society

__all__ = [
    "Chapter",
    "ChapterTerritory",
    "Invitation",
    "JurisdictionTeam",
    "Region",
    "Role",
    "RoleAssignment",
    "Society",
    "TermsAcceptance",
]
