//! The plain part of YAML that dictionaries are written in, read fast: block lists and maps, flow lists and
//! maps, plain and quoted scalars of one line, comments. Whatever lies outside that part, or could be read in
//! two ways (`yes`, `1.10`, a tag, an anchor, a scalar over several lines), and every error, is left to the
//! full reader by returning `None`; what is returned equals the full reader's result.

use serde::de::value::{BorrowedStrDeserializer, MapDeserializer};
use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Reads a document, or `None` when the full reader must.
pub(super) fn from_str<'a, T: de::Deserialize<'a>>(source: &'a str) -> Option<T> {
    if source.bytes().any(|b| (b < 0x20 && b != b'\n') || b == 0x7F) || has_odd_character(source) {
        return None;
    }
    let mut reader =
        Reader { source, bytes: source.as_bytes(), at: 0, line: 1, line_start: 0, keys: Vec::new(), depth: 0 };
    reader.next_content().ok()?;
    let value = T::deserialize(Node { reader: &mut reader, parent: -1, place: In::Document }).ok()?;
    (reader.at == source.len()).then_some(value)
}

/// Characters that YAML forbids or treats as blanks: C1 controls, the byte order mark, non-characters.
fn has_odd_character(source: &str) -> bool {
    memchr::memchr2_iter(0xC2, 0xEF, source.as_bytes()).any(|at| match &source.as_bytes()[at..] {
        [0xC2, second, ..] => *second < 0xA0,
        [0xEF, 0xBB, 0xBF, ..] | [0xEF, 0xBF, 0xBE | 0xBF, ..] => true,
        _ => false,
    })
}

/// The full reader must look at the document.
#[derive(Debug)]
struct Unsure;

impl fmt::Display for Unsure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("outside the plain part of YAML")
    }
}

impl std::error::Error for Unsure {}

impl de::Error for Unsure {
    fn custom<T: fmt::Display>(_: T) -> Unsure {
        Unsure
    }
}

type Read<T> = Result<T, Unsure>;

/// A reader between two tokens.
struct Reader<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// From 1.
    line: u32,
    line_start: usize,
    /// Keys of the maps that are open, to see one given twice.
    keys: Vec<&'a str>,
    depth: u32,
}

/// Where a node stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum In {
    Document,
    /// After `- `.
    Item,
    /// After `key:`.
    Value,
    /// Inside brackets.
    Flow,
}

