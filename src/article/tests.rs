//! Whole articles: what is read, what is left out, and where it stands.

use super::*;
use proptest::prelude::*;

fn article(name: &str, source: &str) -> (Article, Vec<Diagnostic>) {
    match parse_markdown(name, source, &Options::default()) {
        Outcome::Article(article, warnings) => (*article, warnings),
        other => panic!("{other:?}"),
    }
}

/// The blocks of a body, kind marked where it is not a paragraph, ` / ` between them.
fn body(source: &str) -> String {
    let (article, warnings) = article("a.md", source);
    assert_eq!(warnings, []);
    blocks(&article)
}

fn blocks(article: &Article) -> String {
    let mark = |kind| match kind {
        BlockKind::Title => "T:",
        BlockKind::Summary => "S:",
        BlockKind::Tag => "#:",
        BlockKind::Heading => "H:",
        BlockKind::Paragraph => "",
        BlockKind::ListItem => "-:",
        BlockKind::Cell => "|:",
    };
    let shown = article.text.blocks().iter().map(|b| format!("{}{}", mark(b.kind), article.slice(b.span).trim()));
    shown.collect::<Vec<_>>().join(" / ")
}

#[test]
fn only_visible_words_are_read() {
    for (source, expected) in [
        // Markup, also what CommonMark leaves literal beside Chinese punctuation.
        ("**商汤**科技", "商汤科技"),
        ("**【AI内参】**图灵", "【AI内参】图灵"),
        ("AI学术界的_顶流_LeCun", "AI学术界的顶流LeCun"),
        ("这是*“强调”*的话", "这是“强调”的话"),
        ("2**10 和 snake_case 与 O*NET", "2**10 和 snake_case 与 O*NET"),
        ("OpenAI的Q*项目", "OpenAI的Q*项目"),
        ("约3~5个，10~20万，~~删去~~留下", "约3~5个，10~20万，删去留下"),
        ("用`Claude`写", "用Claude写"),
        (
            "# 标题\n\n- 甲\n- **乙**\n\n| 公司 | 人 |\n|--|--|\n| 商汤 | 徐立 |",
            "H:标题 / -:甲 / -:乙 / |:公司 / |:人 / |:商汤 / |:徐立",
        ),
        ("> 引文", "引文"),
        // Footnotes, links, URLs.
        ("商汤上市 [^1]。徐立[^2][^3, ^4]说", "商汤上市。徐立说"),
        ("商汤[^1]\n\n[^1]: [报道](https://a.b)", "商汤"),
        ("甲[^1]\n\n[^1]: 注一\n\n乙", "甲 / 注一 / 乙"),
        ("甲[^1]\n\n乙\n\n[^1]: 注一", "甲 / 乙"),
        ("[商汤](https://a.b/c)上市", "商汤上市"),
        ("![图](a.png)商汤", "商汤"),
        ("见 https://a.b/c?d=e_f。完", "见 。完"),
        ("见（https://a.b/c）和 www.example.com/x，example.com", "见和 ，example.com"),
        ("<https://a.b>\n\n商汤", "商汤"),
        ("[商汤](https://a.b/中 文)上市", "[商汤](中 文)上市"),
        // HTML, shortcodes, comments, code, entities.
        ("<article>\n## 小标题\n正文<br>续\n</article>", "H:小标题 / 正文 / 续"),
        ("<p>甲</p><p>乙</p>", "甲 / 乙"),
        ("甲<!-- 注 -->乙{{< figure src=\"x\" >}}丙", "甲乙丙"),
        ("<script>\nlet a = 1;\n\nlet b;\n</script>\n商汤", "商汤"),
        ("AT&amp;T与&#x534E;为 a\\*b", "AT&T与华为 a*b"),
        ("甲\n\n```rust\nlet 商 = 1;\n```\n\n乙", "甲 / 乙"),
        ("甲\n\n    商汤科技今日宣布上市。\n\n乙", "甲 / 商汤科技今日宣布上市。 / 乙"),
        ("甲\n\n    let x = 1;\n\n乙", "甲 / 乙"),
        // The reference list.
        ("甲\n\n## 引用\n\n1. 乙", "甲"),
        ("甲\n\n**参考资料：**\n\n乙", "甲"),
        ("甲\n\n### References\n\n- b\n\n## Tags", "甲"),
        ("# 引用\n\n甲", "H:引用 / 甲"),
        ("引用：\n\n甲", "引用： / 甲"),
        // Lines and blanks.
        ("商汤科\n技与\nOpenAI\nInc.\n合作，\nGPT", "商汤科技与 OpenAI Inc. 合作，GPT"),
        ("商\u{200B}汤\u{AD}科技　是", "商汤科技　是"),
        ("甲  \n乙", "甲 / 乙"),
        ("商汤\r\n科技\r\n\r\n小米\r\r华为", "商汤科技 / 小米 / 华为"),
        ("\u{FEFF}商汤\0科技", "商汤科技"),
        ("", ""),
        ("---\ntitle: 甲\n---", "T:甲"),
    ] {
        assert_eq!(body(source), expected, "{source:?}");
    }
}

