"""Model fields that derive themselves from another field, on save and on bulk creation alike."""

from __future__ import annotations

from typing import Any

from django.db import models

from core.normalise import name_key
from core.pinyin import spell


class DerivedField(models.CharField[str, str]):
    """Text computed from the field ``source`` whenever the row is saved or bulk-created.

    ``bulk_update`` does not compute it: call ``respell`` first and name the fields.
    """

    def __init__(self, source: str = "name", **kwargs: Any) -> None:
        self.source = source
        super().__init__(**{"max_length": 600, "editable": False, "default": "", **kwargs})

    def derive(self, text: str) -> str:
        """What the source's text becomes."""
        raise NotImplementedError

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = self.derive(getattr(model_instance, self.source))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class NameKeyField(DerivedField):
    """The name as it is compared: NFKC, no spaces, brackets folded."""

    def derive(self, text: str) -> str:
        return name_key(text)


class PinyinField(DerivedField):
    def derive(self, text: str) -> str:
        return spell(text).full


class InitialsField(DerivedField):
    def derive(self, text: str) -> str:
        return spell(text).initials


class SortKeyField(DerivedField):
    def derive(self, text: str) -> str:
        return spell(text).sort_key


def respell(row: models.Model) -> list[str]:
    """Compute the derived fields of a row; returns their names, for ``bulk_update``."""
    derived = [field for field in row._meta.concrete_fields if isinstance(field, DerivedField)]
    for field in derived:
        field.pre_save(row, add=False)
    return [field.name for field in derived]
