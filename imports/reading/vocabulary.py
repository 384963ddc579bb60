"""The plans as data: which fields each kind of list has, and the words officials use for them."""

from imports.cleaning.choices import (
    clean_level,
    clean_mode,
    clean_position,
    clean_post,
    clean_town,
    clean_yes_no,
)
from imports.cleaning.dates import clean_date, clean_moment
from imports.cleaning.numbers import clean_area, clean_count, clean_wan
from imports.cleaning.phones import clean_phone
from imports.cleaning.texts import (
    clean_credit_code,
    clean_line,
    clean_list,
    clean_member_name,
    clean_name,
    clean_person,
)
from imports.cleaning.values import words
from imports.columns import Column, Plan

_NO_ORGANISATION = (
    "地址|电话|代码|编号|阵地|活动|项目|荣誉|奖|资源|产品|品牌|场所|基地|主管|颁发|授予|主办|承办|协办"
    "|责任单位|填报|管理单位|曾用|英文|简称|行业|开户|母公司|控股|投资|上级|镇名|村名|^(?:所[属在])?商会(?:名称)?$"
    "|职务名称|类型|性质|类别|人数|情况|成立|指导单位|支持单位|推荐单位|培育单位"
)
_NO_PERSON = "电话|手机|方式|职务|号码?$|身份证|邮箱|微信|地址|单位|人数|时间|日期|名称|代码"