#[test]
fn every_word_has_its_place() {
    for (source, words, expected) in [
        ("**商汤**科技", "商汤科技", (1, 3)),
        ("**商汤**科技", "科技", (1, 7)),
        ("AT&amp;T与华为", "T与", (1, 8)),
        ("AT&amp;T与华为", "&", (1, 3)),
        ("a\\*b华为", "华为", (1, 5)),
        ("\u{FEFF}商汤\r\n\r\n科技小米", "小米", (3, 3)),
        ("甲\r\r乙", "乙", (3, 1)),
        ("商汤科\n技", "技", (2, 1)),
        ("---\ntitle: \"商\\\"汤科技\"\n---\n甲", "汤", (2, 12)),
        ("---\ntitle: 'it''s 商汤'\n---\n甲", "商汤", (2, 15)),
        ("---\nsummary: >-\n  商汤\n  科技\n---\n甲", "科技", (4, 3)),
        ("---\ntitle: 甲\ntags: [商汤, \"小米\"]\n---\n甲", "小米", (3, 13)),
        ("---\ntags:\n  - 商汤\n---\n甲", "商汤", (3, 5)),
        ("+++\ntitle = \"商汤\"\n+++\n甲", "商汤", (2, 10)),
        ("<b>商汤</b>科技", "科技", (1, 10)),
        ("甲[^1]乙", "乙", (1, 6)),
        ("| 甲 | 乙 |\n|--|--|\n| 丙 | 丁 |", "丁", (3, 7)),
    ] {
        let (article, _) = article("a.md", source);
        let at = article.text.as_str().find(words).unwrap_or_else(|| panic!("{words} in {source:?}"));
        let place = article.place(at as u32);
        assert_eq!((place.line, place.column), expected, "{words} in {source:?}");
    }
}

#[test]
fn title_date_and_path() {
    let title = |name, source| {
        let (article, _) = article(name, source);
        (article.title, article.date.map(|d| d.to_string()).unwrap_or_default())
    };
    assert_eq!(title("2025-08-13-a.md", "# 商汤**上市**\n\n甲"), ("商汤上市".to_owned(), "2025-08-13".to_owned()));
    assert_eq!(
        title("a.md", "---\ntitle: 甲\ndate: 2025年7月3日\n---\n# 乙"),
        ("甲".to_owned(), "2025-07-03".to_owned())
    );
}

#[test]
fn drafts_are_passed_over_unless_wanted() {
    let source = "---\ndraft: true\n---\n甲";
    assert!(matches!(parse_markdown("a.md", source, &Options::default()), Outcome::Draft(name) if name == "a.md"));
    assert!(matches!(parse_markdown("a.md", source, &Options { drafts: true }), Outcome::Article(a, _) if a.draft));
}

