"""The app's registration with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core import definitions


class SummariesConfig(AppConfig):
    name = "summaries"
    verbose_name = _("小结")

    def ready(self) -> None:
        """Register the work of the app's jobs, and where settings of definitions are kept."""
        import_module("summaries.tasks")
        definitions.read_by(import_module("summaries.queries").definitions_in_force)
