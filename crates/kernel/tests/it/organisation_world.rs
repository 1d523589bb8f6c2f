//! A small region to test in.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::NaiveDate;
use kernel::{
    Id, Programme,
    organisation::{
        Kind, Level,
        create::{self, NewOrganisation},
        form::OrganisationForm,
        permissions::Manage,
        view::OrganisationDetail,
    },
};
use testing::App;

/// The programmes that the kernel's own tests run with.
pub fn programmes() -> Vec<Programme> {
    vec![kernel::own::programme()]
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn form(code: &str, name: &str) -> OrganisationForm {
    OrganisationForm { founded_on: Some(day("2026-01-01")), ..OrganisationForm::new(code, name, Kind::Federation) }
}

/// Founds an organisation on 2026-01-01; a code of six digits is its division too.
pub async fn found(app: &App, parent: Option<Id>, code: &str, level: Level) -> OrganisationDetail {
    let division = (code.len() == 6 && code.bytes().all(|sign| sign.is_ascii_digit())).then(|| code.to_owned());
    let form = OrganisationForm { division, ..form(code, &format!("{code}总工会")) };
    create::create(&app.caller::<Manage>(), &NewOrganisation { parent_id: parent, level, form }).await.unwrap()
}

/// A province with two prefectures and a county in the first of them.
pub struct Region {
    pub province: Id,
    pub hinggan: Id,
    pub tongliao: Id,
    pub county: Id,
}

pub async fn region(app: &App) -> Region {
    let province = found(app, None, "150000", Level::Province).await.id;
    let hinggan = found(app, Some(province), "152200", Level::Prefecture).await.id;
    let tongliao = found(app, Some(province), "150500", Level::Prefecture).await.id;
    let county = found(app, Some(hinggan), "152201", Level::County).await.id;
    Region { province, hinggan, tongliao, county }
}
