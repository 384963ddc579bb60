"""Member lists: enterprises and what they are in the chamber."""

from imports.cleaning.choices import clean_position
from imports.cleaning.dates import clean_date
from imports.cleaning.numbers import clean_count, clean_wan
from imports.cleaning.texts import clean_items, clean_line, clean_member_name, clean_person
from imports.cleaning.values import words
from imports.reading.columns import Column, Plan
from imports.reading.vocabulary.shared import (
    ADDRESS,
    CREDIT_CODE,
    NO_PERSON,
    NOTE,
    PHONE,
    TOWN,
    VILLAGE,
)
from imports.reading.vocabulary.stems import WHEN

_NO_ORGANISATION = (
    "地址|电话|代码|编号|阵地|活动|项目|荣誉|奖|资源|产品|品牌|场所|基地|主管|主办|施工|设计单位|实施单位|建设单位|牵头|配合|颁发|授予|主办|承办|协办"
    "|第三方|评价|检测|认证|推荐|代理|审计|评估机构|监理|责任单位|填报|管理单位|曾用|英文|简称|行业|开户|母公司|控股|投资|上级|镇名|村名|^(?:所[属在])?商会(?:名称)?$"
    "|会长单位$|理事单位$|监事单位$|职务名称|类型|性质|类别|人数|情况|成立|指导单位|支持单位|推荐单位|培育单位"
)

_YEARLY = r"(?:20\d\d年?度?|上一?年度?|本年度?|去年|全年|年度?|近一年)?"
_SUM = "(?:总额|总量|合计|总计|情况|金额|额|数)?"

_CONTACT = Column(
    "contact",
    "联系人",
    "Contact",
    words(
        "联系人 联络人 联系人姓名 联络人姓名 联络员 联络员姓名 对接人 姓名 联系人员 经办人"
        " contactperson contactname linkman contacts lxr lxrxm"
        " 联系人及职务 联系人和职务 联系人、职务 联系人姓名及职务 联系人/职务 姓名及职务 姓名、职务"
    ),
    clean_person,
    excludes=f"{NO_PERSON}|法定|法人|紧急|书记|专员|领导|介绍|推荐|填报|填表|制表|填写|侨商|作者|主讲|讲师|统计|会计|财务",
    family="(?:企业|单位|公司|会员|业务|会务|常用|日常|具体|工作|信息|项目|第一|主要|现场|指定)*(?:联系|联络|对接|经办|接洽|通联|办事)(?:人|人员|员|者)(?:姓名|名称|名字)?",
    tails="联系|联络|对接|通联|经办|办事|内勤|办公室|秘书(?!长)|专干",
    weak=words(
        "会员姓名 会员代表 代表姓名 代表人 代表 社长 场长 厂长 店长 园长 院长 校长"
        " 参会人员 参会人 参会代表 出席人员 报名人 报名人员 参加人员 参与人员 接待人"
    ),
    content="person",
    limit=50,
)

