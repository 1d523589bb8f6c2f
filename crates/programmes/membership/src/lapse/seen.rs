//! When members were last seen: by their dues and by what was done for them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};
use database::{Connection, Id};
use kernel::{Problem, ledger};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    programme::{MEMBER_JOINED, MEMBERSHIP},
    rules::{lapse::Seen, standing::Step},
    tables::{
        due, history,
        lapse::{self, LapseEnd},
        member,
    },
};

/// Steps after which a union begins anew to look whether a member pays: before, he owed it nothing, or the union he came
/// from may not have entered dues here.
const BEGIN: [Step; 3] = [Step::Restore, Step::AcceptTransfer, Step::FollowUnion];

/// What was last seen of some members, at most a thousand, by the memberships' keys. That somebody is a member is no
/// activity of his.
///
/// # Errors
/// A fault of the database.
pub async fn seen(conn: &Connection, members: &[member::Model]) -> Result<HashMap<Id, Seen>, Problem> {
    let people: Vec<Id> = members.iter().map(|member| member.person_id).collect();
    let activity = ledger::last_days(conn, &people, &[MEMBERSHIP, MEMBER_JOINED]).await?;
    let ids = || members.iter().map(|member| member.id);
    let dues: Vec<(Id, NaiveDate, NaiveDate)> = due::Entity::find()
        .select_only()
        .column(due::Column::StandingMemberId)
        .column_as(due::Column::Month.max(), "last_month")
        .column_as(due::Column::PaidOn.max(), "last_paid")
        .filter(due::Column::StandingMemberId.is_in(ids()))
        .group_by(due::Column::StandingMemberId)
        .into_tuple()
        .all(conn)
        .await?;
    let dues: HashMap<Id, NaiveDate> = dues
        .into_iter()
        .map(|(member, month, paid)| (member, std::cmp::max(calendar::month_end(month), paid)))
        .collect();
    let excused: Vec<(Id, NaiveDate)> = lapse::Entity::find()
        .select_only()
        .column(lapse::Column::MemberId)
        .column_as(lapse::Column::EndedOn.max(), "last_excused")
        .filter(lapse::Column::MemberId.is_in(ids()))
        .filter(lapse::Column::Ended.eq(LapseEnd::Excused))
        .group_by(lapse::Column::MemberId)
        .into_tuple()
        .all(conn)
        .await?;
    let excused: HashMap<Id, NaiveDate> = excused.into_iter().collect();
    let begun: Vec<(Id, NaiveDate)> = history::Entity::find()
        .select_only()
        .column(history::Column::MemberId)
        .column_as(history::Column::Day.max(), "last_begun")
        .filter(history::Column::MemberId.is_in(ids()))
        .filter(history::Column::Step.is_in(BEGIN))
        .group_by(history::Column::MemberId)
        .into_tuple()
        .all(conn)
        .await?;
    let begun: HashMap<Id, NaiveDate> = begun.into_iter().collect();
    let of = |member: &member::Model| {
        let later = [begun.get(&member.id).copied(), brought(member)];
        let seen = Seen {
            since: later.into_iter().flatten().fold(member.member_since?, std::cmp::max),
            due: dues.get(&member.id).copied(),
            activity: activity.get(&member.person_id).copied(),
            excused: excused.get(&member.id).copied(),
        };
        Some((member.id, seen))
    };
    Ok(members.iter().filter_map(of).collect())
}

/// The day on which a roster brought a member, as his key tells: of what he paid before nothing is entered here.
fn brought(member: &member::Model) -> Option<NaiveDate> {
    member.import_batch?;
    DateTime::from_timestamp_millis(member.id.unix_ms()).map(calendar::beijing_day)
}
