"""What the reader is not sure of is told, and a number is never given to another person."""

from imports.cleaning.values import words
from imports.reading.corrections import Corrections
from imports.reading.grid import Grid, Row
from imports.reading.inspect import InspectedTable, inspect_table
from imports.reading.table import Wanted
from imports.reading.tables import find_tables
from imports.reading.vocabulary import PLANS
from tests.imports.samples.awkward import firm, person, phone

NUMBERED = words("企业名称 负责人 电话 联系人")


def inspected(header: tuple[str, ...], *rows: Row, chosen: str = "") -> InspectedTable:
    choices = Corrections(fields={chosen: "phone"}) if chosen else Corrections()
    wanted = Wanted(tuple(PLANS.values()), corrections=choices)
    grid = Grid(name="名册", rows=[list(header), *map(list, rows)])
    [table] = find_tables(grid, wanted)
    return inspect_table(table)


def told(table: InspectedTable) -> list[tuple[int, str, str]]:
    return [(place, p.field, p.message.code) for place, ps in table.problems.items() for p in ps]


def numbered(start: int = 0) -> list[Row]:
    return [[firm(n), person(n), phone(n), person(n + 4)] for n in range(start, start + 3)]


def test_a_number_beside_another_person_is_told_and_left_open() -> None:
    table = inspected(NUMBERED, *numbered())
    assert table.values["contact"] == [person(n + 4) for n in range(3)]
    assert table.values["phone"] == ["", "", ""]
    assert told(table) == [(n, "phone", "number_of_another") for n in range(3)]
    assert phone(1) in table.problems[1][0].message.text()


def test_a_number_that_a_person_chose_is_taken() -> None:
    table = inspected(NUMBERED, *numbered(), chosen="电话")
    assert table.values["phone"] == [phone(n) for n in range(3)]
    assert told(table) == []


def test_the_number_right_of_the_person_is_theirs() -> None:
    rows: list[Row] = [[*row, phone(n + 4)] for n, row in enumerate(numbered())]
    table = inspected((*NUMBERED, "手机"), *rows)
    assert table.values["phone"] == [phone(n + 4) for n in range(3)]
    assert told(table) == []


def test_a_column_told_by_its_content_alone_is_to_be_checked_once() -> None:
    rows: list[Row] = [
        [name, 40 + n, f"{n}01室", person(n)]
        for n, name in enumerate(words("共享会议室 路演中心 企业家书吧"))
    ]
    table = inspected(words("空间名 面积/㎡ 门牌 管家"), *rows)
    assert told(table) == [(0, "manager", "column_guessed")]
    assert "管家" in table.problems[0][0].message.text()


def test_a_name_that_is_no_firm_and_stands_alone_is_doubted() -> None:
    rows: list[Row] = [[firm(n), person(n), phone(n)] for n in range(6)]
    table = inspected(words("企业名称 联系人 电话"), *rows, ["配电房", "", "　"])
    assert told(table) == [(6, "name", "perhaps_no_record")]


def test_a_firm_that_stands_alone_is_a_record() -> None:
    rows: list[Row] = [[firm(n), person(n), phone(n)] for n in range(6)]
    assert told(inspected(words("企业名称 联系人 电话"), *rows, [firm(7), "", ""])) == []


def test_several_people_with_one_number_are_doubted() -> None:
    both = f"{person(1)}、{person(2)} "
    rows: list[Row] = [[firm(n), f"{person(n)} {phone(n)}"] for n in range(4)]
    rows += [[firm(4), both + phone(4)], [firm(5), f"{both}{phone(5)}、{phone(6)}"]]
    table = inspected(words("企业名称 联系人及电话"), *rows)
    assert told(table) == [(4, "phone", "numbers_of_several")]
    assert table.values["phone"][4] == phone(4)