enum Shape {
    List(i32),
    Map(i32),
    FlowList,
    FlowMap,
    Scalar,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(b'\n')
    }

    fn skip_blanks(&mut self) {
        while self.bytes.get(self.at) == Some(&b' ') {
            self.at += 1;
        }
    }

    /// Column of the reader, from 0; -1 at the end of the document.
    fn indent(&self) -> i32 {
        if self.at == self.bytes.len() { -1 } else { (self.at - self.line_start) as i32 }
    }

    fn at_dash(&self) -> bool {
        self.peek() == b'-' && matches!(self.bytes.get(self.at + 1), None | Some(b' ' | b'\n'))
    }

    /// Leaves the line, on which only blanks and a comment may follow, for the next one with content.
    fn next_content(&mut self) -> Read<()> {
        self.skip_blanks();
        if self.peek() == b'#' && self.at != self.line_start && self.bytes[self.at - 1] != b' ' {
            return Err(Unsure);
        }
        loop {
            match self.bytes.get(self.at) {
                None => break,
                Some(b'\n') => {
                    self.at += 1;
                    self.line += 1;
                    self.line_start = self.at;
                    self.skip_blanks();
                }
                Some(b'#') => {
                    self.at = memchr::memchr(b'\n', &self.bytes[self.at..]).map_or(self.bytes.len(), |n| self.at + n);
                }
                Some(_) if self.bytes[self.line_start..self.at].iter().all(|&b| b == b' ') => break,
                Some(_) => return Err(Unsure),
            }
        }
        let marker = self.at == self.line_start
            && (self.source[self.at..].starts_with("---") || self.source[self.at..].starts_with("..."));
        if marker { Err(Unsure) } else { Ok(()) }
    }

    /// After a node in block style: what follows must not belong to it.
    fn close(&mut self, parent: i32) -> Read<()> {
        self.next_content()?;
        if self.indent() > parent { Err(Unsure) } else { Ok(()) }
    }

    /// Blanks and line ends between brackets.
    fn skip_flow(&mut self, parent: i32) -> Read<()> {
        self.skip_blanks();
        while self.bytes.get(self.at) == Some(&b'\n') {
            self.at += 1;
            self.line += 1;
            self.line_start = self.at;
            self.skip_blanks();
            if self.peek() != b'\n' && self.indent() <= parent.max(0) {
                return Err(Unsure);
            }
        }
        Ok(())
    }

    /// What begins here.
    fn shape(&mut self, parent: i32, place: In) -> Read<Shape> {
        let mut fresh = place == In::Document;
        if place != In::Flow {
            self.skip_blanks();
            if matches!(self.peek(), b'\n' | b'#') {
                self.next_content()?;
                let same = place == In::Value && self.indent() == parent && self.at_dash();
                if self.indent() <= parent && !same {
                    return Err(Unsure);
                }
                fresh = true;
            }
        }
        match self.peek() {
            b'[' => Ok(Shape::FlowList),
            b'{' => Ok(Shape::FlowMap),
            b'"' | b'\'' if !fresh => Ok(Shape::Scalar),
            _ if place == In::Flow => Ok(Shape::Scalar),
            _ if self.at_dash() && fresh => Ok(Shape::List(self.indent())),
            _ if (fresh || place == In::Item) && self.at_key() => Ok(Shape::Map(self.indent())),
            _ if fresh => Err(Unsure),
            _ => Ok(Shape::Scalar),
        }
    }

    /// Whether a simple key and its colon stand here.
    fn at_key(&self) -> bool {
        let key = self.key_len();
        key > 0
            && self.bytes.get(self.at + key) == Some(&b':')
            && matches!(self.bytes.get(self.at + key + 1), None | Some(b' ' | b'\n'))
    }

    fn key_len(&self) -> usize {
        let rest = &self.bytes[self.at..];
        if !rest.first().is_some_and(u8::is_ascii_alphabetic) {
            return 0;
        }
        rest.iter().position(|b| !b.is_ascii_alphanumeric() && *b != b'_').unwrap_or(rest.len())
    }

    /// Takes a key and its colon; `open` is where the keys of its map begin.
    fn key(&mut self, open: usize) -> Read<&'a str> {
        if !self.at_key() {
            return Err(Unsure);
        }
        let key = &self.source[self.at..self.at + self.key_len()];
        if !is_text(key) || self.keys[open..].contains(&key) {
            return Err(Unsure);
        }
        self.keys.push(key);
        self.at += key.len() + 1;
        Ok(key)
    }

    /// Takes a scalar, and says whether it is plain.
    fn scalar(&mut self, flow: bool) -> Read<(Cow<'a, str>, bool)> {
        match self.peek() {
            quote @ (b'"' | b'\'') => {
                let start = self.at + 1;
                let mut end = start;
                let mut doubled = false;
                loop {
                    match self.bytes.get(end) {
                        None | Some(b'\n') => return Err(Unsure),
                        Some(b'\\') if quote == b'"' => return Err(Unsure),
                        Some(&b) if b == quote => {
                            if quote == b'"' || self.bytes.get(end + 1) != Some(&quote) {
                                break;
                            }
                            doubled = true;
                            end += 2;
                        }
                        Some(_) => end += 1,
                    }
                }
                self.at = end + 1;
                let text = &self.source[start..end];
                Ok((if doubled { text.replace("''", "'").into() } else { text.into() }, false))
            }
            b'&' | b'*' | b'!' | b'|' | b'>' | b'%' | b'@' | b'`' | b'#' | b',' | b'[' | b']' | b'{' | b'}' => {
                Err(Unsure)
            }
            first => {
                let start = self.at;
                if matches!(first, b'-' | b'?' | b':')
                    && !self.bytes.get(start + 1).is_some_and(|&b| b.is_ascii_alphanumeric() || b >= 0x80)
                {
                    return Err(Unsure);
                }
                let mut end = start;
                while let Some(&b) = self.bytes.get(end) {
                    match b {
                        b'\n' => break,
                        b',' | b']' | b'}' if flow => break,
                        b'[' | b'{' if flow => return Err(Unsure),
                        b'#' if self.bytes[end - 1] == b' ' => break,
                        b':' => match self.bytes.get(end + 1) {
                            None | Some(b' ' | b'\n') => return Err(Unsure),
                            Some(b',' | b'[' | b']' | b'{' | b'}') if flow => return Err(Unsure),
                            Some(_) => {}
                        },
                        _ => {}
                    }
                    end += 1;
                }
                // a comment keeps the blank before it
                let text = self.source[start..end].trim_end_matches(' ');
                self.at = start + text.len();
                Ok((text.into(), true))
            }
        }
    }
}

