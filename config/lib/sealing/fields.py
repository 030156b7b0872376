"""Model fields that keep personal data sealed at rest and open it only when it is read.

The database can't sort, add or search them: what must be searched has a blind index or a rough cell beside it.
"""

import json
from typing import Any

from django import forms
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from config.lib.geo import rough_cell
from config.lib.sealing.keys import seal, unseal
from config.lib.words.names import one_line


class Sealed:
    """A sealed value as it is in the database: opened when the attribute is first read."""

    __slots__ = ("blob",)

    def __init__(self, blob: bytes) -> None:
        self.blob = blob

    def __repr__(self) -> str:
        return "<sealed>"


class SealedAttribute(DeferredAttribute):
    """Opens the value with its own row's identity, which only the instance knows."""

    field: "SealedTextField"

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        super().__get__(instance, cls)
        value = instance.__dict__[self.field.attname]
        if isinstance(value, Sealed):
            value = self.field.parse(unseal(value.blob, place=self.field.place(instance)))
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        # Its presence makes every read come through __get__ instead of the instance's dictionary.
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):
    """Text, sealed with AES-GCM for this table, column and row. Not searchable: keep a blind index beside it.

    `one_line`: it shares a line with other text, and is kept without what would turn or break that line.
    The primary key must exist before the first save (a UUID made in Python): it is part of the seal.
    """

    descriptor_class = SealedAttribute
    # For the type checker: what is set and read is text, although the column is binary.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def __init__(self, *args: Any, one_line: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("editable", True)
        self.one_line = one_line
        super().__init__(*args, **kwargs)

    def place(self, instance: models.Model) -> str:
        """Return what the value is bound to: table, column and row."""
        return f"{instance._meta.db_table}:{self.column}:{instance.pk}"

    def parse(self, text: str) -> Any:
        """Return the Python value of an opened text."""
        return text

    def format(self, value: Any) -> str:
        """Return the text to seal for a Python value."""
        return one_line(str(value)) if self.one_line else str(value)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(bytes(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        if self.attname not in model_instance.__dict__:
            getattr(model_instance, self.attname)  # deferred until now, and named in update_fields
        value = model_instance.__dict__[self.attname]
        if value is None:
            return None
        if isinstance(value, Sealed):
            return value.blob
        return seal(self.format(value), place=self.place(model_instance))

    def get_prep_value(self, value: Any) -> Any:
        if value is not None and not isinstance(value, bytes | memoryview):
            raise self._refusal()
        return super().get_prep_value(value)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise self._refusal()
        return super().get_lookup(lookup_name)

    def _refusal(self) -> FieldError:
        return FieldError(f"{self.name} is sealed: save it through its row, find it by its blind index.")

    def to_python(self, value: Any) -> Any:
        return value

    def get_default(self) -> Any:
        return None if self.null else self.empty()

    def empty(self) -> Any:
        """Return the value of a field that was never given."""
        return ""

    def formfield(self, **kwargs: Any) -> Any:
        return forms.CharField(
            required=not self.blank, label=self.verbose_name, help_text=self.help_text, max_length=500
        )

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.name} is sealed and leaves the database only through the product's doors.")


class SealedJSONField(SealedTextField):
    """A JSON value, sealed as a whole."""

    def parse(self, text: str) -> Any:
        return json.loads(text)

    def format(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def empty(self) -> Any:
        return {}

    def formfield(self, **kwargs: Any) -> None:
        return None


class SealedListField(SealedJSONField):
    """A list of JSON values, sealed as a whole."""

    def empty(self) -> Any:
        return []


class SealedNumber(SealedTextField):
    """What the sealed numbers share: None where nothing is known."""

    form_class: type[forms.Field]

    def empty(self) -> Any:
        return None

    def formfield(self, **kwargs: Any) -> Any:
        return self.form_class(required=not self.blank, label=self.verbose_name, help_text=self.help_text)


class SealedIntegerField(SealedNumber):
    """A whole number, sealed: no order, no ranges and no sums in the database."""

    form_class = forms.IntegerField

    def parse(self, text: str) -> int:
        return int(text)


class SealedFloatField(SealedNumber):
    """A number, sealed: no order, no ranges and no sums in the database."""

    form_class = forms.FloatField

    def parse(self, text: str) -> float:
        return float(text)

    def format(self, value: Any) -> str:
        return repr(float(value))


class SealedBooleanField(SealedTextField):
    """Yes or no, sealed; both have the same length."""

    def parse(self, text: str) -> bool:
        return text == "1"

    def format(self, value: Any) -> str:
        return "1" if value else "0"

    def empty(self) -> Any:
        return False

    def formfield(self, **kwargs: Any) -> Any:
        return forms.BooleanField(required=False, label=self.verbose_name, help_text=self.help_text)


class RoughCellField(models.CharField):
    """The rough cell of the row's sealed `lat` and `lon`, not sealed, saved with them; empty without a point."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        told: dict[str, Any] = {"max_length": 20, "blank": True, "editable": False, "default": "", "db_default": ""}
        super().__init__(*args, **told | kwargs)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        held = model_instance.__dict__
        if isinstance(held.get("lat"), Sealed) and isinstance(held.get("lon"), Sealed) and self.attname in held:
            return str(held[self.attname])  # as they were read: nobody has moved the point
        lat, lon = (getattr(model_instance, name) for name in ("lat", "lon"))
        held[self.attname] = "" if lat is None or lon is None else rough_cell(lat, lon)
        return str(held[self.attname])
