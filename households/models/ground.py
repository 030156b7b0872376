"""The ground: official divisions, grids inside them, and who is responsible for which piece."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Person, Unit


class Division(models.Model):
    """An administrative division (区划) by its official code: 4, 6, 9 or 12 digits, each a prefix of the next."""

    class Level(models.TextChoices):
        CITY = "city", _("city")
        COUNTY = "county", _("county")
        TOWNSHIP = "township", _("township")
        VILLAGE = "village", _("village")

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="divisions", verbose_name=_("unit"),
        help_text=_("City: its desk. County: its desk. Township: its station. Villages take their township's."),
    )  # fmt: skip
    lat = models.FloatField(_("latitude (WGS-84)"), null=True, blank=True)
    lon = models.FloatField(_("longitude (WGS-84)"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("division")
        verbose_name_plural = _("divisions")

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A grid (网格) inside a village or township: a villagers' group or a building, with somebody responsible."""

    class Kind(models.TextChoices):
        GROUP = "group", _("group")
        BUILDING = "building", _("building")

    division = models.ForeignKey(Division, models.PROTECT, related_name="areas", verbose_name=_("division"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=60)

    class Meta:
        ordering = ["division_id", "name"]
        verbose_name = _("grid")
        verbose_name_plural = _("grids")
        constraints = [models.UniqueConstraint(fields=["division", "name"], name="area_name_in_division")]

    def __str__(self) -> str:
        return f"{self.division} {self.name}"


class Coverage(models.Model):
    """Who is responsible for which ground: a village, a grid or one household (包村、包组、包楼、包户)."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="coverage", verbose_name=_("person"))
    division = models.ForeignKey(
        Division, models.CASCADE, null=True, blank=True, related_name="coverage", verbose_name=_("division")
    )
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, related_name="coverage", verbose_name=_("grid")
    )
    household = models.ForeignKey(
        "households.Household", models.CASCADE, null=True, blank=True, related_name="coverage",
        verbose_name=_("household"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("coverage")
        verbose_name_plural = _("coverage")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(division__isnull=False, area__isnull=True, household__isnull=True)
                | models.Q(division__isnull=True, area__isnull=False, household__isnull=True)
                | models.Q(division__isnull=True, area__isnull=True, household__isnull=False),
                name="coverage_of_one_thing",
            ),
            models.UniqueConstraint(fields=["person", "division"], name="coverage_division_once"),
            models.UniqueConstraint(fields=["person", "area"], name="coverage_area_once"),
            models.UniqueConstraint(fields=["person", "household"], name="coverage_household_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.division_id or self.area_id or self.household_id}"