#[test]
fn plain_text_has_a_title_and_paragraphs() {
    let Outcome::Article(article, _) =
        parse_text("2025-07-03.txt", "商汤上市\n\n商汤科\n技今日上市。\nhttps://a.b\n\nIt\nrose.\n")
    else {
        panic!()
    };
    assert_eq!(article.title, "商汤上市");
    assert_eq!(blocks(&article), "T:商汤上市 / 商汤科技今日上市。 / It rose.");
    let at = article.text.as_str().find("rose").unwrap();
    assert_eq!(article.place(at as u32), Place { line: 8, column: 1 });
}

#[test]
fn ndjson_gives_an_article_a_line() {
    let lines = concat!(
        "{\"id\":\"a\",\"title\":\"商\\\"汤\",\"date\":\"2025-07-03\",\"text\":\"第一\\n第二\",\"tags\":[\"AI\"],",
        "\"entities\":[{\"name\":\"甲\",\"kind\":\"company\",\"aliases\":[\"乙\"]},{\"name\":\"丙\",\"kind\":\"firm\"}]}\n",
        "\n{\"id\": 7, \"text\": \"**商汤**科技\", \"format\": \"markdown\"}\nnonsense\n{\"id\":\"b\"}\n{\"id\":\"a\",\"text\":\"又\"}",
    );
    let mut seen = Vec::new();
    read_ndjson("x.ndjson", lines.as_bytes(), &Options::default(), &mut |outcome| {
        seen.push(match outcome {
            Outcome::Article(a, w) => {
                let end = a.text.as_str().trim_end().len() - 3;
                let place = a.place(end as u32);
                format!(
                    "{} {} {}:{} {} {}",
                    a.path,
                    blocks(&a),
                    place.line,
                    place.column,
                    a.own_entities.len(),
                    w.len()
                )
            }
            Outcome::Draft(name) => name,
            Outcome::Failed(d) => d.to_string().lines().next().unwrap().to_owned(),
        });
    });
    assert_eq!(
        seen,
        [
            "x.ndjson#a T:商\"汤 / #:AI / 第一 / 第二 1:59 1 1",
            "x.ndjson#7 商汤科技 3:27 0 0",
            "x.ndjson:4:2: error: this line is not a JSON article: expected ident",
            "x.ndjson:5:1: error: has no \"text\"",
            "x.ndjson#a 又 6:19 0 1",
        ]
    );
}

#[test]
fn faults_are_told_of_and_the_rest_is_read() {
    let (article, warnings) = article("a.md", "---\ntitle: 商汤: 上市\ntags: [AI, 商汤\ndate: 2025-07-03\n---\n正文");
    assert_eq!(blocks(&article), "T:商汤: 上市 / #:AI / #:商汤 / 正文");
    assert_eq!(article.date.map(|d| d.to_string()).as_deref(), Some("2025-07-03"));
    assert_eq!(warnings.len(), 1);
    assert!(warnings[0].place.is_some_and(|p| p.line >= 2), "{}", warnings[0]);
    let (article, warnings) = super::tests::article("a.md", "正文\n\n```\n没有关上的代码");
    assert_eq!(blocks(&article), "正文 / 没有关上的代码");
    assert_eq!(warnings[0].place, Some(Place { line: 3, column: 1 }));
}

/// Time must grow with the length, not its square, and the stack must hold.
#[test]
fn absurd_input_is_read_in_bounded_time() {
    for unit in [
        "[", "(", ">", "*", "_", "`", "<", "<a", "<!--", "{{<", "![", "[^", "- ", "> ", "a*", "**a", "|", "!", ".",
        "\"", "&", "[](", "](", "\n", "~~~\n", "<b>\n", "1. ",
    ] {
        let source = unit.repeat(100_000);
        let (article, _) = article("a.md", &source);
        assert!(article.text.as_str().len() <= source.len() + 1);
        let (article, _) = super::tests::article("a.md", &format!("---\n{source}"));
        assert!(article.text.as_str().len() <= source.len() + 5);
    }
}

