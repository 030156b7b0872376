"""Why the server closes a socket, in codes that the phone understands."""

SIGNED_OUT = 4401
RIGHT_REMOVED = 4403
REPLACED = 4409  # by a newer socket of the same session
REFETCH = 4410  # what the phone holds is of another history
OVERLOAD = 1013
