"""Keep what is said with what fills it, so that it is told in each reader's language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0010_tell_who_wrote_each_row"),
    ]

    operations = [
        migrations.AddField(
            model_name="row",
            name="outcome_said",
            field=models.JSONField(default=dict),
        ),
    ]
