//! What is kept in the repository is what the program makes.

use crate::support::{Folder, dictionaries, root};

#[test]
fn output_is_what_build_makes_of_content() {
    let folder = Folder::new();
    let content = root().join("content").display().to_string();
    let dict = dictionaries();
    let mut args = vec!["build", "--content", &content];
    args.extend(dict.iter().map(String::as_str));
    let ran = folder.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    for name in ["graph.json", "graph.dot"] {
        let kept = std::fs::read_to_string(root().join("output").join(name)).unwrap_or_default();
        let made = folder.read(&format!("output/{name}"));
        assert!(kept == made, "output/{name} is not current: run `cargo run --release -- build`");
    }
}