/// Pieces that meet in real files, and letters to tell them apart.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "商汤",
        "科技",
        "A",
        "b1",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "**",
        "*",
        "_",
        "__",
        "`",
        "```\n",
        "~~",
        "[^1]",
        "[^1]: ",
        "[",
        "](",
        ")",
        "https://a.b/c",
        "www.a.b",
        "&amp;",
        "\\*",
        "# ",
        "- ",
        "> ",
        "| a | b |\n|--|--|\n",
        "<b>",
        "</b>",
        "<p>",
        "<!--",
        "-->",
        "{{< x >}}",
        "。",
        "！”",
        "……",
        ". ",
        "，",
        "\u{200B}",
        "\u{FEFF}",
        "\0",
        "    ",
        "\t",
        "---\n",
        "title: \"甲\"\n",
        "tags: [a, '乙']\n",
        "+++\n",
        "x = 1\n",
        "key: >\n  折\n",
        "😀",
        "é",
        "\u{1}",
        "\u{2}",
        "## 引用\n",
        "<script>",
        "《",
        "》",
        "1. ",
        "=\n",
    ]);
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn check(text: &Text, source: &str) {
    let words = text.as_str();
    let mut last = 0;
    for sentence in text.sentences() {
        let block = text.blocks()[sentence.block as usize];
        assert!(sentence.span.start >= last && block.span.contains(sentence.span));
        assert!(words[last as usize..sentence.span.start as usize].trim().is_empty());
        let inside = &words[sentence.span.range()];
        assert!(!inside.is_empty() && inside.trim() == inside && !inside.contains('\n'));
        last = sentence.span.end;
    }
    assert!(words[last as usize..].trim().is_empty());
    let mut last = 0;
    for (at, c) in words.char_indices() {
        let file = text.file_offset(at as u32) as usize;
        assert!(source.is_char_boundary(file) && (file >= last || c == '\n'), "{at} in {source:?}");
        if !c.is_whitespace() {
            last = file;
            let found = source[file..].chars().next();
            assert!(
                found == Some(c) || matches!(found, Some('&' | '\\' | '`')),
                "{c:?} at {at} is {found:?} in {source:?}"
            );
        }
        let place = text.place(at as u32);
        assert!(place.line >= 1 && place.column >= 1);
    }
}

proptest! {
    #[test]
    fn any_markdown_is_read_and_mapped(source in pieces()) {
        if let Outcome::Article(article, _) = parse_markdown("a.md", source.as_str(), &Options { drafts: true }) {
            // Front matter may stand in another order than the text has it.
            if !source.contains("title") && !source.contains("tags") && !source.contains("key") {
                check(&article.text, &source);
            }
        }
    }

    #[test]
    fn any_plain_text_is_read_and_mapped(source in pieces()) {
        if let Outcome::Article(article, _) = parse_text("a.txt", source.as_str()) {
            check(&article.text, &source);
        }
    }

    #[test]
    fn any_bytes_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse_markdown("a.md", bytes.clone(), &Options::default());
        let _ = parse_text("a.txt", bytes.clone());
        read_ndjson("a.ndjson", bytes.as_slice(), &Options::default(), &mut |_| {});
    }

    #[test]
    fn ndjson_maps_into_its_line(text in pieces()) {
        let line = serde_json::json!({ "id": "1", "text": text, "format": "markdown" }).to_string();
        read_ndjson("a.ndjson", line.as_bytes(), &Options::default(), &mut |outcome| {
            let Outcome::Article(article, _) = outcome else { panic!("{outcome:?}") };
            for (at, c) in article.text.as_str().char_indices().filter(|(_, c)| !c.is_whitespace()) {
                let found = line[article.text.file_offset(at as u32) as usize..].chars().next();
                assert!(found == Some(c) || matches!(found, Some('&' | '\\' | '`')), "{c:?} is {found:?} in {line}");
            }
        });
    }
}
