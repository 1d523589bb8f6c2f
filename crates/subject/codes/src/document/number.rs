//! Shapes of numbers, and what the 18-sign ones tell.

use chrono::{Datelike, NaiveDate};

use super::{Document, DocumentKind, DocumentProblem, DocumentWarning, Sex, check_character, detect};
use crate::{division, text::all_digits};

const EIGHTEEN: usize = 18;
/// Divisions on residence permits: Hong Kong, Macao, Taiwan.
const PERMIT_PLACES: [&str; 3] = ["810000", "820000", "830000"];
/// No living person was born earlier.
const EARLIEST_YEAR: i32 = 1900;
/// Beyond this age a number is accepted, yet somebody should look.
const OLDEST_USUAL_AGE: u32 = 110;

/// Whether a normalised number has the build of a kind; digits and checks are not looked at.
pub(super) fn has_shape(kind: DocumentKind, number: &str) -> bool {
    match kind {
        DocumentKind::CitizenNumber => is_eighteen(number) && !number.starts_with('9') && !is_permit(number),
        DocumentKind::HkMoTwResidence => is_eighteen(number) && is_permit(number),
        DocumentKind::ForeignPermanentResident => is_eighteen(number) && number.starts_with('9'),
        DocumentKind::ForeignPermanentResident2017 => {
            number.len() == 15
                && part(number, 0, 3).bytes().all(|byte| byte.is_ascii_uppercase())
                && all_digits(part(number, 3, 15))
        }
        DocumentKind::HkMoTravel => {
            number.len() == 9 && number.starts_with(['H', 'M']) && all_digits(part(number, 1, 9))
        }
        DocumentKind::TaiwanTravel => number.len() == 8 && all_digits(number),
        DocumentKind::Passport => {
            (5..=17).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        }
    }
}

/// What to say of a number that does not have the build of its kind.
pub(super) fn shape_problem(kind: DocumentKind, number: &str) -> DocumentProblem {
    let found = number.chars().count();
    if kind == DocumentKind::CitizenNumber
        && number.len() == 15
        && let Some(check) = upgraded_check(number)
    {
        return DocumentProblem::FirstGeneration { check };
    }
    if let Some(looks_like) = detect(number).filter(|guess| *guess != kind && has_shape(*guess, number)) {
        return DocumentProblem::WrongKind { looks_like };
    }
    match kind {
        DocumentKind::CitizenNumber | DocumentKind::HkMoTwResidence | DocumentKind::ForeignPermanentResident => {
            match wrong_character(number) {
                _ if found != EIGHTEEN => DocumentProblem::Length { kind, found },
                Some(position) => DocumentProblem::Character { position },
                None => DocumentProblem::Shape { kind },
            }
        }
        _ => DocumentProblem::Shape { kind },
    }
}

/// The check character of a first-generation number brought to 18 signs.
fn upgraded_check(number: &str) -> Option<char> {
    check_character(&format!("{}19{}", part(number, 0, 6), part(number, 6, 15)))
}

fn wrong_character(number: &str) -> Option<usize> {
    number
        .chars()
        .enumerate()
        .find(|&(at, sign)| !(sign.is_ascii_digit() || (sign == 'X' && at + 1 == EIGHTEEN)))
        .map(|(at, _)| at + 1)
}

fn is_eighteen(number: &str) -> bool {
    number.len() == EIGHTEEN && wrong_character(number).is_none()
}

fn is_permit(number: &str) -> bool {
    PERMIT_PLACES.contains(&part(number, 0, 6))
}

fn part(number: &str, from: usize, to: usize) -> &str {
    number.get(from..to).unwrap_or_default()
}

/// Reads a number of 18 signs that has the build of its kind.
pub(super) fn read_eighteen(kind: DocumentKind, number: String, today: NaiveDate) -> Result<Document, DocumentProblem> {
    // On a foreigner's card the identity mark 9 stands first and the province of application follows.
    let province =
        if kind == DocumentKind::ForeignPermanentResident { part(&number, 1, 3) } else { part(&number, 0, 2) };
    if division::province_name(province).is_none() {
        return Err(DocumentProblem::Province);
    }
    let birth = birth(part(&number, 6, 14), today)?;
    if check_character(part(&number, 0, 17)) != number.chars().last() {
        // A spreadsheet keeps fifteen figures and writes zeros for the rest.
        return Err(if number.ends_with("000") { DocumentProblem::Rounded } else { DocumentProblem::Check });
    }
    let odd = part(&number, 16, 17).parse::<u8>().is_ok_and(|digit| digit % 2 == 1);
    let division =
        (kind != DocumentKind::ForeignPermanentResident).then(|| division::parse(part(&number, 0, 6)).ok()).flatten();
    let mut warnings = Vec::new();
    if kind == DocumentKind::CitizenNumber
        && !division.as_ref().is_some_and(|place| place.is_plausible() && place.level() == division::Level::County)
    {
        warnings.push(DocumentWarning::UnknownDivision);
    }
    if number.ends_with("000") {
        warnings.push(DocumentWarning::MaybeRounded);
    }
    if super::age_on(birth, today) > OLDEST_USUAL_AGE {
        warnings.push(DocumentWarning::VeryOld);
    }
    Ok(Document {
        kind,
        number,
        birth: Some(birth),
        sex: Some(if odd { Sex::Male } else { Sex::Female }),
        division,
        warnings,
    })
}

fn birth(eight: &str, today: NaiveDate) -> Result<NaiveDate, DocumentProblem> {
    let read = || {
        let (year, month, day) = (part(eight, 0, 4), part(eight, 4, 6), part(eight, 6, 8));
        NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    };
    let birth = read().ok_or(DocumentProblem::BirthDate)?;
    if birth.year() < EARLIEST_YEAR {
        return Err(DocumentProblem::BornTooEarly);
    }
    if birth > today {
        return Err(DocumentProblem::BornInFuture);
    }
    Ok(birth)
}
