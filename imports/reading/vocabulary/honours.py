"""Lists of honours."""

from imports.cleaning.choices import clean_level
from imports.cleaning.dates import clean_date
from imports.cleaning.texts import clean_member_name, clean_name
from imports.cleaning.values import words
from imports.reading.columns import Column, Plan
from imports.reading.vocabulary.shared import CREDIT_CODE, NOTE, TOWN
from imports.reading.vocabulary.stems import CALLED, UNIT, WHEN

HONOURS = Plan(
    "honours",
    "荣誉清单",
    "Honours",
    (
        Column(
            "holder",
            "获奖单位",
            "Holder",
            words(
                "获奖单位 获奖企业 获得单位 荣誉单位 获奖主体 表彰对象 获奖对象 受表彰单位"
                " 单位名称 企业名称 公司名称 获评单位 获得者 授予对象 会员单位 会员企业 单位 企业"
                " 所属商会 商会名称 商会 命名单位"
            ),
            clean_member_name,
            family="(?:获奖|获评|获得|受表彰|荣获|受奖|拟表彰|先进|入选|获颁|上榜|得奖|被表彰|被授予|获奖励|获得荣誉)(?:荣誉)?(?:单位|企业|集体|主体|对象|组织|商会|公司|会员|方|得主|者|人|个人|集体或个人)(?:名称)?"
            "|(?:拟?命名|示范|先进|文明|模范|优秀|达标|获评|认定)(?:区|点|村|镇|户|店|家庭|社区|基地|学校|机关|单位|企业|集体|园区)(?:名称)"
            "|(?:奖励|表彰|授予|命名)(?:对象|集体|企业|个人|商会)|(?:持有|持证|获证)(?:单位|企业|人|者)",
            excludes="(?<!获)颁|授予单位|发证|认定单位|评定单位|地址|电话",
            content="organisation",
            weight=1.2,
        ),
        Column(
            "title",
            "荣誉名称",
            "Honour",
            words(
                "荣誉名称 荣誉称号 奖项名称 荣誉 奖项 获奖名称 称号 获奖项目 表彰名称 获得荣誉"
                " 所获荣誉 获奖荣誉 荣誉奖项 荣誉内容 表彰项目"
            ),
            clean_name,
            family=(
                "(?:荣誉|奖项|奖牌|称号|表彰|证书|获奖|奖励|资质|匾牌|牌匾|奖状|获评|命名|所获|获得|荣获|授予){1,3}"
                f"(?:的)?(?:{CALLED}|称号|项目|内容|荣誉|奖项|奖励|殊荣)"
                "|(?:认定|颁发|奖|奖牌|资质|获评|获奖)(?:名称|全称|名目|名|项目)|何奖|何种荣誉|殊荣|奖状|奖牌|牌匾"
            ),
            excludes="级别|等级|时间|日期|单位|层级",
            weak=words("名称 国家级 全国级 省级 省部级 市级 区级 区县级 县级 街镇级 镇级"),
            required=True,
            limit=300,
            weight=1.5,
        ),
        Column(
            "level",
            "级别",
            "Level",
            words("级别 荣誉级别 等级 层级 奖项级别 荣誉等级 荣誉层级 获奖级别 奖励级别 表彰级别"),
            clean_level,
            family="(?:荣誉|奖项|获奖|表彰|奖励|称号|证书|获奖荣誉|颁奖|授予|认定){0,2}(?:级别|层级|等级|层次|级次|层面|级)",
            if_content=words("等次 档次 类别 荣誉类别 层次 性质 奖项等次"),
            tails="级|层|等次|档次",
            content="level",
            limit=50,
            weight=1.2,
        ),
        Column(
            "issuer",
            "颁发单位",
            "Issuer",
            words(
                "颁发单位 授予单位 颁奖单位 颁发机构 发证机关 授予机关 表彰单位 评定单位 发文单位"
                " 认定部门 颁发部门 授奖单位 颁奖机构 授予部门 颁奖部门 评选单位 认定单位"
                " 颁发机关 表彰机关"
            ),
            clean_name,
            family=f"(?:颁发|颁授|批准|公布|下发|奖励|授予|颁奖|发证|表彰|评定|发文|认定|授奖|评选|命名|授牌|颁证|评审|评奖|出具|印发|主办){{1,2}}{UNIT}",
            unlike="company",
            tails="颁|授|评|发证|谁发",
            weight=1.2,
        ),
        Column(
            "awarded_on",
            "获得时间",
            "Awarded on",
            words(
                "获得时间 获奖时间 颁发时间 授予时间 表彰时间 获奖日期 授予日期 颁发日期 认定时间"
                " 获得日期 获奖年份 获奖年度 获评时间 时间 日期 年度 年份 发证日期"
            ),
            clean_date,
            family=(
                "(?:荣誉)?(?:获得|获奖|获评|授予|颁发|表彰|认定|评定|命名|获取|荣获|取得|颁奖|授牌|发文|公布|发证|获颁|批准|入选|公示|得奖|印发|颁证){1,2}"
                f"{WHEN}"
            ),
            tails="获|授|颁|表彰|评定|认定|命名|发文|公布|荣誉|得奖|取得|发证|批准|入选|公示|公告|印发",
            excludes="有效|到期|截止|复审|届满",
            content="date",
        ),
        Column(
            "valid_until",
            "有效期至",
            "Valid until",
            words("有效期至 有效期 到期时间 有效期限 到期日期 有效日期 截止日期"),
            clean_date,
            family="(?:证书)?(?:有效|到期|截止|失效|终止)(?:期)?(?:截止|终止|结束|截至)?(?:至|期|时间|日期|期限|日)?",
            content="date",
        ),
        CREDIT_CODE,
        TOWN,
        NOTE,
    ),
    (frozenset({"title", "holder"}), frozenset({"title", "level"}), frozenset({"title", "issuer"})),
    "荣誉|表彰|获奖|奖项",
    ("title",),
)
