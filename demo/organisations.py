"""Builds the demo district's towns, posts, chambers, members, honours, venues and brands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, repeat
from pathlib import Path

from chambers.models import Chamber, Enterprise, Honour, Membership, Milestone, Position, Term
from demo import article
from demo.invented import TRADES, EnterpriseFact, Inventor
from towns.district_list import load_district, read_district_list
from towns.models import Brand, BrandField, Post, Town, Village
from venues.models import Neighbour, Venue, Zone

LIST = Path(__file__).parent / "data" / "villages_2023_06_30.csv"
LISTED_ON = date(2023, 6, 30)
NEW_UNITS_OPENED_ON = date(2023, 9, 1)
# A town's chamber: how many of its members stand at each step of the ladder.
USUAL_COUNCIL = {"president": 1, "vice_president": 4, "councillor": 9}
# When members joined: before the article's day, so long ago that they left again, and after it.
EARLIER = (date(2017, 7, 1), date(2024, 4, 30))
LONG_AGO = (date(2018, 1, 1), date(2020, 6, 30))
LATER = (date(2024, 6, 15), date(2024, 12, 31))
OFFICES = (Position.CHIEF_SUPERVISOR, Position.SUPERVISOR, Position.SECRETARY_GENERAL)


def build() -> None:
    """Write them all; the caller opens the transaction."""
    load_district(lines=read_district_list(LIST), by=None, listed_on=LISTED_ON)
    towns = {town.code: town for town in Town.objects.all()}
    _open_new_units(towns[article.ZHAOXIANG])
    _open_parks(towns.values())
    _fill_posts(towns)
    for town in towns.values():
        _chamber_of(town)
    _chamber_elsewhere()
    _district_chamber()
    _venues(towns)
    _brands(towns)


def _open_new_units(town: Town) -> None:
    """The list has 30 units of 赵巷镇, the article 40: ten opened after the list's day."""
    there = Village.objects.filter(town=town).count()
    Village.objects.bulk_create(
        Village(
            town=town,
            code=f"{town.code}9{number:02d}",
            name=f"示例{number}社区居委会",
            kind=Village.Kind.NEIGHBOURHOOD,
            opened_on=NEW_UNITS_OPENED_ON,
        )
        for number in range(1, article.ZHAOXIANG_VILLAGES - there + 1)
    )


def _open_parks(towns: Iterable[Town]) -> None:
    """Parks and state firms have a committee member or an officer, and are no 村居."""
    Village.objects.bulk_create(
        Village(town=town, name=f"{town.name}示例{word}", kind=kind)
        for town in towns
        for word, kind in (("园区", Village.Kind.PARK), ("国企", Village.Kind.STATE_FIRM))
    )


def _fill_posts(towns: dict[str, Town]) -> None:
    inventor = Inventor("posts")
    Post.objects.bulk_create(
        chain.from_iterable(_posts_of(town, inventor) for town in towns.values())
    )


def _posts_of(town: Town, inventor: Inventor) -> Iterator[Post]:
    """Officer and liaison in every unit of 赵巷镇; in the other towns a few are vacant."""
    since = date(2022, 3, 1)
    member = Post.Kind.COMMITTEE_MEMBER
    yield Post(town=town, kind=member, holder=inventor.contact(), from_on=since, is_full_time=True)
    vacancies = set() if town.code == article.ZHAOXIANG else {7, 19}
    for index, village in enumerate(town.villages.order_by("code", "pk")):
        kinds = [Post.Kind.OFFICER, Post.Kind.LIAISON]
        if village.kind in {Village.Kind.PARK, Village.Kind.STATE_FIRM}:
            kinds = [Post.Kind.COMMITTEE_MEMBER]
        elif index in vacancies:
            kinds = [Post.Kind.LIAISON]
        for kind in kinds:
            yield Post(
                town=town,
                village=village,
                kind=kind,
                holder=inventor.contact(),
                work_phone=inventor.phone(),
                is_full_time=kind == Post.Kind.OFFICER,
                from_on=max(since, village.opened_on or since),
            )


def _chamber_of(town: Town) -> None:
    is_huaxin = town.code == article.HUAXIN
    chamber = Chamber.objects.create(
        town=town,
        name=article.HUAXIN_CHAMBER if is_huaxin else f"{town.name}商会",
        founded_on=date(2005, 6, 18) if is_huaxin else date(2008, 3, 1),
        introduction=_introduction(town.code),
    )
    _terms(chamber)
    inventor = Inventor(town.code)
    if is_huaxin:
        _huaxin_members(chamber, inventor)
        _huaxin_history(chamber)
    else:
        _usual_members(chamber, inventor)
        _usual_honours(chamber)


