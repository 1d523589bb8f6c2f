//! What the caller may hand out, looked up in the unit that hands it out.

use database::{Connection, Id};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*};

use super::{identify, offices};
use crate::{
    Actor, Context, Problem,
    organisation::{self, closure},
};

crate::refusals! {
    /// Why a right is not handed out.
    pub enum HandOutRefusal {
        /// Beyond what the caller may hand out.
        Beyond { permission: String } = 403 "beyond_own" "您不能在这里授予或收回“{permission}”权限：本人没有，也未获准授予。",
        /// Two of the three offices in one hand.
        TwoOffices = 409 "two_offices" "系统、安全、审计三类管理权限应由三个不同的账号持有，请分开授予。",
    }
}

/// What the caller may hand out; nothing is known of it outside the unit that asked.
pub(super) struct Power(Option<Vec<(String, Id)>>);

impl Power {
    /// The caller's power now. Other systems' tokens have none.
    pub(super) async fn of(conn: &Connection, context: &Context) -> Result<Self, Problem> {
        match context.actor() {
            Actor::System { .. } => Ok(Self(None)),
            Actor::Officer { account } => Ok(Self(Some(identify::grants(conn, *account).await?))),
            _ => Err(Problem::forbidden()),
        }
    }

    /// Refuses what the caller may not hand out at a place.
    pub(super) async fn check<'a>(
        &self,
        conn: &Connection,
        context: &Context,
        place: Id,
        codes: impl IntoIterator<Item = &'a str>,
    ) -> Result<(), Problem> {
        let Some(held) = &self.0 else { return Ok(()) };
        let query = closure::Entity::find()
            .filter(closure::Column::Descendant.eq(place))
            .filter(closure::Column::Ancestor.ne(place));
        let above: Vec<Id> = query.all(conn).await?.into_iter().map(|pair| pair.ancestor).collect();
        for code in codes {
            if !offices::may_hand_out(held, place, &above, code) {
                return Err(HandOutRefusal::Beyond { permission: label(context, code).to_owned() }.into());
            }
        }
        Ok(())
    }
}

/// What officers read for a permission.
pub(super) fn label<'a>(context: &'a Context, code: &'a str) -> &'a str {
    let all = context.house().programmes().iter().flat_map(|programme| programme.permissions);
    all.filter(|listed| listed.code == code).map(|listed| listed.label).next().unwrap_or(code)
}

/// The organisations that lie below none.
pub(super) async fn tops(conn: &Connection) -> Result<Vec<Id>, Problem> {
    let below = closure::Entity::find()
        .select_only()
        .column(closure::Column::Descendant)
        .filter(closure::Column::Depth.gt(0))
        .into_query();
    let query = organisation::Entity::find()
        .select_only()
        .column(organisation::Column::Id)
        .filter(organisation::Column::Id.not_in_subquery(below));
    Ok(query.into_tuple().all(conn).await?)
}
