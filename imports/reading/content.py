"""What kind of values a column holds, judged by the values alone."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache

from core import credit_code
from core.normalise import name_key
from imports.cleaning.choices import is_position
from imports.cleaning.values import DITTO, Cell, is_nothing, number_text

SAMPLE = 200

_ORGANISATION = re.compile(
    r"(?:公司|集团|厂|商行|商店|超市|门店|酒店|饭店|药店|经营部|服务部|营业部|合作社|事务所|研究院|研究所|设计院"
    r"|.{2}[^\d号](?:店|馆|铺|坊)|工作室|商会|协会|学会|促进会|联合会|基金会|学校|学院|大学|医院|门诊部|幼儿园|银行|支行|分行|中心|农场"
    r"|企业|联盟|俱乐部|客栈|茶社|茶楼|酒楼|宾馆|旅馆|民宿|诊所|商场|书店|影院|便利店|加油站|养殖场|种植场|个体户|代表处|办事处|平台|电商|律所)"
    r"(?:[（(].{1,20}[)）])?(?:.{0,6}(?:分公司|分部|分店|店|厂|部))?$",
)
_WITH_POST = re.compile(
    r"(?:公司|集团|厂|店|社|所|中心|院|商行|学校)[\s,，、]*(?:党[委总支部]*书记|法定代表人|执行董事|董事长|副董事长|董事|总裁"
    r"|总经理|副总经理|总监|经理|主任|厂长|院长|校长|负责人|创始人|合伙人|[\s、，,/兼])+$"
)
_COMPANY = re.compile(r"(?:公司|集团|厂|商行|合作社|事务所|经营部)(?:[（(].{1,20}[)）])?$")
_PHONE = re.compile(
    r"(?:\+?86)?1[3-9]\d{9}|(?:\+?86)?0\d{2,3}\d{7,8}(?:转?\d{1,6})?|[48]00\d{7}|[2-9]\d{6,7}",
)
_PHONE_LABEL = re.compile(r"^(?:联系)?(?:电话|手机|TEL)[:：]?\s*", re.I)
# 8:30-17:30，周一闭馆
_HOURS = re.compile(r"\d:\d\d|周[一二三四五六日]|闭馆")
_WITH_PHONE = re.compile(r"[\u4e00-\u9fff][\s:：,，/、(]*(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8})(?!\d)")
_CODE = r"(?<![0-9A-Z])[1-9][0-9A-Z]\d{6}[0-9A-HJ-NPQRTUWXY]{10}(?![0-9A-Z])"
_WITH_CODE = re.compile(
    rf"[\u4e00-\u9fff]{{4}}[^0-9A-Z]*{_CODE}|{_CODE}[^0-9A-Z]*[\u4e00-\u9fff]{{4}}"
)
_BARE_CODE = re.compile(rf"[^\u4e00-\u9fff]*{_CODE}[^\u4e00-\u9fff]*")
_DATE = re.compile(
    r"(?:18|19|20)\d{2}[-./年](?:1[0-2]|0?[1-9])"
    r"(?:[-./月](?:[12]\d|3[01]|0?[1-9])日?|月)?(?:[T ].*|份)?"
    r"|(?:19|20)\d{2}年|(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    r"|[二一][〇零九○O][〇零一二三四五六七八九○]{2}年.*|\d{1,2}月\d{1,2}日.*",
)
_AMOUNT = re.compile(
    r"-?(?:约|人民币|¥|￥)?[\d,]+(?:\.\d+)?(?:千|百|十)?[万亿]?(?:元|美元|人民币|人次|人|家|㎡|平方米|平米|m2)?(?:整|左右|余人|以上)?",
)
_ADDRESS = re.compile(
    r"(?:路|街|弄|道|镇|村|区|市|县|园|桥|巷|里).*(?:\d+.*[号弄室楼层座幢栋单元]|[号弄室楼层座幢栋])"
)
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,8}(?:镇|街道|乡|街道办事处)")
_VILLAGE = re.compile(
    r"[\u4e00-\u9fff\d]{1,12}(?:村|居委会?|社区|居民区|村委会?|园区|新村|[一二三四五六七八九十]居)"
)
_PERSON = re.compile(r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,8}·[\u4e00-\u9fff·]{1,12}")
# 董事长 begins like a name of three.
_JOB = re.compile(
    r"(?:经理|董事|董事长|总裁|总监|主任|书记|主席|委员|干事|[会厂校院所站馆店队组部局处科秘监村镇社园理]事?长)$"
)
_MODE = re.compile(
    r"(?:线上|线下|网络|云端|视频|直播|现场|实地|面对面|腾讯会议).{0,8}|.{0,4}(?:线上|线下|直播)"
)
_VENUE = re.compile(
    r".{2,30}(?:书房|书屋|书院|驿站|[工作服务联络实践]站|之家|家园|基地|馆|[文化活动服务党群]中心|广场|公园|阵地|会客厅"
    r"|活动室|工作室|活动点|服务点|睦邻点|长廊|讲堂|大院|故居|旧址|陵园|园地|空间)(?:\(.{1,12}\))?"
)
_POST = re.compile(
    r".{0,6}(?:统战委员|统战干事|干事|联络员|统战专干|专干|统战专员|统战干部|联络人)(?:\(.{1,4}\))?"
)
_LEVEL = re.compile(r"(?:国家|全国|省|市|区|县|镇|街道|街镇|乡|省部|地市)级?")
_SEX = frozenset("男女")
_POLITICS = re.compile(
    r"(?:中共)?(?:预备)?党员|中共党员|中国共产党(?:党|预备党)?员?|(?:共青)?团员|群众|无党派.*|(?:民革|民盟|民建|民进|农工党?|农工民主党|致公党?"
    r"|九三(?:学社)?|台盟)(?:党员|会员|盟员|社员|成员|员|主委|副主委|委员)?|普通公民",
)
_RELIGION = re.compile(r"佛教|道教|伊斯兰教|天主教|基督教|无宗教信仰|不信教|无信仰|信仰.*教")
_NATIONS = frozenset(
    [
        "汉",
        "蒙古",
        "回",
        "藏",
        "维吾尔",
        "苗",
        "彝",
        "壮",
        "布依",
        "朝鲜",
        "满",
        "侗",
        "瑶",
        "白",
        "土家",
        "哈尼",
        "哈萨克",
        "傣",
        "黎",
        "傈僳",
        "佤",
        "畲",
        "高山",
        "拉祜",
        "水",
        "东乡",
        "纳西",
        "景颇",
        "柯尔克孜",
        "土",
        "达斡尔",
        "仫佬",
        "羌",
        "布朗",
        "撒拉",
        "毛南",
        "仡佬",
        "锡伯",
        "阿昌",
        "普米",
        "塔吉克",
        "怒",
        "乌孜别克",
        "俄罗斯",
        "鄂温克",
        "德昂",
        "保安",
        "裕固",
        "京",
        "塔塔尔",
        "独龙",
        "鄂伦春",
        "赫哲",
        "门巴",
        "珞巴",
        "基诺",
    ],
)
# The 300 commonest surnames cover more than 95 % of people; the share over a column decides.
_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟"
    "姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文"
    "庞樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦柳邢岳齐沿梅莘庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳"
    "盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋甘景薄单包司柏宁柯阮桂闵欧阳解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋"
    "苑邬臧畅宫来缪苟全褚娄窦楚党仇艾明应冀蒙敖农原练阎佘占褚储诸虞沃计乐卞支皮巫厉麦宗荣宣郁奚封昌示",
)


def shares(values: Iterable[Cell]) -> dict[str, float]:
    """The share of each kind of content among the filled values looked at; {} for none."""
    seen = 0
    counts: Counter[str] = Counter()
    for value in values:
        if value == "" or (isinstance(value, str) and (value in DITTO or is_nothing(value))):
            continue
        seen += 1
        counts.update(kinds_of(value))
        if seen == SAMPLE:
            break
    return {kind: count / seen for kind, count in counts.items()} | ({"seen": seen} if seen else {})


@lru_cache(maxsize=50_000)
def kinds_of(value: Cell) -> tuple[str, ...]:
    """Every kind one value may be."""
    if not isinstance(value, str):
        return _kinds_of_number(value)
    text = unicodedata.normalize("NFKC", value).strip()
    return tuple(kind for kind, test in _TESTS if test(text))


def is_firm(text: str) -> bool:
    """Whether a text names an organisation."""
    return "organisation" in kinds_of(text)


def is_datum(text: str) -> bool:
    """Whether a text is surely a value, not a header: a code, number, date, phone, firm."""
    kinds = kinds_of(text)
    return any(kind in kinds for kind in ("code", "identity", "phone", "date", "amount")) or (
        "organisation" in kinds and len(text) > 6
    )


def _kinds_of_number(number: int | float) -> tuple[str, ...]:
    text = number_text(number)
    kinds = ["amount"]
    if abs(number) >= 10**15:
        return ("code",)
    if _PHONE.fullmatch(text):
        kinds.append("phone")
    if _DATE.fullmatch(text):
        kinds.append("date")
    if 18264 <= number <= 73050:
        kinds.append("serial_date")
    return tuple(kinds)


def _is_code(text: str) -> bool:
    if not 15 <= len(text) <= 40 or _WITH_CODE.search(text):
        return False
    found = credit_code.read(text)
    return bool(found.code) or found.reason is credit_code.Reason.LOST_DIGITS


def _is_identity(text: str) -> bool:
    plain = credit_code.compact(text)
    return text.startswith("#身份证") or credit_code.is_identity_number(plain)


def _is_phone(text: str) -> bool:
    text = _PHONE_LABEL.sub("", text)
    return bool(_PHONE.match(re.sub(r"[\s()\-—–]", "", text))) and not _DATE.fullmatch(text)


def _is_person(text: str) -> bool:
    plain = name_key(text)
    if len(plain) > 2 and any(
        found(plain)
        for found in (_TOWN.fullmatch, _VILLAGE.fullmatch, _ORGANISATION.search, _JOB.search)
    ):
        return False
    return bool(_PERSON.fullmatch(plain)) and plain[0] in _SURNAMES


def _is_organisation(text: str) -> bool:
    if len(text) > 20 and _WITH_CODE.search(text):
        text = _BARE_CODE.sub("", text)
    named = _ORGANISATION.search(text) or _WITH_POST.search(text)
    return bool(named) and not _HOURS.search(text)


def _is_nation(text: str) -> bool:
    return text.removesuffix("族") in _NATIONS and (len(text) > 1 or text in "汉回满")


_TESTS: tuple[tuple[str, Callable[[str], object]], ...] = (
    ("code", _is_code),
    ("identity", _is_identity),
    ("phone", _is_phone),
    ("with_phone", _WITH_PHONE.search),
    ("with_code", _WITH_CODE.search),
    ("date", _DATE.fullmatch),
    ("amount", _AMOUNT.fullmatch),
    ("organisation", _is_organisation),
    ("company", _COMPANY.search),
    ("address", _ADDRESS.search),
    ("position", is_position),
    ("town", _TOWN.fullmatch),
    ("village", _VILLAGE.fullmatch),
    ("person", _is_person),
    ("mode", _MODE.fullmatch),
    ("venue", _VENUE.fullmatch),
    ("post", _POST.fullmatch),
    ("level", _LEVEL.fullmatch),
    ("sex", _SEX.__contains__),
    ("politics", _POLITICS.fullmatch),
    ("religion", _RELIGION.fullmatch),
    ("nation", _is_nation),
)
