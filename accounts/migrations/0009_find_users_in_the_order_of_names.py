"""Find the users of a page of their list without sorting all of them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_tell_who_wrote_each_row"),
        ("towns", "0004_tell_who_wrote_each_row"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="user",
            index=models.Index(fields=["sort_key", "id"], name="user_sort"),
        ),
    ]
