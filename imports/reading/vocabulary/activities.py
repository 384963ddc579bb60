"""Lists of activities."""

from imports.cleaning.choices import clean_mode
from imports.cleaning.dates import clean_moment
from imports.cleaning.numbers import clean_count, clean_yuan
from imports.cleaning.texts import clean_line, clean_list, clean_name, clean_venue
from imports.cleaning.values import words
from imports.reading.columns import Column, Plan
from imports.reading.vocabulary.shared import NOTE, TOWN
from imports.reading.vocabulary.stems import CALLED, SORT, UNIT, WHEN, WHERE

ACTIVITIES = Plan(
    "activities",
    "活动清单",
    "Activities",
    (
        Column(
            "title",
            "活动名称",
            "Activity",
            words(
                "活动名称 活动主题 活动标题 主题 活动项目 活动名称及主题 活动题目 课程名称"
                " 培训名称 讲座名称 会议名称 培训主题 讲座主题 会议主题 课程主题 授课内容"
            ),
            clean_name,
            family=(
                "(?:活动|会议|培训|讲座|课程|沙龙|论坛|赛事|仪式|宣讲|实践|走访|慰问|调研|参观|研修|联谊|讲堂|课堂|服务|班次|办班)"
                f"(?:班|班次|活动|会|项目|事项)?{CALLED}|(?:赛事|项目|事项|工作){CALLED}|(?:活动|会议|培训|讲座|课程|沙龙|赛事|服务|宣讲|走访|慰问|调研|参观|实践|联谊)(?:事项|项目)"
                "|(?:讲|课|议|论|选|话|专)题|会议?名"
            ),
            excludes="品牌|类型|形式",
            weak=words(
                "名称 事项 大事 工作事项 主要事项 培训内容 活动 服务项目 服务内容 志愿服务项目"
                " 活动内容 标题 内容 项目名称 项目"
                " 会议内容 讲座内容 课程内容 宣讲内容 工作内容 事件"
            ),
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
                " 起止时间 时间安排 年月日"
            ),
            clean_moment,
            family=(
                "(?:活动|举办|开展|召开|举行|实施|服务|志愿服务|培训|会议|授课|走访|调研|参观|慰问|讲座|组织|具体|拟|拟办|计划|安排|开课|上课|开讲|发生|办会|办班|宣讲|开班){1,3}"
                f"{WHEN}"
            ),
            weak=words("月份 计划月份 时间节点 活动月份"),
            excludes="结束|填报|截止|更新|录入|开工|竣工|完工|建设|投产|签约|完成|报名|建成",
            tails="时间|日期|何时|哪天|日程|时点|日$|[会档班展]期$|月份",
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
            clean_venue,
            family=(
                "(?:活动|举办|开展|召开|举行|实施|服务|志愿服务|培训|会议|授课|集合|集中|组织|现场|承载|前往|讲座|参观|走访|具体|拟|上课|预约|使用|预定|办班|开课){1,3}"
                f"{WHERE}"
            ),
            excludes="类型|面积",
            weak=words("地址 会址 会场 教室 何地 哪里 在哪 在哪里 在哪儿 哪儿 目的地 场馆"),
            weight=1.2,
        ),
        Column(
            "hosts",
            "主办单位",
            "Hosts",
            words(
                "主办 主办单位 主办方 主办部门 举办单位 组织单位 组织方 开展单位 主办/承办"
                " 主承办单位 责任单位 主办/协办"
            ),
            clean_list,
            many=True,
            family=f"(?:活动)?(?:主要)?(?:主办|举办|组织|组织实施|责任|牵头|召集|实施|开展|负责|发起|组织开展|申请|申办|预约|使用|召开|办会|办班|策划){UNIT}",
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
            family="(?:活动)?(?:承办|承接|具体承办)(?:单位|部门|方|科室|机构|组织|者)",
            excludes="主办",
        ),
        Column(
            "co_hosts",
            "协办单位",
            "Co-hosts",
            words("协办 协办单位 协办方 支持单位 参与单位 联办单位 配合单位 协同单位 联合单位"),
            clean_list,
            many=True,
            family="(?:活动)?(?:协办|协作|支持|参与|配合|协同|联合|联办|共建)(?:单位|部门|方|科室|机构|组织)",
            excludes="主办|承办",
        ),
        Column(
            "headcount",
            "参加人数",
            "Headcount",
            words(
                "参加人数 人数 参与人次 参与人数 活动人数 人次 参加人次 到场人数 覆盖人数"
                " 覆盖人次 参会人数 活动规模 规模 参与人员数 参训人数 到会人数"
                " 培训人数 参与人员数量 服务人次"
            ),
            clean_count,
            family=(
                "(?:活动|计划|预计|实际|实到|累计|约|总|签到)*(?:参加|参与|参会|到场|到会|参训|培训|出席|覆盖|受众|参观|听课|受训|服务|与会|实到|受益群众)?"
                "(?:活动|会议|人员|群众|对象)?(?:总)?(?:人数|人次|人次数|人员数量?|人员规模)(?:合计|总计)?"
                "|(?:参加|参与|参会|到场|到会|参训|出席|覆盖|受众|服务|受训|与会)(?:数量|数|规模|人员)|来?了?多少人"
            ),
            tails="^人次?$|人数|人次|人员数|[员众宾者民工生友](?:总)?数|参[加与会训]|出席|到场|覆盖|受众|签到|实到|到会|来宾|与会",
            excludes="工作人员|志愿者|单位|企业|经费|次数|场次",
            content="amount",
            weight=1.2,
        ),
        Column(
            "donation_yuan",
            "捐赠金额（元）",
            "Donation, yuan",
            words("捐赠金额 捐款金额 捐赠额 捐款 爱心捐赠金额 捐赠款物 募集善款 捐赠金额(元)"),
            clean_yuan,
            family=(
                "(?:爱心|公益|累计|现金)?(?:捐赠|捐款|募捐|认捐|捐助|资助|募集)(?:爱心)?"
                "(?:资金|金额|款|款额|款项|总额|善款|数额|额|现金|价值)(?:合计|总计)?"
            ),
            excludes="人数|人次|单位|企业",
            content="amount",
        ),
        Column(
            "beneficiaries",
            "受益人数",
            "Beneficiaries",
            words("受益人数 受益人次 受助人数 惠及人数 受益人"),
            clean_count,
            content="amount",
        ),
        Column(
            "mode",
            "活动方式",
            "Mode",
            words("活动方式 线上线下 线上/线下 举办方式 开展方式 线上或线下 方式"),
            clean_mode,
            excludes="报名|联系|支付|缴费|评选|宣传",
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
            family=f"(?:活动|项目|工作|服务|主题|会议|培训|课程){SORT}",
            excludes="单位|对象|人员|人群",
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
            family=(
                "(?:主要|具体|简要|基本|总体)?(?:活动|走访|培训|会议|工作|开展|慰问|调研|实施|举办|实践|服务|讲座|课程)?(?:主要|具体)?"
                "(?:情况|成效|内容|概况|简介|效果|成果|小结|总结|纪要|概述|简述|纪实|实效|亮点|详情|做法|过程|摘要|描述|开展情况|情况及成效){1,2}"
                "(?:简介|简述|概述|介绍|说明|描述)?|简况|(?:活动|培训|会议|课程|工作)说明"
            ),
            excludes="完成|进展|整改|落实",
            limit=5000,
        ),
        Column("brand", "品牌", "Brand", words("品牌 活动品牌 统战品牌 品牌名称"), clean_name),
        TOWN,
        NOTE,
    ),
    (frozenset({"title"}),),
    "活动",
    ("title",),
    (("hosts", "organisers"), ("title", "summary")),
    weak_needs=frozenset({"start", "venue", "headcount"}),
)
