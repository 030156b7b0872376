"""The resident whom an alert or a desk names: numbers are normalised, points must be on the ground served here."""

from collections.abc import Callable
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from rest_framework import serializers

from config.lib import identity
from dissuasion.api.fields import Pattern, Words
from households.ground import point_fault

REASONS = {
    "phone_format": lazy("This is not a telephone number of the mainland."),
    "id_format": lazy("An ID number has 17 digits and a digit or X."),
    "id_date": lazy("The date of birth in the ID number does not exist."),
    "id_checksum": lazy("The last character of the ID number does not fit the others."),
    "coordinates_swapped": lazy("Latitude and longitude are swapped."),
    "outside_ground": lazy("This place is outside the ground that is served here."),
}


class ResidentBody(serializers.Serializer[Any]):
    """The resident: at least one of phone, ID number and address is needed."""

    phone = Words(max_length=40, required=False, allow_blank=True, allow_null=True)
    id_number = Words(max_length=40, required=False, allow_blank=True, allow_null=True)
    address = Words(max_length=300, required=False, allow_blank=True, allow_null=True)
    name = Words(max_length=40, required=False, allow_blank=True, allow_null=True)
    division_code: serializers.RegexField = Pattern(
        r"^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$", required=False, allow_blank=True,
        error_messages={"invalid": lazy("A division code has 4, 6, 9 or 12 digits.")},
    )  # fmt: skip
    lat = serializers.FloatField(required=False, allow_null=True, min_value=-180, max_value=180)
    lon = serializers.FloatField(required=False, allow_null=True, min_value=-180, max_value=180)

    def validate_phone(self, value: str | None) -> str:
        return _checked(identity.parse_phone, value) if value else ""

    def validate_id_number(self, value: str | None) -> str:
        return _checked(identity.parse_id_number, value) if value else ""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not any(attrs.get(name) for name in ("phone", "id_number", "address")):
            raise serializers.ValidationError(_("Give a phone, an ID number or an address."), code="nobody_named")
        lat, lon = attrs.get("lat"), attrs.get("lon")
        if (lat is None) != (lon is None):
            raise serializers.ValidationError({"lon" if lon is None else "lat": _("A point has both lat and lon.")})
        if lat is not None and lon is not None:
            # There is no place beyond a pole, although the distance formula accepts one.
            beyond = "outside_ground" if abs(lat) > 90 else ""
            fault = point_fault(lat, lon, self.context.get("centres", [])) or beyond
            if fault:
                raise serializers.ValidationError({"lat": serializers.ErrorDetail(str(REASONS[fault]), code=fault)})
        return attrs


class ToldResidentBody(ResidentBody):
    """The resident whom a source names: a number that can't be read is left out while another identifier is good.

    The value holds `faults`: the code of each fault, by field.
    """

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        self.faults: dict[str, serializers.ErrorDetail] = {}
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError as refused:
            # Refused for something else: the refusal names these faults as well.
            raise serializers.ValidationError({**self.faults, **cast("dict[str, Any]", refused.detail)}) from refused

    def validate_phone(self, value: str | None) -> str:
        return self._read_or_noted("phone", identity.parse_phone, value)

    def validate_id_number(self, value: str | None) -> str:
        return self._read_or_noted("id_number", identity.parse_id_number, value)

    def _read_or_noted(self, field: str, parse: Callable[[str], str], value: str | None) -> str:
        try:
            return parse(value) if value else ""
        except identity.BadNumber as bad:
            self.faults[field] = serializers.ErrorDetail(str(REASONS[bad.code]), code=bad.code)
            return ""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if self.faults and not any(attrs.get(name) for name in ("phone", "id_number", "address")):
            raise serializers.ValidationError(self.faults)
        return super().validate(attrs) | {"faults": {name: fault.code for name, fault in self.faults.items()}}


def _checked(check: Any, value: str) -> str:
    try:
        return str(check(value))
    except identity.BadNumber as bad:
        raise serializers.ValidationError(str(REASONS[bad.code]), code=bad.code) from bad
