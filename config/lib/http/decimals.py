"""A decimal field that takes JSON numbers as machines write them: 0.1 + 0.2 is 0.30000000000000004 there."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from rest_framework import serializers

# Beyond it no digit behind the point is left in a JSON number; the field itself says that it is too large.
LARGEST = 1e15


class RoundingDecimalField(serializers.DecimalField):
    """Rounds a JSON number with a point to the places of the field; a text must fit as it is."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, float) and 0 <= data < LARGEST:
            place = Decimal(1).scaleb(-(self.decimal_places or 0))
            data = str(Decimal(repr(data)).quantize(place, ROUND_HALF_UP))
        return super().to_internal_value(data)
