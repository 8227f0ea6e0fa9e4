//! The word lists of the finder, compiled once, and the classes of characters that its rules work with.

use crate::dictionary::{CharSet, Lexicon, has_bit, set_bit};
use crate::find::char_len;
use crate::mention::lengths::{Lengths, longest};
use rustc_hash::FxHashSet;

/// A set of words that are looked for at the end or the start of a stretch of text.
#[derive(Debug, Default)]
pub(super) struct WordSet {
    words: FxHashSet<String>,
    starts: Lengths,
    ends: Lengths,
    /// One bit for the last two characters of each word.
    tails: Vec<u64>,
}

/// Words in the filter of a list's last two characters.
const TAILS: usize = 64;

/// The last two characters of a word, as a number.
fn tail(word: &str) -> Option<u64> {
    let mut back = word.chars().rev();
    let (last, before) = (back.next()?, back.next()?);
    Some(u64::from(u32::from(before)) << 32 | u64::from(u32::from(last)))
}

impl WordSet {
    pub fn new<'a>(words: impl IntoIterator<Item = &'a String>) -> WordSet {
        let words: FxHashSet<String> = words.into_iter().cloned().collect();
        let (mut starts, mut ends, mut tails) = (Lengths::default(), Lengths::default(), vec![0; TAILS]);
        #[allow(clippy::iter_over_hash_type, reason = "each word by itself")]
        for word in &words {
            starts.note(word.chars().next(), word);
            ends.note(word.chars().next_back(), word);
            tail(word).into_iter().for_each(|t| set_bit(&mut tails, t));
        }
        WordSet { words, starts, ends, tails }
    }

    pub fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// Whether some word of the set begins with `c` and has so many characters.
    pub fn may_have(&self, c: char, length: usize) -> bool {
        self.starts.may(c, length)
    }

    /// The longest word of the set at the end of `text`.
    pub fn at_end<'t>(&self, text: &'t str) -> Option<&'t str> {
        let lengths = self.ends.of(text.chars().next_back()?);
        // where no word has these last two characters, only one of a single character may stand
        let longer = lengths & !2 != 0 && tail(text).is_some_and(|t| has_bit(&self.tails, t));
        let lengths = if longer { lengths } else { lengths & 2 };
        longest(lengths, text.char_indices().rev().map(|(at, _)| &text[at..]), |w| self.words.contains(w))
    }

    /// The longest word of the set at the start of `text`.
    pub fn at_start<'t>(&self, text: &'t str) -> Option<&'t str> {
        let lengths = self.starts.of(text.chars().next()?);
        longest(lengths, text.char_indices().map(|(at, c)| &text[..at + c.len_utf8()]), |w| self.words.contains(w))
    }

    /// Whether `text` starts with a Latin word of the set.
    pub fn at_start_word(&self, text: &str) -> bool {
        let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).unwrap_or(text.len());
        self.words.contains(&text[..end])
    }
}

