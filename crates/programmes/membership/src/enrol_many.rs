//! Many people at once, from a roster or the demo's loader: the union has approved them on paper, so they are members at
//! once. Every question is asked once a chunk, never once a row.

mod known;
mod rows;

use std::{
    borrow::Borrow,
    collections::{HashMap, HashSet},
};

use chrono::NaiveDate;
use database::{Connection, Id, Unit};
use kernel::{
    Context, Problem,
    person::{self, Checked, NewPerson, PaperIndex},
};

use crate::{rules::approval::Doubt, serial, terms::transfer_days_of};
use rows::Rows;

/// How many people are enrolled together while others may wait for the writer.
pub const CHUNK: usize = 2_000;

/// One who is to be enrolled; [`person::check`] made `checked` from `person`, whose organisation is the union.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The person.
    pub person: NewPerson,
    /// His normal forms.
    pub checked: Checked,
    /// The platform company he works for.
    pub platform_id: Option<Id>,
    /// The employer, as the roster names it.
    pub employer: Option<String>,
    /// The day from which the membership counts.
    pub member_since: NaiveDate,
}

/// A newcomer with the blind index under which his paper is found.
#[derive(Debug, Clone)]
pub struct Sought {
    /// Who.
    pub newcomer: Newcomer,
    index: PaperIndex,
}

impl Sought {
    /// Computes the index.
    #[must_use]
    pub fn new(context: &Context, newcomer: Newcomer) -> Self {
        let index = person::paper_index(context.house().keyring(), &newcomer.checked.document);
        Self { newcomer, index }
    }
}

/// A newcomer with the rows that he becomes if nobody knows his paper. Sealing them costs more than writing them, so it is
/// done before the unit of work, where it keeps nobody waiting.
#[derive(Debug, Clone)]
pub struct Prepared {
    sought: Sought,
    /// The person's row.
    pub person: person::ActiveModel,
    /// The paper's row.
    pub paper: person::paper::ActiveModel,
}

impl Prepared {
    /// Seals what is secret.
    #[must_use]
    pub fn new(context: &Context, newcomer: Newcomer) -> Self {
        let sought = Sought::new(context, newcomer);
        let Newcomer { person, checked, .. } = &sought.newcomer;
        let (person, paper) = person::rows(context, person, checked, &sought.index);
        Self { sought, person, paper }
    }

    /// The day from which the membership counts.
    #[must_use]
    pub fn member_since(&self) -> NaiveDate {
        self.sought.newcomer.member_since
    }
}

/// What happened to a newcomer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// He is a member now.
    Joined {
        /// The membership.
        member: Id,
        /// The number on his card.
        card_number: String,
    },
    /// He was a member of this union before.
    Already {
        /// The membership.
        member: Id,
    },
    /// An application waits, with this union or another.
    Applied {
        /// The application.
        member: Id,
        /// Where it waits.
        organisation: Id,
    },
    /// He is a member elsewhere; that union is asked to let him go.
    TransferAsked {
        /// The membership.
        member: Id,
        /// The transfer.
        transfer: Id,
        /// The home union.
        from: Id,
    },
    /// He is a member elsewhere, and a transfer waits already.
    TransferWaits {
        /// The membership.
        member: Id,
        /// The home union.
        from: Id,
    },
    /// The paper is known under another name.
    NameDiffers,
    /// An officer must look before he becomes a member again.
    InDoubt(Doubt),
    /// The same paper, or another one of the same person, stands earlier in this call, at this place.
    Repeated {
        /// The place, from 0.
        first: usize,
    },
}

/// Enrols people in the caller's unit of work, [`CHUNK`] of them unless nobody else writes. `batch` is the import that brings
/// them; `open_from` the first day whose figures may still change, from which whoever joined earlier counts. The caller has
/// loaded the unions in his scope and checked groups and platforms. One outcome a newcomer, in order.
///
/// # Errors
/// 404 if a union lies outside the caller's scope; a fault of the database.
pub async fn enrol_many(
    unit: &Unit,
    context: &Context,
    (batch, open_from): (Option<Id>, Option<NaiveDate>),
    newcomers: &[impl Borrow<Prepared>],
) -> Result<Vec<Outcome>, Problem> {
    let newcomers: Vec<&Prepared> = newcomers.iter().map(Borrow::borrow).collect();
    if newcomers.is_empty() {
        return Ok(Vec::new());
    }
    let sought: Vec<&Sought> = newcomers.iter().map(|prepared| &prepared.sought).collect();
    let known = known::look(unit, context, &sought).await?;
    let mut serial = serial::take(unit, newcomers.len()).await?;
    let days = transfer_days_of(unit, context, &known.homes()).await?;
    let mut rows = Rows::new(open_from, days);
    let mut seen = HashMap::with_capacity(newcomers.len());
    let mut people: HashMap<Id, usize> = HashMap::new();
    let mut outcomes = Vec::with_capacity(newcomers.len());
    for (place, prepared) in newcomers.iter().enumerate() {
        // Not by the index: the key may have been rotated between two of them.
        let document = &prepared.sought.newcomer.checked.document;
        let first = *seen.entry((document.kind.code(), document.number.as_str())).or_insert(place);
        // Somebody may be known by two papers, and have a row for each.
        let someone = known.people.get(&prepared.sought.index.text);
        let first = someone.map_or(first, |someone| *people.entry(someone.id).or_insert(first));
        let outcome = if first == place {
            rows.decide(context, batch, prepared, &known, serial)?
        } else {
            Outcome::Repeated { first }
        };
        serial += i64::from(matches!(outcome, Outcome::Joined { .. }));
        outcomes.push(outcome);
    }
    rows.write(unit, context, batch).await?;
    Ok(outcomes)
}

/// What enrolling somebody would come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreseen {
    /// He would be a member.
    Join,
    /// The same, and his record is known and stays as it is.
    JoinKnown,
    /// He is a member of this union.
    Already,
    /// An application waits with this organisation.
    Applied(Id),
    /// He is a member of this organisation, which would be asked to let him go.
    Transfer(Id),
    /// The same, and a transfer waits already.
    TransferWaits(Id),
    /// The paper is known under another name.
    NameDiffers,
    /// An officer must look before he becomes a member again.
    InDoubt(Doubt),
}

impl Foreseen {
    /// The other organisation that it names.
    #[must_use]
    pub fn elsewhere(&self) -> Option<Id> {
        match self {
            Self::Applied(id) | Self::Transfer(id) | Self::TransferWaits(id) => Some(*id),
            Self::Join | Self::JoinKnown | Self::Already | Self::NameDiffers | Self::InDoubt(_) => None,
        }
    }
}

/// What [`enrol_many`] would come to, one a newcomer, in order. Writes nothing.
///
/// # Errors
/// A fault of the database.
pub async fn foresee(conn: &Connection, context: &Context, newcomers: &[&Sought]) -> Result<Vec<Foreseen>, Problem> {
    let known = known::look(conn, context, newcomers).await?;
    Ok(newcomers.iter().map(|sought| known.seen(sought).into()).collect())
}

/// The different unions of the newcomers.
fn unions(newcomers: &[&Sought]) -> HashSet<Id> {
    newcomers.iter().map(|sought| sought.newcomer.person.organisation_id).collect()
}
