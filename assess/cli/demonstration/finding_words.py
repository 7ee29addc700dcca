"""What inspections find in the demonstration: invented cases, each marked as one, under rules that are in force."""

from __future__ import annotations

from typing import Final, NamedTuple

DUST_RULE: Final = "《北京市建设工程施工现场管理办法》"
AIR_RULE: Final = "《北京市大气污染防治条例》"
WATER_RULE: Final = "《北京市水污染防治条例》"
WASTE_RULE: Final = "《北京市生活垃圾管理条例》"


class Case(NamedTuple):
    """What may be found: its kind, who inspects such things, what is wrong, where, by which rule, and who answers."""

    kind: str
    department: str
    what: str
    place: str
    standard: str
    responsible: str
    done: str


CASES: Final = (
    Case(
        "dust",
        "housing",
        "示范：工地土方裸露约二百平方米，未苫盖",
        "示范路{n}号工地",
        DUST_RULE,
        "示范项目部",
        "示范：裸露土方已全部苫盖，出入口已冲洗。",
    ),
    Case(
        "dust",
        "housing",
        "示范：运输车辆未冲洗即驶离，门前道路带泥约三十米",
        "示范街{n}号工地南门",
        DUST_RULE,
        "示范项目部",
        "示范：洗车设施已修复，道路泥土已清扫。",
    ),
    Case(
        "dust",
        "urban-management",
        "示范：道路保洁不到位，积尘明显",
        "示范大街{n}号门前",
        AIR_RULE,
        "示范保洁公司",
        "示范：已增加洗扫频次，积尘负荷复测合格。",
    ),
    Case(
        "open-burning",
        "urban-management",
        "示范：空地焚烧落叶，现场有明火",
        "示范里{n}号院东侧空地",
        AIR_RULE,
        "示范社区",
        "示范：已扑灭清运，并在现场设置提示牌。",
    ),
    Case(
        "fumes",
        "ecology-bureau",
        "示范：餐饮店油烟净化设施未开启",
        "示范街{n}号餐饮店",
        "《餐饮业大气污染物排放标准》（DB11/1488-2018）",
        "示范餐饮店",
        "示范：净化设施已清洗并正常运行，清洗记录已留存。",
    ),
    Case(
        "vehicles",
        "ecology-bureau",
        "示范：挖掘机冒黑烟，未登记编码",
        "示范路{n}号工地",
        "《北京市机动车和非道路移动机械排放污染防治条例》",
        "示范租赁公司",
        "示范：该机械已退场，替换机械已登记编码。",
    ),
    Case(
        "industry",
        "ecology-bureau",
        "示范：汽修店喷漆时未关闭房门，活性炭未按期更换",
        "示范东路{n}号汽修店",
        AIR_RULE,
        "示范汽修店",
        "示范：已更换活性炭，更换台账已补齐。",
    ),
    Case(
        "sewage",
        "water-bureau",
        "示范：雨水口有污水流出，疑似管线混接",
        "示范河左岸第{n}号雨水口",
        WATER_RULE,
        "示范排水公司",
        "示范：混接管线已改接，雨水口断流复查无污水。",
    ),
    Case(
        "black-water",
        "water-bureau",
        "示范：沟渠水体发黑，水面有漂浮物",
        "示范沟第{n}号桥下",
        WATER_RULE,
        "示范养护公司",
        "示范：已打捞清淤，水质检测达标。",
    ),
    Case(
        "garbage",
        "urban-management",
        "示范：建筑垃圾堆放未清运，约五立方米",
        "示范里{n}号院北侧",
        WASTE_RULE,
        "示范物业公司",
        "示范：已全部清运，并安装监控探头。",
    ),
    Case(
        "garbage",
        "urban-management",
        "示范：垃圾桶站满冒，周边有散落垃圾",
        "示范小区{n}号楼桶站",
        WASTE_RULE,
        "示范物业公司",
        "示范：已清运并增加清运频次。",
    ),
    Case(
        "soil",
        "ecology-bureau",
        "示范：地块风险管控标识损坏，围挡缺口",
        "示范地块第{n}号",
        "《北京市土壤污染防治条例》",
        "示范地块管理单位",
        "示范：围挡已修补，标识已更换。",
    ),
    Case(
        "hazardous-waste",
        "ecology-bureau",
        "示范：废机油桶露天存放，无防渗托盘",
        "示范东路{n}号汽修店",
        "《北京市危险废物污染环境防治条例》",
        "示范汽修店",
        "示范：已移入贮存间，防渗托盘和标签已配齐。",
    ),
    Case(
        "noise",
        "housing",
        "示范：夜间二十二时后仍有产生噪声的施工",
        "示范路{n}号工地",
        "《北京市环境噪声污染防治办法》",
        "示范项目部",
        "示范：已停止夜间施工，并向居民公示施工时间。",
    ),
    Case(
        "greenery",
        "landscape",
        "示范：绿地被占用停车，约六十平方米",
        "示范公园{n}号门外绿地",
        "《北京市绿化条例》",
        "示范绿化养护公司",
        "示范：车辆已清退，绿地已补植。",
    ),
    Case(
        "other", "agriculture", "示范：田间地膜残留未回收", "示范村第{n}号地块", "", "示范合作社", "示范：残膜已回收。"
    ),
)

RETURNED: Final = (
    "示范：照片角度与整改前不一致，无法确认，请补充。",
    "示范：现场仍有部分未整改到位，请继续整改。",
)
EXTENSION: Final = "示范：需等待管线权属单位配合，申请延期。"
SUSPENSION: Final = "示范：该路段正在进行市政施工，申请中止整改，完工后恢复。"
VOIDING: Final = "示范：经核实点位不在本区范围内，申请作废。"
GRANTED: Final = "示范：情况属实，同意。"
REFUSED: Final = "示范：具备整改条件，不同意延期。"
CAME_BACK: Final = "示范：回头看发现问题反弹，请重新整改。"
PASSED: Final = "示范：现场复核，已整改到位。"
