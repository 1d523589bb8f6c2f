use kernel::{Id, Moment};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// 更正
    Correct,
    /// 删除
    Delete,
}

/// Where the request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter, DeriveActiveEnum, Serialize, Deserialize, ToSchema)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(12))", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Answered {
    /// 待答复
    Waiting,
    /// 已办理
    Done,
    /// 未办理，已说明理由
    Refused,
}

impl Answered {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Waiting => "待答复",
            Self::Done => "已办理",
            Self::Refused => "未办理",
        }
    }
}

/// A person's request about his own data.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "membership_privacy_request")]
pub struct Model {
    /// The key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Id,
    /// Who.
    pub person_id: Id,
    /// The union that answers.
    pub organisation_id: Id,
    /// What is asked for.
    pub wish: Wish,
    /// In his words, sealed: they may hold anything.
    pub words_sealed: String,
    /// When.
    pub asked_at: Moment,
    /// The last day for the answer; absent while that year's calendar is not loaded.
    pub due_on: Option<Date>,
    /// Where it stands.
    pub state: Answered,
    /// The answer, sealed.
    pub answer_sealed: Option<String>,
    /// When it was answered.
    pub answered_at: Option<Moment>,
    /// By whom, as one word.
    pub answered_by: Option<String>,
}

database::plain_table!();

/// The statement by which people's requests that wait go with them: the union that looks after them from now on has their
/// records, and answers.
pub fn go_with(people: impl IntoIterator<Item = Id>, union: Id) -> sea_orm::UpdateMany<Entity> {
    let row = ActiveModel { organisation_id: sea_orm::ActiveValue::Set(union), ..Default::default() };
    Entity::update_many().set(row).filter(Column::PersonId.is_in(people)).filter(Column::State.eq(Answered::Waiting))
}
