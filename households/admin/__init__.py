"""The admin's pages of ground, households and residents; dissuasion/admin registers them, for they stand on phones."""

from households.admin.ground import AreaPage, CoveragePage, CoverageRows, DivisionPage
from households.admin.homes import ContactPage, HouseholdPage, ResidentPage
from households.admin.numbers import index_of_id, index_of_phone

__all__ = [
    "AreaPage", "ContactPage", "CoveragePage", "CoverageRows", "DivisionPage", "HouseholdPage", "ResidentPage",
    "index_of_id", "index_of_phone",
]  # fmt: skip
