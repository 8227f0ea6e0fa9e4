//! The integration tests, one binary: what the program does as a whole.

mod architecture;
mod claims;
mod cli;
mod current;
mod determinism;
mod hostile;
mod layout;
mod queries;
mod quick;
mod recognition;
mod render;
mod schema;
mod serve;
mod score;
mod store;
mod styles;
mod support;
