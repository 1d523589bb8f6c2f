//! The demo's batches of a health check: one that goes on, two that are to come, and who chose them some days ago.

use benefit::{
    batch::{
        choose::{SeatForm, choose_for},
        companions::{CompanionNumber, NewCompanion},
        keep::{BatchForm, add},
    },
    offer::view::OfferView,
    partner::list::BenefitPartnerView,
};
use chrono::{Days, NaiveDate, TimeDelta};
use kernel::{Caller, Context, House, Problem};

use super::{
    benefits::{READER, claims},
    members::Known,
};

/// Of a hundred claims of a check-up, as many as there are leagues.
const CHECKED: usize = 60;
/// In how many days a batch begins, how many days it lasts, its seats, and how many chose it.
const BATCHES: [(u64, u64, i64, usize); 3] = [(0, 3, 60, 24), (12, 1, 40, 12), (26, 2, 60, 6)];
/// How many days ago people claimed and chose: before the list of the first batch was closed.
const AGO: i64 = 5;
/// Each of so many brings somebody along.
const BRINGS: usize = 4;

/// Arranges the batches and lets members claim and choose by the clock of `before`, set to some days ago.
pub async fn load(
    (house, before): (&House, &House),
    checks: &OfferView,
    places: &[BenefitPartnerView],
    known: &[Known],
) -> Result<(), Problem> {
    before.ambient().set(house.ambient().now() - TimeDelta::days(AGO));
    let members = known.iter().filter(|one| one.is_member).rev().take(CHECKED);
    let mut vouchers = claims(before, checks, members).await?.into_iter();
    let today = house.ambient().today();
    for ((begins, days, seats, chosen), place) in BATCHES.into_iter().zip(places) {
        let starts_on = today.checked_add_days(Days::new(begins)).unwrap_or(today);
        let form = BatchForm {
            partner_id: place.id,
            starts_on,
            ends_on: starts_on.checked_add_days(Days::new(days - 1)).unwrap_or(starts_on),
            seats,
            note: "早上7:30到8:30到场，空腹，携带身份证。".into(),
        };
        let batch = add(&Caller::system(before, READER), checks.id, &form).await?;
        for ((voucher, _), at) in vouchers.by_ref().take(chosen).zip(1..) {
            let wife = NewCompanion {
                name: "李小梅".into(),
                number_kind: CompanionNumber::Phone,
                number: format!("139{:08}", 20_260_000 + at),
                birth_date: NaiveDate::from_ymd_opt(1992, 3, 8),
            };
            let companions = if at % BRINGS == 0 { vec![wife] } else { Vec::new() };
            choose_for(&Context::system(before, READER), voucher, &SeatForm { batch_id: batch.id, companions }).await?;
        }
    }
    Ok(())
}
