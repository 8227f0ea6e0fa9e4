//! Stage 8, leave: a [`View`] of the graph as bytes of some format. A format is one file here and one line in
//! [`FORMATS`]; help texts, file names and the `export` command follow from the table.

mod age;
mod csv;
mod cypher;
mod cytoscape;
pub mod document;
mod dot;
pub(crate) mod flat;
mod gexf;
mod graphml;
mod graphology;
pub(crate) mod html;
mod json;
mod jsonl;
mod jsonld;
mod kuzu;
mod neo4j;
#[cfg(feature = "parquet")]
mod parquet;
mod property;
mod rdf;
mod turtle;
pub(crate) mod xml;

pub use csv::row as csv_row;
#[cfg(feature = "bolt")]
pub(crate) use cypher::Dialect;
#[cfg(feature = "bolt")]
pub(crate) use property::{Batch, Row, batches};

use crate::diagnostic::{Diagnostic, Error};
use crate::graph::View;
use crate::store::{Hasher, UNFINISHED};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// One file of a format. Most formats have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Usual file name, such as `graph.json`.
    pub file: &'static str,
    /// Media type.
    pub media_type: &'static str,
}

/// A way to write a view.
pub trait Format: Sync {
    /// The word for it on the command line.
    fn name(&self) -> &'static str;

    /// One line on who reads it.
    fn about(&self) -> &'static str;

    /// Its files.
    fn parts(&self) -> &'static [Part];

    /// The forms that it has for different readers, the usual one first, each with its word on the command line.
    fn dialects(&self) -> &'static [(&'static str, &'static dyn Format)] {
        &[]
    }

    /// Writes one of its files: `part` is an index into [`parts`](Format::parts).
    ///
    /// # Errors
    /// Those of `out`.
    fn write(&self, view: &View<'_>, part: usize, out: &mut dyn Write) -> io::Result<()>;
}

/// All formats, in the order of `--help`.
pub static FORMATS: &[&dyn Format] = &[
    &json::Json,
    &dot::Dot,
    &jsonl::JsonLines,
    &csv::Csv,
    &graphml::GraphMl,
    &gexf::Gexf,
    &cytoscape::Cytoscape,
    &graphology::Graphology,
    &html::Html,
    &turtle::Turtle,
    &turtle::NTriples,
    &jsonld::JsonLd,
    &neo4j::Neo4jCsv,
    &kuzu::Kuzu,
    &cypher::Cypher(cypher::Dialect::Neo4j),
    #[cfg(feature = "parquet")]
    &parquet::Parquet,
];

/// The name of the format that is there only with the feature of the same name.
pub const PARQUET: &str = "parquet";

/// The format with this name.
pub fn find(name: &str) -> Option<&'static dyn Format> {
    FORMATS.iter().copied().find(|f| f.name() == name)
}

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// Where.
    pub path: PathBuf,
    /// Its content's number ([`Hasher`]).
    pub content: [u8; 16],
}

/// Numbers what passes through it.
struct Numbered<W> {
    to: W,
    hasher: Hasher,
}

impl<W: Write> Write for Numbered<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.to.write(bytes)?;
        self.hasher.add(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Writes all files of a format into `folder`, each whole or not at all, and tells of them.
///
/// # Errors
/// When the folder cannot be made or a file cannot be written.
pub fn write_files(format: &dyn Format, view: &View<'_>, folder: &Path) -> Result<Vec<Left>, Error> {
    let parts = format.parts().iter().enumerate();
    parts.map(|(i, part)| write_file(folder, part.file, |out| format.write(view, i, out))).collect()
}

/// Writes `folder/name` whole or not at all: to a temporary file beside it, then renamed.
///
/// # Errors
/// When the folder cannot be made or the file cannot be written.
pub fn write_file(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<Left, Error> {
    let path = folder.join(name);
    let attempt = || -> io::Result<[u8; 16]> {
        std::fs::create_dir_all(folder)?;
        let file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
        // tells whoever clears up after killed builds that its writer lives; without locks it may be cleared away
        let _ = file.as_file().try_lock();
        let numbered = Numbered { to: file, hasher: Hasher::default() };
        let mut out = io::BufWriter::with_capacity(1 << 16, numbered);
        write(&mut out)?;
        let Numbered { to: file, hasher } = out.into_inner().map_err(io::IntoInnerError::into_error)?;
        readable(file.as_file())?;
        file.persist(&path).map_err(|e| e.error)?;
        Ok(hasher.finish())
    };
    match attempt() {
        Ok(content) => Ok(Left { path, content }),
        Err(e) => {
            let d = Diagnostic::error(path.display().to_string(), format!("cannot write: {e}"));
            Err(Error::new(d.hint("give another folder with --output")))
        }
    }
}

/// Temporary files are private; what is written is for everyone who may read the folder.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::FORMATS;

    #[test]
    fn formats_have_distinct_names_and_files() {
        let mut names: Vec<_> = FORMATS.iter().map(|f| f.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
        let mut files: Vec<_> = FORMATS.iter().flat_map(|f| f.parts()).map(|p| p.file).collect();
        let all = files.len();
        files.sort_unstable();
        files.dedup();
        assert_eq!(files.len(), all);
    }
}