_CREDIT_CODE = Column(
    "credit_code",
    "统一社会信用代码",
    "Credit code",
    words(
        "统一社会信用代码 社会信用代码 统一信用代码 统一组织信用代码 信用代码 税号 纳税人识别号"
        " 统一社会信用代码/注册号 统一社会信用代码/税号 creditCode UNISCID credit_code uscc 统一代码"
        " 统一社会信用代码证号"
    ),
    clean_credit_code,
    if_content=words(
        "组织机构代码 注册号 工商注册号 企业编码 编码 代码 营业执照号 营业执照号码 营业执照注册号"
        " 注册码 执照编号 证照号码 证件号码 证照编号 机构代码 登记证号 企业代码 单位代码 编号"
        " 税务登记号"
    ),
    content="code",
    weight=1.2,
)
_PHONE = Column(
    "phone",
    "联系电话",
    "Phone",
    words(
        "联系电话 联系人电话 联系人联系电话 联系人手机 联系人联系方式 电话 联系方式 手机 移动电话 办公电话 法人电话 手机号 手机号码 电话号码"
        " 联系人电话 联系手机 座机 固定电话 公司电话 单位电话 企业电话 通讯方式 联络电话 咨询电话"
        " 热线 tel phone telephone mobile contactphone"
    ),
    clean_phone,
    excludes="传真|地址|邮箱|微信|紧急",
    content="phone",
)
_ADDRESS = Column(
    "address",
    "地址",
    "Address",
    words(
        "地址 注册地址 经营地址 经营场所 通讯地址 单位地址 企业地址 公司地址 办公地址 详细地址"
        " 联系地址 住所 注册地 生产地址 所在地 所在地址 具体地址 坐落 位置 具体位置 address regaddress regaddr dom"
    ),
    clean_line,
    excludes="家庭|住址|户籍|邮箱|网址|IP|邮政",
    content="address",
    limit=300,
)
_TOWN = Column(
    "town",
    "街镇",
    "Town",
    words(
        "街镇 所属街镇 镇街 所在街道 所属街道 街道 所在街镇 街镇名称 镇 乡镇 街道/镇 街道乡镇"
        " 所属乡镇 所在乡镇 所属镇 所在镇 镇别 街镇别 所在区域 所属区域 片区 属地 区域 所属片区"
        " 辖区 所属辖区 所属地区"
    ),
    clean_town,
    excludes="级|活动|人数|地址|商会|电话",
    content="town",
    limit=50,
)
_VILLAGE = Column(
    "village",
    "村居",
    "Village",
    words(
        "村居 所属村居 村居名称 村 居村 村居委 村委 所属村 所在村 社区 所属社区 所在社区 村社区"
        " 居委 居委会 村委会 园区 所属园区"
    ),
    clean_name,
    excludes="人数|级|书记|电话|地址|名称.*数|活动|主任",
    limit=50,
)
_NOTE = Column(
    "note",
    "备注",
    "Note",
    words("备注 备注说明 其他说明 说明 附注"),
    clean_line,
    limit=2000,
    weight=0.1,
)
_CONTACT = Column(
    "contact",
    "联系人",
    "Contact",
    words("联系人 联络人 联系人姓名 联络人姓名 联络员 联络员姓名 对接人 姓名 联系人员 经办人"),
    clean_person,
    excludes=f"{_NO_PERSON}|法定|法人|紧急",
    weak=words("会员姓名 会员代表 代表姓名 代表人"),
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
                " 所在单位及职务 companyname company_name enterprisename entname ent_name orgname name"
            ),
            clean_member_name,
            excludes=_NO_ORGANISATION,
            weak=words("单位 企业 公司 会员 全称 商户 店名 户名 字号 厂名 成员单位 民营企业"),
            content="organisation",
            required=True,
            weight=1.5,
        ),
        _CREDIT_CODE,
        Column(
            "position",
            "商会职务",
            "Position",
            words(
                "商会职务 职务 会内职务 担任职务 商会任职 会内任职 协会职务 拟任职务 现任职务"
                " 商会内职务 任职 本会职务 会员职务 商会身份"
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
                " 总经理 董事长 经营者 投资人 经营者姓名 legalperson legal_person legalrepresentative lerep frname"
            ),
            clean_person,
            excludes=f"{_NO_PERSON}|类型",
            content="person",
            limit=50,
        ),
        _CONTACT,
        _PHONE,
        Column(
            "industry",
            "行业",
            "Industry",
            words(
                "行业 所属行业 行业类别 行业分类 行业类型 从事行业 行业门类 行业名称 所在行业"
                " 国民经济行业 主营行业 主营业务 主要产品 产业类别 主营产品 主营 产业 经营范围"
                " 业务范围 主营项目 主要经营项目 经营项目"
            ),
            clean_line,
            excludes="代码|收入|编码",
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
            excludes="党|会费",
            content="date",
        ),
        Column(
            "founded_on",
            "成立日期",
            "Founded on",
            words(
                "成立日期 成立时间 注册日期 注册时间 创立时间 创办时间 开业日期 开业时间 设立日期"
                " 设立时间 成立年月 登记日期 核准日期 成立年份 注册登记日期 企业成立时间 establishdate estdate esdate foundedon setupdate"
            ),
            clean_date,
            content="date",
            weight=0.6,
        ),
        Column(
            "capital_wan",
            "注册资本（万元）",
            "Capital, 10,000 yuan",
            words(
                "注册资本 注册资金 注册资本金 认缴资本 认缴注册资本 认缴出资额 开办资金 资本 regcapital regcap registeredcapital reg_capital"
            ),
            clean_wan,
            excludes="实缴|币种|类型|时间",
            content="amount",
        ),
        Column(
            "output_wan",
            "年产值（万元）",
            "Output, 10,000 yuan",
            words("年产值 产值 总产值 工业总产值"),
            clean_wan,
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
            content="amount",
            weight=0.5,
        ),
        Column(
            "tax_wan",
            "年税收（万元）",
            "Tax paid, 10,000 yuan",
            words("年税收 纳税额 税收 年纳税额 上缴税收 纳税总额 税收贡献 上缴税金 利税"),
            clean_wan,
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
                " 从业人员数"
            ),
            clean_count,
            content="amount",
            weight=0.5,
        ),
        _ADDRESS,
        _TOWN,
        _VILLAGE,
        Column(
            "honours",
            "荣誉",
            "Honours",
            words("荣誉 所获荣誉 获得荣誉 荣誉称号 企业荣誉 荣誉资质 资质荣誉 获奖情况"),
            clean_line,
            limit=2000,
            weight=0.3,
        ),
        _NOTE,
    ),
    (frozenset({"name"}), frozenset({"credit_code"})),
    "会员|商会|企业|名册|名录|名单|单位",
    ("name",),
    (("contact", "legal_representative"),),
    prior=0.4,
)

