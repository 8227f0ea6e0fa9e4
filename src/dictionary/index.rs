//! The name index: all names in one table that is built in one pass over them and scanned in one pass
//! over a text, leftmost-longest.
//!
//! A filter on the first two folded units rejects almost every position; the few left look up the lengths
//! that names with that beginning have, longest first, by a hash of the units (as Karp and Rabin, 1987,
//! roll it), and compare. Without failure links there is nothing to build but the table, which with a
//! quarter of a million names is most of the work of a small run.

use super::EntityId;
use super::fold::{Folded, is_alnum, is_letter};
use crate::find::char_len;

/// How the letters of a text must stand to be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// As written.
    Exact,
    /// As written or all in capitals.
    Title,
    /// In any case.
    Any,
}

/// An index into [`Dictionary::names`](super::Dictionary).
pub type NameId = u32;

/// One way to write an entity.
#[derive(Clone, Debug)]
pub struct Name {
    /// The entity; `None` for a phrase that only blocks others.
    pub entity: Option<EntityId>,
    /// Case rule.
    pub case: Case,
    /// Index into the conditions, plus one; 0 for none.
    pub condition: u32,
    /// The name begins versions of its family.
    pub family: bool,
    /// Alone it is not the entity.
    pub not_bare: bool,
    text: (u32, u16),
    units: (u32, u16),
    next: u32,
}

/// The names of a dictionary, ready to scan with.
#[derive(Debug, Default)]
pub struct NameIndex {
    names: Vec<Name>,
    text: String,
    units: Vec<u16>,
    /// High half: the hash's high half; low half: id plus one, or all zero when empty.
    slots: Vec<u64>,
    pairs: Vec<(u32, u64)>,
    pair_count: usize,
    /// One bit for each pair of units with which some name begins.
    filter: Vec<u64>,
    /// One bit for each folded name.
    known: Vec<u64>,
    singles: Vec<(u16, u32)>,
    /// Units of the longest name.
    longest: usize,
    folded: Folded,
}

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;
const LONGEST: usize = 63;

/// The half of a slot that tells most other names apart without looking them up.
const TAG: u64 = 0xFFFF_FFFF_0000_0000;

fn tag(hash: u64) -> u64 {
    hash.wrapping_mul(0xC2B2_AE3D_27D4_EB4F) & TAG
}

fn spread(x: u64) -> u64 {
    let x = x.wrapping_mul(0xD6E8_FEB8_6659_FD93);
    x ^ (x >> 32)
}

/// Sets the bit of `x` in a filter of a power of two of words.
pub(crate) fn set_bit(filter: &mut [u64], x: u64) {
    let bit = spread(x) >> 32;
    let word = (bit >> 6) as usize & (filter.len() - 1);
    filter[word] |= 1 << (bit & 63);
}

/// Whether the bit of `x` is set.
pub(crate) fn has_bit(filter: &[u64], x: u64) -> bool {
    let bit = spread(x) >> 32;
    !filter.is_empty() && filter[(bit >> 6) as usize & (filter.len() - 1)] & 1 << (bit & 63) != 0
}

fn pair_key(a: u16, b: u16) -> u32 {
    u32::from(a) << 16 | u32::from(b)
}

/// A name as handed to the index.
#[derive(Clone, Copy, Debug)]
pub struct NewName<'a> {
    /// As written.
    pub text: &'a str,
    /// The entity, or `None` to block.
    pub entity: Option<EntityId>,
    /// Case rule, or `None` for the one that fits its shape.
    pub case: Option<Case>,
    /// Index into the conditions, plus one; 0 for none.
    pub condition: u32,
    /// Begins versions.
    pub family: bool,
    /// Not the entity when alone.
    pub not_bare: bool,
}

/// The case rule that fits a name's shape: a word with an inner capital or a digit is told by its letters
/// in any case, other names by their capitals.
pub fn natural_case(name: &str) -> Case {
    if !name.bytes().any(|b| b.is_ascii_alphabetic()) {
        return Case::Any;
    }
    let any = name.split([' ', '-', '·']).any(|word| {
        let letters = word.bytes().filter(u8::is_ascii_alphabetic).count();
        let lower = word.bytes().filter(u8::is_ascii_lowercase).count();
        let inner = word.chars().skip(1).any(|c| c.is_ascii_uppercase());
        (inner && lower >= 1 && letters >= 4) || (letters >= 2 && word.bytes().any(|b| b.is_ascii_digit()))
    });
    if any { Case::Any } else { Case::Title }
}

