"""The app's registration with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.navigation import register_count


class DashboardsConfig(AppConfig):
    name = "dashboards"
    verbose_name = _("看板")

    def ready(self) -> None:
        """Show in the menu how much waits for the person, and on record pages what we know."""
        register_count("dashboards:my_work", import_module("dashboards.work").count_waiting)
        import_module("dashboards.dossiers").register_dossiers()
