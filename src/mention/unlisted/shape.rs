//! The shape of one Latin word: a quantity, an adjective, a domain, a part of a person's name, and how much
//! it speaks for a name at all.

use super::Scene;
use super::words::is_latin;
use crate::article::is_dotted;
use crate::find;

/// `7B`, `4K`, `10x`, `2025`, `Q3`: digits with a unit.
pub(super) fn is_quantity(w: &str) -> bool {
    let digits = w.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.' || *b == b',').count();
    // UTC+8, AAPL.O
    if w.split_once('+').is_some_and(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()) && !n.is_empty())
        || w.split_once('.').is_some_and(|(t, m)| {
            m.len() <= 2 && w.bytes().all(|b| b.is_ascii_uppercase() || b == b'.') && t.len() >= 2
        })
    {
        return true;
    }
    if digits == w.len() || w.contains('+') && w.bytes().filter(u8::is_ascii_alphabetic).count() < 3 {
        return true;
    }
    if digits > 0 {
        let unit = &w[digits..];
        // 256x256, 8xH100, 100TOPS
        return unit.len() <= 3 && unit.bytes().all(|b| b.is_ascii_alphabetic())
            || unit.strip_prefix(['x', 'X', '×']).is_some_and(|r| r.bytes().any(|b| b.is_ascii_digit()))
            || unit.contains("OPS")
            || unit.contains('-')
            || unit.contains("Flops");
    }
    // 3Q25
    matches!(w.as_bytes(), [b'1'..=b'4', b'Q', b'0'..=b'9', b'0'..=b'9'])
        || matches!(w.as_bytes(), [b'Q' | b'H', b'1'..=b'4'])
        // TOP4, RAGaaS
        || w.strip_prefix("TOP").is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
        || w.ends_with("aaS")
        || w.strip_prefix("FY").is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()))
}

/// How much one word's form speaks for a name.
pub(super) fn strength(scene: &Scene, w: &str) -> i32 {
    let plain = w.trim_end_matches('s');
    if scene.lexicon.is_generic(w) || plain.len() >= 2 && scene.lexicon.is_generic(plain) {
        return 0;
    }
    // BIRD-Bench, TAU-bench
    if w.rsplit_once('-').is_some_and(|(head, last)| {
        head.len() >= 2 && (scene.words.latin_product.has(last) || matches!(last, "bench" | "eval" | "Eval"))
    }) && w.starts_with(|c: char| c.is_ascii_uppercase())
        && !scene.lexicon.is_generic(&w[..w.rfind('-').unwrap_or(0)])
    {
        return 3;
    }
    // Seed-ASR: a word and a field
    if let Some((head, field)) = w.split_once('-')
        && (2..=5).contains(&field.len())
        && field.bytes().all(|b| b.is_ascii_uppercase())
        && head.len() >= 3
        && head.starts_with(|c: char| c.is_ascii_uppercase())
        && head.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        && !scene.lexicon.is_generic(head)
    {
        return if scene.words.word_prefixes.has(head) { 0 } else { 3 };
    }
    // Bailing-lite: a name and a tier, as models have them
    const TIERS: [&str; 14] = [
        "plus", "lite", "mini", "max", "pro", "flash", "turbo", "omni", "nano", "air", "instruct", "coder", "vl", "moe",
    ];
    if let Some((head, tier)) = w.split_once('-')
        && TIERS.contains(&tier.rsplit('-').next().unwrap_or(tier))
        && head.len() >= 3
        && head.starts_with(|c: char| c.is_ascii_uppercase())
        && !scene.lexicon.is_common(head)
        && !scene.lexicon.is_generic(head)
        && !scene.words.word_prefixes.has(head)
    {
        return 3;
    }
    // AI-powered, Drag-and-Drop
    if w.contains('-')
        && (is_adjective(w)
            || w.split('-').all(|p| p.is_empty() || scene.lexicon.is_common(p) || scene.lexicon.is_generic(p)))
    {
        return 0;
    }
    let letters = w.bytes().filter(u8::is_ascii_alphabetic).count();
    let upper = w.bytes().filter(u8::is_ascii_uppercase).count();
    let digits = w.bytes().filter(u8::is_ascii_digit).count();
    let common = scene.lexicon.is_common(w);
    // eCommerce; Layer-2
    let coded =
        w.rsplit_once('-').is_some_and(|(h, n)| scene.lexicon.is_common(h) && n.bytes().all(|b| b.is_ascii_digit()));
    if coded || common && w.starts_with(|c: char| c.is_ascii_lowercase()) && digits == 0 {
        return 0;
    }
    // T3, B12, M1: a code of anything
    if digits > 0 && letters == 1 && w.len() <= 3 {
        return 0;
    }
    if is_counted(scene, w) {
        return 3;
    }
    if digits > 0 {
        return if letters >= 2 && upper > 0 && !is_quantity(w) { 2 } else { 1 };
    }
    if upper == 0 {
        return if is_domain(w) { 2 } else { 0 };
    }
    if upper == letters {
        return if letters > 3 && !common { 1 } else { 0 };
    }
    if w.contains('.') && !is_domain(w) && w.starts_with(|c: char| c.is_ascii_lowercase()) {
        return 0;
    }
    // eFPGA, cfDNA: a term with a small letter for a head
    let small = w.bytes().take_while(u8::is_ascii_lowercase).count();
    if (1..=2).contains(&small) && upper >= 2 && small + upper == letters {
        return 1;
    }
    // an inner capital
    if !(upper >= 2 && letters == upper + 1 && w.ends_with('s'))
        && w.bytes().skip(1).any(|b| b.is_ascii_uppercase())
        && upper < letters
    {
        return if letters >= 4 { 3 } else { 2 };
    }
    let plural_acronym = upper >= 2 && letters == upper + 1 && w.ends_with('s');
    let common = common || is_inflected(scene, w);
    if common || plural_acronym || scene.words.nationalities.has(w) { 0 } else { 3 }
}

