"""Chooses the format of an answer: JSON, whatever the caller accepts."""

from typing import Any

from rest_framework.exceptions import NotAcceptable
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request


class JSONNegotiation(DefaultContentNegotiation):
    """Answers in JSON although a caller accepts only something else.

    HTTP allows that (RFC 9110, 12.5.1), and an alert must not be lost for a header: a sender that accepted only
    `application/problem+json` got 406, and its alert was not kept.
    """

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        """Return the renderer that the caller asks for, or else the first one."""
        try:
            return super().select_renderer(request, renderers, format_suffix)
        except NotAcceptable:
            return renderers[0], str(renderers[0].media_type)

    def filter_renderers(self, renderers: Any, format: str) -> Any:
        """Return the renderers of `?format=`; all of them where there is none of that name."""
        return [renderer for renderer in renderers if renderer.format == format] or renderers
