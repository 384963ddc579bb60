"""Keep what is said with what fills it, so that it is told in each reader's language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="job",
            name="said",
            field=models.JSONField(default=dict),
        ),
    ]
