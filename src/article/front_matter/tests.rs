use super::*;

fn fields(source: &str) -> (Fields, Vec<Diagnostic>) {
    let mut warnings = Vec::new();
    let fields = read("a.md", source, &mut warnings);
    (fields, warnings)
}

fn shown(source: &str) -> String {
    let (fields, warnings) = fields(source);
    let text = |scalar: &Option<Scalar>| scalar.as_ref().map_or("-".to_owned(), |s| s.text.clone());
    let tags: Vec<_> = fields.tags.iter().map(|tag| tag.text.as_str()).collect();
    let date = fields.date.map_or("-".to_owned(), |d| d.to_string());
    let extra = serde_json::to_string(&fields.extra).unwrap();
    let body = source[fields.body..].trim();
    format!(
        "{} {date} {} {} {extra} {body} {}",
        text(&fields.title),
        text(&fields.summary),
        tags.join("+"),
        warnings.len()
    )
}

#[test]
fn fields_are_read() {
    for (source, expected) in [
        (
            "---\ntitle: 商汤\ndate: 2025-07-03T10:00:00+08:00\nsummary: \"甲\"\ntags: [a, \"b, c\"]\nn: 3\n---\n文",
            "商汤 2025-07-03 甲 a+b, c {\"n\":3} 文 0",
        ),
        ("---\ntitle: 'Huspy''s'\nexcerpt: 甲\nkeywords:\n- x\n- y\n---\n文", "Huspy's - 甲 x+y {} 文 0"),
        (
            "---\ntags: []\nkeywords: [k]\nmain_topics:\n  - m\n---\n文",
            "- - - k {\"main_topics\":[\"m\"],\"tags\":[]} 文 0",
        ),
        // What only the full parser reads.
        (
            "---\ntitle: NO\ncover:\n  image: \"\"\n  big: no\n---\n文",
            "NO - -  {\"cover\":{\"big\":\"no\",\"image\":\"\"}} 文 0",
        ),
        ("---\ntitle: >-\n  商汤\n  上市\ndate: 2025/7/3\ntags: 单\n---\n文", "商汤 上市 2025-07-03 - 单 {} 文 0"),
        ("---\nexcerpt: Huspy\n  goes on\n---\n文", "- - Huspy goes on  {} 文 0"),
        (
            "+++\ntitle = '商汤'\ndate = 2025-07-03\ntags = [\"a\"]\n[x]\ny = 1\n+++\n文",
            "商汤 2025-07-03 - a {\"x\":{\"y\":1}} 文 0",
        ),
        ("\u{FEFF}---\r\ntitle: 商汤\r\n---\r\n文", "商汤 - -  {} 文 0"),
        ("---\n---\n文", "- - -  {} 文 0"),
        ("---\n# nothing\n---\n文", "- - -  {} 文 0"),
        // No front matter at all.
        ("文\n---\ntitle: x\n---", "- - -  {} 文\n---\ntitle: x\n--- 0"),
        ("---\n\n文章\n\n---\n", "- - -  {} ---\n\n文章\n\n--- 0"),
        // Faults.
        ("---\ntitle: 商汤: 上市\ndate: 2025-07-03\n---\n文", "商汤: 上市 2025-07-03 -  {} 文 1"),
        ("---\ntitle: \"商汤\ntags:\n- a\n---\n文", "商汤 - - a {} 文 1"),
        ("---\ntitle: 甲\ntitle: 乙\n---\n文", "甲 - -  {} 文 1"),
        ("---\ntitle: 商汤\ndate: 昨天\n\n文", "商汤 - -  {} 文 2"),
        ("+++\ntitle = 商汤\n+++\n文", "商汤 - -  {} 文 1"),
    ] {
        assert_eq!(shown(source), expected, "{source:?}");
    }
}

#[test]
fn a_fault_has_its_place() {
    let (_, warnings) = fields("---\ndate: 2025-07-03\ntitle: 商汤: 上市\n---\n文");
    let place = warnings[0].place.unwrap();
    assert_eq!(place.line, 3, "{}", warnings[0]);
    assert_eq!(warnings[0].snippet.as_deref(), Some("title: 商汤: 上市"));
}

#[test]
fn the_fast_reader_agrees_with_the_full_one() {
    for text in [
        "title: a\ntags: [x, y]\n",
        "t: \"a\\u5546\"\nl:\n- 1\n- 'b'\n",
        "a: 1.5\nb: true\nc: ~\nd:\n",
        "a: x # c\n",
        "a-b: x:y\n",
    ] {
        if let Some(fields) = flat::read(text) {
            let fast: BTreeMap<_, _> = fields.into_iter().map(|(key, _, field)| (key, json(field))).collect();
            let full: BTreeMap<_, _> =
                full::yaml(text).unwrap().into_iter().map(|(key, _, field)| (key, json(field))).collect();
            assert_eq!(fast, full, "{text:?}");
        }
    }
}