/// Names of a list that are looked for in memory at once.
const AT_ONCE: usize = 32;

/// The names of a list, folded for the index.
#[derive(Debug, Default)]
pub(super) struct Prepared {
    units: Vec<u16>,
    spans: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    start: usize,
    end: usize,
    hash: u64,
    case: Case,
}

impl Prepared {
    /// Folds names.
    pub(super) fn of<'n>(names: impl Iterator<Item = &'n str>) -> Prepared {
        let mut out = Prepared::default();
        let mut folded = Folded::default();
        for name in names {
            let name = name.trim();
            folded.fold(name);
            let start = out.units.len();
            out.units.extend(folded.units.iter().filter(|&&u| u > 1));
            let hash = hash(&out.units[start..]);
            out.spans.push(Span { start, end: out.units.len(), hash, case: natural_case(name) });
        }
        out
    }
}

impl NameIndex {
    /// Room for `count` names, so that adding them does not grow the table.
    pub fn with_capacity(count: usize) -> NameIndex {
        let slots = (count * 2).next_power_of_two().max(1024);
        NameIndex {
            names: Vec::with_capacity(count),
            units: Vec::with_capacity(count * 6),
            text: String::with_capacity(count * 15),
            slots: vec![0; slots],
            pairs: vec![(0, 0); (slots / 2).max(1024)],
            filter: vec![0; slots / 16],
            known: vec![0; slots / 16],
            ..NameIndex::default()
        }
    }

    /// Number of names.
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The name with this id.
    pub fn name(&self, id: NameId) -> &Name {
        &self.names[id as usize]
    }

    /// The name as written in the dictionary.
    pub fn text(&self, id: NameId) -> &str {
        let (start, len) = self.names[id as usize].text;
        &self.text[start as usize..start as usize + len as usize]
    }

    /// Adds a name. With `only_new`, a name whose folded form is there already is left out. Returns its id,
    /// or `None` when it was left out, is empty, or is a single character that is no Latin letter.
    pub fn add(&mut self, new: NewName, only_new: bool) -> Option<NameId> {
        let mut folded = std::mem::take(&mut self.folded);
        folded.fold(new.text.trim());
        folded.units.retain(|&u| u > 1);
        let id = self.add_folded(&new, &folded.units, hash(&folded.units), only_new);
        self.folded = folded;
        id
    }

    /// The same of the name `number` of a list that was folded before.
    pub(super) fn add_prepared(
        &mut self,
        new: &NewName,
        list: &Prepared,
        number: usize,
        only_new: bool,
    ) -> Option<NameId> {
        if number.is_multiple_of(AT_ONCE) {
            self.fetch(list, number);
        }
        let span = &list.spans[number];
        let new = NewName { case: new.case.or(Some(span.case)), ..*new };
        self.add_folded(&new, &list.units[span.start..span.end], span.hash, only_new)
    }

    /// Looks at where the next names of a list go: the places are far apart, and memory gives many at once as quickly as
    /// one.
    fn fetch(&self, list: &Prepared, number: usize) {
        let (slots, pairs) = (self.slots.len() - 1, self.pairs.len() - 1);
        let mut seen = 0;
        for span in list.spans[number..].iter().take(AT_ONCE) {
            seen ^= self.slots[spread(span.hash) as usize & slots];
            if let [a, b, ..] = list.units[span.start..span.end] {
                seen ^= self.pairs[spread(u64::from(pair_key(a, b))) as usize & pairs].1;
            }
        }
        std::hint::black_box(seen);
    }