MEMBERS = Plan(
    "members",
    "会员名册",
    "Member list",
    (
        Column(
            "name",
            "企业名称",
            "Enterprise",
            words(
                "企业名称 单位名称 公司名称 公司名 会员单位 会员企业 企业(单位)名称"
                " 企业（集团）名称 机构名称 供应商名称 商会会员名称 会员名称 会员单位名称"
                " 会员企业名称 名称 企业全称 单位全称 公司全称 纳税人名称 市场主体名称"
                " 经营主体名称 主体名称 商户名称 法人单位名称 组织名称 客户名称 入驻企业 工作单位"
                " 所在单位 所在企业 单位及职务 工作单位及职务 单位职务 单位和职务 企业名称及职务"
                " 所在单位及职务 companyname company_name enterprisename entname ent_name orgname"
                " name"
                " 工厂名称 商家名称 店铺名称 门店名称 合作社名称 社会组织名称"
                " 学校名称 医院名称"
                " 经营者名称 申报单位 申请单位 中标单位 获评企业 入选企业 企业中文名称"
                " 投资企业 落户企业 联系企业 走访企业 服务企业 qymc dwmc gsmc jgmc nsrmc"
            ),
            clean_member_name,
            excludes=_NO_ORGANISATION,
            weak=words(
                "单位 企业 公司 会员 全称 商户 店名 户名 字号 商号 招牌 店招 宝号 厂名 成员单位"
                " 民营企业 供应商 单位详细名称"
            ),
            tails="(?:企业|单位|公司|商户|主体|供应商|商家|企业方|承租[方人]|租户|客户|厂商|厂家|经销商|服务商|乙方)$",
            content="organisation",
            required=True,
            weight=1.5,
        ),
        CREDIT_CODE,
        Column(
            "position",
            "商会职务",
            "Position",
            words(
                "商会职务 职务 会内职务 担任职务 商会任职 会内任职 协会职务 拟任职务 现任职务"
                " 商会内职务 任职 本会职务 会员职务 商会身份"
                " 职位 协会任职 协会职位 会内职位 商会职位"
            ),
            clean_position,
            excludes="联系人|法人|法定|行政|企业职务|单位|公司|党|社会职务|负责人|时间|日期|年月|个人",
            if_content=words("会员类别 会员级别 会员类型 会员等级 类别 级别 身份 会员性质 会员"),
            content="position",
            limit=50,
        ),
        Column(
            "legal_representative",
            "法定代表人",
            "Legal representative",
            words(
                "法定代表人 法人代表 法人 法定代表人姓名 法人姓名 法人代表姓名 企业法人"
                " 法定代表人/负责人 法定代表 负责人 企业负责人 主要负责人 单位负责人 负责人姓名"
                " 总经理 董事长 经营者 投资人 经营者姓名 legalperson legal_person"
                " legalrepresentative lerep frname fddbr fddbrxm frdb frxm"
            ),
            clean_person,
            family=(
                "(?:企业|单位|公司|机构|合作社|店铺|门店|社团)?(?:法定代表人?|法人代表?|负责人|经营者|经营人|业主|店主|农场主|场主|投资人|出资人"
                "|实际控制人|理事长|法人或负责人|企业主|老板|创始人|代表人)(?:姓名|名称)?"
            ),
            excludes=f"{NO_PERSON}|类型|财务|会计|统计|技术|安全|党|项目|销售|质量|生产|招商|书记|主任",
            content="person",
            limit=50,
        ),
        _CONTACT,
        PHONE,
        Column(
            "industry",
            "行业",
            "Industry",
            words(
                "行业 所属行业 行业类别 行业分类 行业类型 从事行业 行业门类 行业名称 所在行业"
                " 国民经济行业 主营行业 主营业务 主要产品 产业类别 主营产品 主营 产业 经营范围"
                " 业务范围 主营项目 主要经营项目 经营项目 主要业务活动 行业门类 主要业务 主营范围"
                " 主要经营范围 经营内容 品类 经营品类 industry opscope hymc sshy hylb"
            ),
            clean_line,
            family=(
                "(?:企业|公司|单位|目前|现)?(?:所属|从事|主营|主要|经营|所在|生产|登记|主导|主管)?(?:的)?"
                "(?:行业|产业|领域|业态|业务|产品|经营范围|经营内容|经营类目|经营品种|经营项目|产品(?:或|和|及)服务)"
                "(?:领域|方向|类别|分类|门类|类型|大类|中类|小类|名称|种类|性质|内容|范围|描述|属性)?"
                "|(?:做|经营|从事)(?:什么|何种)?(?:生意|行当|买卖)|生意|行当|营生|(?:主要|目前|现)?(?:从业|主攻|发展|经营|投资)(?:方向|领域|行业|范围|种类|门类|类别)|(?:所属|从事|现从事|主营|所在|涉及|归属|主要|经营)(?:行业|产业|领域|业态|业务|产品|门类|方向|品种|种类|范围)"
            ),
            tails="行业|产业|业务|主营|经营|产品|领域|赛道|主业|业态",
            excludes="代码|收入|编码|协会|主管(?!行业$)|数量|数$|地|额|状|情况|者|人|主体|单位|时间|日期|期限|产值|增加值|面积",
            limit=2000,
        ),
        Column(
            "joined_on",
            "入会时间",
            "Joined on",
            words(
                "入会时间 入会日期 加入时间 加入日期 入会年月 入会年份 入会年度 加入商会时间 入会"
            ),
            clean_date,
            family=f"(?:加入|入会|批准入会|首次入会|吸收|吸纳|纳入|会籍|会龄)(?:本会|商会|协会|入会|登记)?{WHEN}",
            excludes="党|会费|意见|理由|介绍|推荐|审批|申请",
            tails="入会|加入|入商会|会籍|会龄|吸收|吸纳|纳入",
            content="date",
        ),
        Column(
            "founded_on",
            "成立日期",
            "Founded on",
            words(
                "成立日期 成立时间 注册日期 注册时间 创立时间 创办时间 开业日期 开业时间 设立日期"
                " 设立时间 成立年月 登记日期 核准日期 成立年份 注册登记日期 企业成立时间"
                " establishdate estdate esdate foundedon setupdate opfrom clrq slrq"
            ),
            clean_date,
            family=(
                "(?:企业|公司|单位|工商|合作社)?(?:成立|注册|设立|创立|创办|创建|开业|登记|核准|发照|组建|批准){1,2}"
                "(?:的)?(?:时间|日期|年月|年份|年度|年)"
            ),
            tails="成立|设立|创办|创立|开业|注册|登记日",
            excludes="变更|注销|吊销|到期|截止|至$",
            content="date",
            weight=0.6,
        ),
        Column(
            "capital_wan",
            "注册资本（万元）",
            "Capital, 10,000 yuan",
            words(
                "注册资本 注册资金 注册资本金 认缴资本 认缴注册资本 认缴出资额 开办资金 资本"
                " regcapital regcap registeredcapital reg_capital zczb zczj"
            ),
            clean_wan,
            family="(?:企业|公司|单位)?(?:注册|认缴|开办|登记)(?:资本|资金|出资)(?:金|额|总额|金额|数)?|(?:成员)?出资(?:总额|额|金额)",
            tails="资本|注册|认缴|注资",
            excludes="实缴|实收|币种|类型|时间|地|号|代码|固定|流动|比例|人数|数量|税|补贴|扶持",
            content="amount",
        ),
        Column(
            "output_wan",
            "年产值（万元）",
            "Output, 10,000 yuan",
            words("年产值 产值 总产值 工业总产值"),
            clean_wan,
            family=f"{_YEARLY}(?:企业|工业|农业|生产)?总?产值{_SUM}",
            content="amount",
            weight=0.5,
        ),
        Column(
            "revenue_wan",
            "年营收（万元）",
            "Revenue, 10,000 yuan",
            words(
                "年营收 营业收入 年营业额 营收 销售收入 年销售额 主营业务收入 营业额 销售额"
                " 年产值/营收"
            ),
            clean_wan,
            family=f"{_YEARLY}(?:主营|企业|经营)?(?:业务|营业|销售|经营|营业总|销售总|总|营)(?:收入?|额){_SUM}",
            content="amount",
            weight=0.5,
        ),
        Column(
            "tax_wan",
            "年税收（万元）",
            "Tax paid, 10,000 yuan",
            words("年税收 纳税额 税收 年纳税额 上缴税收 纳税总额 税收贡献 上缴税金 利税"),
            clean_wan,
            family=f"{_YEARLY}(?:上缴|缴纳|入库|实缴|实际|完成|应缴|贡献|区级以上)*(?:纳税|缴税|税收|税金|税款|税费)(?:贡献|收入|金)?{_SUM}",
            excludes="级|类|区间",
            content="amount",
            weight=0.5,
        ),
        Column(
            "staff_count",
            "从业人数",
            "Staff",
            words(
                "从业人数 职工人数 员工人数 员工数 职工数 从业人员 企业人数 用工人数 员工总数"
                " 从业人员数 从业人员期末人数 在职人数 在职职工数 参保人数 企业员工数 员工规模"
            ),
            clean_count,
            family=(
                "(?:企业|单位|公司|现有|期末|年末|平均|实有|在册|全部|总)*(?:职工|员工|从业人员|用工|在职|在岗|就业|从业|在编|缴纳社保)"
                "(?:人员|职工)?(?:总|平均)?(?:人)?(?:数量?|总数|规模|总量)(?:人)?"
            ),
            excludes="党|统战|女|残疾|本科|技术",
            weak=words("人数 职工 员工 用工 从业人员总数"),
            content="amount",
            weight=0.5,
        ),
        ADDRESS,
        TOWN,
        VILLAGE,
        Column(
            "honours",
            "荣誉",
            "Honours",
            words("荣誉 所获荣誉 获得荣誉 荣誉称号 企业荣誉 荣誉资质 资质荣誉 获奖情况"),
            clean_items,
            limit=2000,
            weight=0.3,
        ),
        NOTE,
    ),
    (frozenset({"name"}), frozenset({"credit_code"})),
    "会员|商会|企业|名册|名录|名单|单位",
    ("name",),
    (("contact", "legal_representative"),),
    prior=0.4,
    incidental=frozenset({"honours"}),
)
