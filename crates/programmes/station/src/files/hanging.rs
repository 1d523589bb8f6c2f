//! What hangs on stations, so that they can't be taken out of the register any more.

use std::collections::HashMap;

use database::Connection;
use kernel::{Id, Problem};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    standard::told,
    tables::{
        activity, alarm, desk, device, entry, fault, finding, gift, good, guest, incident, inspection, order, post,
        rating, request, round, shift, supply_move,
    },
};

/// Of some stations those on which something hangs, and the first such thing, in words. `appointed` are those whose master was
/// appointed by what made them. An inspection that comes unannounced isn't named: who took the file in may be who is inspected.
///
/// # Errors
/// A fault of the database.
pub async fn on(conn: &Connection, stations: &[Id], appointed: &[Id]) -> Result<HashMap<Id, &'static str>, Problem> {
    let mut all = HashMap::new();
    note::<entry::Entity>(conn, entry::Column::StationId, stations, ("服务记录", &mut all)).await?;
    note::<round::Entity>(conn, round::Column::StationId, stations, ("每日检查", &mut all)).await?;
    let inspected = (inspection::Entity::find().filter(told()), inspection::Column::StationId);
    among(conn, inspected, stations, ("标准检查", &mut all)).await?;
    note::<finding::Entity>(conn, finding::Column::StationId, stations, ("整改事项", &mut all)).await?;
    note::<activity::Entity>(conn, activity::Column::StationId, stations, ("活动", &mut all)).await?;
    note::<guest::Entity>(conn, guest::Column::StationId, stations, ("一日站长", &mut all)).await?;
    note::<request::Entity>(conn, request::Column::StationId, stations, ("收集的诉求", &mut all)).await?;
    note::<desk::Entity>(conn, desk::Column::StationId, stations, ("咨询窗口", &mut all)).await?;
    note::<device::Entity>(conn, device::Column::StationId, stations, ("设备", &mut all)).await?;
    note::<order::Entity>(conn, order::Column::StationId, stations, ("开门记录", &mut all)).await?;
    note::<alarm::Entity>(conn, alarm::Column::StationId, stations, ("报警", &mut all)).await?;
    note::<good::Entity>(conn, good::Column::StationId, stations, ("药品、物资", &mut all)).await?;
    note::<supply_move::Entity>(conn, supply_move::Column::StationId, stations, ("出入库记录", &mut all)).await?;
    note::<gift::Entity>(conn, gift::Column::StationId, stations, ("爱心捐赠", &mut all)).await?;
    note::<incident::Entity>(conn, incident::Column::StationId, stations, ("突发事件", &mut all)).await?;
    note::<fault::Entity>(conn, fault::Column::StationId, stations, ("反映的问题", &mut all)).await?;
    note::<rating::Entity>(conn, rating::Column::StationId, stations, ("评价", &mut all)).await?;
    note::<shift::Entity>(conn, shift::Column::StationId, stations, ("排班", &mut all)).await?;
    for (station, posts) in posts(conn, stations).await? {
        if posts > usize::from(appointed.contains(&station)) {
            all.entry(station).or_insert("另外任命的站长或副站长");
        }
    }
    note::<inspection::Entity>(conn, inspection::Column::StationId, stations, ("其他记录", &mut all)).await?;
    Ok(all)
}

async fn note<E: EntityTrait>(
    conn: &Connection,
    column: E::Column,
    stations: &[Id],
    found: (&'static str, &mut HashMap<Id, &'static str>),
) -> Result<(), Problem> {
    among(conn, (E::find(), column), stations, found).await
}

async fn among<E: EntityTrait>(
    conn: &Connection,
    (rows, column): (Select<E>, E::Column),
    stations: &[Id],
    (what, found): (&'static str, &mut HashMap<Id, &'static str>),
) -> Result<(), Problem> {
    for some in stations.chunks(database::KEYS_AT_ONCE) {
        let query = rows.clone().select_only().column(column).filter(column.is_in(some.iter().copied())).distinct();
        let held: Vec<Id> = query.into_tuple().all(conn).await?;
        for station in held {
            found.entry(station).or_insert(what);
        }
    }
    Ok(())
}

/// How many posts there are at each of some stations.
async fn posts(conn: &Connection, stations: &[Id]) -> Result<HashMap<Id, usize>, Problem> {
    let mut posts = HashMap::new();
    for some in stations.chunks(database::KEYS_AT_ONCE) {
        let query = post::Entity::find().filter(post::Column::StationId.is_in(some.iter().copied()));
        for post in query.all(conn).await? {
            *posts.entry(post.station_id).or_default() += 1;
        }
    }
    Ok(posts)
}
