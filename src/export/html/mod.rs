//! One page that shows the graph: the explorer (`explorer/`, built by Vite, its output kept in git) with the data
//! inside. It opens from disk, asks nothing of any network (a content security policy holds it to that), and takes
//! what articles say for text, never for markup.

pub(crate) mod data;
mod pinyin;

use super::{Format, Part};
use crate::graph::View;
use crate::query::Whole;
use std::io::{self, Write};

/// The page without data, as `npm run build` in `explorer/` leaves it.
pub(crate) const PAGE: &str = include_str!("../../../explorer/dist/explorer.html");

/// Where the data goes.
pub(crate) const PLACE: &str = "<!--guanxi:data-->";

/// See the module.
pub(super) struct Html;

impl Format for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn about(&self) -> &'static str {
        "the explorer, one page for any browser: picture, search, evidence, paths, time, tables"
    }

    fn parts(&self) -> &'static [Part] {
        &[Part { file: "graph.html", media_type: "text/html" }]
    }

    fn write(&self, view: &View<'_>, _: usize, out: &mut dyn Write) -> io::Result<()> {
        let whole = Some(Whole::of(view.graph));
        let holding = data::Holding { whole, fit: None, places: true, evidence: usize::MAX };
        let (head, tail) = PAGE.split_once(PLACE).unwrap_or((PAGE, ""));
        out.write_all(head.as_bytes())?;
        out.write_all(b"<script type=\"application/json\" id=\"guanxi-data\">")?;
        serde_json::to_writer(Inert(&mut *out), &data::page(view, holding))?;
        out.write_all(b"</script>")?;
        out.write_all(tail.as_bytes())
    }
}

/// Writes JSON that no HTML parser sees an end or a comment in: `<` stands only inside JSON strings and leaves as
/// `\u003c`.
struct Inert<'w>(&'w mut dyn Write);

impl Write for Inert<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut rest = bytes;
        while let Some(at) = memchr::memchr(b'<', rest) {
            self.0.write_all(&rest[..at])?;
            self.0.write_all(b"\\u003c")?;
            rest = &rest[at + 1..];
        }
        self.0.write_all(rest)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::{Inert, PAGE, PLACE};

    #[test]
    fn the_page_has_one_place_for_data_and_a_policy() {
        assert_eq!(PAGE.matches(PLACE).count(), 1);
        assert!(PAGE.contains("default-src 'none'"));
        assert!(!PAGE.contains("unsafe-"));
        assert!(!PAGE.contains("src=\"http"));
    }

    #[test]
    fn no_tag_leaves_a_string() {
        let mut out = Vec::new();
        let text = "a</script><!--<script>\u{2028}<";
        serde_json::to_writer(Inert(&mut out), text).unwrap();
        assert!(!out.contains(&b'<'));
        assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
    }
}
