//! Why a file can't be read as a roster.

/// Why a file can't be read as a roster. Its text is for the person who chose the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SheetProblem {
    /// More bytes than allowed.
    #[error("文件超过 {megabytes} MB，请拆成几个文件再导入")]
    FileTooBig {
        /// The limit.
        megabytes: usize,
    },
    /// The archive unpacks to more than allowed, or holds too many entries.
    #[error("文件解压后过大，请只把有内容的行和列复制到新建的表格里，保存后再导入")]
    UnpacksTooBig,
    /// Encrypted.
    #[error("文件设有打开密码，请在 Excel 或 WPS 中取消密码后再导入")]
    Password,
    /// A web page or XML with the ending of a spreadsheet.
    #[error("文件实际是网页格式，请用 Excel 或 WPS 打开后另存为 xlsx 再导入")]
    WebPage,
    /// Not a table at all.
    #[error("这不是能识别的表格文件，请使用 xlsx、xls 或 csv 文件")]
    NotATable,
    /// A table, but broken.
    #[error("文件已损坏，请用 Excel 或 WPS 打开后另存为 xlsx 再导入")]
    Damaged,
    /// A line that is neither UTF-8 nor GB18030.
    #[error("第 {row} 行有无法识别的文字编码，请用 Excel 或 WPS 打开后另存为 xlsx 再导入")]
    Encoding {
        /// Counted from 1.
        row: usize,
    },
    /// A formula's error that only the program knows which wrote it.
    #[error("第 {row} 行或下一行有一格是公式出错的结果（{text}），请改为要填的内容或清空，保存后再导入")]
    FormulaError {
        /// The last row that could be read, counted from 1.
        row: usize,
        /// What stands in the cell.
        text: String,
    },
    /// A quote that is opened and never closed: what follows would be one cell.
    #[error("第 {row} 行的双引号没有成对，其后的内容无法分行，请补上或删去引号，或另存为 xlsx 再导入")]
    QuoteOpen {
        /// Where the record begins, counted from 1.
        row: usize,
    },
    /// No sheet has content.
    #[error("文件里没有内容，请检查选中的文件")]
    Empty,
    /// What is wrong with one sheet of several.
    #[error("工作表“{sheet}”：{problem}")]
    In {
        /// Its name.
        sheet: String,
        /// What is wrong with it.
        problem: Box<SheetProblem>,
    },
    /// Several sheets that may all be meant.
    #[error("有几张工作表都像要导入的表（{names}），一次只能导入一张，请把其余的删去或隐藏，保存后再导入")]
    Several {
        /// Their names, or the first of them and how many they are.
        names: String,
    },
    /// More rows than allowed.
    #[error("名单超过 {limit} 行，请删去下方多余的内容，或拆成几个文件再导入")]
    TooManyRows {
        /// The limit.
        limit: usize,
    },
    /// More columns than allowed.
    #[error("第 {row} 行超过 {limit} 列，请删去多余的列再导入")]
    TooManyColumns {
        /// Counted from 1.
        row: usize,
        /// The limit.
        limit: usize,
    },
    /// A cell with more text than allowed.
    #[error("第 {row} 行第 {column} 列的文字超过 {limit} 字，请检查该格内容，或引号是否成对")]
    CellTooLong {
        /// Counted from 1.
        row: usize,
        /// Counted from 1.
        column: usize,
        /// The limit.
        limit: usize,
    },
    /// More text in all than allowed, or merged cells over a huge area.
    #[error("名单内容过多，请拆成几个文件、取消大范围的合并单元格后再导入")]
    TooMuch,
}
