//! Text that people typed, made safe to keep: control and bidirectional characters out, ends trimmed, length checked.

use crate::{Code, Error, Result};

fn kept(c: char, newline: bool) -> bool {
    if c == '\n' {
        return newline;
    }
    let hidden =
        matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !c.is_control() && !hidden
}

fn clean(field: &str, text: &str, max: usize, newline: bool) -> Result<String> {
    let text: String = text.chars().filter(|c| kept(*c, newline)).collect();
    let text = text.trim();
    if text.is_empty() {
        return Err(Error::new(Code::Required).on(field));
    }
    if text.chars().count() > max {
        return Err(Error::new(Code::TooLong).on(field).with("max", max));
    }
    Ok(text.to_owned())
}

/// A line (a name, a title): not empty, at most `max` characters, no line breaks.
pub fn clean_line(field: &str, text: &str, max: usize) -> Result<String> {
    clean(field, text, max, false)
}

/// A longer text: not empty, at most `max` characters; line breaks stay.
pub fn clean_text(field: &str, text: &str, max: usize) -> Result<String> {
    clean(field, text, max, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_go_and_lengths_are_counted_in_characters() {
        assert_eq!(clean_line("name", " 李\u{202e}娜\u{0} ", 2).unwrap(), "李娜");
        assert_eq!(clean_line("name", "\u{200b} ", 2).unwrap_err().code(), Code::Required);
        assert_eq!(clean_text("note", "a\nb", 3).unwrap(), "a\nb");
        assert_eq!(clean_line("name", "三个字", 2).unwrap_err().code(), Code::TooLong);
    }
}
