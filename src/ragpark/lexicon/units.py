"""Units and multiples: the words that follow a number, and what they are worth. Finds no numbers itself."""

from __future__ import annotations

from decimal import Decimal

SCALES: dict[str, Decimal] = {
    "万亿": Decimal(10**12),
    "千亿": Decimal(10**11),
    "百亿": Decimal(10**10),
    "十亿": Decimal(10**9),
    "千万": Decimal(10**7),
    "百万": Decimal(10**6),
    "十万": Decimal(10**5),
    "亿": Decimal(10**8),
    "万": Decimal(10**4),
    "千": Decimal(10**3),
    "百": Decimal(10**2),
}
# `3千克`, `5百分点`, `6千瓦时`: there 千 and 百 belong to the unit. `四个万亿级产业`: no number stands before 万亿.
SCALE = r"万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千(?![瓦克米卡帕伏赫])|百(?!分)"

_WORDS = """
个百分点 百分点 % ‰ 成 倍
平方公里 平方千米 平方米 平米 平方厘米 平方英里 平方英尺 立方米 立方厘米 公顷 英亩 亩 ㎡ km² m²
千米 公里 海里 英里 厘米 毫米 纳米 微米 米 公尺 英尺 英寸 尺 寸 里 光年 km cm mm nm
美元 欧元 港元 港币 日元 英镑 韩元 新加坡元 新元 澳元 加元 卢布 人民币 元 块钱
千瓦时 兆瓦时 吉瓦时 度电 吉瓦 兆瓦 千瓦 瓦 千伏 kV 伏 GWh MWh kWh GW MW kW 赫兹 兆帕
吨标准煤 吨标煤 吨 公斤 千克 毫克 微克 克 斤 磅 毫升 升 桶 kg mg mL
GB TB MB PB Gbps Mbps EFLOPS PFLOPS ℃ °C 摄氏度 度
个小时 小时 分钟 秒钟 秒 周年 年 个月 个多月 个半月 个季度 个工作日 工作日 天 日 岁 周 个世纪
人次 人年 人日 万人 人 名 位 家次 家 户 员 所 个点 个 件 项 张 支 笔 场 款 种 类 批次 批 条 辆 座 栋 幢 层 只 台 套
部 本 篇 起 例 次 届 集
首 票 枚 块 片 头 匹 棵 株 口 间 处 页 字 期 轮 局 球 分 颗 艘 架 门 队 组 级 站 幅 尊 卷 章 节 代 任 宗 股 份 班
架次 车次 标箱 标准箱
TEU 剂 床 孔 根 节 对 道 学分 课时 公里/小时 元/吨 元/平方米 微克/立方米 毫克/升
"""
# What must not follow for the word to be a unit: `2台阶`, `3年级`, `80年代`, `5元件`, `500家庭`, `2分中心`.
_NOT_BEFORE = {
    "台": "阶|湾|式|州", "年": "代|级|轮|鉴|报|会", "元": "件|素|宇宙|旦|器件", "人": "民币|工|均", "人年": "龄|纪",
    "家": "庭|族|长|用|电|具",
    "首": "个|家|批|次|席|期", "分": "之|中心|公司|园|院|会|校|店|支|局|厂", "里": "程|面", "天": "然|津|府",
    "度": "假", "条": "约|例|款",
    "代": "表", "任": "务|职", "队": "伍|员", "组": "织|建|长", "字": "样|号", "口": "径|岸|腔", "片": "区|段|头",
    "头": "部|像",
    "节": "日|约|能|点", "章": "程", "门": "店|口|户", "局": "长|部", "批": "复|准", "期": "间|末|限|货",
    "轮": "胎|值", "票": "据|房",
    "块": "链", "处": "理|长|罚", "间": "隔|接", "场": "景|所|地|馆", "对": "接|外|内|标|口|应|于|比", "道": "路",
    "份": "额", "股": "权|份|东",
    "员": "工", "升": "级|至|到|高", "周": "边|期|年|转", "班": "子|组", "根": "据",
    "成": "[立为功果本员就都长套熟效型交品分年新]|不变", "斤": "斤",
    "所": "在|有|以|属|得|谓|示", "起": "步|来|点|草|航", "集": "聚|群|团|成|中", "站": "点|位", "层": "级|面",
    "孔": "子", "床": "位", "磅": "礴", "伏": "天",
}  # fmt: skip


def _pattern() -> str:
    words = sorted(set(_WORDS.split()), key=lambda word: (-len(word), word))
    guarded = []
    for word in words:
        stop = rf"(?!{_NOT_BEFORE[word]})" if word in _NOT_BEFORE else ""
        if word.isascii() and word[-1].isalpha():
            stop = r"(?![A-Za-z])"
        guarded.append(word.replace(".", r"\.") + stop)
    return "|".join(guarded)


UNIT = _pattern()

_BASE = {
    "个百分点": "百分点", "平方千米": "平方公里", "km²": "平方公里", "平米": "平方米", "㎡": "平方米",
    "m²": "平方米", "千米": "公里", "km": "公里",
    "cm": "厘米", "mm": "毫米", "nm": "纳米", "人民币": "元", "块钱": "元", "港币": "港元", "新元": "新加坡元",
    "千克": "公斤", "kg": "公斤", "mg": "毫克",
    "mL": "毫升", "kWh": "千瓦时", "度电": "千瓦时", "kW": "千瓦", "kV": "千伏", "MW": "兆瓦", "GW": "吉瓦",
    "MWh": "兆瓦时", "GWh": "吉瓦时", "吨标煤": "吨标准煤",
    "个小时": "小时", "秒钟": "秒", "个多月": "个月", "个工作日": "工作日", "°C": "℃", "摄氏度": "℃",
    "个点": "点", "标准箱": "标箱", "TEU": "标箱",
}  # fmt: skip


def base_unit(unit: str) -> tuple[str, Decimal]:
    """Return the unit's one name and what the number is multiplied by: `km` → (`公里`, 1), `成` → (`%`, 10)."""
    if unit == "成":
        return "%", Decimal(10)
    if unit == "万人":
        return "人", Decimal(10**4)
    return _BASE.get(unit, unit), Decimal(1)
