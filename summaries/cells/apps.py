"""The registration of the cells with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from core.counting import register_counter
from core.kept import register_source


class CellsConfig(AppConfig):
    name = "summaries.cells"
    label = "cells"
    verbose_name = _("预先汇总")

    def ready(self) -> None:
        """Let the list of activities ask cells for its length, and pages be kept by versions."""
        lists = import_module("summaries.cells.lists")
        filters = import_module("activities.filters")
        register_counter(filters.ActivityFilter, lists.count_activities)
        register_source(import_module("summaries.cells.watching").SOURCE)
