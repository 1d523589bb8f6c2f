//! Posts as officers see them.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Connection;
use kernel::{Context, Id, Problem, person};
use sea_orm::{QueryOrder, entity::prelude::*};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    roster::duties,
    tables::post::{self, PostRole},
};

/// Somebody's post at a station.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = StationPost)]
pub struct PostView {
    /// The key.
    pub id: Id,
    /// Who.
    pub person_id: Id,
    /// The name, masked.
    pub name: String,
    /// The mobile number, masked.
    pub phone: Option<String>,
    /// As what.
    pub role: PostRole,
    /// In words.
    pub role_label: String,
    /// The first day.
    pub from_day: NaiveDate,
    /// The day on which it is over.
    pub until_day: Option<NaiveDate>,
    /// Whether it holds today.
    pub holds: bool,
    /// On how many shifts that are still to come he is on duty; those behind the end of the post are called off with it.
    pub duties: i64,
}

impl PostView {
    /// Whether he answers for the station today.
    #[must_use]
    pub fn is_master_now(&self) -> bool {
        self.holds && self.role == PostRole::Master
    }
}

/// The posts of stations: those that hold today first, then those to come and past ones, the newest first.
///
/// # Errors
/// A fault.
pub async fn of_stations(
    conn: &Connection,
    context: &Context,
    stations: &[Id],
) -> Result<HashMap<Id, Vec<PostView>>, Problem> {
    let rows = post::Entity::find()
        .filter(post::Column::StationId.is_in(stations.iter().copied()))
        .order_by_desc(post::Column::FromDay)
        .order_by_desc(post::Column::Id)
        .all(conn)
        .await?;
    let people = person::masked(conn, context, rows.iter().map(|row| row.person_id)).await?;
    let today = context.today();
    let lasting = rows.iter().filter(|row| row.until_day.is_none_or(|until| today < until));
    let duties = duties::of_posts(conn, context, lasting.map(|row| row.id)).await?;
    let mut posts: HashMap<Id, Vec<PostView>> = HashMap::new();
    for row in rows {
        let holds = row.holds(today);
        posts.entry(row.station_id).or_default().push(PostView {
            id: row.id,
            person_id: row.person_id,
            name: people.name(row.person_id),
            phone: people.phone(row.person_id),
            role: row.role,
            role_label: row.role.label().to_owned(),
            from_day: row.from_day,
            until_day: row.until_day,
            holds,
            duties: duties.get(&row.id).copied().unwrap_or(0),
        });
    }
    for posts in posts.values_mut() {
        posts.sort_by_key(|post| (!post.holds, post.role == PostRole::Deputy));
    }
    Ok(posts)
}
