"""Divisions and grids, who covers that ground, households and the people in them."""
