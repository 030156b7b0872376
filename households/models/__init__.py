"""What is kept about the ground: divisions, grids, coverage, households, residents, contacts."""

from households.models.ground import Area, Coverage, Division
from households.models.household import Contact, Household, Resident

__all__ = ["Area", "Contact", "Coverage", "Division", "Household", "Resident"]
