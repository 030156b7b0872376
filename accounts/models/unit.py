"""A police unit (单位): city desk, warning centre, county desk or station, in one tree."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """One unit. `path` holds the codes from the root down, so one prefix finds all that is below a unit."""

    class Kind(models.TextChoices):
        CITY_DESK = "city_desk", _("City desk")
        WARNING_CENTRE = "warning_centre", _("Warning centre")
        COUNTY_DESK = "county_desk", _("County desk")
        STATION = "station", _("Station")

    code = models.CharField(_("code"), max_length=24, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    path = models.CharField(_("path"), max_length=120, unique=True, editable=False)
    phone = models.CharField(_("telephone of the desk"), max_length=20, blank=True)

    class Meta:
        ordering = ["path"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Set the path; a unit never moves to another parent, because its history would move with it."""
        self.set_path()
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def set_path(self) -> None:
        """Set the path from the parent's; bulk writers call it themselves."""
        self.path = f"{self.parent.path if self.parent else '/'}{self.code}/"

    def covers(self, other: "Unit") -> bool:
        """Return whether `other` is this unit or one below it."""
        return other.path.startswith(self.path)
