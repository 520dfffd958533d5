//! The declaration of a template (导入模板): its sheet, its columns and what may stand in them.

use crate::text::match_key;

/// The choices of a yes-or-no column; ticks, `Y`/`N`, `TRUE`/`FALSE` and `1`/`0` are understood too.
pub const YES_NO: &[(&str, &str)] = &[("yes", "是"), ("no", "否")];

/// A spreadsheet that people fill in (导入模板). Declared once, as a `static`; the template file, the reader and the
/// error file all follow it.
#[derive(Debug)]
pub struct Template {
    /// Its stable key, for example `organisations`.
    pub key: &'static str,
    /// The Chinese title: the data sheet's name (at most 31 characters, none of `[]:*?/\`).
    pub title_zh: &'static str,
    /// The English title; a data sheet of this name is found too.
    pub title_en: &'static str,
    /// The columns, in their order.
    pub columns: &'static [Column],
    /// What the notes sheet says besides the general rules: pairs of Chinese and English.
    pub notes: &'static [(&'static str, &'static str)],
}

/// A column of a template.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// The key by which a use case asks for its value.
    pub key: &'static str,
    /// The header, in Chinese.
    pub header_zh: &'static str,
    /// The header, in English; read as a header too.
    pub header_en: &'static str,
    /// Other headers that people write.
    pub aliases: &'static [&'static str],
    /// What may stand in it.
    pub kind: Kind,
    /// Whether every row needs a value, and the file the column.
    pub required: bool,
    /// An example, shown on the notes sheet.
    pub example: &'static str,
    /// A note for the person who fills it in, in Chinese.
    pub note_zh: &'static str,
    /// The same in English.
    pub note_en: &'static str,
}

/// What may stand in a column. Lengths are counted in characters.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// One line of text.
    Text {
        /// The most characters.
        max: usize,
    },
    /// Text of several lines.
    Paragraphs {
        /// The most characters.
        max: usize,
    },
    /// A name of a person, a school, a class: spaces beside Chinese characters are removed.
    Name {
        /// The most characters.
        max: usize,
    },
    /// Several names in one cell, separated by `、`, commas, semicolons or line breaks.
    Names {
        /// The most characters of one.
        max: usize,
        /// The most names.
        items: usize,
    },
    /// A code or number that is an identity, not a quantity: no spaces, capitals.
    Code {
        /// The most characters.
        max: usize,
    },
    /// Several codes in one cell.
    Codes {
        /// The most characters of one.
        max: usize,
        /// The most codes.
        items: usize,
    },
    /// A whole number.
    Integer {
        /// The least.
        min: i64,
        /// The greatest.
        max: i64,
    },
    /// A day, from 1900 to 2100.
    Date,
    /// One of a list: pairs of the code and the Chinese word. The word and the code are both understood.
    Choice(&'static [(&'static str, &'static str)]),
    /// Some of a list, in one cell.
    Choices(&'static [(&'static str, &'static str)]),
}

impl Column {
    /// An optional column without example or note; the other parts are added by the methods below.
    pub const fn new(
        key: &'static str,
        header_zh: &'static str,
        header_en: &'static str,
        kind: Kind,
    ) -> Self {
        Self {
            key,
            header_zh,
            header_en,
            aliases: &[],
            kind,
            required: false,
            example: "",
            note_zh: "",
            note_en: "",
        }
    }

    /// The same column, needed in every row.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// The same column, found under these headers too.
    #[must_use]
    pub const fn aliases(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }

    /// The same column with an example for the notes sheet.
    #[must_use]
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// The same column with a note in Chinese and in English.
    #[must_use]
    pub const fn note(mut self, zh: &'static str, en: &'static str) -> Self {
        self.note_zh = zh;
        self.note_en = en;
        self
    }
}

impl Template {
    pub(crate) fn index(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|c| c.key == key)
    }

    /// Says what is wrong with the declaration itself: a key or header twice, a title that no sheet can have. For the
    /// tests of the rooms that declare templates.
    pub fn check(&self) -> Result<(), String> {
        if self.title_zh.chars().count() > 31 || self.title_zh.contains(['[', ']', ':', '*', '?', '/', '\\'])
        {
            return Err(format!("{}: no sheet can be named {}", self.key, self.title_zh));
        }
        let mut headers = std::collections::HashSet::new();
        for (i, column) in self.columns.iter().enumerate() {
            if self.columns.iter().skip(i + 1).any(|other| other.key == column.key) {
                return Err(format!("{}: the key {} is there twice", self.key, column.key));
            }
            let own: std::collections::HashSet<String> = [column.header_zh, column.header_en]
                .iter()
                .chain(column.aliases)
                .map(|h| match_key(h))
                .collect();
            for header in own {
                if header.is_empty() || !headers.insert(header.clone()) {
                    return Err(format!("{}: the header {header:?} is empty or there twice", self.key));
                }
            }
            if let Kind::Choice(list) | Kind::Choices(list) = column.kind
                && list.is_empty()
            {
                return Err(format!("{}: {} has no choices", self.key, column.key));
            }
        }
        Ok(())
    }
}
