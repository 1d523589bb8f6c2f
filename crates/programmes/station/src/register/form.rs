//! What officers fill in about a station.

use std::collections::BTreeSet;

use database::Connection;
use kernel::{Context, Fault, Id, Problem, organisation};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

pub use crate::tables::station::{StationAccess, StationKind, StationState};

use super::{photos, position::Position};
use crate::{
    rules::hours::OpeningHours,
    tables::{
        catalogue::{self, CatalogueKind},
        station,
    },
};

/// Who helps run a station, and what he gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationPartner)]
pub struct Partner {
    /// Who.
    #[schema(max_length = 60)]
    pub name: String,
    /// What he gives: rooms, medicine, lawyers on duty…
    #[schema(max_length = 200)]
    pub gives: String,
}

/// A picture of a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationPhoto)]
pub struct Photo {
    /// The attachment.
    pub attachment_id: Id,
    /// What it shows.
    #[schema(max_length = 60)]
    pub caption: String,
}

/// What officers fill in about a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StationForm {
    /// The union that answers for it.
    pub organisation_id: Id,
    /// The number on its sign; no other station has it.
    #[schema(max_length = 32)]
    pub code: String,
    /// What it is called.
    #[schema(max_length = 60)]
    pub name: String,
    /// Whether a union runs the house alone.
    pub kind: StationKind,
    /// Whom it is for.
    pub access: StationAccess,
    /// Whose house it is; needed where it is shared.
    #[schema(max_length = 60)]
    pub host: Option<String>,
    /// The county-level division, 6 digits.
    #[schema(max_length = 6)]
    pub division: Option<String>,
    /// Where, in words.
    #[schema(max_length = 120)]
    pub address: String,
    /// Where, on the map.
    pub position: Option<Position>,
    /// Square metres.
    pub area: i64,
    /// How many people it holds at once.
    pub capacity: i64,
    /// The number that anybody may call.
    #[schema(max_length = 30)]
    pub service_line: Option<String>,
    /// When it is open.
    pub hours: OpeningHours,
    /// Who helps run it.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub partners: Vec<Partner>,
    /// Pictures, the most telling first.
    #[serde(default)]
    #[schema(max_items = 12)]
    pub photos: Vec<Photo>,
    /// The catalogue's codes of its equipment and services.
    #[serde(default)]
    #[schema(max_items = 100)]
    pub items: Vec<String>,
}

const MOST_PARTNERS: usize = 20;
const MOST_PHOTOS: usize = 12;
const LARGEST_AREA: i64 = 100_000;
const LARGEST_CAPACITY: i64 = 10_000;

impl StationForm {
    /// A form of which nothing is filled in but the union.
    #[must_use]
    pub fn blank(organisation_id: Id) -> Self {
        Self {
            organisation_id,
            code: String::new(),
            name: String::new(),
            kind: StationKind::Own,
            access: StationAccess::default(),
            host: None,
            division: None,
            address: String::new(),
            position: None,
            area: 0,
            capacity: 0,
            service_line: None,
            hours: OpeningHours { week: vec![Vec::new(); 7], ..OpeningHours::default() },
            partners: Vec::new(),
            photos: Vec::new(),
            items: Vec::new(),
        }
    }

    /// The same without blanks around texts, the name on one line, absent where nothing was written, equipment and services in
    /// their order.
    #[must_use]
    pub fn tidy(mut self) -> Self {
        let filled = |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        self.code = codes::text::compact(&self.code);
        self.name = self.name.split_whitespace().collect::<Vec<_>>().join(" ");
        self.address = self.address.trim().to_owned();
        self.host = filled(self.host);
        self.division = filled(self.division);
        self.service_line = filled(self.service_line);
        self.items = BTreeSet::from_iter(self.items).into_iter().collect();
        self.hours.exceptions.sort_by_key(|exception| exception.day);
        self
    }

    /// Checks what was filled in. Pure.
    ///
    /// # Errors
    /// 422 that names each field.
    pub fn check(&self) -> Result<(), Problem> {
        let mut wrong = self.hours.problems();
        let short = |text: &str, most: usize| (1..=most).contains(&text.trim().chars().count());
        let code = (1..=32).contains(&self.code.len())
            && self.code.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        wrong.want(code, "code", "驿站编号请填写1至32位字母、数字或连字符。");
        wrong.want(short(&self.name, 60), "name", "请填写驿站名称（不超过60字）。");
        wrong.want(short(&self.address, 120), "address", "请填写详细地址（不超过120字）。");
        let host = self.host.as_deref().map_or(self.kind == StationKind::Own, |host| short(host, 60));
        wrong.want(host, "host", "共建驿站请填写场地提供单位（不超过60字）。");
        let division = self.division.as_deref().is_none_or(|code| {
            code.len() == 6
                && code.bytes().all(|byte| byte.is_ascii_digit())
                && codes::division::province_name(code).is_some()
        });
        wrong.want(division, "division", "行政区划代码应为6位数字，请核对。");
        wrong.want((0..=LARGEST_AREA).contains(&self.area), "area", "面积请填写0至100000平方米。");
        wrong.want((0..=LARGEST_CAPACITY).contains(&self.capacity), "capacity", "容纳人数请填写0至10000。");
        let line = self.service_line.as_deref().is_none_or(|line| {
            short(line, 30) && line.chars().all(|sign| sign.is_ascii_digit() || "+-（）() 转".contains(sign))
        });
        wrong.want(line, "service_line", "服务电话请填写数字和连字符，例如0472-5123456。");
        let partners = self.partners.len() <= MOST_PARTNERS
            && self.partners.iter().all(|partner| short(&partner.name, 60) && short(&partner.gives, 200));
        wrong.want(partners, "partners", "共建单位最多20家，每家请填写名称和提供的支持。");
        wrong.want(photos::fit(&self.photos, MOST_PHOTOS), "photos", "照片最多12张，说明不超过60字。");
        wrong.refuse()
    }

