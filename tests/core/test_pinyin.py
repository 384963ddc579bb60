"""How names of the field are spelled, and that they are found by every spelling."""

from __future__ import annotations

import pytest

from core.fields import respell
from core.pinyin import spell
from tests import factories
from towns.models import Town, Village


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("重固镇", "chongguzhen", "cgz"),
        ("长三角", "changsanjiao", "csj"),
        ("朱家角镇", "zhujiajiaozhen", "zjjz"),
        ("华新镇商会之家", "huaxinzhenshanghuizhijia", "hxzshzj"),
        ("统战委员", "tongzhanweiyuan", "tzwy"),
        ("会长", "huizhang", "hz"),
        ("中国银行", "zhongguoyinhang", "zgyh"),
        ("幸福·新e园", "xingfuxineyuan", "xfxey"),
        ("A公司（上海）", "agongsishanghai", "ags"),
        ("", "", ""),
    ],
)
def test_names_are_spelled_as_they_are_read_here(name: str, full: str, initials: str) -> None:
    spelling = spell(name)

    assert spelling.full == full
    assert spelling.initials.startswith(initials)


def test_names_stand_in_the_order_of_the_dictionary() -> None:
    names = ["夏阳街道", "白鹤镇", "重固镇", "华新镇", "香花桥街道"]

    ordered = sorted(names, key=lambda name: spell(name).sort_key)

    assert ordered == ["白鹤镇", "重固镇", "华新镇", "夏阳街道", "香花桥街道"]


def test_characters_of_four_bytes_do_not_disturb_the_spelling() -> None:
    assert spell("𠮷野家").full.endswith("yejia")
    assert "🎉" not in spell("节日🎉").full


def test_a_name_is_spelled_when_it_is_saved_and_when_many_are_made(own_town: Town) -> None:
    one = factories.village(own_town, "重固村")
    Village.objects.bulk_create([Village(town=own_town, name="朱家角村", kind="village")])

    assert one.pinyin == "chonggucun"
    assert Village.objects.get(name="朱家角村").initials == "zjjc"


def test_a_name_changed_in_bulk_is_spelled_anew_by_respell(own_town: Town) -> None:
    village = factories.village(own_town, "重固村")
    village.name = "朱家角村"

    fields = respell(village)
    Village.objects.bulk_update([village], ["name", *fields])

    assert set(fields) == {"name_key", "pinyin", "initials", "sort_key"}
    assert Village.objects.named_like("zjj").get() == village


@pytest.mark.parametrize("text", ["重固", "固", "chonggu", "CGC", "cgc", " 重固 ", "重　固"])
def test_a_village_is_found_by_every_spelling(own_town: Town, text: str) -> None:
    village = factories.village(own_town, "重固村")
    factories.village(own_town, "叙中村")

    assert list(Village.objects.named_like(text)) == [village]


@pytest.mark.parametrize("text", ["%", "_", "\\", "%%%%"])
def test_signs_of_the_database_are_plain_characters(own_town: Town, text: str) -> None:
    factories.village(own_town, "重固村")

    assert not Village.objects.named_like(text).exists()


def test_nothing_typed_finds_everything(own_town: Town) -> None:
    factories.village(own_town)

    assert Village.objects.named_like("  ").count() == 1
