//! What a cell of an export holds.

use chrono::NaiveDate;
use std::borrow::Cow;

/// What a cell of an export holds. Amounts and rates stay integers until the file's own text is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Empty,
    /// A text, never read as a formula or a number.
    Text(Cow<'a, str>),
    /// A number by its digits as it came in somebody's table. It stays a number and is shown as it came.
    Number(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// An amount in fen, shown in yuan.
    Fen(i64),
    /// A day.
    Day(NaiveDate),
    /// A share in basis points, shown in percent.
    BasisPoints(i64),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl From<NaiveDate> for Value<'_> {
    fn from(day: NaiveDate) -> Self {
        Self::Day(day)
    }
}

impl From<i64> for Value<'_> {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl Value<'_> {
    /// The text of the cell: `-12.05` for −1205 fen, `87.50%` for 8750 basis points.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) | Self::Number(text) => Cow::Borrowed(text),
            Self::Integer(number) => Cow::Owned(number.to_string()),
            Self::Fen(fen) => Cow::Owned(scaled(*fen, 2)),
            Self::Day(day) => Cow::Owned(day.format("%Y-%m-%d").to_string()),
            Self::BasisPoints(points) => Cow::Owned(format!("{}%", scaled(*points, 2))),
        }
    }
}

/// An integer with its last `places` digits behind a point.
pub(crate) fn scaled(number: i64, places: u32) -> String {
    let unit = 10_u64.pow(places);
    let sign = if number < 0 { "-" } else { "" };
    let size = number.unsigned_abs();
    let width = usize::try_from(places).unwrap_or_default();
    format!("{sign}{}.{:0width$}", size / unit, size % unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts() {
        assert_eq!(Value::Fen(-5).text(), "-0.05");
        assert_eq!(Value::Fen(i64::MIN).text(), "-92233720368547758.08");
        assert_eq!(Value::BasisPoints(8750).text(), "87.50%");
        assert_eq!(Value::from(None::<i64>), Value::Empty);
        assert_eq!(scaled(10_000, 4), "1.0000");
    }
}
