//! Papers of some unions of the district that keeps everything here: one founded lately, one that elected again, one whose
//! term is over, one still in preparation.

use chrono::{Datelike, Days, NaiveDate};
use kernel::{
    Caller, House, Problem,
    organisation::{
        founding::{Election, FoundingStep as Step, NewFoundingStep, Paper, record},
        permissions::RecordSteps,
    },
};

use super::organisations::Union;

/// A step, how many days ago, and its paper's number without the year.
type Taken = (Step, u64, Option<&'static str>);

const LIVES: &[&[Taken]] = &[
    &[
        (Step::Preparing, 240, None),
        (Step::Applied, 225, Some("骑工筹〔{year}〕1号")),
        (Step::ApprovedToPrepare, 210, Some("区工发〔{year}〕12号")),
        (Step::Elected, 180, None),
        (Step::Approved, 170, Some("区工发〔{year}〕15号")),
        (Step::LegalPerson, 150, Some("工法证〔{year}〕3号")),
    ],
    &[(Step::ReElectionDue, 120, None), (Step::ReElected, 90, None)],
    &[(Step::ReElectionDue, 20, None)],
    &[(Step::Preparing, 30, None), (Step::Applied, 12, Some("骑工筹〔{year}〕4号"))],
];
/// The chairs elected; no real person.
const CHAIR: &str = "苏日娜";
/// A made-up certificate with a right check digit.
const CREDIT_CODE: &str = "81150100MC0000001F";
const ELECTION: Election =
    Election { entitled: Some(62), present: Some(55), votes: Some(41), seats: Some(5), candidates: Some(6) };

/// Enters the steps of the first unions.
pub async fn load(house: &House, unions: &[&Union]) -> Result<(), Problem> {
    let caller = &Caller::<RecordSteps>::system(house, "the demo's loader");
    for (union, life) in unions.iter().zip(LIVES) {
        for (step, days_ago, number) in *life {
            let day = caller.today().checked_sub_days(Days::new(*days_ago)).unwrap_or(caller.today());
            record(caller, union.id, &form(*step, day, *number)).await?;
        }
    }
    Ok(())
}

fn form(step: Step, day: NaiveDate, number: Option<&str>) -> NewFoundingStep {
    let elects = step.is_election();
    NewFoundingStep {
        step,
        day,
        paper: Paper {
            document_number: number.map(|number| number.replace("{year}", &day.year().to_string())),
            attachment_id: None,
        },
        election: if elects { ELECTION } else { Election::default() },
        chair: elects.then(|| CHAIR.to_owned()),
        term_years: elects.then_some(3),
        credit_code: (step == Step::LegalPerson).then(|| CREDIT_CODE.to_owned()),
        note: None,
    }
}
