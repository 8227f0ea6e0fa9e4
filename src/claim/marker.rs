//! What the word before a name makes of it in its clause: 被 and by mark who acts, 将 what is acted on, 与 and with a partner.

use crate::dictionary::CharSet;
use crate::find;
use crate::span::is_part_of;
use std::sync::LazyLock;

/// What stands before a group and tells its part in the clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    /// Nothing: subject before a verb, object after it.
    Bare,
    /// 被 由 遭 获 by: the one who acts.
    Agent,
    /// 将 把: what is acted on.
    Patient,
    /// 向 对 给 为 to, for: the one to whom.
    Dative,
    /// 与 和 同 跟 携手 with: the partner.
    Companion,
    /// 从 自 from: the source.
    Source,
    /// 以: what is taken for something.
    Means,
    /// 比 than: the measure of comparison.
    Than,
    /// 在 in: a place or time.
    Place,
    /// 据 according to: who says so.
    Reporter,
}

/// Markers and the words that contain them without being one.
const HAN_MARKERS: &[(&str, Marker, &[&str])] = &[
    ("被", Marker::Agent, &[]),
    ("由", Marker::Agent, &["由于", "自由", "理由", "由此", "由来", "缘由"]),
    ("遭", Marker::Agent, &["遭遇"]),
    (
        "归",
        Marker::Agent,
        &["回归", "归功", "归因", "归属", "归入", "归于", "归来", "归还", "归纳", "归类", "归根", "归结"],
    ),
    ("获得", Marker::Agent, &[]),
    ("获", Marker::Agent, &["获取", "获悉", "收获", "获奖"]),
    ("得到", Marker::Agent, &[]),
    ("拿到", Marker::Agent, &[]),
    ("引入", Marker::Agent, &[]),
    ("将", Marker::Patient, &["将来", "即将", "将会", "将于", "将在", "将要", "将近"]),
    (
        "视",
        Marker::Patient,
        &[
            "电视", "视频", "视觉", "重视", "忽视", "透视", "监视", "视为", "视角", "视野", "注视", "可视", "视听",
            "影视", "视作", "凝视", "审视", "正视", "歧视", "无视", "视线", "视图", "近视", "轻视", "漠视", "视界",
        ],
    ),
    ("面临", Marker::Source, &[]),
    ("面对", Marker::Source, &[]),
    ("把", Marker::Patient, &["把握", "把控", "把关"]),
    ("向", Marker::Dative, &["方向", "面向", "转向", "走向", "趋向", "导向", "取向", "意向", "一向", "双向", "指向"]),
    (
        "对",
        Marker::Dative,
        &[
            "对于", "对手", "对话", "绝对", "面对", "针对", "相对", "对标", "对齐", "对抗", "应对", "对比", "反对",
            "对外", "核对", "对接",
        ],
    ),
    ("给", Marker::Dative, &["给予", "供给"]),
    (
        "为",
        Marker::Dative,
        &[
            "为了",
            "为获取",
            "为获得",
            "为吸引",
            "为争取",
            "为赢得",
            "为拿到",
            "因为",
            "成为",
            "作为",
            "认为",
            "名为",
            "号为",
            "取为",
            "改为",
            "称为",
            "视为",
            "为主",
            "为例",
            "行为",
            "为何",
            "以为",
            "人为",
            "分为",
            "华为",
            "更为",
            "极为",
            "为此",
            "为中心",
            "为首",
            "改为",
            "变为",
            "为代表",
            "为基础",
            "估值为",
            "为什么",
            "方为",
            "者为",
            "股东为",
            "约为",
            "均为",
            "则为",
            "即为",
            "译为",
            "化为",
            "转为",
            "定为",
        ],
    ),
    ("与", Marker::Companion, &["参与", "与此", "与其", "与否", "授与", "与会"]),
    ("和", Marker::Companion, &["和平", "和谐", "总和", "温和", "缓和", "饱和", "柔和"]),
    (
        "同",
        Marker::Companion,
        &[
            "同时", "同样", "共同", "不同", "相同", "合同", "同比", "同期", "如同", "认同", "同步", "同年", "同行",
            "同一", "协同", "同台", "等同", "同类",
        ],
    ),
    ("跟", Marker::Companion, &["跟进", "跟投", "跟踪", "跟随", "跟上"]),
    ("携手", Marker::Companion, &[]),
    (
        "联合",
        Marker::Companion,
        &["联合创始", "联合发布", "联合推出", "联合开发", "联合国", "联合创办", "联合创立", "联合研发", "联合领投"],
    ),
    (
        "以",
        Marker::Means,
        &[
            "以及",
            "以上",
            "以下",
            "以来",
            "以为",
            "以此",
            "所以",
            "可以",
            "难以",
            "足以",
            "得以",
            "予以",
            "加以",
            "以便",
            "以至",
            "以外",
            "以内",
            "以前",
            "以后",
            "以往",
            "给以",
            "何以",
            "以期",
            "以色列",
            "以太",
        ],
    ),
    (
        "用",
        Marker::Means,
        &[
            "使用", "采用", "利用", "应用", "调用", "作用", "费用", "信用", "专用", "通用", "用户", "用于", "用上",
            "启用", "选用", "引用", "用来", "雇用", "任用", "运用", "沿用", "用人", "用例", "用途", "用法", "复用",
            "商用", "民用", "军用", "耐用", "套用", "试用", "常用", "可用", "够用", "占用", "滥用", "适用", "挪用",
            "起用", "录用", "聘用", "公用", "实用", "备用", "享用", "食用", "服用", "动用", "禁用", "停用", "弃用",
            "用心", "用时", "家用", "车用", "医用", "用量", "用电", "用工", "用料", "用户", "不用", "有用", "无用",
            "用完", "用过", "引用", "拟用", "重用", "用武", "征用", "租用", "订用", "用语", "用词", "用品", "用意",
        ],
    ),
    ("通过", Marker::Means, &["通过了"]),
    ("据", Marker::Reporter, &["数据", "占据", "证据", "票据", "据点", "据悉", "据称", "据传", "据说", "盘据"]),
    ("从", Marker::Source, &["从而", "从事", "从业", "服从", "从未", "从不", "自从", "从头", "从容", "从中"]),
    (
        "自",
        Marker::Source,
        &[
            "自己", "自动", "自然", "自研", "自主", "自身", "独自", "各自", "亲自", "自由", "自从", "自称", "自家",
            "自有",
        ],
    ),
    (
        "较",
        Marker::Than,
        &[
            "较为", "较大", "较高", "较强", "较小", "较低", "较少", "较多", "较好", "计较", "较量", "较劲", "较长",
            "较早", "较快", "较差", "较真", "相较", "比较", "较之", "较弱", "较深", "较新", "较重", "较轻", "较短",
            "较慢", "较短",
        ],
    ),
    (
        "比",
        Marker::Than,
        &["比如", "比例", "对比", "相比", "比较", "占比", "同比", "环比", "比赛", "比特", "比肩", "堪比", "比拼"],
    ),
];

