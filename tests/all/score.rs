//! Quality on the sample's annotations, so that it cannot slip unnoticed. The bounds lie just below what is
//! measured; whoever betters the figures raises them.

use crate::support::{Folder, dictionaries, root};

#[test]
fn the_sample_is_understood_as_well_as_before() {
    let folder = Folder::new();
    let gold = root().join("tests/gold");
    let content = root().join("content");
    let mut args = vec!["score", gold.to_str().unwrap(), content.to_str().unwrap(), "--json"];
    let dictionaries = dictionaries();
    args.extend(dictionaries.iter().map(String::as_str));
    let ran = folder.run(&args);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let figures: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    for (figure, least) in [
        ("entity_p", 0.975),
        ("entity_r", 0.945),
        ("type_accuracy", 0.97),
        ("relation_p", 0.87),
        ("relation_r", 0.67),
        ("status_accuracy", 0.93),
    ] {
        let measured = figures[figure].as_f64().unwrap_or_else(|| panic!("no {figure} in {figures}"));
        assert!(measured >= least, "{figure} is {measured:.3}, was {least} at least");
    }
}
