"""Sentences of Django's own that our catalogue says better: collected here, they win over the library's translation."""

from django.utils.translation import gettext_noop

OURS = (
    gettext_noop("Null characters are not allowed."),
    gettext_noop("This field is required."),
    gettext_noop("This field may not be blank."),
)
