"""Columns about private persons: known by their header or by what stands in them."""

import re
from collections.abc import Mapping

from core.normalise import name_key, strip_header

_HEADER = re.compile(
    r"民族|族别|宗教|信仰|政治面貌|党派|党籍|党龄|是否党员|^党员|入党|入团|政治身份"
    r"|身份证|^身份号|公民身份|居民证|护照|通行证|回乡证|台胞证|^证件(?:号|类型)"
    r"|家庭|^(?:现?住址|现居住地?址?|居住地址?|常住地址?)$|户籍|户口|籍贯|祖籍|出生|(?<!发)生日|^年龄|性别"
    r"|学历|学位|文化程度|毕业院校|毕业学校|毕业时间|所学专业|婚姻|配偶|子女|父亲|母亲|亲属|社会关系"
    r"|健康状况|血型|^国籍|银行卡|个人简历|^简历|兴趣爱好|海外关系|留学|侨属|侨眷|归侨|台属",
)
_NOT_PERSONAL = re.compile(
    r"党建|少数民族企业|民族品牌|民族路|家庭农场|人数|数量|占比|党组织|党支部名称|(?:民族|人员|党员|侨眷|子女)数$"
)

# 社会信用代码（身份证号码）: firms write the one, and the numbers of persons go cell by cell.
_CODE = re.compile(r"信用代码|纳税人识别号|税号|营业执照")

# Kind of content → the share from which it speaks for the whole column, and what it is called.
_CONTENT: tuple[tuple[str, float, str], ...] = (
    ("identity", 0.3, "身份证号"),
    ("nation", 0.8, "民族"),
    ("politics", 0.8, "政治面貌"),
    ("religion", 0.8, "宗教信仰"),
    ("sex", 0.8, "性别"),
)
CONTENT_IN_ENGLISH = {
    "身份证号": "identity card numbers",
    "民族": "ethnic groups",
    "政治面貌": "political status",
    "宗教信仰": "beliefs",
    "性别": "sexes",
}


def is_personal_header(header: str, group: str = "") -> bool:
    """Whether a header, alone or under its group, asks for a private person's particulars."""
    if _CODE.search(name_key(header)):
        return False
    for text in (strip_header(header), name_key(header), strip_header(group) if group else ""):
        if text and _HEADER.search(text) and not _NOT_PERSONAL.search(text):
            return True
    return False


def personal_content(shares: Mapping[str, float]) -> str:
    """What kind of personal particulars a column holds, "" for none."""
    if not shares or shares.get("code", 0) > shares.get("identity", 0):
        return ""
    for kind, least, name in _CONTENT:
        if shares.get(kind, 0) >= least and shares.get("seen", 0) * shares[kind] >= 1:
            return name
    return ""
