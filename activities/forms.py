"""Forms of entering, holding, putting off, cancelling and reviewing activities."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from activities import queries, rules
from activities.entries import (
    BY_NAME,
    Entry,
    Hosting,
    Organisation,
    Sent,
    entry_of,
    parse_tokens,
)
from activities.fields import HostsField, WhereField
from activities.models import Activity, ActivityKind, Host, Photo
from core.forms import PhotosField, PlainForm, Segmented
from core.normalise import clean_text
from core.stale_edits import VERSION
from towns.models import Brand, Town

PARTS = {
    "hosts": Host.Part.HOST,
    "organisers": Host.Part.ORGANISER,
    "co_hosts": Host.Part.CO_HOST,
}
SHOWN_VENUES = 100  # options for somebody without script
KEPT = {"data-draft-keep": ""}  # hidden, yet part of the draft in the browser


class TimeInput(forms.TimeInput):
    """The browser's own clock."""

    input_type = "time"


class BrandChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A brand; its town is named where brands of several are offered."""

    names_town = False

    def label_from_instance(self, obj: Brand) -> str:
        return f"{obj.town.name} · {obj.name}" if self.names_town else obj.name


class EntryForm(PlainForm):
    """An activity, as it fits a phone. It cleans shapes; the rules are the action's.

    Without ``instance`` it begins with ``entry`` (what the last one suggests). ``version`` and
    ``opened`` (the values it began with) travel along, so that a stale edit can be compared.
    """

    entry_token = forms.UUIDField(widget=forms.HiddenInput(KEPT), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput(KEPT), required=False)
    opened = forms.CharField(widget=forms.HiddenInput(KEPT), required=False)

    name = forms.CharField(
        label=_("活动名称"),
        max_length=200,
        required=False,
        widget=forms.TextInput({"enterkeyhint": "next", "autocomplete": "off", "autofocus": True}),
    )
    town = forms.ModelChoiceField(Town.objects.none(), label=_("街镇"), required=False)
    start_on = forms.DateField(label=_("日期"), required=False)
    headcount = forms.IntegerField(
        label=_("人数"), required=False, min_value=0, max_value=2_000_000_000
    )
    where = WhereField(label=_("阵地或地点"))
    mode = forms.ChoiceField(
        label=_("形式"), choices=Activity.Mode.choices, widget=Segmented, required=False
    )
    kind = forms.ModelChoiceField(
        ActivityKind.objects.none(), label=_("类型"), required=False, empty_label=None
    )
    brand = BrandChoice(
        Brand.objects.none(), label=_("品牌"), required=False, empty_label=_("不属于品牌")
    )
    hosts = HostsField(label=_("主办"))
    summary = forms.CharField(
        label=_("主要内容（可不填）"),
        max_length=5000,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )
    photos = PhotosField(most=rules.MOST_PHOTOS)
    dropped_photos = forms.ModelMultipleChoiceField(Photo.objects.none(), required=False)

    organisers = HostsField(label=_("承办"))
    co_hosts = HostsField(label=_("协办"))
    start_at = forms.TimeField(label=_("开始时间"), required=False, widget=TimeInput)
    end_at = forms.TimeField(label=_("结束时间"), required=False, widget=TimeInput)
    end_on = forms.DateField(label=_("结束日期（跨天时填）"), required=False)
    room = forms.CharField(
        label=_("具体位置"),
        max_length=80,
        required=False,
        widget=forms.TextInput({"placeholder": _("如三楼会议室")}),
    )
    donation_yuan = forms.DecimalField(
        label=_("捐赠金额（元）"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    beneficiaries = forms.IntegerField(
        label=_("受益人数"), required=False, min_value=0, max_value=2_000_000_000
    )

    # What is folded away until it is wanted, or holds something.
    folded: ClassVar[Sequence[str | Sequence[str]]] = (
        "organisers",
        "co_hosts",
        ("start_at", "end_at"),
        ("end_on", "room"),
        ("donation_yuan", "beneficiaries"),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        viewer: User,
        today: date,
        instance: Activity | None = None,
        entry: Entry | None = None,
    ) -> None:
        super().__init__(data, files)
        self.viewer, self.today, self.instance = viewer, today, instance
        began = entry or (entry_of(instance) if instance else Entry(start_on=today))
        self.initial = {**_initial(began), VERSION: instance.version if instance else None}
        self._offer_rows(began)
        if not self.is_bound:
            self.initial["entry_token"] = instance.entry_token if instance else uuid4()
            self.initial["opened"] = json.dumps(self.snapshot(), ensure_ascii=False)

    def _offer_rows(self, began: Entry) -> None:
        """Fill every choice with what this person sees, and drop those with nothing to choose."""
        towns = queries.own_towns(self.viewer)
        self._choose("town", towns)
        self._choose("kind", queries.kinds(began.kind.pk if began.kind else None))
        brands = queries.brands(self.viewer, began.brand.pk if began.brand else None, self.today)
        self._choose("brand", brands)
        photos = self.instance.photos.all() if self.instance else Photo.objects.none()
        self._choose("dropped_photos", photos)
        if len(towns) < 2:
            del self.fields["town"]
        if not brands:
            del self.fields["brand"]
        elif len(towns) != 1:
            brand: Any = self.fields["brand"]
            brand.names_town = True
        self._offer_places(began)

    def _offer_places(self, began: Entry) -> None:
        where: Any = self.fields["where"]
        at_first = queries.venues(self.viewer).on(self.today).by_name()[:SHOWN_VENUES]
        where.offer(self.viewer, [str(self["where"].value() or "")], at_first)
        already = (
            [host.organisation for host in entry_of(self.instance).hosts] if self.instance else []
        )
        for name in PARTS:
            field: Any = self.fields[name]
            field.already = already
            field.offer(self.viewer, list(parse_tokens(self[name].value() or ())), ())

    def _choice(self, name: str) -> forms.ModelChoiceField[Any]:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        return field

    def _choose(self, name: str, rows: Any) -> None:
        self._choice(name).queryset = rows

    @property
    def more_in_use(self) -> bool:
        """Whether something of what is folded away has a value or an error."""
        return any(bound.value() or bound.errors for row in self.more for bound in row)

    @property
    def more(self) -> list[list[forms.BoundField]]:
        rows = [[row] if isinstance(row, str) else row for row in self.folded]
        return [[self[name] for name in row] for row in rows]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("name", "room", "summary"):
            cleaned[name] = clean_text(cleaned.get(name) or "", keep_lines=name == "summary")
        return cleaned

    def sent(self, *, submit: bool) -> Sent:
        """All that was sent; the form must be valid."""
        cleaned = self.cleaned_data
        return Sent(
            self.entry(),
            submit=submit,
            photos=cleaned["photos"],
            dropped_photos=frozenset(photo.pk for photo in cleaned["dropped_photos"]),
        )

    def entry(self) -> Entry:
        cleaned = self.cleaned_data
        venue, place = cleaned["where"]
        alike = ("name", "start_on", "start_at", "end_on", "end_at", "headcount", "kind")
        numbers = ("donation_yuan", "beneficiaries", "summary")
        return Entry(
            town=self._town(),
            mode=cleaned["mode"] or Activity.Mode.OFFLINE,
            venue=venue,
            place=" ".join(filter(None, (place, cleaned["room"]))),
            brand=cleaned.get("brand"),
            hosts=tuple(self._hosts()),
            **{name: cleaned[name] for name in (*alike, *numbers)},
        )

    def _town(self) -> Town | None:
        if "town" in self.fields:
            chosen: Town | None = self.cleaned_data["town"]
            return chosen
        return self.instance.town if self.instance else queries.own_towns(self.viewer).first()

    def _hosts(self) -> Iterator[Hosting]:
        for name, part in PARTS.items():
            for organisation in self.cleaned_data[name]:
                yield Hosting(part, organisation)

    def go_on_over(self, activity: Activity) -> None:
        """Stand over the record that what was sent has just become, to be sent again."""
        sent = self.data.copy()  # type: ignore[attr-defined]
        sent[VERSION] = str(activity.version)
        sent["opened"] = json.dumps(self.snapshot(), ensure_ascii=False)
        sent.setlist("dropped_photos", [])
        self.data, self.instance = sent, activity

    def snapshot(self) -> dict[str, Any]:
        """The values of all fields now, the way a browser would send them."""
        return {name: plain(self[name].value()) for name in self.compared}

    @property
    def compared(self) -> list[str]:
        """The fields that two people can disagree about."""
        own = {"entry_token", VERSION, "opened", "photos", "dropped_photos"}
        return [name for name in self.fields if name not in own]


def plain(value: Any) -> str | list[str]:
    """A field's value as sent: text, or texts; nothing is the empty text."""
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return str(value)