/// The compiled lists.
#[derive(Debug, Default)]
pub(super) struct Words {
    pub not_after: WordSet,
    pub not_before: WordSet,
    pub company_suffixes: WordSet,
    pub company_suffixes_weak: WordSet,
    pub organization_suffixes: WordSet,
    pub generic_prefixes: WordSet,
    pub stops: WordSet,
    pub links: WordSet,
    pub latin_company: WordSet,
    /// Those that also end what is no firm: Risk Management.
    pub latin_company_weak: WordSet,
    pub latin_organization: WordSet,
    pub latin_organization_weak: WordSet,
    /// `Indian`, `European`.
    pub nationalities: WordSet,
    /// Capitalised verbs of headlines.
    pub headline_verbs: WordSet,
    pub latin_product: WordSet,
    /// Words that make no name of `AI` behind them: Generative, Embodied.
    pub ai_adjectives: WordSet,
    /// First parts of compounds that are no names: Multi, Pre.
    pub word_prefixes: WordSet,
    /// Countries, which are no part of the name of a body that lies in one.
    pub countries: WordSet,
    pub latin_roles: WordSet,
    /// Chinese words after a person: verbs of saying and the like.
    pub person_verbs: WordSet,
    /// Words before a quoted name: 名为, 命名为.
    pub naming: WordSet,
    /// Plain words with which a product's name may end: 助手, 大模型.
    pub product_heads: WordSet,
    /// Words with which quoted phrases end that are no names: 时代, 战略.
    pub phrase_ends: WordSet,
    /// Words behind a quoted phrase that is no name: 能力, 式.
    pub phrase_after: WordSet,
    /// Games, films and the like: 游戏, 电影.
    pub works: WordSet,
    /// What papers do: 报道, 爆料.
    pub press_verbs: WordSet,
    /// Plain words that make a product's name behind its maker's.
    pub brand_tails: WordSet,
    /// Plain words that make another product's name behind a maker's or a product's.
    pub line_tails: WordSet,
    /// What a maker's large model may be for: 医疗, 金融.
    pub model_fields: WordSet,
    /// Words that make a firm's suffix before them a general word: 科技巨头.
    pub general_after: WordSet,
    /// What a model may be, which is no name of one: 端侧, 多模态.
    pub model_kinds: WordSet,
    /// What a firm works in, between its own name and the suffix: 医疗, 生物.
    pub industry_words: WordSet,
    /// Words with which no name of an entity ends: Summit, Act, Series.
    pub latin_not_last: WordSet,
    /// Words that go on with no name before them: GPU, API, Inc.
    pub latin_not_tail: WordSet,
    /// English words for what a person is: founder, partner.
    pub english_roles: WordSet,
    pub english_titles: WordSet,
    /// Suffixes that make a firm's house of its own: 健康, 风投.
    pub divisions: WordSet,
    /// English words that open a sentence and no name: About, Since.
    pub english_openers: WordSet,
    /// English nouns and phrases that tell a name's kind beside it.
    pub english_company_nouns: WordSet,
    pub english_product_nouns: WordSet,
    pub english_organization_nouns: WordSet,
    pub english_person_nouns: WordSet,
    pub english_company_verbs: WordSet,
    pub english_company_frames: WordSet,
    pub english_product_frames: WordSet,
    /// What a new product's name stands behind: launched, preview of.
    pub english_launch_frames: WordSet,
    /// What a list of firms stands behind, however long: worked at, investors include.
    pub english_company_lists: WordSet,
    /// Plain words that make a product's name behind its maker's: Payments, Plus.
    pub english_line_words: WordSet,
    /// What stands behind the name of an event: conference, summit.
    pub english_event_nouns: WordSet,
    /// What a firm is doing: partnering, expanding.
    pub english_company_gerunds: WordSet,
    /// What comes from a firm: funding, technology.
    pub english_given_nouns: WordSet,
    /// What the name of an event stands behind: keynote at.
    pub english_event_frames: WordSet,
    /// What a list of bodies stands behind: groups including.
    pub english_organization_lists: WordSet,
    /// What firms do in headlines: Raises, Unveils.
    pub headline_company_verbs: WordSet,
    /// What is called something without being a product: category, concept.
    pub english_idea_nouns: WordSet,
    /// Names that machines give to experts whom they make up.
    pub stock_people: WordSet,
    /// Chinese surnames in Latin letters.
    pub pinyin_surnames: WordSet,
    /// Bodies of the place named before them: 财政部.
    pub government: WordSet,
    /// What a firm's name stands before, and behind, wherever it begins.
    pub frame_after: WordSet,
    /// What only somebody does, right behind the name: 宣布, 指控.
    pub name_acts: WordSet,
    pub frame_before: WordSet,
    /// Those of the first that whoever acts has behind the name, so that more must speak for a firm.
    pub frame_acts: WordSet,
    /// What each character of the basic plane may be, as bits of [`class`].
    classes: Vec<u8>,
    no_given: CharSet,
    transliteration: CharSet,
    no_name_start: CharSet,
    surname_starts: CharSet,
    surnames: CharSet,
}

