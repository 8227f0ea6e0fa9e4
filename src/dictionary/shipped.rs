//! The dictionaries that guanxi ships, inside the program.

/// Stands, among [`Sources::paths`](super::Sources), for the shipped dictionaries.
pub const SHIPPED: &str = "<shipped>";

/// Every shipped file: its path, `dictionaries/…`, and its text; sorted by path. Bulk lists are not among them.
pub const FILES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/shipped.rs"));