    /// Checks against what stands: the union lies in scope, code and photos are this station's own, items are known.
    /// `own` is the station that is changed; what it shows already may have been handed in at another union.
    ///
    /// # Errors
    /// 404 for the union, 422 or 409 for what doesn't fit.
    pub async fn check_against(&self, conn: &Connection, context: &Context, own: Option<Id>) -> Result<(), Problem> {
        let union = organisation::get(conn, context.scope(), self.organisation_id).await?;
        if union.is_closed(context.today()) {
            return Err(Problem::field("organisation_id", "organisation_closed", "该工会已撤销，请选择其他工会。"));
        }
        let twin = station::Entity::find().filter(station::Column::Code.eq(&self.code)).one(conn).await?;
        if twin.is_some_and(|twin| Some(twin.id) != own) {
            return Err(Problem::field("code", "station_code_taken", "这个驿站编号已被使用，请另填一个。"));
        }
        let own = match own {
            Some(id) => station::Entity::find_by_id(id).one(conn).await?,
            None => None,
        };
        let shown: Vec<Photo> = own.map(|row| read(&row.photos)).transpose()?.unwrap_or_default();
        let is_new = |photo: &&Photo| !shown.iter().any(|own| own.attachment_id == photo.attachment_id);
        photos::check(conn, context, self.photos.iter().filter(is_new), "photos").await?;
        let known = catalogue::Entity::find()
            .filter(catalogue::Column::Code.is_in(self.items.iter().cloned()))
            .filter(catalogue::Column::Kind.ne(CatalogueKind::Check))
            .count(conn)
            .await?;
        if usize::try_from(known).is_ok_and(|known| known == self.items.len()) {
            Ok(())
        } else {
            Err(Problem::field("items", "unknown_item", "有的设施或服务不在目录中，请从列表中选择。"))
        }
    }

    /// The form that a row would have been filled in by.
    ///
    /// # Errors
    /// A fault if what is stored can't be read.
    pub fn of(row: &station::Model, items: Vec<String>) -> Result<Self, Problem> {
        Ok(Self {
            organisation_id: row.organisation_id,
            code: row.code.clone(),
            name: row.name.clone(),
            kind: row.kind,
            access: row.access,
            host: row.host.clone(),
            division: row.division.clone(),
            address: row.place.clone(),
            position: Position::of_row(row.longitude, row.latitude),
            area: row.area,
            capacity: row.capacity,
            service_line: row.service_line.clone(),
            hours: read(&row.hours)?,
            partners: read(&row.partners)?,
            photos: read(&row.photos)?,
            items,
        })
    }

    /// The row of a new station with these particulars.
    ///
    /// # Errors
    /// 422 for a place that isn't on the earth.
    pub fn row(&self, context: &Context, id: Id) -> Result<station::Model, Problem> {
        let blank = station::Model {
            id,
            organisation_id: self.organisation_id,
            code: String::new(),
            name: String::new(),
            kind: self.kind,
            access: self.access,
            host: None,
            division: None,
            place: String::new(),
            longitude: None,
            latitude: None,
            area: 0,
            capacity: 0,
            service_line: None,
            hours: String::new(),
            self_service: false,
            partners: String::new(),
            photos: String::new(),
            state: StationState::Planned,
            state_reason: None,
            paused_from: None,
            paused_until: None,
            star: None,
            inspected_on: None,
            shut_from: None,
            inside: 0,
            opened_on: None,
            closed_on: None,
            made_at: context.now().into(),
            version: 1,
        };
        self.onto(blank)
    }

    /// The row with this form's particulars instead of its own.
    ///
    /// # Errors
    /// 422 for a place that isn't on the earth.
    pub fn onto(&self, row: station::Model) -> Result<station::Model, Problem> {
        let point = self.position.map(Position::point).transpose()?;
        Ok(station::Model {
            organisation_id: self.organisation_id,
            code: self.code.clone(),
            name: self.name.clone(),
            kind: self.kind,
            access: self.access,
            host: self.host.clone(),
            division: self.division.clone(),
            place: self.address.clone(),
            longitude: point.map(|point| point.longitude().units().into()),
            latitude: point.map(|point| point.latitude().units().into()),
            area: self.area,
            capacity: self.capacity,
            service_line: self.service_line.clone(),
            hours: text(&self.hours)?,
            self_service: self.hours.self_service,
            partners: text(&self.partners)?,
            photos: text(&self.photos)?,
            ..row
        })
    }
}

/// Reads what a row keeps as JSON.
///
/// # Errors
/// A fault.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Problem> {
    Ok(serde_json::from_str(text).map_err(|err| Fault::Stored(format!("a station: {err}")))?)
}

/// Writes what a row keeps as JSON.
///
/// # Errors
/// A fault.
pub fn text(value: &impl Serialize) -> Result<String, Problem> {
    Ok(serde_json::to_string(value).map_err(|err| Fault::Stored(err.to_string()))?)
}
