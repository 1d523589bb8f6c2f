//! The log-ins of those who call at the same moment are found by one question. Each call needs one, so in a rush it is the
//! question that is asked most.

use std::collections::HashMap;

use sea_orm::entity::prelude::*;

use super::session::{Column, Entity, Model};
use crate::{
    Fault, House, Problem,
    together::{self, Together, padded},
};

type Answer = Result<Option<Model>, Problem>;
type Asked = together::Asked<String, Answer>;

/// The log-in that is kept under a hash, as it is at some time after this was called.
///
/// # Errors
/// A fault of the database.
pub(super) async fn find(house: &House, hash: String) -> Answer {
    let (calls, at) = (house.here::<Together<String, Answer>>(), house.clone());
    let answer = calls.ask(house, hash, move |asked| find_all(at.clone(), asked));
    answer.await.unwrap_or_else(|| Err(Fault::Stopped.into()))
}

async fn find_all(house: House, asked: Vec<Asked>) {
    let hashes: Vec<String> = asked.iter().map(|one| one.question.clone()).collect();
    let found = Entity::find().filter(Column::Hash.is_in(padded(&hashes))).all(house.database().reader()).await;
    let found = found.map_err(Problem::from).map(by_hash);
    for one in asked {
        let answer = found.as_ref().map(|found| found.get(&one.question).cloned()).map_err(Clone::clone);
        one.tell(answer);
    }
}

fn by_hash(found: Vec<Model>) -> HashMap<String, Model> {
    found.into_iter().map(|session| (session.hash.clone(), session)).collect()
}
