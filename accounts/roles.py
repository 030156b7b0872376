"""What each role may do: a pure table, read by the access doors and by matching."""

from enum import StrEnum


class Role(StrEnum):
    OFFICER = "officer"  # 民警
    COMMUNITY_OFFICER = "community_officer"  # 社区民警
    CADRE = "cadre"  # 街道/村干部
    GRID_MEMBER = "grid_member"  # 网格员
    POLICE_ASSISTANT = "police_assistant"  # 警务助理
    HOTLINE_OPERATOR = "hotline_operator"  # 96110 坐席
    STATION_CHIEF = "station_chief"  # 所长
    COUNTY_DESK = "county_desk"  # 县反诈中心
    CITY_DESK = "city_desk"  # 市反诈中心
    ADMIN = "admin"
    AUDITOR = "auditor"  # 督察
    BANK_LIAISON = "bank_liaison"  # 银行联络员


# A high-risk visit needs a police officer (Zhoukou's four-in-one teams); the others may accompany.
MAY_LEAD_HIGH = frozenset({Role.OFFICER, Role.COMMUNITY_OFFICER, Role.STATION_CHIEF})
# Whom the machine may send by itself: a chief goes only when a person decides so.
SENT_BY_MACHINE = frozenset({Role.OFFICER, Role.COMMUNITY_OFFICER, Role.CADRE, Role.GRID_MEMBER, Role.POLICE_ASSISTANT})
MAY_VISIT = SENT_BY_MACHINE | {Role.STATION_CHIEF}
COMMANDS = frozenset({Role.STATION_CHIEF, Role.COUNTY_DESK, Role.CITY_DESK})
# Who calls people from the hotline's queue.
CALLS = frozenset({Role.HOTLINE_OPERATOR})
SEES_FIGURES = COMMANDS | {Role.AUDITOR}


def may_lead(role: str, risk: str) -> bool:
    """Return whether a person of this role may hold a visit of this risk."""
    return role in (MAY_LEAD_HIGH if risk == "high" else MAY_VISIT)