def _introduction(code: str) -> str:
    if code == article.HUAXIN:
        return (
            "会员企业154家，其中理事以上34家。会员按快递物流、高端制造、高新科技、建筑、农产品、"
            "园区招商平台等行业形成“千百十”格局。以商引商：会员推荐投资者，"
            "商会讲解人才落户、购房补贴、人才服务等政策。（数字为2024年5月27日报道口径）"
        )
    if code == article.XUJING:
        return (
            "吸收“千万级”企业入会；与异地商会交流；联采项目联合跨境电商和物流企业（“丝路电商”）。"
        )
    return "示例商会。"


def _terms(chamber: Chamber) -> None:
    # Terms of five years; the chambers changed their councils in different years.
    town = _town_of(chamber)
    year = 2022 if town.code == article.HUAXIN else 2021 + town.order % 4
    Term.objects.bulk_create(
        Term(
            chamber=chamber,
            number=number,
            from_on=date(start, 4, 1),
            to_on=date(start + 5, 3, 31),
        )
        for number, start in ((3, year - 5), (4, year))
    )


def _huaxin_members(chamber: Chamber, inventor: Inventor) -> None:
    """154 members on the article's day, 34 of them 理事以上; some left, some joined later."""
    council = [
        position
        for position, count in article.HUAXIN_COUNCIL.items()
        for position in repeat(position, count)
    ]
    positions = [*council, *OFFICES]
    positions += [Position.MEMBER] * (article.HUAXIN_MEMBERS - len(positions))
    tags = article.HUAXIN_INDUSTRIES
    _enrol(chamber, inventor, positions, tags, joined=EARLIER)
    gone = [Position.MEMBER] * 5
    _enrol(chamber, inventor, gone, tags, joined=LONG_AGO, left_after_days=400)
    _enrol(chamber, inventor, [Position.MEMBER] * 12, tags, joined=LATER)


def _usual_members(chamber: Chamber, inventor: Inventor) -> None:
    council = [
        position
        for position, count in USUAL_COUNCIL.items()
        for position in repeat(position, count)
    ]
    members = [Position.MEMBER] * inventor.random.randint(26, 88)
    tags = tuple(TRADES)
    _enrol(chamber, inventor, [*council, *members], tags, joined=EARLIER)
    _enrol(chamber, inventor, [Position.MEMBER] * 4, tags, joined=LATER)


def _enrol(
    chamber: Chamber,
    inventor: Inventor,
    positions: Sequence[str],
    tags: tuple[str, ...],
    *,
    joined: tuple[date, date],
    left_after_days: int = 0,
) -> None:
    """Invent an enterprise for each position; it joined between the two days of ``joined``."""
    town = _town_of(chamber)
    facts = [
        inventor.enterprise(town.name, tags[index % len(tags)])
        for index, _position in enumerate(positions)
    ]
    enterprises = Enterprise.objects.bulk_create(_enterprise(town, fact) for fact in facts)
    first, last = joined
    days = [
        first + timedelta(days=inventor.random.randint(0, (last - first).days))
        for _position in positions
    ]
    Membership.objects.bulk_create(
        Membership(
            chamber=chamber,
            enterprise=enterprise,
            position=position,
            joined_on=day,
            left_on=day + timedelta(days=left_after_days) if left_after_days else None,
        )
        for position, enterprise, day in zip(positions, enterprises, days, strict=True)
    )


def _town_of(chamber: Chamber) -> Town:
    """The town of a town's chamber."""
    if chamber.town is None:
        raise ValueError(f"{chamber} has no town")
    return chamber.town


def _enterprise(town: Town, fact: EnterpriseFact) -> Enterprise:
    taxed = town.code == article.XUJING and fact.capital_wan >= 1000
    return Enterprise(
        town=town,
        name=fact.name,
        credit_code=fact.credit_code,
        industry=fact.industry,
        industry_tag=fact.tag,
        contact=fact.contact,
        phone=fact.phone,
        address=fact.address,
        capital_wan=fact.capital_wan,
        staff_count=fact.staff_count,
        tax_band="千万级" if taxed else "",
        tax_band_year=2023 if taxed else None,
        tax_band_source="街镇经济部门（示例）" if taxed else "",
    )


def _huaxin_history(chamber: Chamber) -> None:
    Honour.objects.bulk_create(
        Honour(chamber=chamber, town=chamber.town, **fact._asdict())
        for fact in article.HUAXIN_HONOURS
    )
    Milestone.objects.bulk_create(
        Milestone(chamber=chamber, happened_on=day, title=title, text="示例，日期为虚构。")
        for day, title in (
            (date(2005, 6, 18), "商会成立"),
            (date(2012, 4, 1), "第二届理事会换届"),
            (date(2017, 4, 1), "第三届理事会换届"),
            (date(2022, 4, 1), "第四届理事会换届"),
            (date(2023, 10, 20), "商会之家建成启用"),
        )
    )