def _initial(entry: Entry) -> dict[str, Any]:
    """What the form's fields hold for an entry."""
    where, room = "", entry.place
    if entry.venue:
        where = str(entry.venue.pk)
    elif entry.place:
        where, room = str(Organisation(BY_NAME, name=entry.place)), ""
    values = {
        **entry.columns,
        "where": where,
        "room": room,
        "town": entry.town and entry.town.pk,
        "kind": entry.kind and entry.kind.pk,
        "brand": entry.brand and entry.brand.pk,
    }
    for name, part in PARTS.items():
        values[name] = [str(host.organisation) for host in entry.hosts if host.part == part]
    return values


class HoldForm(PlainForm):
    """One number, and it has been held."""

    headcount = forms.IntegerField(label=_("人数"), min_value=1, max_value=rules.MOST_HEADCOUNT)


class PostponeForm(PlainForm):
    start_on = forms.DateField(label=_("新的日期（未定可不填）"), required=False)
    reason = forms.CharField(label=_("原因（可不填）"), max_length=200, required=False)

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])


class CancelForm(PlainForm):
    reason = forms.CharField(label=_("取消的原因"), max_length=200, required=False)

    def clean_reason(self) -> str:
        return clean_text(self.cleaned_data["reason"])


class PhotosForm(PlainForm):
    photos = PhotosField(most=rules.MOST_PHOTOS, label=_("添加照片"))


