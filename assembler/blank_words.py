"""The word lists by which blanks are told from what only looks like one.

Each list is what a reader of such texts knows: measure words and units to the right
of a mask, the words that end the name of a place, a body or a person's post, and the
fixed words that hold an X, a star or a 某 of their own.
"""


def words(listed: str) -> tuple[str, ...]:
    """The words of a list written with spaces between."""
    return tuple(listed.split())


#: Measure words and units that stand to the right of a figure.
UNITS = (
    *"个家户项名位人件条起宗处座台套辆场期批次年月日号天周时分秒岁亩吨元倍成级届层栋幢",
    *"孔盏株棵头只艘艇架所间份篇部张枚颗粒桶箱袋瓶克斤米里升度册卷章节款遍轮笔支队班",
    *"组种类万亿千百余多页本楼折步℃㎡％%‰",
    *words(
        "个百分点 百分点 亿元 万元 千元 百元 美元 亿美元 万美元 余元 多元 亿余元 万余元"
    ),
    *words("万人 人次 万人次 人民币 千克 公斤 公顷 公里 千米 毫米 微克 毫克 标准箱"),
    *words(
        "平方米 平方公里 立方米 万平方米 万立方米 万亩 万吨 亿吨 小时 分钟 季度 周年"
    ),
    *words("千瓦 万千瓦 兆瓦 千瓦时 亿千瓦时 万千瓦时 床位 学位 方面 分之"),
    *words("以上 以下 左右 之多"),
)

#: Latin unit signs that may follow a letter mask directly.
LATIN_UNITS = words(
    "km kg cm mm kW kWh MW GW MWh GWh kV kVA hm mg mL dB GB TB Mbps Gbps TEU m t"
)

#: Indicators written in Latin letters that a mask may follow without a space.
INDICATORS = words(
    "GDP CPI PPI PMI FDI R&D GNP GEP AQI PM2.5 PM10 COD VOCs IPO ODI GVA"
)

#: Words that end the name of a place.
PLACES = (
    *"省市县区州盟旗镇乡村屯路街巷河江湖山岛港湾桥库",
    *words("街道 社区 园区 新区 林场 农场 牧场 水库 大道 小区 自治区 自治州 自治县"),
    *words("开发区 村委会 居委会 村民委员会"),
)

#: Words that end the name of a body, a project or a thing that has a name.
BODIES = (
    *"办局委厅部院校所站社厂店行会党团处科股室矿论",
    *words(
        "公司 集团 企业 单位 部门 中心 大学 学院 中学 小学 学校 医院 银行 协会 商会"
    ),
    *words("学会 联合会 党委 党组 党支部 党总支 政府 人大 政协 法院 检察院 纪委 支部"),
    *words("总队 支队 大队 工作组 专班 小组 指挥部 领导小组 委员会 合作社 事务所 分局"),
    *words("项目 工程 产业园 工业园 科技园 示范区 基地 平台 大桥 高速 铁路 公路 机场"),
    *words(
        "车站 码头 隧道 水厂 电厂 电站 活动 会议 讲话 精神 规划 计划 行动 战略 主题"
    ),
    *words("文件 方案 办法 细则 条例 报告 决定 意见 通知 标准 品牌 论坛 大会 事故"),
)

#: Words that follow the name of a person.
PERSONS = words(
    "同志 书记 市长 县长 区长 镇长 乡长 州长 省长 局长 厅长 主任 部长 主席 院长 校长"
    " 董事长 总经理 经理 先生 女士 教授 老师 代表 委员 常委 秘书长 组长 处长 科长 队长"
    " 院士 博士 会长 理事长 总监 总裁 行长 站长 所长 村长 支书 领导 总 副总 调研员"
    " 副市长 副县长 副区长 副镇长 副乡长 副书记 副局长 副主任 副部长 副主席 副院长"
    " 副校长 副秘书长 副组长 指导员"
)

#: To the right of one X: fixed words such as X光 (regular expressions).
AFTER_X = (
    r"光(?![伏明荣电缆纤谷华学辉彩照])",
    r"[-‐]?射线",
    r"光机",
    r"线(?:[机片]|检查|摄影|透视)",
    r"染色体",
    r"因子(?!公司)",
    r"轴(?!承)",
    r"展[架示]",
    r"型(?!号)",
    r"形",
    r"波段",
    r"档(?![案次])",
    r"坐标",
    r"[、,，和与]\s?[YyＹｙZz](?![A-Za-z])",
    r"世代",
    r"连锁(?:遗传|隐性|显性)",
    r"刀(?:手术|治疗)?(?![一-龥])",
)

