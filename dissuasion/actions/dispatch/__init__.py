"""Dispatch (派单): who holds a case, who should have it, and how it is given and taken."""
