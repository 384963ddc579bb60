"""The door that gunicorn opens."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ["TONGXIN_WEB_LIMITS"] = "1"

application = get_wsgi_application()

from jobs import watch  # noqa: E402 - models can be imported only once Django is set up

watch.start()
