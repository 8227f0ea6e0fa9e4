//! Bytes of a file become a `String`; what is not UTF-8 is told of and read as well as can be.

use super::text::place_of;
use crate::diagnostic::Diagnostic;

/// The content of file `name`, and a warning if it was not clean UTF-8. A UTF-8 byte order mark stays, so
/// that offsets count as in the file.
pub(super) fn decode(name: &str, bytes: Vec<u8>) -> (String, Option<Diagnostic>) {
    if let Some(text) = decode_utf16(&bytes) {
        let warning = Diagnostic::warning(name, "is UTF-16, not UTF-8; byte offsets count as if it were UTF-8");
        return (text, Some(warning.hint("save it as UTF-8")));
    }
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes) {
        return (text.to_owned(), None);
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return (text, None),
        Err(error) => error,
    };
    let first = error.utf8_error().valid_up_to();
    let bytes = error.into_bytes();
    let bad = bytes[first];
    let hint = if looks_like_gb18030(&bytes) {
        "it looks like GB18030 (GBK); convert it: iconv -f GB18030 -t UTF-8"
    } else {
        "save it as UTF-8"
    };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let place = place_of(&text, first);
    let message = format!("is not UTF-8 at byte {first} (0x{bad:02X}); unreadable bytes are read as \u{FFFD}");
    (text, Some(Diagnostic::warning(name, message).at(place.line, place.column).hint(hint)))
}

/// The content of a UTF-16 file, known by its byte order mark.
fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units = bytes[2..].chunks(2).map(|pair| unit([pair[0], pair.get(1).copied().unwrap_or(0)]));
    Some(char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// Whether nearly all bytes above ASCII come in GB18030's pairs of lead byte and trail byte.
fn looks_like_gb18030(bytes: &[u8]) -> bool {
    let (mut pairs, mut others) = (0usize, 0usize);
    let mut rest = &bytes[..bytes.len().min(1 << 16)];
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first < 0x80 {
            continue;
        }
        match tail {
            [0x40..=0x7E | 0x80..=0xFE, after @ ..] if (0x81..=0xFE).contains(first) => {
                pairs += 1;
                rest = after;
            }
            _ => others += 1,
        }
    }
    pairs > 1 && others * 20 <= pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clean_utf8_is_kept() {
        assert_eq!(decode("a.md", "\u{FEFF}商汤".into()), ("\u{FEFF}商汤".to_owned(), None));
    }

    #[test]
    fn utf16_is_read() {
        for (mark, unit) in [([0xFF, 0xFE], u16::to_le_bytes as fn(u16) -> [u8; 2]), ([0xFE, 0xFF], u16::to_be_bytes)] {
            let mut bytes = mark.to_vec();
            bytes.extend("商汤A".encode_utf16().flat_map(unit));
            let (text, warning) = decode("a.md", bytes);
            assert_eq!(text, "商汤A");
            assert!(warning.unwrap().message.contains("UTF-16"));
        }
    }

    #[test]
    fn a_bad_byte_is_named_with_its_place() {
        let (text, warning) = decode("a.md", b"ok\n\xE5\x95\x86\xFFx".to_vec());
        assert_eq!(text, "ok\n商\u{FFFD}x");
        let warning = warning.unwrap();
        assert!(warning.message.contains("byte 6 (0xFF)"), "{warning}");
        assert_eq!(warning.place.map(|p| (p.line, p.column)), Some((2, 2)));
    }

    #[test]
    fn gb18030_is_guessed() {
        let (_, warning) = decode("a.md", b"\xC9\xCC\xCC\xC0\xBF\xC6\xBC\xBC".to_vec());
        assert!(warning.unwrap().hint.unwrap().contains("GB18030"));
    }
}
