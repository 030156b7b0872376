"""What several doors share: who asks, and names for the schema."""

from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import Person

PROBLEM = "application/problem+json"


def person_of(request: Request) -> Person:
    """Return the signed-in person; raise NotAuthenticated for a stranger."""
    if not isinstance(request.user, Person):
        raise NotAuthenticated
    return request.user