    fn add_folded(&mut self, new: &NewName, units: &[u16], full: u64, only_new: bool) -> Option<NameId> {
        let len = units.len();
        if len == 0 || len > u16::MAX as usize || (len == 1 && !is_alnum(units[0])) {
            return None;
        }
        if (self.names.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        self.longest = self.longest.max(len);
        let slot = self.slot(full, units);
        let head = self.slots[slot] as u32;
        if only_new && head != 0 {
            return None;
        }
        let id = self.names.len() as NameId;
        let text_start = self.text.len() as u32;
        self.text.push_str(new.text.trim());
        let units_start = match head {
            0 => {
                let s = self.units.len() as u32;
                self.units.extend_from_slice(units);
                s
            }
            h => self.names[h as usize - 1].units.0,
        };
        self.names.push(Name {
            entity: new.entity,
            case: new.case.unwrap_or_else(|| natural_case(new.text)),
            condition: new.condition,
            family: new.family,
            not_bare: new.not_bare,
            text: (text_start, (self.text.len() as u32 - text_start) as u16),
            units: (units_start, len as u16),
            next: head,
        });
        self.slots[slot] = tag(full) | u64::from(id + 1);
        if head == 0 {
            set_bit(&mut self.known, full);
            if len == 1 {
                self.singles.push((units[0], id + 1));
            } else {
                self.note_pair(pair_key(units[0], units[1]), len.min(LONGEST));
            }
        } else if len == 1 {
            for s in &mut self.singles {
                if s.0 == units[0] {
                    s.1 = id + 1;
                }
            }
        }
        Some(id)
    }

    fn units_of(&self, id: NameId) -> &[u16] {
        let (start, len) = self.names[id as usize].units;
        &self.units[start as usize..start as usize + len as usize]
    }

    fn slot(&self, hash: u64, units: &[u16]) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = spread(hash) as usize & mask;
        let tag = tag(hash);
        while self.slots[at] != 0 && (self.slots[at] & TAG != tag || self.units_of(self.slots[at] as u32 - 1) != units)
        {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![0; old.len() * 2];
        self.known = vec![0; self.slots.len() / 16];
        self.filter = vec![0; self.slots.len() / 16];
        for &(key, _) in self.pairs.iter().filter(|p| p.1 != 0) {
            set_bit(&mut self.filter, u64::from(key));
        }
        for head in old.into_iter().filter(|&h| h != 0) {
            let (start, len) = self.names[head as u32 as usize - 1].units;
            let range = start as usize..start as usize + len as usize;
            let mask = self.slots.len() - 1;
            let full = hash(&self.units[range]);
            set_bit(&mut self.known, full);
            let mut at = spread(full) as usize & mask;
            while self.slots[at] != 0 {
                at = (at + 1) & mask;
            }
            self.slots[at] = head;
        }
    }

    fn note_pair(&mut self, key: u32, len: usize) {
        if (self.pair_count + 1) * 2 > self.pairs.len() {
            let old = std::mem::take(&mut self.pairs);
            self.pairs = vec![(0, 0); old.len() * 2];
            for (k, m) in old.into_iter().filter(|p| p.1 != 0) {
                let at = self.pair_slot(k);
                self.pairs[at] = (k, m);
            }
        }
        let at = self.pair_slot(key);
        self.pair_count += usize::from(self.pairs[at].1 == 0);
        self.pairs[at].0 = key;
        self.pairs[at].1 |= 1 << len;
        set_bit(&mut self.filter, u64::from(key));
    }

    /// Whether some name may begin with these two units.
    fn may_begin(&self, key: u32) -> bool {
        has_bit(&self.filter, u64::from(key))
    }

    fn pair_slot(&self, key: u32) -> usize {
        let mask = self.pairs.len() - 1;
        let mut at = spread(u64::from(key)) as usize & mask;
        while self.pairs[at].1 != 0 && self.pairs[at].0 != key {
            at = (at + 1) & mask;
        }
        at
    }

    /// Every name folded like `name`.
    pub fn find(&self, name: &str) -> Vec<NameId> {
        let mut folded = Folded::default();
        folded.fold(name.trim());
        folded.units.retain(|&u| u > 1);
        if folded.units.is_empty() || self.slots.is_empty() {
            return Vec::new();
        }
        let slot = self.slot(hash(&folded.units), &folded.units);
        self.chain(self.slots[slot] as u32).collect()
    }

    fn chain(&self, head: u32) -> impl Iterator<Item = NameId> + '_ {
        let mut next = head;
        std::iter::from_fn(move || {
            let id = next.checked_sub(1)?;
            next = self.names[id as usize].next;
            Some(id)
        })
    }

