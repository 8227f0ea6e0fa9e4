//! How the characters of a page's names may be read, so that its search finds 智谱 by `zhipu` and by `zp`.

use crate::graph::sounds;
use std::collections::{BTreeMap, BTreeSet};

/// Each syllable (without tone, `v` for `ü`) with the characters of `names` that may be read so.
pub(super) fn table<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<String, String> {
    let all: BTreeSet<char> = names.flat_map(str::chars).collect();
    let mut out: BTreeMap<String, String> = BTreeMap::new();
    for c in all {
        for syllable in sounds(c) {
            out.entry(syllable).or_default().push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn every_reading_is_kept() {
        let table = table(["智谱AI", "重庆", "女"].into_iter());
        assert_eq!(table["zhi"], "智");
        assert_eq!(table["chong"], "重");
        assert_eq!(table["zhong"], "重");
        assert_eq!(table["nv"], "女");
        assert!(!table.contains_key("ai"));
    }
}