ACTIVITIES = Plan(
    "activities",
    "活动清单",
    "Activities",
    (
        Column(
            "title",
            "活动名称",
            "Activity",
            words("活动名称 活动主题 活动标题 主题 活动项目 活动名称及主题 活动题目"),
            clean_name,
            excludes="品牌|类型|形式",
            weak=words("名称 活动 活动内容 标题 内容 项目名称 项目"),
            required=True,
            limit=300,
            weight=1.5,
        ),
        Column(
            "start",
            "活动时间",
            "Time",
            words(
                "活动时间 时间 日期 活动日期 开展时间 举办时间 召开时间 举办日期 开始时间"
                " 起止时间 时间安排"
            ),
            clean_moment,
            excludes="结束|填报|截止|更新|录入",
            content="date",
            weight=1.2,
        ),
        Column(
            "venue",
            "活动地点",
            "Venue",
            words(
                "活动地点 地点 阵地 活动阵地 活动场所 举办地点 活动场地 场地 场所 活动地址 开展地点"
            ),
            clean_name,
            excludes="类型|面积",
            weak=("地址",),
            weight=1.2,
        ),
        Column(
            "hosts",
            "主办单位",
            "Hosts",
            words(
                "主办 主办单位 主办方 主办部门 举办单位 组织单位 组织方 开展单位 主办/承办"
                " 主承办单位 责任单位"
            ),
            clean_list,
            many=True,
            excludes="协办",
            weight=1.2,
        ),
        Column(
            "organisers",
            "承办单位",
            "Organisers",
            words("承办 承办单位 承办方 承办部门"),
            clean_list,
            many=True,
            excludes="主办",
        ),
        Column(
            "co_hosts",
            "协办单位",
            "Co-hosts",
            words("协办 协办单位 协办方 支持单位 参与单位 联办单位"),
            clean_list,
            many=True,
            excludes="主办|承办",
        ),
        Column(
            "headcount",
            "参加人数",
            "Headcount",
            words(
                "参加人数 人数 参与人次 参与人数 活动人数 人次 参加人次 到场人数 覆盖人数"
                " 覆盖人次 参会人数 活动规模 规模 参与人员数"
            ),
            clean_count,
            excludes="工作人员|志愿者",
            content="amount",
            weight=1.2,
        ),
        Column(
            "mode",
            "活动方式",
            "Mode",
            words("活动方式 线上线下 线上/线下 举办方式 开展方式 线上或线下 方式"),
            clean_mode,
            if_content=words("活动形式 形式 开展形式 举办形式"),
            content="mode",
            limit=50,
        ),
        Column(
            "kind",
            "活动类型",
            "Kind",
            words("活动类型 类别 活动类别 类型 活动种类 活动分类 活动形式 形式 分类"),
            clean_name,
            excludes="单位",
            limit=50,
        ),
        Column(
            "summary",
            "主要内容",
            "Summary",
            words(
                "主要内容 内容 活动内容 成效 活动成效 活动简介 简介 内容简介 活动情况 活动概况"
                " 内容及成效 主要成效 活动内容及成效 内容概要 情况简介 工作成效"
            ),
            clean_line,
            limit=5000,
        ),
        Column("brand", "品牌", "Brand", words("品牌 活动品牌 统战品牌 品牌名称"), clean_name),
        _TOWN,
        _NOTE,
    ),
    (frozenset({"title"}),),
    "活动",
    ("title",),
    (("hosts", "organisers"), ("title", "summary")),
)