    /// Scans the units of a folded text, each with the byte where its character starts, leftmost-longest. `on_match` gets the byte range and the ids of every name
    /// that the range may be, and says whether the range is taken (if not, shorter names are tried).
    pub fn scan(
        &self,
        text: &str,
        (units, starts): (&[u16], &[u32]),
        mut on_match: impl FnMut(std::ops::Range<usize>, &[NameId]) -> Option<usize>,
    ) {
        if units.len() < 2 && self.singles.is_empty() {
            return;
        }
        let bytes = text.as_bytes();
        let mut ids: Vec<NameId> = Vec::new();
        let mut i = 0;
        while i < units.len() {
            let a = units[i];
            let key = units.get(i + 1).map(|&b| pair_key(a, b)).filter(|&key| self.may_begin(key));
            if key.is_none() && (self.singles.is_empty() || !is_alnum(a))
                || a <= 1
                || (is_alnum(a) && {
                    let s = starts[i] as usize;
                    s > 0 && bytes[s - 1].is_ascii_alphanumeric()
                })
            {
                i += 1;
                continue;
            }
            let mut taken = None;
            if let Some(key) = key {
                let mut lengths = self.pairs[self.pair_slot(key)].1;
                if lengths != 0 {
                    let mut hashes = [0u64; LONGEST];
                    let most = (63 - lengths.leading_zeros() as usize).min(LONGEST - 1);
                    let mut h = 0u64;
                    for (n, &u) in units[i..].iter().take(most).enumerate() {
                        h = h.wrapping_mul(BASE).wrapping_add(u64::from(u) + 1);
                        hashes[n + 1] = h;
                    }
                    while lengths != 0 && taken.is_none() {
                        let len = 63 - lengths.leading_zeros() as usize;
                        lengths &= !(1 << len);
                        if len == LONGEST {
                            for len in (LONGEST..=(units.len() - i).min(self.longest)).rev() {
                                let hash = hash(&units[i..i + len]);
                                taken = self.try_at(text, (units, starts), i, len, hash, &mut ids, &mut on_match);
                                if taken.is_some() {
                                    break;
                                }
                            }
                        } else if i + len <= units.len() {
                            taken = self.try_at(text, (units, starts), i, len, hashes[len], &mut ids, &mut on_match);
                        }
                    }
                }
            }
            if taken.is_none() && is_alnum(a) && !self.singles.is_empty() && self.singles.iter().any(|s| s.0 == a) {
                taken = self.try_at(text, (units, starts), i, 1, u64::from(a) + 1, &mut ids, &mut on_match);
            }
            i = match taken {
                Some(end) => {
                    let mut j = i + 1;
                    while j < units.len() && (starts[j] as usize) < end {
                        j += 1;
                    }
                    j
                }
                None => i + 1,
            };
        }
    }

    /// Tries the names of `len` units at `i`. Returns the byte offset to go on from, if taken.
    #[allow(clippy::too_many_arguments)]
    fn try_at(
        &self,
        text: &str,
        (units, starts): (&[u16], &[u32]),
        i: usize,
        len: usize,
        hash: u64,
        ids: &mut Vec<NameId>,
        on_match: &mut impl FnMut(std::ops::Range<usize>, &[NameId]) -> Option<usize>,
    ) -> Option<usize> {
        let units = &units[i..i + len];
        if !has_bit(&self.known, hash) {
            return None;
        }
        let head = self.slots[self.slot(hash, units)] as u32;
        if head == 0 {
            return None;
        }
        let bytes = text.as_bytes();
        let start = starts[i] as usize;
        let last = starts[i + len - 1] as usize;
        let end = last + char_len(bytes[last]);
        // "Opus 4" is no name in "Opus 4.8"
        if bytes[last].is_ascii_digit()
            && bytes.get(end) == Some(&b'.')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
        {
            return None;
        }
        let mut glued = false;
        if is_letter(units[len - 1]) && bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
            // a family's version may be glued to its name: Veo3
            glued = bytes[end].is_ascii_digit() && !bytes[last].is_ascii_digit();
            if !glued {
                return None;
            }
        }
        ids.clear();
        let fits = |id: &NameId| (!glued || self.names[*id as usize].family) && self.case_fits(*id, &text[start..end]);
        ids.extend(self.chain(head).filter(fits));
        if ids.is_empty() {
            return None;
        }
        ids.reverse();
        on_match(start..end, ids)
    }

    fn case_fits(&self, id: NameId, surface: &str) -> bool {
        let name = &self.names[id as usize];
        let text = self.text(id);
        if surface == text || !surface.bytes().any(|b| b.is_ascii_alphabetic()) {
            return true;
        }
        let letters = |s: &str| -> Vec<char> { s.chars().filter_map(narrow).collect() };
        let (found, wanted) = (letters(surface), letters(text));
        match name.case {
            Case::Exact => found == wanted,
            Case::Title => {
                let capitals = |s: &[char]| s.iter().all(|c| !c.is_lowercase());
                found == wanted
                    || (wanted.len() > 3 && capitals(&found))
                    // NVIDIA, also written Nvidia
                    || (wanted.len() >= 5
                        && capitals(&wanted)
                        && found[0] == wanted[0]
                        && found[1..].iter().all(|c| c.is_lowercase())
                        && found.iter().zip(&wanted).all(|(f, w)| f.eq_ignore_ascii_case(w)))
            }
            // a blank that the name lacks must begin a capital or a digit: "Open AI", not "open air"
            Case::Any => {
                found == wanted
                    || text.contains([' ', '-'])
                    || !surface.contains(' ')
                    || surface.split(' ').all(|w| !w.starts_with(|c: char| c.is_ascii_lowercase()))
            }
        }
    }
}

