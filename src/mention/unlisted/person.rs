//! x

use super::{Candidate, Scene};
use crate::span::Span;

pub(super) fn gather(_scene: &Scene, _block: Span, _out: &mut Vec<Candidate>) {}