/// What the words before a group tell of its part.
pub(super) fn marker(before: &str, latin: bool) -> Marker {
    if before.is_empty() {
        return Marker::Bare;
    }
    if latin {
        let words: Vec<&str> = before.split([' ', ',']).filter(|w| !w.is_empty()).collect();
        let last = words
            .iter()
            .rev()
            .take(3)
            .find(|w| !matches!(**w, "the" | "a" | "an" | "both" | "its" | "rival" | "giant" | "startup"));
        return match last.copied() {
            Some("by") => Marker::Agent,
            Some("to") if before.trim_end().to_ascii_lowercase().ends_with("according to") => Marker::Reporter,
            Some("to" | "for") => Marker::Dative,
            Some("with" | "alongside") => Marker::Companion,
            Some("from") => Marker::Source,
            Some("of") if before.trim_end().ends_with("out of") => Marker::Source,
            Some("than") => Marker::Than,
            Some("in" | "on" | "at") => Marker::Place,
            _ => Marker::Bare,
        };
    }
    // the nearest one, with no 的 and at most `FARTHEST` characters after it
    for (behind, (at, c)) in before.char_indices().rev().take(FARTHEST + LONGEST_MARKER).enumerate() {
        if MARKER_STARTS.has(c) {
            let here = |m: &&(&str, Marker, &[&str])| {
                find::starts(&before[at..], m.0)
                    && behind < FARTHEST + m.0.len() / 3
                    && !m.2.iter().any(|word| {
                        // "同意向B投资"
                        is_part_of(before, at, m.0, word)
                            && !(*word == "意向" && before[..at].ends_with("同意"))
                            // "由此前A收购的B领导"
                            && !(*word == "由此" && before[at..].starts_with("由此前"))
                    })
                    // "拟用自有资金三亿元受让B": what it is paid with
                    && !(m.0 == "用" && before[at..].contains(['元', '股', '资', '金', '购', '让']))
            };
            if let Some(found) = HAN_MARKERS.iter().find(here) {
                return found.1;
            }
        }
        if c == '的' {
            break;
        }
    }
    Marker::Bare
}

/// Characters that may stand between a marker and its name.
const FARTHEST: usize = 14;

/// Characters of the longest marker.
const LONGEST_MARKER: usize = 2;

static MARKER_STARTS: LazyLock<CharSet> =
    LazyLock::new(|| HAN_MARKERS.iter().filter_map(|m| m.0.chars().next()).collect());