VENUES = Plan(
    "venues",
    "阵地清单",
    "Venues",
    (
        Column(
            "name",
            "阵地名称",
            "Venue",
            words(
                "阵地名称 场所名称 站点名称 基地名称 阵地 名称 站点 场馆名称 阵地(场所)名称"
                " 家站名称 空间名称"
            ),
            clean_name,
            excludes="活动|企业|单位|公司|荣誉|项目|品牌|类|责任|资源",
            required=True,
            weight=1.5,
        ),
        Column(
            "kind",
            "类型",
            "Kind",
            words("类型 阵地类型 类别 阵地类别 种类 场所类型 阵地性质 分类"),
            clean_name,
            excludes="活动|企业",
            limit=50,
        ),
        Column(
            "area_m2",
            "面积（㎡）",
            "Area, m²",
            words("面积 建筑面积 使用面积 占地面积 场地面积 阵地面积 总面积 面积(㎡)"),
            clean_area,
            content="amount",
            weight=1.3,
        ),
        _ADDRESS,
        Column(
            "opened_on",
            "启用时间",
            "Opened on",
            words(
                "启用时间 建成时间 启用日期 建成日期 挂牌时间 挂牌日期 成立时间 建立时间 投用时间"
                " 启用年月 揭牌时间 建成年份 建设时间"
            ),
            clean_date,
            content="date",
        ),
        Column(
            "zones",
            "功能区",
            "Zones",
            words("功能区 功能分区 功能区域 功能布局 主要功能区"),
            clean_list,
            many=True,
            limit=300,
        ),
        Column(
            "manager",
            "责任人",
            "Manager",
            words("责任人 联系人 负责人 管理人 管理员 阵地负责人 责任人姓名 联络人 负责人姓名"),
            clean_person,
            excludes=_NO_PERSON,
            content="person",
            limit=50,
        ),
        _PHONE,
        Column(
            "opening_hours",
            "开放时间",
            "Opening hours",
            words("开放时间 服务时间 开放时段 对外开放时间"),
            clean_line,
            weight=1.2,
        ),
        Column(
            "managed_by",
            "管理单位",
            "Managed by",
            words("管理单位 责任单位 运营单位 建设单位 主管单位 所属单位 依托单位 归属单位"),
            clean_name,
        ),
        _TOWN,
        _VILLAGE,
        _NOTE,
    ),
    (frozenset({"name"}),),
    "阵地|场所|统战之家|商会之家|站点",
    ("name",),
)

POSTS = Plan(
    "posts",
    "统战岗位",
    "Posts",
    (
        _TOWN,
        _VILLAGE,
        Column(
            "post",
            "职务",
            "Post",
            words("职务 岗位 统战职务 岗位名称 职务名称 岗位类别 统战岗位 人员类别 身份 类别"),
            clean_post,
            excludes="行政|党内",
            content="post",
            limit=50,
        ),
        Column(
            "holder",
            "姓名",
            "Holder",
            words("姓名 人员姓名 联络员姓名 干事姓名 统战干事 联络员 统战委员 负责人 人员"),
            clean_person,
            excludes=_NO_PERSON,
            content="person",
            limit=50,
        ),
        Column(
            "full_time",
            "专/兼职",
            "Full time",
            words("专/兼职 专兼职 是否专职 专职/兼职 专职兼职 专职或兼职"),
            clean_yes_no,
        ),
        _PHONE,
        Column(
            "since",
            "任职时间",
            "Since",
            words(
                "任职时间 任职日期 任职年月 到岗时间 聘任时间 任现职时间 起始时间 任职起始时间"
                " 上岗时间"
            ),
            clean_date,
            content="date",
        ),
        _NOTE,
    ),
    (frozenset({"village", "holder"}), frozenset({"town", "holder", "post"})),
    "干事|联络员|统战委员|统战干部|岗位",
    ("village", "town", "holder"),
)

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
                " 所属商会 商会名称 商会"
            ),
            clean_name,
            excludes="颁|授予单位|发证|认定单位|评定单位|地址|电话",
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
            excludes="级别|等级|时间|日期|单位|层级",
            weak=("名称",),
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
            content="date",
        ),
        Column(
            "valid_until",
            "有效期至",
            "Valid until",
            words("有效期至 有效期 到期时间 有效期限 到期日期 有效日期 截止日期"),
            clean_date,
            content="date",
        ),
        _CREDIT_CODE,
        _TOWN,
        _NOTE,
    ),
    (frozenset({"title", "holder"}), frozenset({"title", "level"}), frozenset({"title", "issuer"})),
    "荣誉|表彰|获奖|奖项",
    ("title",),
)

PLANS = {plan.name: plan for plan in (MEMBERS, ACTIVITIES, VENUES, POSTS, HONOURS)}
