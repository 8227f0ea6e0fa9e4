//! What went wrong, where, and what to do: one type for every message about input. Printing is the
//! command line's.

use crate::span::Place;
use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The input could not be used.
    Error,
    /// The input was used, perhaps in part.
    Warning,
    /// Worth knowing.
    Note,
}

impl Severity {
    /// All severities, the worst first.
    pub const ALL: [Severity; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The severity that a word names.
    pub fn parse(word: &str) -> Option<Severity> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

/// One message about one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// File as given or found, `/`-separated; empty when there is none.
    pub file: String,
    /// Where in the file, if known.
    pub place: Option<Place>,
    /// How bad.
    pub severity: Severity,
    /// What is wrong and why, one line, no full stop.
    pub message: String,
    /// The offending source line, if it helps.
    pub snippet: Option<String>,
    /// What to do.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// An error about `file`.
    pub fn error(file: impl Into<String>, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            file: file.into(),
            place: None,
            severity: Severity::Error,
            message: message.into(),
            snippet: None,
            hint: None,
        }
    }

    /// A warning about `file`.
    pub fn warning(file: impl Into<String>, message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(file, message) }
    }

    /// At `line` and `column` (both from 1, the column in characters).
    pub fn at(mut self, line: u32, column: u32) -> Diagnostic {
        self.place = Some(Place { line, column });
        self
    }

    /// With the source line that it is about.
    pub fn snippet(mut self, line: impl Into<String>) -> Diagnostic {
        self.snippet = Some(line.into());
        self
    }

    /// With advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = self.severity.as_str();
        if !self.file.is_empty() {
            write!(f, "{}", self.file)?;
            if let Some(p) = self.place {
                write!(f, ":{}:{}", p.line, p.column)?;
            }
            write!(f, ": ")?;
        }
        write!(f, "{word}: {}", self.message)?;
        if let Some(s) = &self.snippet {
            write!(f, "\n  | {s}")?;
        }
        if let Some(h) = &self.hint {
            write!(f, "\n  hint: {h}")?;
        }
        Ok(())
    }
}

/// Faults that stop the work, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// What went wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// The exit code that fits: 2 for wrong usage or dictionaries, 1 for everything else.
    pub exit_code: u8,
}

impl Error {
    /// An error with one message and exit code 1.
    pub fn new(diagnostic: Diagnostic) -> Error {
        Error { diagnostics: vec![diagnostic], exit_code: 1 }
    }

    /// A fault in what the user asked for or in a dictionary (exit code 2).
    pub fn usage(diagnostic: Diagnostic) -> Error {
        Error { diagnostics: vec![diagnostic], exit_code: 2 }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, d) in self.diagnostics.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{d}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}
