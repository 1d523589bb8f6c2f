//! The log-ins of those who call at the same moment are found by one question. Each call needs one, so in a rush it is the
//! question that is asked most.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;
use tokio::sync::oneshot;

use super::session::{Column, Entity, Model};
use crate::{
    Fault, House, Problem,
    together::{Together, padded},
};

struct Asked {
    hash: String,
    answer: oneshot::Sender<Result<Option<Model>, Problem>>,
}

/// The log-in that is kept under a hash, as it is at some time after this was called.
///
/// # Errors
/// A fault of the database.
pub(super) async fn find(house: &House, hash: String) -> Result<Option<Model>, Problem> {
    let (answer, heard) = oneshot::channel();
    let at = house.clone();
    house.here::<Together<Asked>>().enter(house, Asked { hash, answer }, move |asked| find_all(at.clone(), asked));
    heard.await.unwrap_or_else(|_| Err(Fault::Stopped.into()))
}

async fn find_all(house: House, asked: Vec<Asked>) {
    let hashes: Vec<String> = asked.iter().map(|one| one.hash.clone()).collect();
    let found = Entity::find().filter(Column::Hash.is_in(padded(&hashes))).all(house.database().reader()).await;
    let found = found.map_err(Problem::from).map(by_hash);
    for Asked { hash, answer } in asked {
        let _may_be_gone = answer.send(found.as_ref().map(|found| found.get(&hash).cloned()).map_err(Clone::clone));
    }
}

fn by_hash(found: Vec<Model>) -> HashMap<String, Model> {
    found.into_iter().map(|session| (session.hash.clone(), session)).collect()
}