COMMON_REASONS = (
    _("人数与主要内容不符，请核对。"),
    _("主办、承办或协办单位不完整，请补充。"),
    _("日期或时间有误，请核对。"),
    _("地点不清楚，请选择阵地或写明地点。"),
    _("与另一场活动重复，请核对后删除其中一场。"),
    _("主要内容过于简单，请补充做法和成效。"),
    _("照片与活动不符，请更换。"),
)


class Chips(forms.CheckboxSelectMultiple):
    """Short choices as pills; any number of them."""

    def __init__(self) -> None:
        super().__init__({"class": "chips"})

    def create_option(self, *args: Any, **options: Any) -> dict[str, Any]:
        """A choice, with the key that ticks it: 1 for the first."""
        option = super().create_option(*args, **options)
        option["attrs"]["data-key"] = str(int(option["index"]) + 1)
        return option


class ReturnForm(PlainForm):
    """Why it goes back: common reasons to tap, and words of one's own."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    common = forms.MultipleChoiceField(
        label=_("退回的原因"),
        choices=list(enumerate(COMMON_REASONS)),
        widget=Chips,
        required=False,
    )
    words = forms.CharField(
        label=_("补充说明"), max_length=200, required=False, widget=forms.Textarea({"rows": 2})
    )

    @property
    def reason(self) -> str:
        """All of it in one text; the form must be valid."""
        chosen = [str(COMMON_REASONS[int(index)]) for index in self.cleaned_data["common"]]
        return "".join([*chosen, clean_text(self.cleaned_data["words"])])


class ConfirmForm(PlainForm):
    """The version that was looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput)