/// Whether a plain scalar is text and can be nothing else.
fn is_text(plain: &str) -> bool {
    const OTHER: [&str; 14] =
        ["null", "true", "false", "yes", "no", "on", "off", "y", "n", "t", "f", "nan", "inf", "infinity"];
    match plain.as_bytes() {
        [] | b"=" | b"<<" => false,
        [b'a'..=b'z' | b'A'..=b'Z', ..] => !OTHER.iter().any(|o| plain.eq_ignore_ascii_case(o)),
        [b'~', ..] | [b'0', b'x' | b'o' | b'b' | b'X' | b'O' | b'B', ..] => false,
        [b'+' | b'-' | b'.', b'a'..=b'z' | b'A'..=b'Z', ..] => {
            !OTHER.iter().any(|o| plain[1..].eq_ignore_ascii_case(o))
        }
        [b'+' | b'-' | b'.', rest @ ..] => rest.iter().any(|b| !b.is_ascii_alphanumeric() && !b"_.:+-".contains(b)),
        // a sign inside, but for an exponent's, makes a date and no number
        [b'0'..=b'9', rest @ ..] => {
            rest.iter().any(|b| !b.is_ascii_digit() && !b"_.:eE+- ".contains(b))
                || plain.as_bytes().windows(2).any(|w| w[0].is_ascii_digit() && w[1] == b'-')
        }
        _ => true,
    }
}

/// One node, about to be read.
struct Node<'r, 'a> {
    reader: &'r mut Reader<'a>,
    /// Indent of the list or map that it is in.
    parent: i32,
    place: In,
}

impl<'a> Node<'_, 'a> {
    fn scalar(self) -> Read<(Cow<'a, str>, bool)> {
        match self.reader.shape(self.parent, self.place)? {
            Shape::Scalar => {
                let scalar = self.reader.scalar(self.place == In::Flow)?;
                if self.place != In::Flow {
                    self.reader.close(self.parent)?;
                }
                Ok(scalar)
            }
            _ => Err(Unsure),
        }
    }

    /// Takes a scalar where text is asked for, which a plain whole number or a word like `on` is then, too.
    fn text(self) -> Read<Cow<'a, str>> {
        match self.scalar()? {
            (text, plain) if !plain || is_text(&text) => Ok(text),
            (digits, true) if digits.bytes().all(|b| b.is_ascii_digit()) => Ok(digits),
            (word, true) if ["on", "off", "yes", "no", "y", "n"].contains(&&*word) => Ok(word),
            _ => Err(Unsure),
        }
    }

    /// Reads a list or map through `visit`.
    fn inside<T>(self, visit: impl FnOnce(&mut Inside<'_, 'a>) -> Read<T>, shape: Shape) -> Read<T> {
        let (indent, flow) = match shape {
            Shape::List(i) | Shape::Map(i) => (i, false),
            _ => (self.parent, true),
        };
        self.reader.depth += 1;
        if self.reader.depth > 32 {
            return Err(Unsure);
        }
        self.reader.at += usize::from(flow);
        let open = self.reader.keys.len();
        let mut inside = Inside { reader: self.reader, indent, flow, open, first: true, ended: false };
        let value = visit(&mut inside)?;
        if !inside.ended {
            return Err(Unsure);
        }
        self.reader.keys.truncate(open);
        self.reader.depth -= 1;
        if flow && self.place != In::Flow {
            self.reader.close(self.parent)?;
        }
        Ok(value)
    }
}

