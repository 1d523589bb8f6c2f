//! A union that still has members is not closed: they would belong to nobody.

use database::{Id, Unit};
use kernel::{Answer, Context, caller::below};
use sea_orm::entity::prelude::*;

use crate::tables::member;

kernel::refusals! {
    /// Why a union is not closed.
    pub enum MembersLeft {
        /// Memberships or applications hang on it.
        HasMembers { count: u64 } = 409 "has_members" "该工会还有 {count} 名会员或入会申请人，请先并入其他工会，或办理会籍转接。",
    }
}

/// What the kernel calls in the unit that closes an organisation.
pub fn no_members_left<'a>(unit: &'a Unit, _: &'a Context, organisation: Id) -> Answer<'a> {
    Box::pin(async move {
        // Below it lies what was merged into it, whose members may still be on their way.
        let left = member::Entity::find()
            .filter(below(organisation, (member::Entity, member::Column::OrganisationId)))
            .filter(member::Column::ValidPersonId.is_not_null());
        match left.count(unit).await? {
            0 => Ok(()),
            count => Err(MembersLeft::HasMembers { count }.into()),
        }
    })
}