/// The character in ASCII width, `None` for separators.
fn narrow(c: char) -> Option<char> {
    match c {
        ' ' | '\u{A0}' | '\u{3000}' | '-' | '‐' | '‑' | '–' | '－' | '·' | '•' | '・' | '‧' | '∙' | '_' => {
            None
        }
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0),
        _ => Some(c),
    }
}

fn hash(units: &[u16]) -> u64 {
    units.iter().fold(0u64, |h, &u| h.wrapping_mul(BASE).wrapping_add(u64::from(u) + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scan(names: &[&str], text: &str) -> Vec<String> {
        let mut index = NameIndex::with_capacity(0);
        for (i, n) in names.iter().enumerate() {
            index.add(
                NewName {
                    text: n,
                    entity: Some(EntityId(i as u32)),
                    case: None,
                    condition: 0,
                    family: false,
                    not_bare: false,
                },
                false,
            );
        }
        let mut folded = Folded::default();
        folded.fold(text);
        let mut out = Vec::new();
        index.scan(text, folded.all(), |range, _| {
            out.push(text[range.clone()].to_string());
            Some(range.end)
        });
        out
    }

    #[test]
    fn longest_name_wins_at_the_leftmost_place() {
        assert_eq!(scan(&["阿里", "阿里云", "云栖"], "阿里云栖大会，阿里云"), ["阿里云", "阿里云"]);
    }

    #[test]
    fn latin_names_stand_at_word_boundaries_in_their_case() {
        assert_eq!(scan(&["Meta", "Arm"], "Meta的metadata与Metaverse，arm和Arm、META"), ["Meta", "Arm", "META"]);
        assert_eq!(
            scan(&["OpenAI"], "ＯｐｅｎＡＩ和Open AI、openai，open air、an open AI"),
            ["ＯｐｅｎＡＩ", "Open AI", "openai"]
        );
        assert_eq!(scan(&["GPT-4o"], "GPT 4o GPT-4o GPT4o GPT-4"), ["GPT 4o", "GPT-4o", "GPT4o"]);
        assert_eq!(scan(&["Scale AI"], "Scale AI; to scale AI systems"), ["Scale AI"]);
        assert_eq!(scan(&["X"], "X和iX、X平台 x"), ["X", "X"]);
    }

    #[test]
    fn traditional_script_matches_simplified_names() {
        assert_eq!(scan(&["华为", "联发科"], "華為與聯發科"), ["華為", "聯發科"]);
    }

    #[test]
    fn long_names_match() {
        let long = "The International Consortium for the Advancement of Very Long Organisation Names and Sons";
        assert_eq!(scan(&[long], &format!("at {long}, said")), [long]);
    }

    #[test]
    fn growing_keeps_every_name() {
        let names: Vec<String> = (0..5000).map(|i| format!("公司{i:04}号")).collect();
        let refs: Vec<&str> = names.iter().map(String::as_str).collect();
        assert_eq!(scan(&refs, "有公司0007号和公司4999号").len(), 2);
    }

    #[test]
    fn a_list_is_added_as_its_names_are() {
        let names: Vec<String> = (0..3000).map(|i| format!("公司{:04}号 Ltd", i % 2500)).collect();
        let list = Prepared::of(names.iter().map(String::as_str));
        let (mut one, mut other) = (NameIndex::with_capacity(0), NameIndex::with_capacity(0));
        for (i, text) in names.iter().enumerate() {
            let entity = Some(EntityId(i as u32));
            let new = NewName { text, entity, case: None, condition: 0, family: false, not_bare: false };
            assert_eq!(one.add(new, true), other.add_prepared(&new, &list, i, true));
        }
        assert_eq!((one.names.len(), &one.units, &one.text), (2500, &other.units, &other.text));
        assert!((&one.slots, &one.pairs, &one.known) == (&other.slots, &other.pairs, &other.known));
    }
}
