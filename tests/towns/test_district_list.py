"""A district's list as offices save it."""

from __future__ import annotations

from pathlib import Path

import pytest

from towns.district_list import DistrictListError, read_district_list

LIST = "town_code,town,village_code,village,kind\n310118107,华新镇,310118107201,凤溪村,村委会\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_a_list_is_read_as_excel_saves_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "名单.csv"
    path.write_bytes(LIST.encode(encoding))
    (line,) = read_district_list(path)
    assert (line.town, line.village) == ("华新镇", "凤溪村")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "打不开文件"),
        (b"\xff\xff\xff", "不是 CSV"),
        (b"PK\x03\x04\x00", "第1行须是列名"),
        (LIST.partition("\n")[0].encode() + b"\n", "没有任何村居"),
        (LIST.replace("村委会", "村").encode(), "第2行的类型"),
        (LIST.replace("华新镇", "").encode(), "第2行有空格子"),
    ],
)
def test_what_is_no_list_is_refused_in_a_sentence(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    path = tmp_path / "list.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DistrictListError, match=told):
        read_district_list(path)