impl Words {
    pub fn new(lexicon: &Lexicon) -> Words {
        let set = |name: &str| WordSet::new(lexicon.list(name));
        let chars = |name: &str| lexicon.list(name).iter().flat_map(|s| s.chars()).collect();
        let surname_starts: CharSet = lexicon.surnames.words().filter_map(|s| s.chars().next()).collect();
        let transliteration: CharSet = chars("transliteration");
        Words {
            not_after: set("no_name_after"),
            not_before: set("no_name_before"),
            company_suffixes: set("company_suffixes"),
            company_suffixes_weak: set("company_suffixes_weak"),
            organization_suffixes: set("organization_suffixes"),
            generic_prefixes: set("generic_prefixes"),
            stops: set("stop_before"),
            links: set("name_links"),
            latin_company: set("latin_company_words"),
            latin_company_weak: set("latin_company_weak"),
            latin_organization: set("latin_organization_words"),
            latin_organization_weak: set("latin_organization_weak"),
            nationalities: set("nationalities"),
            headline_verbs: set("headline_verbs"),
            latin_product: set("latin_product_words"),
            ai_adjectives: set("ai_adjectives"),
            word_prefixes: set("word_prefixes"),
            countries: set("countries"),
            latin_roles: set("latin_roles"),
            person_verbs: WordSet::new(lexicon.list("person_after").iter().chain(lexicon.list("person_after_weak"))),
            naming: set("naming_words"),
            product_heads: set("product_heads"),
            phrase_ends: set("phrase_ends"),
            phrase_after: set("phrase_after"),
            works: set("work_words"),
            press_verbs: set("press_verbs"),
            brand_tails: set("brand_tails"),
            line_tails: set("line_tails"),
            model_fields: set("model_fields"),
            general_after: set("general_after"),
            industry_words: set("industry_words"),
            model_kinds: set("model_kinds"),
            latin_not_last: set("latin_not_last"),
            latin_not_tail: set("latin_not_tail"),
            english_roles: set("english_roles"),
            english_titles: set("english_titles"),
            government: set("government_suffixes"),
            pinyin_surnames: set("pinyin_surnames"),
            english_openers: set("english_openers"),
            english_company_nouns: set("english_company_nouns"),
            english_product_nouns: set("english_product_nouns"),
            english_organization_nouns: set("english_organization_nouns"),
            english_person_nouns: set("english_person_nouns"),
            english_company_verbs: set("english_company_verbs"),
            english_company_frames: set("english_company_frames"),
            english_product_frames: set("english_product_frames"),
            english_launch_frames: set("english_launch_frames"),
            english_company_lists: set("english_company_lists"),
            english_line_words: set("english_line_words"),
            english_event_nouns: set("english_event_nouns"),
            english_company_gerunds: set("english_company_gerunds"),
            english_given_nouns: set("english_given_nouns"),
            english_event_frames: set("english_event_frames"),
            english_organization_lists: set("english_organization_lists"),
            headline_company_verbs: set("headline_company_verbs"),
            english_idea_nouns: set("english_idea_nouns"),
            stock_people: set("stock_people"),
            divisions: set("division_suffixes"),
            frame_after: WordSet::new(lexicon.list("frame_after").iter().chain(lexicon.list("frame_acts"))),
            frame_acts: set("frame_acts"),
            name_acts: set("name_acts"),
            frame_before: set("frame_before"),
            no_given: chars("no_given_name"),
            classes: classes(lexicon, &surname_starts, &transliteration),
            transliteration,
            no_name_start: chars("no_name_start"),
            surnames: lexicon.surnames.words().filter(|s| s.chars().count() == 1).flat_map(str::chars).collect(),
            surname_starts,
        }
    }

    /// Collects the places of `words` whose character is of some class, in order.
    pub fn places(&self, words: &str, out: &mut Vec<Place>) {
        out.clear();
        let bytes = words.as_bytes();
        let mut next = 0;
        while let Some(&b) = bytes.get(next) {
            let at = next;
            let low = |i: usize| u32::from(bytes[at + i] & 0x3F);
            let code = match b {
                0xE0..=0xEF => u32::from(b & 0x0F) << 12 | low(1) << 6 | low(2),
                0..=0x7F => u32::from(b),
                0x80..=0xDF => u32::from(b & 0x1F) << 6 | low(1),
                _ => u32::MAX,
            };
            next += char_len(b);
            if let Some(&class) = self.classes.get(code as usize).filter(|&&class| class != 0)
                && let Some(c) = char::from_u32(code)
            {
                out.push(Place { at, c, class });
            }
        }
    }

    /// Whether `c` may stand in a Chinese given name.
    pub fn in_given_name(&self, c: char) -> bool {
        is_han(c) && !self.no_given.has(c)
    }

