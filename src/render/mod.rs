//! Stage 9, show: pictures for reports, drawn without Graphviz: SVG here, PNG from it in [`png`].
//!
//! A picture is a page: title, drawing, legend, source. Node labels stand in their shapes, shapes never overlap,
//! lines go around them, and a line's label is written only where it touches nothing. Kinds are told apart by shape
//! and colour, statuses by the style of the line, so that a black-and-white print says the same.

pub mod chart;
mod edge;
mod map;
mod network;
mod page;
mod path;
#[cfg(feature = "png")]
pub mod png;
mod style;
mod svg;
mod text;
mod timeline;
mod words;

pub use map::map;
pub use network::network;
pub use path::path;
pub use style::Theme;
pub use text::shown;
pub use timeline::{Entry, timeline};
pub use words::Lang;

/// How a picture looks.
#[derive(Clone, Debug)]
pub struct Look {
    /// The language of title, legend and relations.
    pub lang: Lang,
    /// Light or dark ground.
    pub theme: Theme,
    /// Width of the picture in pixels; as wide as the drawing if `None`.
    pub width: Option<u32>,
    /// A title in place of the picture's own.
    pub title: Option<String>,
    /// Where the data come from, in place of the number and dates of the articles.
    pub source: Option<String>,
}

impl Default for Look {
    fn default() -> Look {
        Look { lang: Lang::En, theme: Theme::Light, width: None, title: None, source: None }
    }
}
