//! Writing SVG: elements, numbers, escaped text.

use crate::export::xml::escaped;
use std::fmt::Write;

/// Faces with Chinese letters on Linux, macOS and Windows, then whatever there is.
pub(super) const FONT: &str = "'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',\
'WenQuanYi Micro Hei','Hiragino Sans GB',sans-serif";

/// A number with one digit after the point, shortest form.
pub(super) fn number(x: f32) -> String {
    let tenths = (f64::from(x) * 10.0).round() as i64;
    match (tenths < 0, tenths.abs() / 10, tenths.abs() % 10) {
        (false, whole, 0) => whole.to_string(),
        (true, whole, 0) => format!("-{whole}"),
        (minus, whole, tenth) => format!("{}{whole}.{tenth}", if minus { "-" } else { "" }),
    }
}

/// Where a text stands to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type<'a> {
    pub(super) size: f32,
    pub(super) fill: &'a str,
    pub(super) bold: bool,
    pub(super) anchor: Anchor,
}

impl<'a> Type<'a> {
    pub(super) fn new(size: f32, fill: &'a str) -> Type<'a> {
        Type { size, fill, bold: false, anchor: Anchor::Start }
    }

    pub(super) fn bold(self) -> Type<'a> {
        Type { bold: true, ..self }
    }

    pub(super) fn anchor(self, anchor: Anchor) -> Type<'a> {
        Type { anchor, ..self }
    }
}

/// Elements, one a line.
#[derive(Clone, Debug, Default)]
pub(super) struct Svg {
    pub(super) out: String,
}

impl Svg {
    /// An element without content: its name and attributes; values are escaped.
    pub(super) fn element(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let _ = write!(self.out, "<{name}");
        self.attributes(attributes);
        self.out.push_str("/>\n");
    }

    /// Opens a group with a tooltip.
    pub(super) fn open(&mut self, attributes: &[(&str, &str)], title: &str) {
        self.out.push_str("<g");
        self.attributes(attributes);
        self.out.push('>');
        if !title.is_empty() {
            let _ = write!(self.out, "<title>{}</title>", escaped(title));
        }
        self.out.push('\n');
    }

    /// Closes a group.
    pub(super) fn close(&mut self) {
        self.out.push_str("</g>\n");
    }

    fn attributes(&mut self, attributes: &[(&str, &str)]) {
        for (name, value) in attributes {
            if !value.is_empty() {
                let _ = write!(self.out, " {name}=\"{}\"", escaped(value));
            }
        }
    }

    /// A text whose baseline stands at y.
    pub(super) fn text(&mut self, x: f32, y: f32, how: Type<'_>, text: &str) {
        let anchor = match how.anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let weight = if how.bold { " font-weight=\"bold\"" } else { "" };
        let _ = writeln!(
            self.out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\" fill=\"{}\"{anchor}{weight}>{}</text>",
            number(x),
            number(y),
            number(how.size),
            escaped(how.fill),
            escaped(text)
        );
    }

    /// A rectangle with round corners.
    pub(super) fn rect(&mut self, [x, y, w, h]: [f32; 4], rx: f32, attributes: &[(&str, &str)]) {
        let values = [x, y, w, h, rx].map(number);
        let mut all: Vec<(&str, &str)> =
            ["x", "y", "width", "height", "rx"].into_iter().zip(values.iter().map(String::as_str)).collect();
        if rx == 0.0 {
            all.pop();
        }
        all.extend(attributes);
        self.element("rect", &all);
    }

    /// A line from one point to another.
    pub(super) fn line(&mut self, a: [f32; 2], b: [f32; 2], attributes: &[(&str, &str)]) {
        let d = format!("M{} {}L{} {}", number(a[0]), number(a[1]), number(b[0]), number(b[1]));
        self.path(&d, attributes);
    }

    /// A path.
    pub(super) fn path(&mut self, d: &str, attributes: &[(&str, &str)]) {
        let mut all = vec![("d", d)];
        all.extend(attributes);
        self.element("path", &all);
    }

    /// A closed polygon.
    pub(super) fn polygon(&mut self, points: &[[f32; 2]], attributes: &[(&str, &str)]) {
        let mut d = String::new();
        for (i, p) in points.iter().enumerate() {
            let _ = write!(d, "{}{} {}", if i == 0 { "M" } else { "L" }, number(p[0]), number(p[1]));
        }
        d.push('Z');
        self.path(&d, attributes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown: Vec<String> = [0.0, -0.04, 1.25, -3.0, -0.5, 1200.96].map(number).to_vec();
        assert_eq!(shown, ["0", "0", "1.3", "-3", "-0.5", "1201"]);
    }

    #[test]
    fn text_and_values_are_escaped() {
        let mut svg = Svg::default();
        svg.text(1.0, 2.0, Type::new(12.0, "#000"), "<b>&\"\0");
        svg.element("rect", &[("class", "\"><script>")]);
        assert!(!svg.out.contains("<b>") && !svg.out.contains("<script>") && !svg.out.contains('\0'), "{}", svg.out);
    }
}
