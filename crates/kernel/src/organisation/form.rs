//! What officers fill in about an organisation, checked and in its normal form.

use chrono::NaiveDate;
use database::{Connection, Id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Column, Entity, Kind, Level, Model, employer};
use crate::{Problem, Scope, problem::Wrong};

/// What officers fill in about an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct OrganisationForm {
    /// What people and files call it: a division code, or one of the federation's own giving. Unique.
    #[schema(min_length = 1, max_length = 32)]
    pub code: String,
    /// The full name.
    #[schema(min_length = 2, max_length = 100)]
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// The GB/T 2260 division (6 digits, townships 9) it works in.
    pub division: Option<String>,
    /// Its own unified social credit code.
    pub credit_code: Option<String>,
    /// The employer whose workers it organises.
    pub employer_id: Option<Id>,
    /// Its industry (GB/T 4754).
    pub industry: Option<String>,
    /// The chair's name.
    pub chair: Option<String>,
    /// A public contact number.
    pub contact: Option<String>,
    /// The day it was founded.
    pub founded_on: Option<NaiveDate>,
    /// The last day of the committee's term.
    pub term_ends_on: Option<NaiveDate>,
    /// How many work there, for unions without an employer of their own.
    #[schema(minimum = 0)]
    pub workers: Option<i64>,
    /// How many of them are women.
    #[schema(minimum = 0)]
    pub women: Option<i64>,
}

impl OrganisationForm {
    /// A form with what every organisation has, and nothing else.
    #[must_use]
    pub fn new(code: &str, name: &str, kind: Kind) -> Self {
        Self {
            code: code.to_owned(),
            name: name.to_owned(),
            kind,
            division: None,
            credit_code: None,
            employer_id: None,
            industry: None,
            chair: None,
            contact: None,
            founded_on: None,
            term_ends_on: None,
            workers: None,
            women: None,
        }
    }

    /// The form as it stands for an organisation.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        Self {
            code: model.code.clone(),
            name: model.name.clone(),
            kind: model.kind,
            division: model.division.clone(),
            credit_code: model.credit_code.clone(),
            employer_id: model.employer_id,
            industry: model.industry.clone(),
            chair: model.chair.clone(),
            contact: model.contact.clone(),
            founded_on: model.founded_on,
            term_ends_on: model.term_ends_on,
            workers: model.workers,
            women: model.women,
        }
    }

    /// The first row of an organisation that is filled in so.
    pub(super) fn row(&self, id: Id, level: Level) -> Model {
        let form = self.clone();
        Model {
            id,
            code: form.code,
            name: form.name,
            level,
            kind: form.kind,
            division: form.division,
            credit_code: form.credit_code,
            employer_id: form.employer_id,
            industry: form.industry,
            chair: form.chair,
            contact: form.contact,
            founded_on: form.founded_on,
            term_ends_on: form.term_ends_on,
            closed_on: None,
            workers: form.workers,
            women: form.women,
            version: 1,
        }
    }

    /// The normal form of everything.
    ///
    /// # Errors
    /// 422 naming each field that can't be taken.
    pub fn normal(&self, today: NaiveDate) -> Result<Self, Problem> {
        let mut wrong = Wrong::default();
        let code = plain_code(&self.code);
        if code.is_empty() || code.len() > 32 || !code.bytes().all(|sign| sign.is_ascii_alphanumeric() || sign == b'-')
        {
            wrong.tell("code", "code", "代码请填写 1 至 32 位数字、字母或短横线。");
        }
        let name = codes::text::plain(&self.name).trim().to_owned();
        if !(2..=100).contains(&name.chars().count()) {
            wrong.tell("name", "name", "名称请填写 2 至 100 个字。");
        }
        let division = filled(self.division.as_deref());
        if let Some(division) = &division
            && let Err(message) = check_division(division)
        {
            wrong.tell("division", "division", message);
        }
        let credit_code = union_code(self.credit_code.as_deref(), &mut wrong);
        if self.founded_on.is_some_and(|day| day > today) {
            wrong.tell("founded_on", "day_in_future", "成立日期不能晚于今天。");
        }
        if self.workers.is_some_and(|workers| workers < 0) {
            wrong.tell("workers", "negative", "职工人数不能是负数。");
        }
        if self.women.is_some_and(|women| !(0..=self.workers.unwrap_or(0)).contains(&women)) {
            wrong.tell("women", "women", "女职工人数应在 0 和职工人数之间。");
        }
        let form = Self {
            code,
            name,
            kind: self.kind,
            division,
            credit_code,
            employer_id: self.employer_id,
            industry: short(self.industry.as_deref(), "industry", 100, &mut wrong),
            chair: short(self.chair.as_deref(), "chair", 50, &mut wrong),
            contact: short(self.contact.as_deref(), "contact", 100, &mut wrong),
            founded_on: self.founded_on,
            term_ends_on: self.term_ends_on,
            workers: self.workers,
            women: self.women,
        };
        wrong.refuse().map(|()| form)
    }

    /// What only the tables know: nobody else has the code, and the employer is there.
    ///
    /// # Errors
    /// 422 naming the field.
    pub async fn check(&self, conn: &Connection, scope: &Scope, own: Option<Id>) -> Result<(), Problem> {
        let mut same = Entity::find().filter(Column::Code.eq(&self.code));
        if let Some(own) = own {
            same = same.filter(Column::Id.ne(own));
        }
        if same.one(conn).await?.is_some() {
            return Err(Problem::field("code", "code_taken", "这个代码已有别的组织使用（撤销了的也算），请另填一个。"));
        }
        if let Some(employer) = self.employer_id {
            employer::get(conn, scope, employer).await.map_err(|absent| absent.absent_as(unknown_employer()))?;
        }
        Ok(())
    }
}

