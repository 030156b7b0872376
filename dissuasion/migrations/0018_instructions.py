"""Whose system a source is, and what a superior's instruction asks for on an alert and its case."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0017_canary")]

    operations = [
        migrations.AddField(
            model_name="alertsource",
            name="kind",
            field=models.CharField(
                choices=[
                    ("police", "police"),
                    ("bank", "bank"),
                    ("carrier", "telephone carrier"),
                    ("commercial", "company"),
                ],
                default="police",
                max_length=12,
                verbose_name="kind",
            ),
        ),
        migrations.AddField(
            model_name="alertsource",
            name="instructs",
            field=models.BooleanField(
                default=False,
                help_text="Its high and medium bind: only a desk lowers them, with a reason.",
                verbose_name="passes on a superior's instructions",
            ),
        ),
        migrations.AddField(
            model_name="alert",
            name="instruction",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="case",
            name="instruction",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddConstraint(
            model_name="alertsource",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("instructs", False),
                    models.Q(("kind__in", ["carrier", "commercial"]), _negated=True),
                    _connector="OR",
                ),
                name="advisers_do_not_instruct",
                violation_error_message="A carrier or a company only advises.",
            ),
        ),
    ]
