"""The app's registration with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SummariesConfig(AppConfig):
    name = "summaries"
    verbose_name = _("小结")

    def ready(self) -> None:
        """Register the work of the app's jobs."""
        import_module("summaries.tasks")
