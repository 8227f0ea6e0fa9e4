//! The legal form behind a listed firm's English name: `Acme, Inc.`, `Acme International Ltd`.

/// Words of a registered name that may stand before the form.
const INNER: [&str; 7] =
    [" International", " Holdings", " Holding", " Group", " Technologies", " Global", " Worldwide"];

/// Forms that may stand behind a comma as well.
const FORMS: [&str; 14] = [
    "Incorporated",
    "Inc",
    "LLC",
    "LLP",
    "L.L.C",
    "L.P",
    "Ltd",
    "Limited",
    "Corporation",
    "Corp",
    "PLC",
    "plc",
    "GmbH",
    "Pty Ltd",
];

/// Forms that are short enough to be something else, behind a blank alone.
const SHORT: [&str; 9] = ["LP", "AG", "AB", "SE", "NV", "N.V", "S.A", "ASA", "B.V"];

/// The byte length of the legal form right behind a firm's name, with its point if that ends no sentence; 0 if there is none.
pub(super) fn form(after: &str) -> usize {
    if !after.starts_with([' ', ',']) {
        return 0;
    }
    let mut rest = after;
    while let Some(r) = INNER.iter().find_map(|i| rest.strip_prefix(i)) {
        rest = r;
    }
    let (rest, comma) = match rest.strip_prefix(", ") {
        Some(rest) => (rest, true),
        None => match rest.strip_prefix(' ') {
            Some(rest) => (rest, false),
            None => return 0,
        },
    };
    let short = if comma { &[][..] } else { &SHORT[..] };
    let Some(form) = FORMS
        .iter()
        .chain(short)
        .find(|f| rest.strip_prefix(**f).is_some_and(|r| !r.starts_with(|c: char| c.is_alphanumeric() || c == '-')))
    else {
        return 0;
    };
    let length = after.len() - rest.len() + form.len();
    match after[length..].strip_prefix('.') {
        // "Acme Inc. said", "Acme, Inc., a"
        Some(next) if next.starts_with([',', ';', ')', '\'', '’']) => length + 1,
        Some(next)
            if next.strip_prefix(' ').is_some_and(|n| n.starts_with(|c: char| c.is_ascii_lowercase() || c == '(')) =>
        {
            length + 1
        }
        _ => length,
    }
}

#[cfg(test)]
mod tests {
    use super::form;

    #[test]
    fn forms() {
        for (after, want) in [
            (", Inc. said", ", Inc."),
            (" Inc. The firm", " Inc"),
            (" International, Inc. (TT)", " International, Inc."),
            (" LP is acting", " LP"),
            (", LP", ""),
            (" Incident", ""),
            (" Limited’s", " Limited"),
            (" Group said", ""),
            (" SE-based", ""),
        ] {
            assert_eq!(&after[..form(after)], want, "{after}");
        }
    }
}
