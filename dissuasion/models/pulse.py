"""A watcher's sign of life: who looks at the clocks, and when they last did."""

from django.db import models


class Pulse(models.Model):
    """One loop of one process. `version` is the id of its code; old rows are deleted when a watcher starts."""

    name = models.CharField(max_length=30)
    process = models.CharField(max_length=120)  # host:number, to find it by
    version = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "process"], name="one_pulse_a_loop")]

    def __str__(self) -> str:
        return f"{self.name} {self.process}"
