//! `guanxi render`: a picture of the built graph.

use super::options::{self, Built, Picking};
use super::{Outcome, Stop};
use crate::diagnostic::{Diagnostic, Error};
use crate::export;
use crate::graph::{Graph, View};
use crate::query::{self, Lookup};
use crate::render::{self, Lang, Look, Theme};
use clap::{ValueEnum, ValueHint};
use petgraph::graph::NodeIndex;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Draw a picture: the strongest ties, what surrounds an entity, a map, a path, a timeline
///
/// Writes SVG or PNG, fit for print, with title, legend and source. Graphviz is not needed.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  guanxi render --to picture.svg                    the strongest ties
  guanxi render --around 商汤 --depth 2 --to sensetime.png
  guanxi render --map --lang zh --to map.svg        communities as regions
  guanxi render --path 徐冰 英伟达 --to path.svg    how they are connected, with the sentences
  guanxi render --timeline OpenAI --since 2025 --to openai.png

Without --to, SVG goes to standard output. PNG text is drawn with a Chinese font of this machine; SVG leaves the
choice of the font to the reader's machine.")]
pub(super) struct Args {
    /// Communities as regions of a map
    #[arg(long, conflicts_with_all = ["around", "depth", "community"])]
    map: bool,
    /// At most this many regions on the map
    #[arg(long, value_name = "N", default_value_t = 9, requires = "map")]
    regions: usize,
    /// How two entities are connected
    #[arg(long, num_args = 2, value_names = ["ENTITY", "ENTITY"], conflicts_with_all = ["map", "around", "depth", "top", "community"])]
    path: Option<Vec<String>>,
    /// One entity's ties over time
    #[arg(long, value_name = "ENTITY", conflicts_with_all = ["map", "path", "around", "depth", "community"])]
    timeline: Option<String>,
    #[command(flatten)]
    picking: Picking,
    /// Write this file; .svg or .png tells the format
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Picture")]
    to: Option<PathBuf>,
    /// The format, where the file's name does not tell it
    #[arg(long, value_name = "FORMAT", help_heading = "Picture")]
    format: Option<PictureFormat>,
    /// Width in pixels; as wide as the drawing needs if left out
    #[arg(long, value_name = "PIXELS", value_parser = clap::value_parser!(u32).range(100..=20_000), help_heading = "Picture")]
    width: Option<u32>,
    /// Pixels of the PNG for each pixel of width: 2 is sharp on paper
    #[arg(long, value_name = "FACTOR", default_value_t = 2.0, value_parser = factor, help_heading = "Picture")]
    scale: f32,
    /// Language of title, legend and relations
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = ["zh", "en"], help_heading = "Picture")]
    lang: String,
    /// Ground
    #[arg(long, value_name = "THEME", default_value = "light", value_parser = ["light", "dark"], help_heading = "Picture")]
    theme: String,
    /// A title of your own
    #[arg(long, value_name = "TEXT", help_heading = "Picture")]
    title: Option<String>,
    /// What the source line says
    #[arg(long, value_name = "TEXT", help_heading = "Picture")]
    source: Option<String>,
    /// Who draws: guanxi, or Graphviz if it is installed (not for --map, --path, --timeline)
    #[arg(long, value_name = "ENGINE", default_value = "guanxi", help_heading = "Picture")]
    engine: Engine,
    #[command(flatten)]
    built: Built,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PictureFormat {
    Svg,
    Png,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Engine {
    Guanxi,
    Graphviz,
}

fn factor(text: &str) -> Result<f32, String> {
    text.parse::<f32>().ok().filter(|f| (0.1..=10.0).contains(f)).ok_or_else(|| "a number from 0.1 to 10".to_string())
}

pub(super) fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let format = format(&args)?;
    if args.engine == Engine::Graphviz && (args.map || args.path.is_some() || args.timeline.is_some()) {
        let d = Diagnostic::error("", "Graphviz draws no map, path or timeline");
        return Err(Error::usage(d.hint("leave out --engine graphviz")).into());
    }
    let graph = args.built.load()?;
    let bytes = match args.engine {
        Engine::Guanxi => {
            let svg = draw(&args, &graph)?;
            match format {
                PictureFormat::Svg => svg.into_bytes(),
                PictureFormat::Png => png(&svg, args.scale)?,
            }
        }
        Engine::Graphviz => graphviz(&query::select(&graph, &args.picking.selection(&graph)?), format)?,
    };
    match &args.to {
        None if format == PictureFormat::Png && io::stdout().is_terminal() => {
            let d = Diagnostic::error("", "PNG is not for a terminal");
            Err(Error::usage(d.hint("write a file with --to picture.png, or send it on with > or |")).into())
        }
        None => {
            out.write_all(&bytes)?;
            Ok(0)
        }
        Some(path) => {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = path.file_name().and_then(|n| n.to_str()).unwrap_or("picture.svg");
            export::write_file(folder, name, |file| file.write_all(&bytes))?;
            writeln!(out, "wrote {}", path.display())?;
            Ok(0)
        }
    }
}