    /// Whether a firm's name that only its frame tells may begin with `c`.
    pub fn starts_name(&self, c: char) -> bool {
        !self.no_name_start.has(c)
    }

    /// Whether Chinese writes foreign names with `c`.
    pub fn transliterates(&self, c: char) -> bool {
        self.transliteration.has(c)
    }

    /// Whether a person's name may begin with `c`: a surname, or a transliteration.
    pub fn begins_person(&self, c: char) -> bool {
        self.surname_starts.has(c) || self.transliteration.has(c)
    }

    /// Whether `c` alone is a surname.
    pub fn is_surname(&self, c: char) -> bool {
        self.surnames.has(c)
    }

    /// Whether some surname begins with `c`.
    pub fn begins_surname(&self, c: char) -> bool {
        self.surname_starts.has(c)
    }
}

/// A character of some class in a stretch of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// Byte offset in the stretch.
    pub at: usize,
    pub c: char,
    class: u8,
}

impl Place {
    /// Whether the character is of one of these classes.
    pub fn is(&self, class: u8) -> bool {
        self.class & class != 0
    }
}

/// What a character may be, as bits.
pub(super) mod class {
    /// Some suffix of a firm or an organization ends with it.
    pub const SUFFIX_END: u8 = 1;
    /// Some word of `frame_after` starts with it.
    pub const FRAME_START: u8 = 2;
    /// Some word of `frame_before` ends with it.
    pub const FRAME_END: u8 = 4;
    /// A person's name may begin with it.
    pub const PERSON: u8 = 8;
    /// It parts the names of a person.
    pub const DOT: u8 = 16;
    /// An opening bracket.
    pub const OPEN: u8 = 32;
    /// A digit.
    pub const DIGIT: u8 = 64;
    /// A capital.
    pub const CAPITAL: u8 = 128;
}

fn classes(lexicon: &Lexicon, surname_starts: &CharSet, transliteration: &CharSet) -> Vec<u8> {
    let mut classes = vec![0u8; 1 << 16];
    let mut put = |c: Option<char>, class: u8| {
        if let Some(bits) = c.and_then(|c| classes.get_mut(c as usize)) {
            *bits |= class;
        }
    };
    let lists = |names: &'static [&str]| names.iter().flat_map(|l| lexicon.list(l));
    const SUFFIXES: [&str; 5] = [
        "company_suffixes",
        "company_suffixes_weak",
        "organization_suffixes",
        "division_suffixes",
        "government_suffixes",
    ];
    lists(&SUFFIXES).for_each(|s| put(s.chars().next_back(), class::SUFFIX_END));
    lists(&["frame_after", "frame_acts"]).for_each(|s| put(s.chars().next(), class::FRAME_START));
    lists(&["frame_before"]).for_each(|s| put(s.chars().next_back(), class::FRAME_END));
    super::person::DOTS.iter().for_each(|&c| put(Some(c), class::DOT));
    ['（', '('].into_iter().for_each(|c| put(Some(c), class::OPEN));
    ('0'..='9').for_each(|c| put(Some(c), class::DIGIT));
    ('A'..='Z').for_each(|c| put(Some(c), class::CAPITAL));
    for c in (0..1 << 16).filter_map(char::from_u32).filter(|&c| surname_starts.has(c) || transliteration.has(c)) {
        put(Some(c), class::PERSON);
    }
    classes
}

/// Whether `c` is a Han character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// Whether `c` is a letter of a Latin name.
pub(super) fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='ɏ') && !matches!(c, '×' | '÷')
}

#[cfg(test)]
mod tests {
    use super::WordSet;

    #[test]
    fn the_longest_word_at_the_end_is_found_whatever_its_length() {
        let words = ["云", "智能", "人工智能", "科技", "Labs", "a"].map(String::from);
        let set = WordSet::new(&words);
        for text in [
            "",
            "云",
            "阿里云",
            "天云",
            "智能",
            "千寻智能",
            "人工智能",
            "新人工智能",
            "智",
            "功能",
            "高科技",
            "Figure Labs",
            "Lab",
            "data",
        ] {
            let naive = words.iter().filter(|w| text.ends_with(*w)).max_by_key(|w| w.len()).map(String::as_str);
            assert_eq!(set.at_end(text), naive, "{text}");
        }
    }
}
