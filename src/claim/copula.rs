//! What may stand between a person and a role that follows: `徐立担任`, `Sam Altman, who is now the`.

use super::role_words::quotes;
use super::shared::lately;
use crate::find;

/// What may link a person to a house and role that follow.
pub(super) fn copula(between: &str) -> bool {
    let t = super::sentence::uncredited(between).trim_matches(quotes);
    // ", once the", ", who until recently was"
    let t = super::english_role::untimed(t);
    // "is also the", "has currently": the adverb aside
    const ASIDE: [&str; 7] = [" also", " currently", " now", " still", " previously", " formerly", " most recently"];
    let plain = (t.is_ascii() && ASIDE.iter().any(|a| t.contains(a)))
        .then(|| ASIDE.iter().fold(t.to_string(), |t, a| t.replace(a, "")));
    let t = plain.as_deref().unwrap_or(t);
    // "who became", "who is now": in one clause
    let t = t.strip_prefix(", who ").filter(|r| t.is_ascii() && !r.contains([',', ';'])).unwrap_or(t);
    // "Jane Doe, who has served on the board since 2021, was elected Chairman"
    if t.is_ascii()
        && let Some((aside, rest)) = t.strip_prefix(", ").and_then(|t| t.rsplit_once(", "))
    {
        let opens = ["who ", "a ", "an ", "the ", "formerly ", "previously ", "most recently ", "currently ", "whose "];
        let elects = [
            "was ",
            "has been ",
            "will ",
            "is ",
            "becomes ",
            "joins ",
            "takes ",
            "steps ",
            "serves ",
            "currently serves ",
            "now serves ",
            "also serves ",
            "sits ",
            "has served ",
        ];
        if aside.len() <= 160
            && opens.iter().any(|o| find::starts(aside, o))
            && elects.iter().any(|e| find::starts(rest, e) || rest == e.trim_end())
        {
            return copula(&format!(" {rest} "));
        }
    }
    // "Jane Doe, Deputy General Counsel", "she was most recently Deputy CTO"
    const RANKS: [&str; 20] = [
        "Deputy",
        "Associate",
        "Assistant",
        "Senior",
        "Global",
        "Interim",
        "Acting",
        "Group",
        "Regional",
        "Executive",
        "Founding",
        "Lead",
        "founding",
        "interim",
        "acting",
        "longtime",
        "current",
        "outgoing",
        "incoming",
        "new",
    ];
    let t = RANKS.iter().find_map(|r| t.strip_suffix(r)).filter(|_| t.is_ascii()).map_or(t, str::trim_end);
    if matches!(t, "，" | "（" | "(" | "——" | "," | "|" | "—" | "：" | "、" | "-" | "")
        || super::english_role::titled_too(t)
        || super::english_role::as_one(t)
    {
        return true;
    }
    // "甲的案例，无疑是": what is somebody's, not who they are
    if !t.is_ascii() && t.contains('，') && super::shared::beyond_gloss(t).starts_with('的') {
        return false;
    }
    // "这位名叫金宇晨的网友（Hyperbolic联合创始人）"
    if t.strip_suffix(['（', '(']).is_some_and(|n| n.starts_with('的') && n.chars().count() <= 8 && !n.contains('，'))
    {
        return true;
    }
    if t.chars().count() > if t.is_ascii() { 40 } else { 16 } || t.contains(['。', '；', '！']) {
        return false;
    }
    let served = [
        "served as",
        "serves as",
        "served",
        "serves",
        "worked as",
        "works as",
        "appointed",
        "named",
        "joined as",
        "joins as",
        "rejoins as",
        "returns as",
        "hired as",
        "promoted",
        "elevated to",
        "tapped as",
        "takes over as",
        "took over as",
        "assumes the role of",
        "assume the role of",
        "serve as",
        "serving as",
        "elected",
        "become",
        "becomes",
        "stepped down as",
        "steps down as",
        "step down as",
        "stepping down as",
        "resigned as",
        "resigns as",
        "retired as",
        "stay on as",
        "remain",
        "assumed the role of",
        "remains as",
        "takes on the role of",
        "take on the role of",
        "steps into the role of",
        "transition to",
        "transitions to",
        "has been",
    ];
    // "Jane Doe Resigns as Acme CEO"
    let headline = t.is_ascii() && t.bytes().any(|b| b.is_ascii_uppercase());
    if served.iter().any(|s| t.contains(s) || headline && t.to_ascii_lowercase().contains(s)) {
        return true;
    }
    // "他认为，作为创始人…": somebody else's role, or anybody's
    if ["认为", "表示", "指出", "称，", "说，", "透露", "强调"].iter().any(|s| t.contains(s)) {
        return false;
    }
    let words = [
        "是",
        "为",
        "任",
        "作为",
        "担任",
        "出任",
        "成为",
        "升任",
        "接任",
        "现任",
        "曾任",
        "在",
        "卸任",
        "辞去",
        "辞任",
        "系",
        "就任",
        "兼任",
        "连任",
        "当选",
        "续任",
        "接棒",
        "转任",
        "改任",
        "获任",
        "受聘为",
        "晋升为",
        "当上",
        "做到",
    ];
    let t = t.trim_start_matches(['，', '（', '(', ',', '：', ' ']).trim_end_matches(['前', '原', ' ']);
    let t = t.trim_end_matches("联合").trim_end_matches("联席");
    let t = lately(t).trim_start_matches(['曾', '也', '还', '现', '正', '则', '目', '前']);
    if t.is_empty() {
        return true;
    }
    // ", a senior safety advisor", " is a visiting professor": adjectives before the role
    let described =
        ["a ", "an ", "the ", "is a ", "is an ", "is the ", "was a ", "was the "].iter().any(|o| find::starts(t, o))
            && !t.contains([',', '.'])
            && t.split(' ').count() <= 6
            && !t.split(' ').any(|w| matches!(w, "of" | "who" | "that" | "and" | "with" | "by" | "to" | "in"));
    described
        || matches!(t, "is a" | "is an" | "was a" | "was the" | "was an" | "is currently" | "is now")
        || words.iter().any(|w| find::ends(t, w) || t.starts_with(w))
        || matches!(
            t.trim(),
            "is" | "is the"
                | "remains"
                | "remains the"
                | "is still"
                | "is still the"
                | "stays"
                | "continues as"
                | "had been"
                | "had been the"
                | "used to be"
                | "used to be the"
                | "the"
                | "was"
                | "a"
                | "an"
                | "who is"
                | "became"
                | "as"
                | "has been"
                | "former"
                | "then"
                | "serves as"
                | "named"
                | "the former"
                | "a former"
                | "currently"
                | "formerly"
                | "most recently"
                | "previously"
                | "an ex-"
                | "ex-"
                | "one of"
                | "one of the"
                | "was one of"
                | "was one of the"
                | "is one of the"
                | ", and other former"
                | "and other former"
                | "and other ex-"
        )
}
