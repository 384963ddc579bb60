"""Room for the names of splits within a venue, a brand or a chamber."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cells", "0003_note_every_write")]

    operations = [
        migrations.AlterField("cell", "split", models.CharField(max_length=40)),
    ]