/// No employer is known by what was filled in.
pub(super) fn unknown_employer() -> Problem {
    Problem::field("employer_id", "unknown_employer", "没有找到该用人单位，请先登记单位。")
}

/// An organisation's code as it is kept.
pub(super) fn plain_code(text: &str) -> String {
    codes::text::compact(text).to_ascii_uppercase()
}

/// A union's own credit code in its normal form.
pub(super) fn union_code(raw: Option<&str>, wrong: &mut Wrong) -> Option<String> {
    match codes::credit_code::parse(&filled(raw)?) {
        Ok(parsed) if parsed.fits_union() => return Some(parsed.code),
        Ok(_) => {
            let message = "这是用人单位的信用代码；工会的信用代码以 81 或 13 开头，请核对。";
            wrong.tell("credit_code", "not_a_union", message);
        }
        Err(problem) => wrong.tell("credit_code", problem.code(), problem.message()),
    }
    None
}

/// A division code of 6 digits, or of a township's 9 whose first six are one.
pub(super) fn check_division(code: &str) -> Result<(), String> {
    let digits = code.bytes().all(|sign| sign.is_ascii_digit());
    match code.get(..6) {
        Some(county) if digits && matches!(code.len(), 6 | 9) => {
            codes::division::parse(county).map(|_| ()).map_err(codes::division::DivisionProblem::message)
        }
        _ => Err("行政区划代码应为 6 位数字（乡镇、街道为 9 位），请核对。".to_owned()),
    }
}

/// What is filled in; nothing but blanks counts as nothing.
pub(super) fn filled(text: Option<&str>) -> Option<String> {
    text.map(|text| codes::text::plain(text).trim().to_owned()).filter(|text| !text.is_empty())
}

/// What is filled in, if it is not too long.
pub(super) fn short(text: Option<&str>, field: &str, longest: usize, wrong: &mut Wrong) -> Option<String> {
    let text = filled(text)?;
    if text.chars().count() > longest {
        wrong.tell(field, "too_long", format!("最多填写 {longest} 个字。"));
    }
    Some(text)
}
