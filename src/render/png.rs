//! Pictures as PNG, by resvg, with whatever Chinese font the system has.

use crate::diagnostic::{Diagnostic, Error};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{self, fontdb};
use skrifa::MetadataProvider;
use std::sync::Arc;

/// Fonts of the system, and the face that draws text.
#[derive(Debug)]
pub struct Fonts {
    database: Arc<fontdb::Database>,
    /// The family with Chinese letters; `None` if there is none.
    pub family: Option<String>,
}

/// Families with Chinese letters, the best first.
const FAMILIES: [&str; 14] = [
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Hiragino Sans GB",
    "Noto Sans CJK JP",
    "Droid Sans Fallback",
    "SimHei",
    "Noto Serif CJK SC",
    "Arial Unicode MS",
];

impl Fonts {
    /// The system's fonts.
    pub fn system() -> Fonts {
        let mut database = fontdb::Database::new();
        database.load_system_fonts();
        Fonts::choose(database)
    }

    /// No fonts at all: what a bare machine has.
    pub fn none() -> Fonts {
        Fonts::choose(fontdb::Database::new())
    }

    fn choose(mut database: fontdb::Database) -> Fonts {
        let has = |id| database.with_face_data(id, covers_chinese).unwrap_or(false);
        let named = |name: &str| {
            let query = fontdb::Query { families: &[fontdb::Family::Name(name)], ..fontdb::Query::default() };
            database.query(&query).filter(|id| has(*id)).map(|_| name.to_string())
        };
        let family = FAMILIES.into_iter().find_map(named).or_else(|| {
            let mut others: Vec<&fontdb::FaceInfo> = database.faces().filter(|f| !f.monospaced).collect();
            others.sort_by_key(|f| (f.families.first().map(|name| &name.0), &f.post_script_name));
            others.into_iter().find(|f| has(f.id)).and_then(|f| f.families.first()).map(|f| f.0.clone())
        });
        if let Some(family) = &family {
            database.set_sans_serif_family(family.clone());
        }
        Fonts { database: Arc::new(database), family }
    }

    /// A warning if Chinese text will not show.
    pub fn warning(&self) -> Option<Diagnostic> {
        let d = match (self.database.is_empty(), &self.family) {
            (true, _) => Diagnostic::warning("", "no font is installed: the PNG has no text at all"),
            (false, None) => {
                Diagnostic::warning("", "no installed font has Chinese letters: they are missing in the PNG")
            }
            _ => return None,
        };
        Some(d.hint("install one (Debian: apt install fonts-noto-cjk), or write SVG, which the reader's fonts draw"))
    }
}

/// Whether a face can draw 关.
fn covers_chinese(data: &[u8], index: u32) -> bool {
    skrifa::FontRef::from_index(data, index).is_ok_and(|font| font.charmap().map('关').is_some())
}

/// Draws an SVG picture, `scale` pixels to a unit.
///
/// # Errors
/// When the SVG is none, or the picture would be larger than 20,000 pixels in one direction.
pub fn png(svg: &str, scale: f32, fonts: &Fonts) -> Result<Vec<u8>, Error> {
    let fault = |what: String| Error::new(Diagnostic::error("", format!("cannot draw the PNG: {what}")));
    let options =
        usvg::Options { fontdb: fonts.database.clone(), font_family: "sans-serif".into(), ..Default::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|e| fault(e.to_string()))?;
    let [wide, high] = [tree.size().width(), tree.size().height()].map(|x| (x * scale).ceil());
    if !(1.0..=20_000.0).contains(&wide) || !(1.0..=20_000.0).contains(&high) {
        let Error { diagnostics, .. } = fault(format!("{wide} by {high} pixels are more than 20,000"));
        let hint = "give a smaller --width or --scale, or write SVG";
        return Err(Error::usage(diagnostics.into_iter().next().expect("one message").hint(hint)));
    }
    let mut pixels = Pixmap::new(wide as u32, high as u32).ok_or_else(|| fault("too large for the memory".into()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fault(e.to_string()))
}
