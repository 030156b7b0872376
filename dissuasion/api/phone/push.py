"""`/api/v1/push`: the phone's subscription to push messages, and the proof that they arrive."""

import base64
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import phones
from accounts.rate_limit import allow_try
from accounts.sign_in import push_session_id
from config.lib.http.problems import Conflict, NotHere, field_problem
from config.lib.http.schema import refusals
from dissuasion.actions.messages.push import send_test, shown
from dissuasion.api.fields import Id, Words
from dissuasion.api.shared import TooMany, person_of
from dissuasion.transports import push

TESTS_A_MINUTE = 6
# A phone subscribes at every start.
SUBSCRIPTIONS, STRETCH_S = 20, 300
AUTH_BYTES = 16


def key_bytes(text: str) -> bytes:
    """Return the bytes of a base64url text, with padding or without; raise ValueError for anything else."""
    return base64.b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4), validate=True)


class Keys(serializers.Serializer[Any]):
    """The keys with which a message is sealed for this browser alone."""

    p256dh = Words(max_length=120)
    auth = Words(max_length=40)

    def validate_p256dh(self, text: str) -> str:
        try:
            ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), key_bytes(text))
        except ValueError as error:
            raise serializers.ValidationError(_("This is no key of a push subscription."), code="no_key") from error
        return text.rstrip("=")

    def validate_auth(self, text: str) -> str:
        try:
            if len(key_bytes(text)) == AUTH_BYTES:
                return text.rstrip("=")
        except ValueError:
            pass
        raise serializers.ValidationError(_("This is no key of a push subscription."), code="no_key")


class Subscription(serializers.Serializer[Any]):
    """The result of `PushManager.subscribe()` on this phone."""

    device = Words(max_length=64)
    endpoint = Words(max_length=2000)
    keys = Keys()


class Endpoint(serializers.Serializer[Any]):
    """One subscription by its address."""

    endpoint = Words(max_length=2000)


class PushKey(serializers.Serializer[Any]):
    """The key with which a browser subscribes; null where this server sends no push."""

    public_key = serializers.CharField(allow_null=True)


class SubscriptionId(serializers.Serializer[Any]):
    """A subscription that is kept."""

    id = serializers.UUIDField()


class PushView(APIView):
    """Push messages on this phone."""

    @extend_schema(responses=PushKey)
    def get(self, request: Request) -> Response:
        """Return the server's public key (VAPID), base64url."""
        person_of(request)
        return Response({"public_key": settings.VAPID_PUBLIC_KEY or None})

    @extend_schema(request=Subscription, responses={201: SubscriptionId, **refusals(409, 429)})
    def post(self, request: Request) -> Response:
        """Keep a subscription; an older one of this phone is deleted, and so is another person's in this browser."""
        person, now = person_of(request), timezone.now()
        body = Subscription(data=request.data)
        body.is_valid(raise_exception=True)
        if not settings.VAPID_PUBLIC_KEY:
            raise Conflict("push_off", _("This server sends no push messages."))
        said = body.validated_data
        if not push.is_allowed(said["endpoint"]):
            raise field_problem(
                "endpoint", "unknown_push_service", _("This server does not write to that push service.")
            )
        if not allow_try("push-subscribe", person.pk.hex, most=SUBSCRIPTIONS, seconds=STRETCH_S, at=now):
            raise TooMany(STRETCH_S)
        subscription = phones.Subscription(
            device=said["device"], endpoint=said["endpoint"], session=push_session_id(request.session), **said["keys"]
        )
        row = phones.subscribe(person, subscription, at=now)
        return Response({"id": row.pk}, status=201)

    @extend_schema(request=Endpoint, responses={204: None, **refusals(400)})
    def delete(self, request: Request) -> Response:
        """Delete a subscription of the signed-in person."""
        person = person_of(request)
        body = Endpoint(data=request.data)
        body.is_valid(raise_exception=True)
        phones.unsubscribe(person, endpoint=body.validated_data["endpoint"])
        return Response(status=204)


class TestBody(serializers.Serializer[Any]):
    """The id of the phone."""

    device = Words(max_length=64)


class TestSent(serializers.Serializer[Any]):
    """The message's id, and its push service's answer; only the worker's receipt proves that it arrived."""

    id = serializers.UUIDField()
    outcome = serializers.ChoiceField(["sent", "gone", "later"])


class PushTestView(APIView):
    """A test message."""

    @extend_schema(request=TestBody, responses={202: TestSent, **refusals(404, 409, 429)})
    def post(self, request: Request) -> Response:
        """Send a test to a phone of the signed-in person now."""
        person, now = person_of(request), timezone.now()
        body = TestBody(data=request.data)
        body.is_valid(raise_exception=True)
        if not allow_try("push-test", person.pk.hex, most=TESTS_A_MINUTE, seconds=60, at=now):
            raise TooMany(60)
        sent = send_test(person, device=body.validated_data["device"], at=now)
        if sent is None:
            raise NotHere
        message, outcome = sent
        if outcome is push.Outcome.OURS:
            raise Conflict("push_off", _("This server sends no push messages."))
        return Response({"id": message, "outcome": outcome.value}, status=202)


class ReceiptBody(serializers.Serializer[Any]):
    """The message that the worker has shown."""

    id = Id()


class Proven(serializers.Serializer[Any]):
    """Whether the message was one of ours, and its subscription now counts as proven."""

    proven = serializers.BooleanField()


class PushReceiptView(APIView):
    """A receipt from the service worker.

    It may come without a session: a worker may wake when nobody is signed in. Nobody can guess the id of a push
    message, which only its subscription was told; the id of any other message has no effect here.
    """

    authentication_classes = ()
    permission_classes = ()

    @extend_schema(request=ReceiptBody, responses=Proven, auth=[])
    def post(self, request: Request) -> Response:
        """Mark the subscription to which this message went as proven."""
        body = ReceiptBody(data=request.data)
        body.is_valid(raise_exception=True)
        return Response({"proven": shown(body.validated_data["id"], at=timezone.now())})
