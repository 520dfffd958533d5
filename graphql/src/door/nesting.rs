//! How deep a text nests, told before it is parsed: the parser descends by recursion, and an overflown stack takes the
//! whole process with it, which no catch-panic survives.

/// The deepest nesting of `{`, `[` and `(` that is parsed.
pub(crate) const DEEPEST: usize = 64;

/// Whether the text nests no deeper than may be parsed. Strings and comments are read as GraphQL reads them; where
/// the text is no GraphQL, the parser stops before it descends any further than this has counted.
pub(crate) fn shallow(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'{' | b'[' | b'(' => {
                depth += 1;
                if depth > DEEPEST {
                    return false;
                }
            }
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            b'#' => at = comment(bytes, at),
            b'"' if bytes[at..].starts_with(b"\"\"\"") => at = block_string(bytes, at + 3),
            b'"' => at = string(bytes, at + 1),
            _ => {}
        }
        at += 1;
    }
    true
}

/// The last byte of a comment.
fn comment(bytes: &[u8], from: usize) -> usize {
    let end = bytes[from..].iter().position(|byte| matches!(byte, b'\n' | b'\r'));
    end.map_or(bytes.len(), |length| from + length)
}

/// The last byte of a string whose content begins at `from`; a string ends with its line.
fn string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' | b'\n' | b'\r' => return at,
            _ => {}
        }
        at += 1;
    }
    at
}

/// The last byte of a block string whose content begins at `from`.
fn block_string(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while at < bytes.len() {
        if bytes[at..].starts_with(b"\\\"\"\"") {
            at += 4;
        } else if bytes[at..].starts_with(b"\"\"\"") {
            return at + 2;
        } else {
            at += 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_unless_they_are_text() {
        assert!(shallow(&format!("{}a{}", "{a".repeat(64), "}".repeat(64))));
        assert!(!shallow(&"{a".repeat(65)));
        assert!(!shallow(&format!("{{a(x:{}", "[".repeat(64))));
        assert!(shallow(&format!("{{a(x:\"{}\")}}", "{".repeat(500))));
        assert!(shallow(&format!("{{a(x:\"\"\"{}\\\"\"\"{}\"\"\")}}", "{".repeat(99), "{".repeat(99))));
        assert!(shallow(&format!("#{}\n{{a}}", "{".repeat(500))));
        // Closers inside text do not make room for more openers.
        assert!(!shallow(&"{a(x:\"}\")".repeat(65)));
        assert!(!shallow(&"{a #}\n".repeat(65)));
        assert!(!shallow(&"{a(x:\"\"\"}\"\"\")".repeat(65)));
        assert!(!shallow(&"{a(x:\"\\\"}\")".repeat(65)));
    }
}
