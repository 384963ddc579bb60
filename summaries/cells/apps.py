"""The registration of the cells with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CellsConfig(AppConfig):
    name = "summaries.cells"
    label = "cells"
    verbose_name = _("预先汇总")
