//! What a row of a file says of where its station stands and who answers for it. Each is done as its own act does it: by that
//! act's permission and rules.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use database::Connection;
use kernel::{
    Context, Id, Problem, Unit, organisation,
    permission::Permission,
    person::{Naming, named},
    problem,
};

use super::columns::{Cells, MASTER, MASTER_PHONE, STATE, STATE_REASON, choice};
use crate::{
    held,
    permissions::{AppointMasters, KeepStations},
    posts::{
        PostRole,
        appoint::{self, AppointRefusal, Appointment},
        view::PostView,
    },
    register::{
        now::{Sign, stands, why},
        state::{WANTED, may_turn, turn_to},
    },
    tables::station::{self, StationState},
};

/// The cells that say of a station where it stands and who answers for it; his number is never told.
#[must_use]
pub fn cells(row: &station::Model, master: Option<&PostView>, today: NaiveDate) -> Cells {
    BTreeMap::from([
        (STATE, stands(row, today).label().to_owned()),
        (STATE_REASON, why(row, today).unwrap_or_default()),
        (MASTER, master.map(|post| post.name.clone()).unwrap_or_default()),
        (MASTER_PHONE, String::new()),
    ])
}

/// The call by the permissions of the acts that a file asks for.
pub struct Rights {
    keep: Context,
    appoint: Context,
}

impl Rights {
    /// Those of the caller.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn of(context: &Context) -> Result<Self, Problem> {
        let keep = held::by::<KeepStations>(context).await?;
        Ok(Self { keep, appoint: held::by::<AppointMasters>(context).await? })
    }

    /// Whom rows name as masters, in the rows' order.
    ///
    /// # Errors
    /// A fault of the database.
    pub async fn masters(&self, conn: &Connection, rows: &[(usize, Cells)]) -> Result<Vec<Option<Id>>, Problem> {
        let text = |cells: &Cells, name: &str| cells.get(name).cloned().unwrap_or_default();
        let naming =
            |(_, cells): &(usize, Cells)| Naming { name: text(cells, MASTER), number: text(cells, MASTER_PHONE) };
        let namings: Vec<Naming> = rows.iter().map(naming).collect();
        let found = named(conn, &self.appoint, &namings).await?;
        Ok(found.into_iter().map(|person| person.map(|person| person.id)).collect())
    }
}

/// What is known of a row beside its particulars.
pub struct Known<'a> {
    /// What it says.
    pub cells: &'a Cells,
    /// Who answers for its station today.
    pub master: Option<&'a PostView>,
    /// Whom it names as the master.
    pub named: Option<Id>,
}

/// What is done with a station beside its particulars.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// Who is appointed as its master.
    pub master: Option<Id>,
    /// To which state it is turned, and why.
    pub turn: Option<(StationState, String)>,
    /// In words, the pause ahead that is taken back by that.
    pub unplanned: Option<String>,
}

impl Acts {
    /// What a row asks for, if it may be done. `row` is the station as the particulars will make it.
    ///
    /// # Errors
    /// What the acts refuse.
    pub async fn of(
        conn: &Connection,
        rights: &Rights,
        row: &station::Model,
        known: &Known<'_>,
    ) -> Result<Self, Problem> {
        let today = rights.keep.today();
        let own = cells(row, known.master, today);
        // An empty cell asks for nothing: no station stands nowhere, and none is left without its master.
        let said = |name: &str| {
            let text = known.cells.get(name)?.trim();
            (!text.is_empty() && own.get(name).map(String::as_str) != Some(text)).then_some(text)
        };
        let mut acts = Self::default();
        if said(MASTER).is_some() || said(MASTER_PHONE).is_some() {
            holds::<AppointMasters>(conn, &rights.appoint, row.organisation_id, MASTER).await?;
            let person = known.named.ok_or_else(|| Problem::field(MASTER, "master", UNKNOWN_MASTER))?;
            acts.master = known.master.is_none_or(|post| post.person_id != person).then_some(person);
        }
        if let Some(person) = acts.master {
            if stands(row, today) == StationState::Closed {
                return Err(AppointRefusal::Closed.into());
            }
            appoint::before(conn, row.id, person, today).await?;
        }
        let from = stands(row, today);
        let to =
            choice(STATE, said(STATE), from, StationState::label).map_err(|why| Problem::field(STATE, "state", why))?;
        if to != from || said(STATE_REASON).is_some() {
            holds::<KeepStations>(conn, &rights.keep, row.organisation_id, STATE).await?;
            let reason = known.cells.get(STATE_REASON).map(String::as_str).unwrap_or_default();
            if to != StationState::Open {
                problem::reason(reason, WANTED)?;
            }
            let has_master = known.master.is_some() || acts.master.is_some();
            may_turn(row, has_master, to, today)?;
            acts.turn = Some((to, reason.trim().to_owned()));
            acts.unplanned = Sign::of(row).will_pause(today);
        }
        Ok(acts)
    }

    /// Whether there is nothing to be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// In words, what would be done.
    #[must_use]
    pub fn words(&self) -> String {
        let master = if self.master.is_some() { "将任命站长。" } else { "" };
        let unplanned = self.unplanned.as_ref().map(|plan| format!("，原定的“{plan}”将取消")).unwrap_or_default();
        let turn = self.turn.as_ref().map(|(to, _)| format!("状态将为“{}”{unplanned}。", to.label()));
        format!("{master}{}", turn.unwrap_or_default())
    }

    /// Does it, in the unit that has written the particulars; answers the version that it made, if it made one.
    ///
    /// # Errors
    /// What the acts refuse.
    pub async fn run(&self, unit: &Unit, rights: &Rights, station: Id) -> Result<Option<i64>, Problem> {
        if let Some(person_id) = self.master {
            let post = Appointment { person_id, role: PostRole::Master, from_day: None };
            appoint::one(unit, &rights.appoint, station, &post).await?;
        }
        match &self.turn {
            Some((to, reason)) => Ok(Some(turn_to(unit, &rights.keep, station, (*to, reason)).await?.version)),
            None => Ok(None),
        }
    }
}

const UNKNOWN_MASTER: &str = "没有找到姓名和手机号码都与所填站长一致的职工，任命站长请填写完整的姓名和手机号码。";

/// Refuses a column whose act the caller may not do at a union.
async fn holds<P: Permission>(conn: &Connection, by: &Context, union: Id, column: &str) -> Result<(), Problem> {
    organisation::get(conn, by.scope(), union).await.map(drop).map_err(|problem| {
        if problem.status != 404 {
            return problem;
        }
        let words = format!("您没有在这个工会“{}”的权限，请把“{column}”一列保持原样。", P::LABEL);
        Problem::field(column, "no_right", words)
    })
}
