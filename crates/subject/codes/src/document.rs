//! Papers that prove who a person is. A paper gives a normal form, and where the number tells them, day of birth and sex;
//! both are derived and never typed.

mod checksum;
mod kind;
mod number;
mod problem;

use chrono::{Datelike, NaiveDate};

pub use checksum::check_character;
pub use kind::{DocumentKind, detect};
pub use problem::{DocumentProblem, DocumentWarning};

use crate::{division::Division, text};

/// Sex as the number tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// What people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }
}

/// A paper whose number holds.
#[derive(Clone, PartialEq, Eq)]
pub struct Document {
    /// Which paper.
    pub kind: DocumentKind,
    /// Normal form, the only one that is stored.
    pub number: String,
    /// Day of birth, where the number tells it.
    pub birth: Option<NaiveDate>,
    /// Sex, where the number tells it.
    pub sex: Option<Sex>,
    /// Division that the number was issued in. It may have been abolished since; whether it exists, data must tell.
    pub division: Option<Division>,
    /// What is odd about it, though it is accepted.
    pub warnings: Vec<DocumentWarning>,
}

impl std::fmt::Debug for Document {
    // The number and the birthday are secrets; they must not reach a log by way of a debug print.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document").field("kind", &self.kind).field("warnings", &self.warnings).finish_non_exhaustive()
    }
}

/// Reads the number of a paper whose kind nobody tells, as [`detect`] guesses it; `None` if it holds for none.
pub fn recognise(raw: &str, today: NaiveDate) -> Option<Document> {
    parse(detect(raw)?, raw, today).ok()
}

/// Reads the number of a paper of a known kind. `today` is the Beijing day, against which a day of birth is held.
pub fn parse(kind: DocumentKind, raw: &str, today: NaiveDate) -> Result<Document, DocumentProblem> {
    let number = text::compact(raw).to_ascii_uppercase();
    if number.is_empty() {
        return Err(DocumentProblem::Empty);
    }
    if text::looks_scientific(&number) {
        return Err(DocumentProblem::Rounded);
    }
    if !number::has_shape(kind, &number) {
        return Err(number::shape_problem(kind, &number));
    }
    match kind {
        DocumentKind::CitizenNumber | DocumentKind::HkMoTwResidence | DocumentKind::ForeignPermanentResident => {
            number::read_eighteen(kind, number, today)
        }
        DocumentKind::ForeignPermanentResident2017
        | DocumentKind::HkMoTravel
        | DocumentKind::TaiwanTravel
        | DocumentKind::Passport => {
            Ok(Document { kind, number, birth: None, sex: None, division: None, warnings: Vec::new() })
        }
    }
}

/// Full years on a day. Who was born on 29 February turns a year older on 1 March in common years. Before birth: 0.
pub fn age_on(birth: NaiveDate, day: NaiveDate) -> u32 {
    let birthday_to_come = (day.month(), day.day()) < (birth.month(), birth.day());
    let years = day.year() - birth.year() - i32::from(birthday_to_come);
    u32::try_from(years).unwrap_or(0)
}

#[cfg(test)]
mod tests;