/// A list or map that is being read.
struct Inside<'r, 'a> {
    reader: &'r mut Reader<'a>,
    indent: i32,
    flow: bool,
    open: usize,
    first: bool,
    ended: bool,
}

impl<'a> Inside<'_, 'a> {
    /// Whether another element follows; the reader then stands at it.
    fn more(&mut self, close: u8) -> Read<bool> {
        let first = std::mem::replace(&mut self.first, false);
        if self.flow {
            self.reader.skip_flow(self.indent)?;
            if !first && self.reader.peek() != close {
                if self.reader.peek() != b',' {
                    return Err(Unsure);
                }
                self.reader.at += 1;
                self.reader.skip_flow(self.indent)?;
            }
            if self.reader.peek() == close {
                self.reader.at += 1;
                self.ended = true;
            }
        } else if !first {
            let list = close == b']';
            self.ended = match self.reader.indent() {
                i if i > self.indent => return Err(Unsure),
                i if i < self.indent => true,
                _ => list && !self.reader.at_dash(),
            };
        }
        Ok(!self.ended)
    }

    fn node(&mut self, place: In) -> Node<'_, 'a> {
        Node { parent: self.indent, place: if self.flow { In::Flow } else { place }, reader: self.reader }
    }
}

impl<'a> SeqAccess<'a> for &mut Inside<'_, 'a> {
    type Error = Unsure;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Read<Option<T::Value>> {
        if !self.more(b']')? {
            return Ok(None);
        }
        self.reader.at += usize::from(!self.flow);
        seed.deserialize(self.node(In::Item)).map(Some)
    }
}

impl<'a> MapAccess<'a> for &mut Inside<'_, 'a> {
    type Error = Unsure;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        if !self.more(b'}')? {
            return Ok(None);
        }
        let key = self.reader.key(self.open)?;
        seed.deserialize(BorrowedStrDeserializer::new(key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Read<V::Value> {
        if self.flow {
            self.reader.skip_flow(self.indent)?;
        }
        seed.deserialize(self.node(In::Value))
    }
}

fn visit_text<'a, V: Visitor<'a>>(text: Cow<'a, str>, visitor: V) -> Read<V::Value> {
    match text {
        Cow::Borrowed(t) => visitor.visit_borrowed_str(t),
        Cow::Owned(t) => visitor.visit_string(t),
    }
}

impl<'a> Deserializer<'a> for Node<'_, 'a> {
    type Error = Unsure;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        let shape = self.reader.shape(self.parent, self.place)?;
        match shape {
            Shape::List(_) | Shape::FlowList => self.inside(|i| visitor.visit_seq(i), shape),
            Shape::Map(_) | Shape::FlowMap => self.inside(|i| visitor.visit_map(i), shape),
            Shape::Scalar => match self.scalar()? {
                (text, false) => visit_text(text, visitor),
                (word, true) if word == "true" || word == "false" => visitor.visit_bool(word == "true"),
                (number, true)
                    if number.len() < 19 && !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit()) =>
                {
                    visitor.visit_u64(number.parse().map_err(|_| Unsure)?)
                }
                (text, true) if is_text(&text) => visit_text(text, visitor),
                _ => Err(Unsure),
            },
        }
    }