/// The format asked for, by --format or the file's name.
fn format(args: &Args) -> Result<PictureFormat, Error> {
    let extension = args.to.as_ref().and_then(|p| p.extension()).and_then(|e| e.to_str()).map(str::to_ascii_lowercase);
    let format = match (args.format, extension.as_deref()) {
        (Some(format), _) => format,
        (None, None | Some("svg")) => PictureFormat::Svg,
        (None, Some("png")) => PictureFormat::Png,
        (None, Some(other)) => {
            let d = Diagnostic::error("", format!("a picture is .svg or .png, not .{other}"));
            return Err(Error::usage(d.hint("name the file so, or give --format svg or --format png")));
        }
    };
    if format == PictureFormat::Png && cfg!(not(feature = "png")) && args.engine == Engine::Guanxi {
        let d = Diagnostic::error("", "this guanxi was built without PNG");
        return Err(Error::usage(d.hint("write SVG, or build with `cargo build --release` and the default features")));
    }
    Ok(format)
}

fn draw(args: &Args, graph: &Graph) -> Result<String, Stop> {
    let look = Look {
        lang: Lang::parse(&args.lang).unwrap_or(Lang::En),
        theme: if args.theme == "dark" { Theme::Dark } else { Theme::Light },
        width: args.width,
        title: args.title.clone(),
        source: args.source.clone(),
    };
    let selection = args.picking.selection(graph)?;
    let find = |name: &str| {
        let (node, others) = Lookup::new(graph).one(name)?;
        options::tell_others(graph, name, node, &others);
        Ok::<NodeIndex, Error>(node)
    };
    let nothing = |what: String| {
        let d = Diagnostic::error("", what);
        Error::new(d.hint("leave out some of --relation, --kind, --status, --since, --until, --min-weight"))
    };
    if let Some([a, b]) = args.path.as_deref() {
        let (from, to) = (find(a)?, find(b)?);
        let svg = render::path(graph, from, to, &selection.filter, &look);
        let (a, b) = (&graph.node(from).name, &graph.node(to).name);
        return svg.ok_or_else(|| nothing(format!("nothing connects {a} and {b}")).into());
    }
    if let Some(name) = &args.timeline {
        let node = find(name)?;
        let rows = if args.picking.top().is_some() { selection.top } else { 40 };
        let svg = render::timeline(graph, node, &selection.filter, rows, &look);
        return svg.ok_or_else(|| nothing(format!("no dated tie of {} fits", graph.node(node).name)).into());
    }
    if args.map {
        let top = if args.picking.top().is_some() { selection.top } else { 110 };
        let svg = render::map(graph, &selection.filter, top, args.regions, &look);
        return svg.ok_or_else(|| nothing("no community of three or more fits".into()).into());
    }
    let view = query::select(graph, &selection);
    if view.edges.is_empty() {
        return Err(nothing("no tie fits".into()).into());
    }
    Ok(render::network(&view, &selection.around, &look))
}

#[cfg(feature = "png")]
fn png(svg: &str, scale: f32) -> Result<Vec<u8>, Error> {
    let fonts = render::png::Fonts::system();
    super::report(fonts.warning().as_slice());
    render::png::png(svg, scale, &fonts)
}

#[cfg(not(feature = "png"))]
fn png(_: &str, _: f32) -> Result<Vec<u8>, Error> {
    Err(Error::usage(Diagnostic::error("", "this guanxi was built without PNG")))
}

/// The view as Graphviz draws it.
fn graphviz(view: &View<'_>, format: PictureFormat) -> Result<Vec<u8>, Stop> {
    let mut dot = Vec::new();
    options::format("dot")?.write(view, 0, &mut dot)?;
    let fault = |what: String| {
        let d = Diagnostic::error("", what);
        Stop::from(Error::new(
            d.hint("install Graphviz (Debian: apt install graphviz), or leave out --engine graphviz"),
        ))
    };
    let kind = if format == PictureFormat::Svg { "-Tsvg" } else { "-Tpng" };
    let run = Command::new("dot").arg(kind).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let mut child = run.map_err(|e| fault(format!("cannot run Graphviz's `dot`: {e}")))?;
    let stdin = child.stdin.take();
    let feed = std::thread::spawn(move || stdin.map(|mut s| s.write_all(&dot)));
    let done = child.wait_with_output().map_err(|e| fault(format!("Graphviz's `dot` failed: {e}")))?;
    let _ = feed.join();
    match done.status.success() {
        true => Ok(done.stdout),
        false => Err(fault(format!("Graphviz's `dot` failed: {}", String::from_utf8_lossy(&done.stderr).trim()))),
    }
}