def _usual_honours(chamber: Chamber) -> None:
    Honour.objects.create(
        chamber=chamber,
        town=chamber.town,
        title="区级先进商会（示例）",
        level=Honour.Level.DISTRICT,
        issuer="示例单位",
        awarded_on=date(2023, 12, 1),
    )
    order = _town_of(chamber).order
    if order % 3 == 0:
        awarded = date(2022 + order // 3, 1 + order % 12, 15)
        Honour.objects.create(
            chamber=chamber,
            town=chamber.town,
            title="市级“四好”商会（示例）",
            level=Honour.Level.MUNICIPAL,
            issuer="示例单位",
            awarded_on=awarded,
            valid_until=awarded.replace(year=awarded.year + 2),
        )


def _chamber_elsewhere() -> None:
    Chamber.objects.create(town=None, kind=Chamber.Kind.ELSEWHERE, name="示例异地商会")


def _district_chamber() -> None:
    Chamber.objects.create(
        town=None,
        kind=Chamber.Kind.DISTRICT,
        name="青浦区示例联合商会",
        founded_on=date(2003, 1, 1),
    )


def _venues(towns: dict[str, Town]) -> None:
    made = {
        fact.name: Venue.objects.create(
            town=towns[fact.town],
            name=fact.name,
            kind=fact.kind,
            functions=list(fact.functions),
            introduction=fact.introduction,
            managed_by=f"{towns[fact.town].name}统战办",
            opening_hours="工作日 9:00–17:00",
            opened_on=date(2022, 10, 1),
        )
        for fact in article.VENUES
    }
    _fill_home(made["华新镇商会之家"])
    _add_parts(made[article.COMPLEX])
    for town in towns.values():
        _usual_venues(town)


def _fill_home(home: Venue) -> None:
    home.area_m2 = Decimal(article.HOME_AREA_M2)
    home.chamber = Chamber.objects.get(name=article.HUAXIN_CHAMBER)
    home.managed_by = article.HUAXIN_CHAMBER
    home.address = "上海市青浦区华新镇（示例地址）"
    home.save()
    Zone.objects.bulk_create(
        Zone(venue=home, name=name, description=words, order=order)
        for order, (name, words) in enumerate(article.HOME_ZONES, start=1)
    )
    Neighbour.objects.bulk_create(
        Neighbour(venue=home, name=name) for name in article.HOME_NEIGHBOURS
    )


def _add_parts(complex_venue: Venue) -> None:
    park, home = article.COMPLEX_PARTS
    Venue.objects.create(
        town=complex_venue.town,
        parent=complex_venue,
        name=park,
        kind=Venue.Kind.PARK,
        village=Village.objects.get(code=article.COMPLEX_PARK_VILLAGE),
        introduction="位于金葫芦一居的口袋公园内。",
        opened_on=date(2023, 5, 1),
    )
    Venue.objects.create(
        town=complex_venue.town,
        parent=complex_venue,
        name=home,
        kind=Venue.Kind.HOME,
        opened_on=date(2022, 10, 1),
    )


def _usual_venues(town: Town) -> None:
    chamber = town.chambers.get(kind=Chamber.Kind.TOWN)
    invented = [
        ("统战之家（示例）", Venue.Kind.HOME, 180),
        ("村居工作站（示例）", Venue.Kind.STATION, 60),
    ]
    if town.code != article.HUAXIN:
        invented.append(("商会之家（示例）", Venue.Kind.CHAMBER_HOME, 260))
    for name, kind, area in invented:
        Venue.objects.create(
            town=town,
            name=f"{town.name}{name}",
            kind=kind,
            area_m2=area,
            chamber=chamber if kind == Venue.Kind.CHAMBER_HOME else None,
            functions=["联谊交流"],
            managed_by=f"{town.name}统战办",
            opened_on=date(2021, 7, 1),
        )


def _brands(towns: dict[str, Town]) -> None:
    fields = {
        name: BrandField.objects.get_or_create(name=name, defaults={"order": order})[0]
        for order, name in enumerate(article.FIELDS, start=1)
    }
    for code, field_name, name in article.BRANDS:
        Brand.objects.create(town=towns[code], field=fields[field_name], name=name)
    named = {code for code, _field, _name in article.BRANDS}
    for order, (code, town) in enumerate(sorted(towns.items())):
        if code not in named:
            field = fields[article.FIELDS[order % len(article.FIELDS)]]
            short = town.name.removesuffix("街道").removesuffix("镇")
            Brand.objects.create(town=town, field=field, name=f"同心{short}（示例）")