/// `42Crunch`, `9Fin`: a number and a word, where the word is no unit (`10Gbps`).
fn is_counted(scene: &Scene, w: &str) -> bool {
    let word = w.trim_start_matches(|c: char| c.is_ascii_digit());
    let small = word.bytes().skip(1).filter(u8::is_ascii_lowercase).count();
    // 65Mail is glued
    const LABELS: [&str; 9] = ["Mail", "Email", "Phone", "Mobile", "Website", "Contact", "Source", "Home", "Share"];
    (1..=3).contains(&(w.len() - word.len()))
        && !LABELS.contains(&word)
        && !scene.words.english_openers.has(word)
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && small + 1 == word.len()
        && small >= 3
        && !["bps", "ps", "hz", "ytes", "bit", "its", "att", "atts"].iter().any(|unit| find::ends(word, unit))
}

/// `Payouts`, `Criminalized`, `Weightings`: a common word with an ending.
fn is_inflected(scene: &Scene, w: &str) -> bool {
    ["ings", "ing", "es", "ed", "s"]
        .iter()
        .filter_map(|e| w.strip_suffix(e))
        .any(|stem| stem.len() >= 5 && (scene.lexicon.is_common(stem) || scene.lexicon.is_common(&format!("{stem}e"))))
}

/// A word or words that may be a name though each is a plain one: `Signal`, `Data Cloud`; no code of two signs.
pub(super) fn is_proper(w: &str) -> bool {
    w.starts_with(|c: char| c.is_ascii_uppercase())
        && w.bytes().filter(u8::is_ascii_alphabetic).count() >= 3
        && w.split(' ').all(|p| !is_quantity(p))
        // LVMs
        && !(w.ends_with('s') && w.bytes().rev().skip(1).all(|b| b.is_ascii_uppercase()))
}

/// `AI-powered`, `Boston-based`, and with a title's capitals `Acme-Backed`.
pub(super) fn is_adjective(w: &str) -> bool {
    w.rsplit_once('-').is_some_and(|(_, last)| {
        last.len() >= 2 && last.bytes().all(|b| b.is_ascii_lowercase()) || is_adjective_tail(last)
    })
}

/// The last part of a compound adjective in a title.
pub(super) fn is_adjective_tail(w: &str) -> bool {
    matches!(
        w,
        "Based"
            | "Backed"
            | "Powered"
            | "Driven"
            | "Specific"
            | "Centric"
            | "Led"
            | "Focused"
            | "Native"
            | "Ready"
            | "Enabled"
            | "Friendly"
            | "Level"
            | "Grade"
            | "Owned"
            | "Funded"
            | "Oriented"
            | "Related"
            | "Americans"
            | "American"
            | "Wide"
            | "Free"
    )
}

pub(super) fn is_domain(w: &str) -> bool {
    w.rsplit_once('.').is_some_and(|(name, top)| {
        name.len() >= 2
            && matches!(
                top,
                "ai" | "com"
                    | "dev"
                    | "io"
                    | "app"
                    | "diy"
                    | "org"
                    | "net"
                    | "cn"
                    | "so"
                    | "me"
                    | "tv"
                    | "co"
                    | "new"
                    | "xyz"
                    | "gg"
            )
    })
}

/// `Altman`, `O'Neil`, `McCarthy`, `J.`, `de`.
pub(super) fn is_name_word(w: &str) -> bool {
    let mut chars = w.chars();
    let capital = chars.next().is_some_and(char::is_uppercase);
    let rest_lower = w.chars().skip(1).filter(|c| c.is_uppercase()).count() <= 1
        && w.chars().all(|c| is_latin(c) || matches!(c, '.' | '-' | '\'' | '’'));
    (capital && rest_lower && (w.chars().count() == 1 || w.chars().any(char::is_lowercase) || w.ends_with('.')))
        || is_initials(w)
        || matches!(w, "de" | "van" | "von" | "der" | "la" | "bin" | "al")
}

/// `A.J`, `J.R.R`: a person's initials; no country and no town.
pub(super) fn is_initials(w: &str) -> bool {
    let w = w.strip_suffix('.').unwrap_or(w);
    is_dotted(w)
        && !matches!(
            w,
            "U.S"
                | "U.K"
                | "U.N"
                | "E.U"
                | "D.C"
                | "U.A.E"
                | "U.S.A"
                | "A.I"
                | "N.A"
                | "L.P"
                | "P.C"
                | "S.A"
                | "N.V"
                | "B.V"
        )
}

/// `Wang`, `Zhang`: a Chinese surname in Latin letters.
pub(super) fn is_pinyin_surname(scene: &Scene, w: &str) -> bool {
    scene.words.pinyin_surnames.has(w)
}

/// `Ching-Yao`, `Se-Young`: a given name of two syllables.
pub(super) fn is_double_given(w: &str) -> bool {
    w.split_once('-').is_some_and(|(a, b)| {
        [a, b].iter().all(|p| {
            (2..=6).contains(&p.len())
                && p.starts_with(|c: char| c.is_ascii_uppercase())
                && p.bytes().skip(1).all(|b| b.is_ascii_lowercase())
        })
    })
}
