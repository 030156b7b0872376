"""What several doors share: who asks, and how often."""

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from accounts.models import Person
from config.lib.http.problems import Problem


def person_of(request: Request) -> Person:
    """Return the signed-in person; raise NotAuthenticated where nobody is signed in.

    Raises Problem (another_person) when the header `X-Person` names somebody else: a shared phone may hold the outbox
    of one person and the session of another, and neither records nor claims may change their author.
    """
    person = request.user
    if not isinstance(person, Person):
        raise NotAuthenticated
    said = request.headers.get("X-Person")
    if said is not None and said != str(person.pk):
        text = _("Somebody else is signed in on this phone now. Sign in again to send these.")
        raise Problem("another_person", text, status=403)
    return person


class TooMany(Problem):
    """The caller asked too often; `wait` is the number of seconds after which the counter begins anew."""

    def __init__(self, wait: int) -> None:
        text = _("Too many tries. Wait %(minutes)d min, then try again.") % {"minutes": -(-wait // 60)}
        super().__init__("too_many", text, status=429)
        self.wait = wait
