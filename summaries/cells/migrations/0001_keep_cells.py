"""Numbers counted in advance, and marks of the months whose rows have changed since."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("figure", models.CharField(max_length=40)),
                ("split", models.CharField(max_length=20)),
                ("is_day", models.BooleanField()),
                ("town", models.CharField(max_length=20)),
                ("start_on", models.DateField()),
                ("value", models.CharField(max_length=40)),
                ("number", models.DecimalField(decimal_places=2, max_digits=24)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["figure", "split", "is_day", "town", "start_on", "value"],
                        include=["number"],
                        name="cell_once",
                    )
                ],
                "indexes": [
                    models.Index(
                        fields=["figure", "split", "is_day", "start_on"],
                        include=["town", "value", "number"],
                        condition=models.Q(("town", ""), _negated=True),
                        name="cell_of_every_town",
                    ),
                    models.Index(fields=["start_on"], name="cell_start"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CountedMonth",
            fields=[
                ("month", models.DateField(primary_key=True, serialize=False)),
                ("last_on", models.DateField(null=True)),
                ("version", models.PositiveIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Mark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("month", models.DateField(db_index=True)),
            ],
        ),
    ]
