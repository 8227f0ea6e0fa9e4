//! Small charts for reports: columns over time, bars by name.

use super::style::Theme;
use super::svg::{Anchor, FONT, Svg, Type, number};
use super::text;
use crate::export::xml::escaped;

/// A value of a chart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// What is counted.
    pub label: String,
    /// How many.
    pub count: usize,
    /// Colour, `#rrggbb`.
    pub color: String,
}

fn finish(svg: Svg, wide: f32, high: f32, title: &str) -> String {
    let (w, h) = (number(wide), number(high));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\" role=\"img\" \
         font-family=\"{}\"><title>{}</title>\n{}</svg>\n",
        escaped(FONT),
        escaped(title),
        svg.out
    )
}

/// Columns from left to right; every so many labels are written that none touches the next.
pub fn columns(values: &[Value], title: &str) -> String {
    const HIGH: f32 = 110.0;
    let palette = Theme::Light.palette();
    let step = (640.0 / values.len().max(1) as f32).clamp(3.0, 60.0);
    let wide = step * values.len() as f32 + 40.0;
    let most = values.iter().map(|v| v.count).max().unwrap_or(0).max(1);
    let widest = values.iter().map(|v| text::width(&v.label) * 10.5).fold(0.0, f32::max) + 10.0;
    let every = (widest / step).ceil().max(1.0) as usize;
    let mut svg = Svg::default();
    for (i, v) in values.iter().enumerate() {
        let high = HIGH * v.count as f32 / most as f32;
        let x = 20.0 + step * i as f32;
        let column = [x + step * 0.1, 20.0 + HIGH - high, step * 0.8, high];
        svg.rect(column, 0.0, &[("fill", &v.color)]);
        if step >= 16.0 && v.count > 0 {
            let how = Type::new(10.5, palette.quiet).anchor(Anchor::Middle);
            svg.text(x + step / 2.0, 16.0 + HIGH - high, how, &v.count.to_string());
        }
        if i % every == 0 {
            let x = (x + step / 2.0).clamp(widest / 2.0 - 5.0, wide - widest / 2.0 + 5.0);
            svg.text(x, 36.0 + HIGH, Type::new(10.5, palette.quiet).anchor(Anchor::Middle), &v.label);
        }
    }
    svg.line([20.0, 20.0 + HIGH], [wide - 20.0, 20.0 + HIGH], &[("stroke", palette.rule)]);
    finish(svg, wide.max(widest + 10.0), HIGH + 44.0, title)
}

/// Bars from top to bottom, each with its name and number.
pub fn bars(values: &[Value], title: &str) -> String {
    let palette = Theme::Light.palette();
    let names: Vec<String> = values.iter().map(|v| text::cut(&text::shown(&v.label), 18.0)).collect();
    let left = names.iter().map(|n| text::width(n) * 12.0).fold(0.0, f32::max) + 12.0;
    let most = values.iter().map(|v| v.count).max().unwrap_or(0).max(1);
    let mut svg = Svg::default();
    for (i, (v, name)) in values.iter().zip(&names).enumerate() {
        let y = 22.0 * i as f32 + 4.0;
        let wide = 320.0 * v.count as f32 / most as f32;
        svg.text(left - 8.0, y + 12.0, Type::new(12.0, palette.ink).anchor(Anchor::End), name);
        svg.rect([left, y, wide, 15.0], 2.0, &[("fill", &v.color)]);
        svg.text(left + wide + 6.0, y + 12.0, Type::new(11.0, palette.quiet), &v.count.to_string());
    }
    finish(svg, left + 380.0, 22.0 * values.len() as f32 + 6.0, title)
}
