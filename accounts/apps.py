"""The app's registration with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.saved_views import register_saved_views


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("用户")

    def ready(self) -> None:
        """Check the settings of sign-in, and have pages offer the views that people saved."""
        import_module("accounts.checks")
        register_saved_views(import_module("accounts.saved_views").offered)