#: To the left of a letter mask: words that make it an unknown of algebra.
BEFORE_UNKNOWN = words("变量 未知数 未知量 函数 自变量 系数 解出 求出")

#: To the left of a Latin run: an address or account follows.
BEFORE_ADDRESS = words(
    "微信 微信号 网址 网站 邮箱 QQ qq 域名 登录 访问 官网 电子邮件 账号 帐号 用户名"
    " 密码"
)

#: Interjections: xxx behind them is slang, not a blank.
LAUGHTER = words("呵呵 哈哈 嘻嘻 嘿嘿 啦啦 哼哼 嘤嘤 么么哒")

#: Beside a × or * sign: the sign itself is meant.
BEFORE_SIGN = words("打 画 划 标 用 叫 √ 注 加 带 记 填")
AFTER_SIGN = words("号 表示 代表 为错 者 的为 标记 符号 字样")

#: Factors of a product in words: 单价×数量 is no blank.
FACTORS = words(
    "单价 数量 系数 比例 天数 人数 标准 面积 基数 费率 税率 权重 分值 得分 长 宽 高 厚"
    " 深 件数 次数 月数 年限 工资 金额 价格 总价 产量 亩产 时间 强度 浓度 流量"
)

#: Words inside [ ] 【 】 〔 〕 that label something instead of standing for a value.
TAGS = words(
    "注 附 注释 备注 说明 附注 附件 附表 附图 图 表 摘要 关键词 关键字 内容提要"
    " 内容摘要 提要 导语 导读 引言 编者按 记者按 按语 收藏 分享 打印 关闭 复制 下载"
    " 返回 返回顶部 更多 详情 详细 全文 目录 上一页 下一页 上一篇 下一篇 原创 转载 置顶"
    " 精华 推荐 热门 来源 编辑 责任编辑 作者简介 组图 视频 图文 范文 例文 示例 范例"
    " 案例 例 答案 解析 点评 掌声 热烈鼓掌 鼓掌 笑声 全场鼓掌 热烈掌声 参考文献 评论"
    " 点赞 小标题 标签 正文 结束 完 待续 未完待续 字号 大中小 写作提示 写作要点"
    " 温馨提示 友情提示 重要提示 提示 免责声明"
)

#: Words that end the noun of a slot in a form: such a label in 【 】 is none.
SLOT_NOUNS = words(
    "名称 姓名 名字 日期 时间 地点 地址 单位 部门 人数 数额 数量 金额 比例 职务 职称"
    " 身份 年份 月份 标题 讲话人 主持人 届次 次数 位次 地名 人名 文号 编号 称谓 电话"
    " 联系人 联系方式 县名 镇名 会议名"
)

#: 某 as an ordinary word, not as a mask.
AFTER_SOME = words(
    "些 种 个 一 时 天 人 事 处 地 项 方面 段 类 样 年 月 日 位 名 几 次 件 条 款 点"
    " 刻 程度 化 性 式"
)

#: Surnames; a 某 behind one is a person kept anonymous on purpose.
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章苏"
    "潘葛范彭郎鲁韦马苗方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于傅齐康伍余"
    "顾孟黄穆萧尹姚邵湛汪祁毛狄臧戴宋庞熊纪舒屈项祝董梁杜阮蓝闵季贾路江童颜郭梅盛林刁"
    "钟徐邱骆高夏蔡田樊胡凌霍虞万柯管卢莫房解应宗丁宣邓洪包左石崔吉龚程嵇邢裴陆荣翁"
    "荀惠甄曲封储靳段焦侯班秋仲伊宫宁仇甘厉武符刘景詹龙叶幸司黎白蒲池乔向谭申冉桑桂牛"
    "边尚农温庄晏柴瞿阎连茹习艾容易慎戈廖居衡耿满匡文寇广东欧沃利蔚越隆师巩聂晁敖冷辛"
    "阚那简饶曾沙鞠关查游竺权盖益桓公覃谈邰肖闫付代涂佟"
)

#: What a hint asks the writer to do.
HINT_VERBS = words("填写 填报 填入 填上 填数 填空 补填 补上 补齐 写明")
