"""What inspections find in the demonstration: invented cases, each marked as one, under rules that are in force."""

from __future__ import annotations

from typing import Final, NamedTuple

DUST_RULE: Final = "《北京市建设工程施工现场管理办法》"
AIR_RULE: Final = "《北京市大气污染防治条例》"
WATER_RULE: Final = "《北京市水污染防治条例》"
WASTE_RULE: Final = "《北京市生活垃圾管理条例》"


class DemoFinding(NamedTuple):
    """What may be found: its kind, who inspects such things, what is wrong, where, by which rule, and who answers."""

    kind: str
    department: str
    what: str
    place: str
    standard: str
    responsible: str
    done: str


CASES: Final = (
    DemoFinding(
        "dust",
        "housing",
        "演示：工地土方裸露约二百平方米，未苫盖",
        "演示路{n}号工地",
        DUST_RULE,
        "演示项目部",
        "演示：裸露土方已全部苫盖，出入口已冲洗。",
    ),
    DemoFinding(
        "dust",
        "housing",
        "演示：运输车辆未冲洗即驶离，门前道路带泥约三十米",
        "演示街{n}号工地南门",
        DUST_RULE,
        "演示项目部",
        "演示：洗车设施已修复，道路泥土已清扫。",
    ),
    DemoFinding(
        "dust",
        "urban-management",
        "演示：道路保洁不到位，积尘明显",
        "演示大街{n}号门前",
        AIR_RULE,
        "演示保洁公司",
        "演示：已增加洗扫频次，积尘负荷复测合格。",
    ),
    DemoFinding(
        "open-burning",
        "urban-management",
        "演示：空地焚烧落叶，现场有明火",
        "演示里{n}号院东侧空地",
        AIR_RULE,
        "演示社区",
        "演示：已扑灭清运，并在现场设置提示牌。",
    ),
    DemoFinding(
        "fumes",
        "ecology-bureau",
        "演示：餐饮店油烟净化设施未开启",
        "演示街{n}号餐饮店",
        "《餐饮业大气污染物排放标准》（DB11/1488-2018）",
        "演示餐饮店",
        "演示：净化设施已清洗并正常运行，清洗记录已留存。",
    ),
    DemoFinding(
        "vehicles",
        "ecology-bureau",
        "演示：挖掘机冒黑烟，未登记编码",
        "演示路{n}号工地",
        "《北京市机动车和非道路移动机械排放污染防治条例》",
        "演示租赁公司",
        "演示：该机械已退场，替换机械已登记编码。",
    ),
    DemoFinding(
        "industry",
        "ecology-bureau",
        "演示：汽修店喷漆时未关闭房门，活性炭未按期更换",
        "演示东路{n}号汽修店",
        AIR_RULE,
        "演示汽修店",
        "演示：已更换活性炭，更换台账已补齐。",
    ),
    DemoFinding(
        "sewage",
        "water-bureau",
        "演示：雨水口有污水流出，疑似管线混接",
        "演示河左岸第{n}号雨水口",
        WATER_RULE,
        "演示排水公司",
        "演示：混接管线已改接，雨水口断流复查无污水。",
    ),
    DemoFinding(
        "black-water",
        "water-bureau",
        "演示：沟渠水体发黑，水面有漂浮物",
        "演示沟第{n}号桥下",
        WATER_RULE,
        "演示养护公司",
        "演示：已打捞清淤，水质检测达标。",
    ),
    DemoFinding(
        "garbage",
        "urban-management",
        "演示：建筑垃圾堆放未清运，约五立方米",
        "演示里{n}号院北侧",
        WASTE_RULE,
        "演示物业公司",
        "演示：已全部清运，并安装监控探头。",
    ),
    DemoFinding(
        "garbage",
        "urban-management",
        "演示：垃圾桶站满冒，周边有散落垃圾",
        "演示小区{n}号楼桶站",
        WASTE_RULE,
        "演示物业公司",
        "演示：已清运并增加清运频次。",
    ),
    DemoFinding(
        "soil",
        "ecology-bureau",
        "演示：地块风险管控标识损坏，围挡缺口",
        "演示地块第{n}号",
        "《北京市土壤污染防治条例》",
        "演示地块管理单位",
        "演示：围挡已修补，标识已更换。",
    ),
    DemoFinding(
        "hazardous-waste",
        "ecology-bureau",
        "演示：废机油桶露天存放，无防渗托盘",
        "演示东路{n}号汽修店",
        "《北京市危险废物污染环境防治条例》",
        "演示汽修店",
        "演示：已移入贮存间，防渗托盘和标签已配齐。",
    ),
    DemoFinding(
        "noise",
        "housing",
        "演示：夜间二十二时后仍有产生噪声的施工",
        "演示路{n}号工地",
        "《北京市环境噪声污染防治办法》",
        "演示项目部",
        "演示：已停止夜间施工，并向居民公示施工时间。",
    ),
    DemoFinding(
        "greenery",
        "landscape",
        "演示：绿地被占用停车，约六十平方米",
        "演示公园{n}号门外绿地",
        "《北京市绿化条例》",
        "演示绿化养护公司",
        "演示：车辆已清退，绿地已补植。",
    ),
    DemoFinding(
        "other", "agriculture", "演示：田间地膜残留未回收", "演示村第{n}号地块", "", "演示合作社", "演示：残膜已回收。"
    ),
)

RETURNED: Final = (
    "演示：照片角度与整改前不一致，无法确认，请补充。",
    "演示：现场仍有部分未整改到位，请继续整改。",
)
EXTENSION: Final = "演示：需等待管线权属单位配合，申请延期。"
SUSPENSION: Final = "演示：该路段正在进行市政施工，申请中止整改，完工后恢复。"
VOIDING: Final = "演示：经核实点位不在本区范围内，申请作废。"
GRANTED: Final = "演示：情况属实，同意。"
REFUSED: Final = "演示：具备整改条件，不同意延期。"
CAME_BACK: Final = "演示：回头看发现问题反弹，请重新整改。"
PASSED: Final = "演示：现场复核，已整改到位。"
