"""Columns that several kinds of lists have."""

from imports.cleaning.choices import clean_town, clean_village
from imports.cleaning.phones import clean_phone
from imports.cleaning.texts import clean_address, clean_credit_code, clean_line
from imports.cleaning.values import words
from imports.reading.columns import Column

NO_PERSON = "电话|手机|方式|职务|号码?$|身份证|邮箱|微信|地址|单位|人数|时间|日期|名称|代码"

CREDIT_CODE = Column(
    "credit_code",
    "统一社会信用代码",
    "Credit code",
    words(
        "统一社会信用代码 社会信用代码 统一信用代码 统一组织信用代码 信用代码 税号 纳税人识别号"
        " 统一社会信用代码/注册号 统一社会信用代码/税号 creditCode UNISCID credit_code uscc"
        " 统一代码 统一社会信用代码证号 社会统一信用代码 单位统一社会信用代码 uniscid scid tyshxydm"
        " shxydm nsrsbh"
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

PHONE = Column(
    "phone",
    "联系电话",
    "Phone",
    words(
        "联系电话 联系人电话 联系人联系电话 联系人手机 联系人联系方式 电话 联系方式 手机 移动电话"
        " 办公电话 法人电话 手机号 手机号码 电话号码 联系人电话 联系手机 座机 固定电话 公司电话"
        " 单位电话 企业电话 通讯方式 联络电话 咨询电话 热线 tel phone telephone mobile"
        " contactphone lxdh dhhm sjhm 联系人手机号 联系人手机号码 移动电话号码 手机电话"
        " 本人电话 办公室电话 总机 办公直线 officetel"
    ),
    clean_phone,
    family=(
        "(?:联系人?|联络人?|负责人|经办人|移动|办公|单位|企业|公司|本人|固定|值班|服务|业务|常用|工作|日常|对外|主要)*"
        "(?:电话|手机|号码|座机|固话|热线|联系方式|联络方式|通讯方式|手机号|电话号)(?:号码|号)?"
    ),
    tails="电话|手机|总机|直线|联系|联络|话机|电联|通讯|通信|移动|座机|固定|短号|值班|咨询|本人|办公|方式$",
    excludes="传真|地址|邮箱|微信|紧急|书记|主任|财务|专员|领导|统计|会计|网格|民警|投诉|监督|介绍人|填报|填表|qq|邮编|邮政|证号|证件|账号|编号|车牌|门牌|税务|税号",
    content="phone",
)

ADDRESS = Column(
    "address",
    "地址",
    "Address",
    words(
        "地址 注册地址 经营地址 经营场所 通讯地址 单位地址 企业地址 公司地址 办公地址 详细地址"
        " 联系地址 住所 注册地 生产地址 所在地 所在地址 具体地址 坐落 位置 具体位置 address"
        " regaddress regaddr dom zcdz jycs jydz lxdz xxdz"
        " 厂址 门牌号 门牌 门牌地址 店址 社址 会址"
        " 单位所在地详细地址 供应商地址 营业地址 坐落位置 坐落地址 坐落地点"
    ),
    clean_address,
    family=(
        "(?:企业|单位|公司|机构|门店|阵地|工作站|站点|场所)?(?:注册|登记|经营|实际|生产|办公|通讯|联系|营业|设立|工商|主要|目前|所在|现"
        "|在沪|在青|本市|详细|具体|建设|设置|挂牌|所处){0,3}(?:地址|地点|住所|所在地|场所|场地|位置|坐落|方位|坐落地)(?:地址)?"
    ),
    tails="地$|地点|地址|方位|坐落|位置|场所|厂区|落位|在哪",
    excludes="家庭|住址|户籍|邮箱|网址|IP|邮政|活动|举办|^场地$",
    content="address",
    limit=300,
)

TOWN = Column(
    "town",
    "街镇",
    "Town",
    words(
        "街镇 所属街镇 镇街 所在街道 所属街道 街道 所在街镇 街镇名称 镇 乡镇 街道/镇 街道乡镇"
        " 所属乡镇 所在乡镇 所属镇 所在镇 镇别 街镇别 所在区域 所属区域 片区 属地 区域 所属片区"
        " 辖区 所属辖区 所属地区 街道(镇) 街道名称 镇名 所在镇街 街镇(园区) 归属街镇 注册街镇"
        " 乡镇街道 subdistrict township town"
    ),
    clean_town,
    if_content=words("区划 行政区划 地区 所在地区 属地街镇 单位 所属单位 报送单位"),
    tails="镇|街道|街乡|乡|板块|片区|区块|属地|辖区|地区|区域|管辖|隶属|归属",
    excludes="级|活动|人数|地址|商会|电话|户籍|籍贯|出生|原",
    content="town",
    limit=50,
)

VILLAGE = Column(
    "village",
    "村居",
    "Village",
    words(
        "村居 所属村居 村居名称 村 居村 村居委 村委 所属村 所在村 社区 所属社区 所在社区 村社区"
        " 居委 居委会 村委会 园区 所属园区 村(居)名称 村居委名称 居村名称 居民区 所在村居 社区名称"
        " 村社 村社名称 村名 行政村 村名称 村庄 所属居村 community village"
    ),
    clean_village,
    family="(?:所[属在]|任职|工作|服务|联系)?(?:村居|社区|村|居村|居委会?|居民区|行政村|村社)(?:名称|名|单位)",
    content="village",
    if_content=words("单位 单位名称 名称 组织 基层单位 所属单位 所在单位 报送单位"),
    tails="村|居|社区|基层|园区|网格|小区|点位",
    excludes="人数|书记|电话|地址|名称.*数|活动|主任|户籍|籍贯|等级|级别|居住|结对|帮扶",
    limit=50,
)

NOTE = Column(
    "note",
    "备注",
    "Note",
    words("备注 备注说明 其他说明 说明 附注"),
    clean_line,
    limit=2000,
    weight=0.1,
)
