"""Headers for two things in one column: 联系人及电话, 活动时间、地点, 姓名及职务."""

import re
from collections.abc import Sequence
from functools import lru_cache

from core.normalise import strip_header

_JOINT = re.compile(r"[/、,，;；及和与+\s|]+")
TIME_WORD = re.compile(r"时间|日期")
_PHONE_WORD = re.compile(r"电话|手机|联系方式|号码")
_CODE_WORD = re.compile(r"信用代码|税号|注册号|识别号")
_PERSON_WORD = re.compile(r"(?:人员|干部)?姓名|.{0,3}人员|.{0,2}干部")
_JOB_WORD = re.compile(r"^职务$|^岗位$")
_TOWN_WORD = re.compile(r"(?:所[属在])?(?:街镇|镇街|乡镇|镇|街道|镇\(街道\))(?:名称)?")
_VILLAGE_WORD = re.compile(r"(?:村居|村社|社区|村|居村|村社区|园区|居委)(?:名称)?")
_ADDRESS_WORD = re.compile(r"^(?:详细|具体|所在|注册|经营)?(?:地址|位置|坐落)$")
# 活动时间地点: two words without anything between them.
_TOUCHING = re.compile(r"(?<=时间|日期)(?=(?:活动|举办|开展)?(?:地点|场所|场地))")


@lru_cache(maxsize=4096)
def parts_of(leaf: str) -> Sequence[str]:
    """The parts of a header for two things, 联系人及电话 or 时间、地点; [] for an ordinary one."""
    parts = [part for part in _JOINT.split(_TOUCHING.sub("、", strip_header(leaf))) if part]
    kinds = [_PHONE_WORD, TIME_WORD, _CODE_WORD]
    if len(parts) == 2 and _PERSON_WORD.fullmatch(parts[0]):
        kinds.append(_JOB_WORD)
    if len(parts) == 2 and _TOWN_WORD.fullmatch(parts[0]) and _VILLAGE_WORD.fullmatch(parts[1]):
        return parts
    if len(parts) == 2 and parts[0].endswith(("名称", "单位", "企业")):
        kinds.append(_ADDRESS_WORD)
    told = [part for part in parts if any(kind.search(part) for kind in kinds)]
    return parts if len(parts) == 2 and len(told) == 1 else []
