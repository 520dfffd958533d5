//! Pinyin of names: what lists sort by, and what people type to find one.

use pinyin::ToPinyin as _;

/// How much of a text is spelled: the rest decides no order.
const SPELLED: usize = 60;

/// A name in pinyin and its initials: `李娜` is `lina` and `ln`. Letters and digits stay, in lower case; what else
/// stands in the name is left out.
pub(crate) fn spell(name: &str) -> (String, String) {
    let (mut whole, mut initials) = (String::new(), String::new());
    let mut in_word = false;
    for c in name.chars().take(SPELLED) {
        if let Some(syllable) = c.to_pinyin() {
            // Keyboards have no ü: input methods take v for it.
            whole.extend(syllable.plain().chars().map(|letter| if letter == 'ü' { 'v' } else { letter }));
            initials.push_str(syllable.first_letter());
            in_word = false;
        } else if c.is_alphanumeric() {
            whole.extend(c.to_lowercase());
            if !in_word {
                initials.extend(c.to_lowercase());
            }
            in_word = c.is_alphabetic();
        } else {
            in_word = false;
        }
    }
    (whole, initials)
}

/// What was typed into a search, as it is compared: in lower case, without spaces.
pub(crate) fn sought(typed: &str) -> String {
    typed.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_spelled_for_sorting_and_finding() {
        assert_eq!(spell("李娜"), ("lina".into(), "ln".into()));
        assert_eq!(spell("吕·Bob 2班"), ("lvbob2ban".into(), "lb2b".into()));
        assert_eq!(spell(""), (String::new(), String::new()));
        assert_eq!(sought(" Li Na "), "lina");
    }
}
