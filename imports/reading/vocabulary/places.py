"""Lists of venues, and of who holds which post in which village."""

from dataclasses import replace

from imports.cleaning.choices import clean_post, clean_yes_no
from imports.cleaning.dates import clean_date
from imports.cleaning.numbers import clean_area
from imports.cleaning.texts import clean_hours, clean_line, clean_list, clean_name, clean_person
from imports.cleaning.values import words
from imports.reading.columns import Column, Plan
from imports.reading.vocabulary.shared import ADDRESS, NO_PERSON, NOTE, PHONE, TOWN, VILLAGE
from imports.reading.vocabulary.stems import SORT, WHEN, WHO

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
                " 家站名称 空间名称 之家名称 家园名称 工作站名称 驿站名称 园地名称 载体名称"
                " 平台名称 统战阵地 统战阵地名称 馆名 站名 场馆名 基地名"
                " 点名 挂牌名称 地点名称 场地名称"
            ),
            clean_name,
            family=(
                "(?:统战|同心|侨|侨界)?(?:阵地|场所|站点|点位|点|站|基地|场馆|空间|家园|工作站|驿站|园地|载体|平台|服务站|服务点|示范点|工作室"
                "|活动室|联络站|实践点|实践基地|教育基地|之家|会客厅|活动中心|联谊点|设施|活动点|资源点|打卡点)"
                "(?:具体)?(?:名称|名字|名|全称)"
                "|[\u4e00-\u9fff]{1,8}(?:站|点|室|馆|场馆|基地|之家|家园|中心|场所|书院|书屋|园地|长廊|角|坊)(?:名称|全称)"
            ),
            excludes="活动(?!室|中心|点|站)|网站|网点|景点|车站|油站|电站|药|医|卫生|幼儿|茶馆|检测|测试|企业|单位|公司|荣誉|项目|品牌|类|责任|资源|会员|供应商|纳税人|数量?$|面积|情况",
            tails="阵地|场所|站|点|馆|基地|平台|空间|家园|之家|会客厅|室|设施|载体|牌子",
            weak=words(
                "场地 场所 空间 之家 会客厅 服务点 实践点 活动点 统战之家 同心家园 侨之家 资源点"
                " 打卡点 设施 牌子 基地 场馆 点位 驿站 家园 载体 书房 工作站 联络站"
                " 服务站 平台 教育基地 实践基地"
            ),
            content="venue",
            unlike="company",
            required=True,
            weight=1.5,
        ),
        Column(
            "kind",
            "类型",
            "Kind",
            words("类型 阵地类型 类别 阵地类别 种类 场所类型 阵地性质 分类"),
            clean_name,
            family=(f"(?:阵地|场所|载体|站点|基地|平台|场馆|空间|设施|建设|工作站|驿站)?{SORT}"),
            excludes="活动|企业|单位|产权|用地",
            limit=50,
        ),
        Column(
            "area_m2",
            "面积（㎡）",
            "Area, m²",
            words("面积 建筑面积 使用面积 占地面积 场地面积 阵地面积 总面积 面积(㎡)"),
            clean_area,
            weak=words("规模 场地规模 阵地规模"),
            tails="面积|平方|平米|m2|规模|大小",
            excludes="人|绿化|单价",
            content="amount",
            weight=1.3,
        ),
        ADDRESS,
        Column(
            "opened_on",
            "启用时间",
            "Opened on",
            words(
                "启用时间 建成时间 启用日期 建成日期 挂牌时间 挂牌日期 成立时间 建立时间 投用时间"
                " 启用年月 揭牌时间 建成年份 建设时间"
            ),
            clean_date,
            family=(
                "(?:阵地)?(?:正式)?(?:启用|建成|建[站馆点园]|挂牌|揭牌|成立|建立|设立|投用|投入使用|开放|创建|建设|运行|开业|授牌|落成|开馆|开张|命名|揭幕|竣工|启动){1,2}"
                f"{WHEN}"
            ),
            excludes="开放时间",
            tails="启用|投用|建.(?:日|时|年)|建成|挂牌|揭牌|成立|建立|落成|启动|开馆|开张|揭幕|竣工|投入使用|建设|创建|开门|开业|首开",
            content="date",
        ),
        Column(
            "zones",
            "功能区",
            "Zones",
            words(
                "功能区 功能分区 功能区域 功能布局 主要功能区 主要功能 服务功能 功能设置 功能定位"
                " 功能板块 功能"
            ),
            clean_list,
            family="(?:主要|阵地|服务|内部|现有)?功能(?:室|厅|用房|厅室|分?区域?|板块|场室|空间|场馆)(?:设置|划分|布局|情况|名称|建设)?",
            many=True,
            limit=300,
        ),
        Column(
            "functions",
            "功能",
            "Functions",
            words("主要功能 功能 阵地功能 服务功能 功能定位"),
            clean_list,
            many=True,
            excludes="区|布局|室|厅|用房|空间|板块",
            limit=300,
        ),
        Column(
            "parent",
            "所属综合体",
            "Part of",
            words("所属综合体 综合体 统战综合体 上级阵地 所属阵地"),
            clean_name,
            excludes="类型",
        ),
        Column(
            "chamber",
            "所属商会",
            "Chamber",
            words("所属商会 依托商会"),
            clean_name,
        ),
        Column(
            "manager",
            "责任人",
            "Manager",
            words(
                "责任人 联系人 负责人 管理人 管理员 阵地负责人 责任人姓名 联络人 负责人姓名"
                " 日常管理 日常管理人 管理人员 站长 负责同志 联络员 具体负责人"
            ),
            clean_person,
            family=f"(?:阵地|站点|场馆)?(?:主要|日常|具体|轮值)?(?:负责|责任|管理|联系|联络|运营|维护|运维|值守|值班|看管|专管|轮值|对接|主理){WHO}|(?:管理责任|主理)人|[馆站阵店点场园](?:地)?长|主任|理事长",
            tails="负责|责任|管理|联系|联络|运营|维护|运维|值守|看管|专管|值班|对接|主理|长$|主任|站员|[^法]人$|员$",
            excludes=NO_PERSON,
            content="person",
            limit=50,
        ),
        PHONE,
        Column(
            "opening_hours",
            "开放时间",
            "Opening hours",
            words("开放时间 服务时间 开放时段 对外开放时间"),
            clean_hours,
            weight=1.2,
        ),
        Column(
            "managed_by",
            "管理单位",
            "Managed by",
            words(
                "管理单位 责任单位 运营单位 建设单位 主管单位 所属单位 依托单位 归属单位 建设主体"
                " 运营主体 责任主体 管理主体 牵头单位 使用单位 产权单位 所在单位 挂靠单位 共建单位"
            ),
            clean_name,
            family=(
                "(?:日常)?(?:管理|责任|运营|建设|主管|所属|依托|归属|牵头|使用|产权|维护|承建|运维|运行|托管)"
                "(?:管理|维护)?(?:单位|方|主体|机构|部门|组织|企业|公司|团队)"
            ),
        ),
        TOWN,
        VILLAGE,
        NOTE,
    ),
    (frozenset({"name"}),),
    "阵地|场所|统战之家|商会之家|站点|联络站|工作站|驿站|基地|家园|服务点|点位|活动室|会客厅|场馆|文化馆|图书馆|博物馆|纪念馆|书房|书屋|文化站|公园",
    ("name",),
)