    fn deserialize_str<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        visit_text(self.text()?, visitor)
    }

    fn deserialize_string<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        visit_text(self.text()?, visitor)
    }

    fn deserialize_bool<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        match self.scalar()? {
            (word, true) if word == "true" || word == "false" => visitor.visit_bool(word == "true"),
            _ => Err(Unsure),
        }
    }

    fn deserialize_f32<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        match self.scalar()? {
            (n, true) if n.as_bytes()[0].is_ascii_digit() && n.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
                visitor.visit_f32(n.parse().map_err(|_| Unsure)?)
            }
            _ => Err(Unsure),
        }
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        match self.reader.shape(self.parent, self.place)? {
            shape @ (Shape::List(_) | Shape::FlowList) => self.inside(|i| visitor.visit_seq(i), shape),
            _ => Err(Unsure),
        }
    }

    fn deserialize_map<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        match self.reader.shape(self.parent, self.place)? {
            shape @ (Shape::Map(_) | Shape::FlowMap) => self.inside(|i| visitor.visit_map(i), shape),
            _ => Err(Unsure),
        }
    }

    fn deserialize_struct<V: Visitor<'a>>(self, _: &str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'a>>(self, _: &str, _: &'static [&'static str], visitor: V) -> Read<V::Value> {
        visitor.visit_enum(self.text()?.into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, name: &'static str, visitor: V) -> Read<V::Value> {
        if name == "__yaml_spanned" { visitor.visit_newtype_struct(Placed(self)) } else { Err(Unsure) }
    }

    serde::forward_to_deserialize_any! {
        <W: Visitor<'a>>
        i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f64 char bytes byte_buf unit unit_struct tuple tuple_struct
        identifier ignored_any
    }
}

/// A node with its place, in the form that [`serde_saphyr::Spanned`] asks for.
struct Placed<'r, 'a>(Node<'r, 'a>);

impl<'a> Deserializer<'a> for Placed<'_, 'a> {
    type Error = Unsure;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Read<V::Value> {
        let Node { reader, parent, place } = self.0;
        reader.shape(parent, place)?;
        let column = reader.source[reader.line_start..reader.at].chars().count() as u32 + 1;
        let place_of = (reader.line, column);
        visitor.visit_map(PlacedFields { node: Some(Node { reader, parent, place }), place: place_of, field: 0 })
    }

