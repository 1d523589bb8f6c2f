//! Unified social credit codes (GB 32100): which authority registered the body, what it is, and whether the digits hold.

mod departments;
mod problem;

pub use problem::{CreditCodeProblem, CreditCodeWarning};

use crate::{division, text};
use departments::DEPARTMENTS;

/// The 31 signs in the order of their values; I, O, S, V and Z are left out because they look like digits.
const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const LENGTH: usize = 18;
/// Weights of GB 11714 for the organisation code in positions 9 to 16.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// A unified social credit code whose check holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditCode {
    /// The 18 signs.
    pub code: String,
    /// Registering department, in Chinese.
    pub department: &'static str,
    /// Category within the department, in Chinese, where known.
    pub category: Option<&'static str>,
    /// What is odd about it, though it is accepted.
    pub warnings: Vec<CreditCodeWarning>,
}

impl CreditCode {
    /// Whether a union may carry this code: 8…, or 13… as a mass organisation, as which local federations are usually
    /// registered. An employer's code (91, 12, 52 …) belongs to another record.
    pub fn fits_union(&self) -> bool {
        self.code.starts_with('8') || self.code.starts_with("13")
    }
}

/// Reads a unified social credit code.
pub fn parse(raw: &str) -> Result<CreditCode, CreditCodeProblem> {
    let code: String = text::compact(raw).chars().filter(|&sign| sign != '-').collect::<String>().to_ascii_uppercase();
    let found = code.chars().count();
    if found == 0 {
        return Err(CreditCodeProblem::Empty);
    }
    if found != LENGTH {
        return Err(CreditCodeProblem::Length { found });
    }
    if let Some(at) = code.chars().position(|sign| !ALPHABET.contains(sign)) {
        return Err(CreditCodeProblem::Character { position: at + 1 });
    }
    let mut signs = code.chars();
    let (first, second) = (signs.next(), signs.next());
    let Some((_, department, categories)) = DEPARTMENTS.iter().find(|(sign, ..)| first == Some(*sign)) else {
        return Err(CreditCodeProblem::Department);
    };
    if !text::all_digits(part(&code, 2, 8)) {
        return Err(CreditCodeProblem::Division);
    }
    if check_character(part(&code, 0, 17)) != code.chars().last() {
        return Err(CreditCodeProblem::Check);
    }
    let category = categories.iter().find(|(sign, _)| second == Some(*sign)).map(|(_, name)| *name);
    let warnings = warnings(&code, category.is_some());
    Ok(CreditCode { code, department, category, warnings })
}

fn warnings(code: &str, category_known: bool) -> Vec<CreditCodeWarning> {
    let mut warnings = Vec::new();
    if !category_known {
        warnings.push(CreditCodeWarning::UnknownCategory);
    }
    let place = part(code, 2, 8);
    // National bodies are registered under 100000, which is no province.
    if division::parse(place).is_err() && place != "100000" {
        warnings.push(CreditCodeWarning::UnknownDivision);
    }
    if organisation_check(part(code, 8, 16)) != part(code, 16, 17).chars().next() {
        warnings.push(CreditCodeWarning::OrganisationCheck);
    }
    warnings
}

fn part(code: &str, from: usize, to: usize) -> &str {
    code.get(from..to).unwrap_or_default()
}

/// The last sign that belongs to the first 17 (MOD 31); none when a sign is outside the alphabet.
pub fn check_character(body: &str) -> Option<char> {
    let mut weight = 1;
    let mut sum = 0;
    for sign in body.chars() {
        sum += ALPHABET.find(sign)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

fn organisation_check(body: &str) -> Option<char> {
    let mut sum = 0;
    for (sign, weight) in body.chars().zip(ORGANISATION_WEIGHTS) {
        sum += sign.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

#[cfg(test)]
mod tests;
