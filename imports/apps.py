"""The app's registration with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ImportsConfig(AppConfig):
    name = "imports"
    verbose_name = _("导入")

    def ready(self) -> None:
        from imports import works  # noqa: F401, PLC0415 - registers its work once models are loaded