    serde::forward_to_deserialize_any! {
        <W: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct PlacedFields<'r, 'a> {
    node: Option<Node<'r, 'a>>,
    place: (u32, u32),
    field: usize,
}

impl<'a> MapAccess<'a> for PlacedFields<'_, 'a> {
    type Error = Unsure;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Read<Option<K::Value>> {
        const FIELDS: [&str; 4] = ["__serde_saphyr_private_spanned", "value", "referenced", "defined"];
        let Some(field) = FIELDS.get(self.field) else { return Ok(None) };
        self.field += 1;
        seed.deserialize(BorrowedStrDeserializer::new(field)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Read<V::Value> {
        match self.field {
            1 => seed.deserialize(true.into_deserializer()),
            2 => seed.deserialize(self.node.take().ok_or(Unsure)?),
            _ => {
                let (line, column) = self.place;
                seed.deserialize(MapDeserializer::new([("line", line), ("column", column)].into_iter()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::entry::RawEntry;
    use std::collections::BTreeMap;

    fn entries(source: &str) -> Option<String> {
        super::from_str::<Vec<RawEntry>>(source).map(|e| without_offsets(&format!("{e:?}")))
    }

    fn full<T: serde::de::DeserializeOwned + std::fmt::Debug>(source: &str) -> Option<String> {
        serde_saphyr::from_str::<T>(source).ok().map(|e| without_offsets(&format!("{e:?}")))
    }

    /// Places hold line and column here, byte offsets only in the full reader.
    fn without_offsets(debug: &str) -> String {
        let span = regex::Regex::new(r"span: Span \{[^}]*\}, source_id: \d+").expect("valid");
        span.replace_all(debug, "").into_owned()
    }

    #[test]
    fn plain_documents_read_like_the_full_reader_reads_them() {
        for source in [
            "- name: 商汤科技\n  aliases: [商汤, SenseTime]\n  ticker: HKEX:0020\n",
            "# comment\n\n- name: A公司 # comment\n  aliases:\n    - B公司\n    - text: 苹果\n      not_in: [苹果汁, '青''苹果']\n      weak: true\n  ticker: [\"X:1\", X:2]",
            "- name: a#b\n  aliases:\n  - {text: \"c, d\", former: 2021}\n  - 360\n  - 01.AI\n  - e\n- name: f-g: \n",
            "-   name: Wide\n    versions: true\n    bare: false\n- name: W2\n  versions: [Opus,\n    Sonnet]\n",
            "- name: x\n  site: https://a.b/c#d\n  note: it's a 'note' \"quoted\" [x]\n- {name: yy, id: z}\n",
            "- name: a\n  aliases:\n    - b\n  # comment\n    - c\n\n\n- name: 'd'\n",
            "- name: a\n  aliases: [.NET, -led]\n  ticker: [000831, 12, on, off, yes, no, y, n]\n",
            "- name: a\n  aliases: []\n",
        ] {
            let fast = entries(source);
            if fast.is_some() {
                assert_eq!(fast, full::<Vec<RawEntry>>(source), "{source}");
            }
            assert_eq!(fast.is_some(), !source.contains("f-g: "), "{source}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_full_reader() {
        for source in [
            "",
            "---\n- name: a\n",
            "- name: true\n",
            "- aliases: [on]\n  name: a\n",
            "- name: 1.10\n",
            "- name: 0x1F\n",
            "- name: 1e-5\n",
            "- name: ~\n",
            "- name:\n",
            "- name: a\n   b: c\n",
            "- name: a\n  name: b\n",
            "- name: a\n  color: b\n",
            "- name: a\n   more\n",
            "- name: |\n    a\n",
            "- &x name: a\n",
            "- name: !!str a\n",
            "- name: *a\n",
            "- name: \"a\\n\"\n",
            "- name: \"a\n    b\"\n",
            "- name: a\n  aliases: [b\n",
            "- name: a\n  aliases: [b c\n    d]\n",
            "- name: a\n  aliases: [b: c]\n",
            "- name: a\n  aliases: [b] c\n",
            "- name: a\n  aliases:\n    - b\n   - c\n",
            "- name: a: b\n",
            "- name: a\tb\n",
            "- name: a\r\n",
            "- name: a\u{85}b\n",
            "- \"name\": a\n",
            "- - name: a\n",
            "- name: a\nname: b\n",
            "? a\n",
            "- name: a\n  aliases: [b,\nc]\n",
        ] {
            assert_eq!(entries(source), None, "{source:?}");
        }
    }

    #[test]
    fn shipped_files_are_plain_and_read_alike() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/dictionaries");
        let mut count = 0;
        let mut slow = Vec::new();
        for file in walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok) {
            let path = file.path().to_string_lossy().into_owned();
            if !path.ends_with(".yaml") {
                continue;
            }
            count += 1;
            let source = std::fs::read_to_string(file.path()).unwrap();
            let pair = if path.ends_with("words.yaml") {
                type Words = BTreeMap<String, Vec<String>>;
                (super::from_str::<Words>(&source).map(|w| format!("{w:?}")), full::<Words>(&source))
            } else if path.ends_with("blocks.yaml") {
                (super::from_str::<Vec<String>>(&source).map(|w| format!("{w:?}")), full::<Vec<String>>(&source))
            } else if path.contains("/relations/") {
                use super::super::relations::RawRelation;
                let fast = super::from_str::<RawRelation>(&source).map(|w| without_offsets(&format!("{w:?}")));
                (fast, full::<RawRelation>(&source))
            } else {
                (entries(&source), full::<Vec<RawEntry>>(&source))
            };
            match pair.0 {
                None => slow.push(path),
                Some(fast) => assert_eq!(Some(fast), pair.1, "{path}"),
            }
        }
        assert!(slow.is_empty(), "not plain YAML, so slow to read: {slow:?}");
        assert!(count > 40);
    }
}
