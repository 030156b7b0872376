"""A case goes one of three ways, and the database knows them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dissuasion", "0014_contact")]

    operations = [
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(("due_way__in", ["message", "hotline", "visit"])), name="case_way_known"
            ),
        ),
    ]