POSTS = Plan(
    "posts",
    "统战岗位",
    "Posts",
    (
        TOWN,
        replace(VILLAGE, weak=words("单位 单位名称 所在单位 所属单位 工作单位 组织 部门")),
        Column(
            "village_kind",
            "村居类型",
            "Kind of village",
            words("村居类型 村居类别 村居性质 单位类型 村居种类"),
            clean_name,
            limit=50,
        ),
        Column(
            "village_code",
            "区划代码",
            "Division code",
            words("区划代码 村居代码 统计用区划代码 村居编码 行政区划代码"),
            clean_line,
            limit=20,
        ),
        Column(
            "post",
            "职务",
            "Post",
            words("职务 岗位 统战职务 岗位名称 职务名称 岗位类别 统战岗位 人员类别 身份 类别"),
            clean_post,
            tails="职|岗|身份|角色|类|条线|分工|性质|名称",
            excludes="行政|党内|村居职务|社区职务|^现任职务$",
            if_content=words("现任职务 role post"),
            content="post",
            limit=50,
        ),
        Column(
            "holder",
            "姓名",
            "Holder",
            words(
                "姓名 人员姓名 联络员姓名 干事姓名 统战干事 联络员 统战委员 负责人 人员"
                " 工作联系人 任职人员 A角 B角 统战专干 统战专员 专干姓名 专干 统战干部 统战工作者"
                " 统战联络人 统战联络人姓名"
            ),
            clean_person,
            if_content=words("name"),
            tails="姓名|名字|名单|人$|员$|专职$|干事|同志|干部|领导|人选|骨干|现任|在岗|对象|谁|角$",
            excludes=f"{NO_PERSON}|书记|主任",
            content="person",
            limit=50,
        ),
        Column(
            "full_time",
            "专/兼职",
            "Full time",
            words("专/兼职 专兼职 是否专职 专职/兼职 专职兼职 专职或兼职 专职"),
            clean_yes_no,
            unlike="person",
            excludes="数|人员|待遇",
        ),
        PHONE,
        Column(
            "since",
            "任职时间",
            "Since",
            words(
                "任职时间 任职日期 任职年月 到岗时间 聘任时间 任现职时间 起始时间 任职起始时间"
                " 上岗时间 变更时间 调整时间 到任时间 任命时间 任免时间 任期 since"
            ),
            clean_date,
            family=(
                "(?:开始)?(?:任职|到岗|聘任|任命|上岗|到任|聘用|选聘|任现职|就任|调整|变更|更换|变动|更替|交接|接手|配备|入职|担任|担任现职|接任|起任|选任|履职|明确|上任|分管|从事统战工作|何时任职)"
                f"{WHEN}"
            ),
            tails="任职|^任|更换|交接|接手|到岗|聘|上岗|任命|担任|到任|任现职|任免|任期|接任|起任|选任|履职|明确|上任|入职|就任|配备|从事|分管",
            excludes="届满|到期|截止|结束|离",
            content="date",
        ),
        NOTE,
    ),
    (
        frozenset({"village", "holder"}),
        frozenset({"town", "holder", "post"}),
        frozenset({"village", "village_kind"}),
        frozenset({"village", "village_code"}),
    ),
    "干事|联络员|统战委员|统战干部|岗位",
    ("village", "town", "holder"),
    proven=(frozenset({"holder", "post"}),),
)
