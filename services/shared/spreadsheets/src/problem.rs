//! What is wrong with a file as a whole (文件问题): nothing of it can be read.

use crate::text::cut;
use serde::Serialize;

/// Why a file was refused. The messages are for the person who uploaded it and say what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{code}: {message_en}")]
pub struct FileProblem {
    /// A stable code, for example `not_xlsx`.
    pub code: &'static str,
    /// The message in Chinese.
    pub message_zh: String,
    /// The message in English.
    pub message_en: String,
}

/// Something that was passed over while reading, worth telling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    /// A stable code, for example `unknown_column`.
    pub code: &'static str,
    /// The message in Chinese.
    pub message_zh: String,
    /// The message in English.
    pub message_en: String,
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteProblem {
    /// A sheet has at most 1,048,575 rows below its header.
    #[error("more rows than a sheet holds")]
    TooManyRows,
    /// The writer refused; a fault of this program, not of the data.
    #[error("the spreadsheet could not be written: {0}")]
    Writer(#[from] rust_xlsxwriter::XlsxError),
}

fn problem(code: &'static str, zh: impl Into<String>, en: impl Into<String>) -> FileProblem {
    FileProblem { code, message_zh: zh.into(), message_en: en.into() }
}

fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1 << 20)
}

impl FileProblem {
    pub(crate) fn empty() -> Self {
        problem(
            "empty_file",
            "文件是空的（0 字节）。请重新选择文件。",
            "The file is empty (0 bytes). Choose it again.",
        )
    }

    pub(crate) fn file_too_large(limit: u64) -> Self {
        let mb = megabytes(limit);
        problem(
            "file_too_large",
            format!("文件超过 {mb} MB。请删去图片，或拆成几个文件后再导入。"),
            format!("The file is larger than {mb} MB. Remove pictures or split it into several files."),
        )
    }

    pub(crate) fn bomb() -> Self {
        problem(
            "unpacks_too_large",
            "文件解压后过大，未读取。请把数据复制到新下载的模板中再导入。",
            "The file unpacks to too much data and was not read. Copy the rows into a fresh template.",
        )
    }

    pub(crate) fn old_xls() -> Self {
        problem(
            "old_format",
            "这是旧格式（.xls 或 .et）文件。请用 Excel 或 WPS 打开，“另存为”.xlsx 格式后再导入。",
            "This is an old .xls or .et file. Open it in Excel or WPS, save it as .xlsx, and import that.",
        )
    }

    pub(crate) fn password() -> Self {
        problem(
            "password_protected",
            "文件设有打开密码，无法读取。请取消密码后再导入。",
            "The file is protected by a password. Remove the password and import it again.",
        )
    }

    /// Readable as something else: `zh` and `en` name the format.
    pub(crate) fn other_format(zh: &str, en: &str) -> Self {
        problem(
            "not_xlsx",
            format!(
                "这不是 .xlsx 文件（看起来是{zh}）。只改扩展名不行：请用 Excel 或 WPS 打开，“另存为”.xlsx 后再导入。"
            ),
            format!(
                "This is not an .xlsx file (it looks like {en}). Renaming is not enough: save it as .xlsx."
            ),
        )
    }

    pub(crate) fn damaged() -> Self {
        problem(
            "damaged",
            "文件已损坏或不完整，无法读取。请用 Excel 或 WPS 打开并另存一次，再重新上传。",
            "The file is damaged or incomplete. Open it in Excel or WPS, save it once more, and upload that.",
        )
    }

    pub(crate) fn unreadable_cell(row: u32, value: &str) -> Self {
        let value = cut(value, 30);
        problem(
            "unreadable_cell",
            format!("第 {row} 行附近有无法识别的错误值 {value}。请改正该单元格后再导入。"),
            format!("Near row {row} stands an error value that cannot be read: {value}. Correct that cell."),
        )
    }

    pub(crate) fn no_sheet() -> Self {
        problem(
            "no_data_sheet",
            "文件中没有可读的数据工作表（隐藏的工作表和填写说明不算）。",
            "There is no sheet with data (hidden sheets and notes do not count).",
        )
    }

    pub(crate) fn no_header(sheet: &str, expected: &str) -> Self {
        let sheet = cut(sheet, 31);
        problem(
            "header_not_found",
            format!("在工作表“{sheet}”的前 20 行没有找到表头。表头应含：{expected}。请使用下载的模板。"),
            format!("No header row was found in the first 20 rows of the sheet “{sheet}”. Use the template."),
        )
    }

    pub(crate) fn missing_columns(
        sheet: &str,
        row: u32,
        zh: &str,
        en: &str,
        hint: Option<(&str, &str)>,
    ) -> Self {
        let (hint_zh, hint_en) = hint.map_or_else(Default::default, |(found, wanted)| {
            (format!("（“{found}”是否就是“{wanted}”？）"), format!(" (Is “{found}” meant for “{wanted}”?)"))
        });
        let sheet = cut(sheet, 31);
        problem(
            "missing_column",
            format!("工作表“{sheet}”第 {row} 行的表头缺少必需的列：{zh}{hint_zh}。请按模板补上。"),
            format!("The header in row {row} of the sheet “{sheet}” lacks required columns: {en}{hint_en}."),
        )
    }

    pub(crate) fn duplicate_column(header: &str) -> Self {
        let header = cut(header, 40);
        problem(
            "duplicate_column",
            format!("列“{header}”出现了两次，不知道该读哪一列。请删去或改名其中一列。"),
            format!("The column “{header}” is there twice. Delete or rename one of them."),
        )
    }

    pub(crate) fn no_rows() -> Self {
        problem("no_rows", "表头下面没有数据行。", "There are no rows below the header.")
    }

    pub(crate) fn too_many_rows(limit: usize) -> Self {
        problem(
            "too_many_rows",
            format!("数据超过 {limit} 行。请拆成几个文件分别导入。"),
            format!("There are more than {limit} rows. Split them into several files."),
        )
    }

    pub(crate) fn too_much_data() -> Self {
        problem(
            "too_much_data",
            "单元格内容总量过大。请拆成几个文件，或删去多余的列。",
            "The cells hold too much data. Split the file or delete columns that are not needed.",
        )
    }
}

impl Warning {
    pub(crate) fn unknown_column(header: &str) -> Self {
        let header = cut(header, 40);
        Self {
            code: "unknown_column",
            message_zh: format!("列“{header}”不在模板中，未读取。"),
            message_en: format!("The column “{header}” is not in the template and was not read."),
        }
    }

    pub(crate) fn note_below(row: u32) -> Self {
        Self {
            code: "note_below",
            message_zh: format!("第 {row} 行是表格下方的说明，已跳过。"),
            message_en: format!("Row {row} is a note below the table and was skipped."),
        }
    }

    pub(crate) fn repeated_header(row: u32) -> Self {
        Self {
            code: "repeated_header",
            message_zh: format!("第 {row} 行重复了表头，已跳过。"),
            message_en: format!("Row {row} repeats the header and was skipped."),
        }
    }
}
