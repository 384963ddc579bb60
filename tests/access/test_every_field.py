"""Every stored field is accounted for, and none is about a private person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Model

from tests.access.fields import FIELDS, FORBIDDEN_NAMES, FORBIDDEN_WORDS, KINDS


def our_models() -> Iterator[type[Model]]:
    """The models of this project; history tables, which repeat fields, left out."""
    for config in apps.get_app_configs():
        if Path(config.path).is_relative_to(settings.ROOT / config.name.partition(".")[0]):
            yield from (model for model in config.get_models() if not is_history(model))


def is_history(model: type[Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def stored_fields(model: type[Model]) -> list[Any]:
    return [*model._meta.concrete_fields, *model._meta.local_many_to_many]


def registered(label: str) -> list[str]:
    return [name for names in FIELDS[label].values() for name in names.split()]


def personal_words(name: str, label: str) -> set[str]:
    """What in a field's name or label says that it is about a private person."""
    parts = name.casefold().split("_")
    pairs = [f"{one}_{two}" for one, two in pairwise(parts)]
    found = {name.casefold(), *parts, *pairs} & FORBIDDEN_NAMES
    return found | {word for word in FORBIDDEN_WORDS if word in label}


def test_every_model_stands_in_the_register() -> None:
    assert {model._meta.label for model in our_models()} == set(FIELDS)


@pytest.mark.parametrize("model", list(our_models()), ids=lambda model: model._meta.label)
def test_every_field_stands_in_the_register_once(model: type[Model]) -> None:
    listed = Counter(registered(model._meta.label))
    assert listed == Counter(field.name for field in stored_fields(model))


def test_the_register_knows_six_kinds_of_fields() -> None:
    assert {kind for kinds in FIELDS.values() for kind in kinds} == set(KINDS)


@pytest.mark.parametrize("model", list(our_models()), ids=lambda model: model._meta.label)
def test_no_field_is_about_a_private_person(model: type[Model]) -> None:
    personal = {
        field.name: words
        for field in stored_fields(model)
        if (words := personal_words(field.name, str(field.verbose_name)))
    }
    assert personal == {}


def test_history_keeps_no_field_that_the_model_does_not_have() -> None:
    for model in apps.get_models():
        if is_history(model):
            followed: Any = model
            tracked = {field.name for field in followed.pgh_tracked_model._meta.get_fields()}
            kept = {field.name for field in model._meta.concrete_fields}
            assert {name for name in kept - tracked if not name.startswith("pgh_")} == set()


def test_no_secret_is_kept_twice() -> None:
    for model in apps.get_models():
        if is_history(model):
            assert "password" not in {field.name for field in model._meta.concrete_fields}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("ethnicity", "民族"),
        ("contact_gender", ""),
        ("id_number", "证件号码"),
        ("note", "政治面貌"),
        ("home_address", "家庭住址"),
        ("birth", "出生年月"),
    ],
)
def test_a_personal_field_would_be_noticed(name: str, label: str) -> None:
    assert personal_words(name, label)


@pytest.mark.parametrize(("name", "label"), [("village", "村居"), ("staff_count", "职工人数")])
def test_an_ordinary_field_is_left_alone(name: str, label: str) -> None:
    assert not personal_words(name, label)


def form_classes(base: type[Any] = forms.BaseForm) -> Iterator[type[Any]]:
    for form in base.__subclasses__():
        yield form
        yield from form_classes(form)


def test_no_form_asks_about_a_private_person() -> None:
    ours = re.compile(rf"^({'|'.join({label.split('.')[0] for label in FIELDS})})\.")
    asked = {
        (form.__qualname__, name)
        for form in form_classes()
        if ours.match(form.__module__)
        for name, field in getattr(form, "base_fields", {}).items()
        if personal_words(name, str(field.label or ""))
    }
    assert asked == set()


def test_text_is_the_only_way_to_write_freely() -> None:
    """Free documents of a database would escape the register; these few are accounted for."""
    free = {
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in stored_fields(model)
        if isinstance(field, models.JSONField | models.BinaryField)
    }
    assert free == {
        "imports.Batch.understanding", "imports.Batch.counts", "imports.KeptGrid.content",
        "imports.WaitingFile.sealed",
        "imports.Batch.policies", "imports.Row.values", "imports.Row.choice",
        "imports.Row.corrections", "imports.Row.keys",
        "imports.Row.outcome_said", "jobs.Job.said",
        "imports.Row.problems", "imports.Row.changes", "imports.Row.before", "imports.Row.after",
        "summaries.Summary.figures", "summaries.Summary.content", "jobs.Job.payload",
    }  # fmt: skip
