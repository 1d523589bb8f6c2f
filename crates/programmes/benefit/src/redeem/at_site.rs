//! What was redeemed at a place that another programme keeps, such as a station, for the figures of that place.

use std::collections::HashMap;

use chrono::NaiveDate;
use database::Id;
use kernel::{Answer, Context, site::HandedOver};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    kind,
    tables::{
        offer, partner,
        redemption::{Column, Entity},
    },
};

/// What was redeemed at a place from the first to the last of two days, by day and offer.
pub(crate) fn redeemed(context: &Context, site: Id, (from, to): (NaiveDate, NaiveDate)) -> Answer<'_, Vec<HandedOver>> {
    Box::pin(async move {
        let conn = context.read();
        let place = partner::Entity::find().filter(partner::Column::SiteId.eq(site)).one(conn).await?;
        let Some(place) = place else { return Ok(Vec::new()) };
        let rows: Vec<(NaiveDate, Id, i64)> = Entity::find()
            .select_only()
            .columns([Column::Day, Column::OfferId])
            .column_as(Column::Id.count(), "pieces")
            .filter(Column::PartnerId.eq(place.id))
            .filter(Column::Day.between(from, to))
            .filter(Column::TakenBackAt.is_null())
            .group_by(Column::Day)
            .group_by(Column::OfferId)
            .into_tuple()
            .all(conn)
            .await?;
        let offers = offer::Entity::find().filter(offer::Column::Id.is_in(rows.iter().map(|(_, offer, _)| *offer)));
        let offers = offers.select_only().columns([offer::Column::Id, offer::Column::Kind]);
        let offers: HashMap<Id, String> = offers.into_tuple().all(conn).await?.into_iter().collect();
        let kinds = kind::all(conn).await?;
        let told = |(day, offer, quantity): (NaiveDate, Id, i64)| {
            let code = offers.get(&offer)?;
            let kind = kinds.iter().find(|kind| kind.code == *code)?;
            Some(HandedOver {
                day,
                code: kind.code.clone(),
                label: kind.label.clone(),
                unit: kind.unit.clone(),
                quantity,
            })
        };
        Ok(rows.into_iter().filter_map(told).collect())
    })
}
