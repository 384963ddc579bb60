"""The size of a photo is known when it is stored: nothing opens it again in the web process."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0008_offer_kinds"),
    ]

    operations = [
        migrations.AlterField(
            model_name="host",
            name="activity",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="hosts",
                to="activities.activity",
            ),
        ),
        migrations.AlterField(
            model_name="hostevent",
            name="activity",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="activities.activity",
            ),
        ),
        migrations.AlterField(
            model_name="photo",
            name="activity",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="photos",
                to="activities.activity",
            ),
        ),
        migrations.AlterField(
            model_name="photo",
            name="file",
            field=models.FileField(
                editable=False, max_length=200, upload_to="activities/%Y/%m/", verbose_name="照片"
            ),
        ),
        migrations.AlterField(
            model_name="photo",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AlterField(
            model_name="photoevent",
            name="activity",
            field=models.ForeignKey(
                db_constraint=False,
                editable=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="activities.activity",
            ),
        ),
        migrations.AlterField(
            model_name="photoevent",
            name="file",
            field=models.FileField(
                editable=False, max_length=200, upload_to="activities/%Y/%m/", verbose_name="照片"
            ),
        ),
        migrations.AlterField(
            model_name="photoevent",
            name="order",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
    ]
