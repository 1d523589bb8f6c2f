//! At which stations and partners was redeemed what stands on people's records.

use std::collections::HashMap;

use database::Id;
use kernel::{
    Answer, Context,
    ledger::{Fact, FactPlace},
    site,
};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::tables::{
    partner,
    redemption::{Column, Entity},
};

/// What the kernel asks of this programme's facts.
pub(crate) fn where_done<'a>(context: &'a Context, facts: &'a [Fact]) -> Answer<'a, HashMap<Id, FactPlace>> {
    Box::pin(async move {
        let conn = context.read();
        let mut redeemed: Vec<(Id, Id)> = Vec::with_capacity(facts.len());
        for some in facts.chunks(database::KEYS_AT_ONCE) {
            let rows = Entity::find().select_only().columns([Column::FactId, Column::PartnerId]);
            let rows = rows.filter(Column::FactId.is_in(some.iter().map(|fact| fact.id)));
            redeemed.extend(rows.into_tuple::<(Id, Id)>().all(conn).await?);
        }
        let partners = partner::Entity::find();
        let partners = partners.filter(partner::Column::Id.is_in(redeemed.iter().map(|(_, partner)| *partner)));
        let partners: HashMap<Id, partner::Model> =
            partners.all(conn).await?.into_iter().map(|partner| (partner.id, partner)).collect();
        let sites: Vec<Id> = partners.values().filter_map(|partner| partner.site_id).collect();
        let sites = site::known(context, &sites).await?;
        let place = |(fact, partner): (Id, Id)| {
            let partner = partners.get(&partner)?;
            let site = partner.site_id.and_then(|site| sites.get(&site));
            let name = site.map_or(&partner.name, |site| &site.name).clone();
            Some((fact, FactPlace { name, is_open: site.is_some_and(|site| site.shut.is_none()) }))
        };
        Ok(redeemed.into_iter().filter_map(place).collect())
    })
}
