"""How much a cell looks like a column header, by the words officials use."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache

from core.normalise import name_key, strip_header
from imports.cleaning.values import Cell, words
from imports.reading.columns import ENDING, Column
from imports.reading.content import is_datum
from imports.reading.personal import is_personal_header
from imports.reading.vocabulary import PLANS

SERIAL = re.compile(r"^(?:序号?|编号|顺序号?|行号|项次|no\.?|num|id|#|排序|序列|序次|№)$")
_GENERIC = frozenset(
    words(
        "序号 序 编号 备注 说明 类别 类型 级别 性质 状态 规模 邮编 邮政编码 邮箱 电子邮箱"
        " 电子邮件 传真 网址 官网 网站 微信 微信号 公众号 部门 科室 岗位 职称 姓名 单位 数量 单价"
        " 金额 合计 总计 小计 时间 日期 年度 年份 月份 季度 等级 标准 企业类型 企业性质 企业规模"
        " 登记状态 经营状态 登记机关 营业期限 核准日期 实缴资本 参保人数 币种 出资方式 股东"
        " 投资比例 邮编号码 联系邮箱 办公室 楼层 房间号 面积 车间 产品 品牌 商标 专利 资质"
        " 证书编号 发证日期 有效期 到期时间 次数 场次 照片 附件 链接 来源 创建时间 更新时间"
        " 录入人 填报人 填报单位 填报日期 审核人 审核状态 排名 得分 分数 是否 计划 进度 完成情况"
        " 完成时限 目标任务 具体举措 责任人 责任单位 配合单位 牵头单位 进展 项目名称 资源名称"
        " 提供单位 可用时间 效果"
    ),
)
_GENERIC_ENDING = re.compile(
    r"(?:名称|姓名|时间|日期|年月|年份|年度|电话|手机|地址|地点|代码|编号|号码|编码|金额|数量|人数|次数|类型|类别|等级"
    r"|级别|情况|内容|备注|单位|部门|职务|职称|面积|资本|资金|收入|产值|税收|利润|行业|状态|方式|形式|来源|企业|商户|主体|供应商|说明|结果|依据"
    r"|机关|机构|有效期|期限|范围|区域|街道|街镇|村居|序号|邮箱|网址|传真|邮编|规模|标准|性质|比例|占比|荣誉|品牌|项目"
    r"|活动|特色|领域|产品|业务|代表|人员|负责人|联系人|法人|责任人|签名|意见|评价|需求|诉求|问题|措施|进展|进度|成效"
    r"|\(万元\)|\(元\)|\(㎡\)|\(家\)|\(人\)|\(个\)|数|率|额|量|人|否)$",
)
_LABEL_WITH_VALUE = re.compile(r"[:：]\s*\S")
# 联系人1 | 联系人2
_COUNTED = re.compile(r"(\D{2,}?)[1-4一二三四]")
_LONGEST = 30
_SHORT = 6
_taught: set[str] = set()


@cache
def _known() -> frozenset[str]:
    strong = {strip_header(w) for p in PLANS.values() for c in p.columns for w in c.synonyms}
    weak = {strip_header(w) for p in PLANS.values() for c in p.columns for w in c.if_content}
    return frozenset(strong | weak | _GENERIC)


@cache
def quick_words() -> frozenset[str]:
    """Header words as they are mostly written, for a quick look at many rows."""
    return frozenset(w for w in _known() if len(w) > 1) - value_words()


@cache
def value_words() -> frozenset[str]:
    """Header words that are as often the value of a cell."""
    return frozenset(
        words("会员 单位 企业 公司 商会 街道 社区 统战干事 联络员 统战委员 园区 阵地 荣誉 手机")
    )


@contextmanager
def also_known(taught: Iterable[str]) -> Iterator[None]:
    """While it lasts, words that a person taught count as header words as well."""
    _taught.update(strip_header(word) for word in taught)
    likeness.cache_clear()
    try:
        yield
    finally:
        _taught.clear()
        likeness.cache_clear()


def is_serial(header: str) -> bool:
    """Whether a header only numbers the rows."""
    return bool(SERIAL.match(strip_header(header)))


@lru_cache(maxsize=20_000)
def likeness(cell: Cell) -> float:
    """From -1 (surely a value) over 0 (could be anything) to 1 (a header word)."""
    if not isinstance(cell, str):
        return -1.0
    if cell.rstrip().endswith((":", "：")):
        return 0.0
    key = strip_header(cell)
    if key in _known() or key in _taught or SERIAL.match(key) or is_personal_header(cell):
        return 1.0 if not _LABEL_WITH_VALUE.search(cell) else -0.5
    if not key or len(key) > _LONGEST or _LABEL_WITH_VALUE.search(cell):
        return -0.5
    if is_datum(cell):
        return -1.0
    return _partial(cell, key)


def _columns_of_no_firm() -> Iterator[Column]:
    """Those whose endings no record has itself: 甲公司 ends as headers of firms do."""
    return (c for p in PLANS.values() for c in p.columns if c.content != "organisation")


def _partial(cell: str, key: str) -> float:
    if (match := _COUNTED.fullmatch(key)) and match[1] in _known():
        return 0.8
    best = max((c.match(key) for p in PLANS.values() for c in p.columns), default=0.0)
    if best >= ENDING:
        return 0.8
    if len(key) <= _SHORT and any(c.has_tail(key) for c in _columns_of_no_firm()):
        return 0.5
    if _GENERIC_ENDING.search(key) or _GENERIC_ENDING.search(name_key(cell)):
        return 0.5
    return 0.1 if len(key) <= 8 else 0.0
