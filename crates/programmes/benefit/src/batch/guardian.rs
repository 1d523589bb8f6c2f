//! Children who come along: for those below fourteen a guardian agrees (个人信息保护法 art. 28 and 31).

use std::collections::BTreeMap;

use database::{Id, Unit};
use kernel::{Answer, Context, consent::Purpose};
use sea_orm::{QuerySelect, QueryTrait, entity::prelude::*, sea_query::ExprTrait};

use super::release::take;
use crate::tables::{batch, claim, companion, seat};

/// From this age on nobody agrees for him.
pub(super) const GUARDED_BELOW: u32 = 14;

/// Bringing one's child along.
pub const GUARDIAN: Purpose = Purpose {
    code: "child_companion",
    label: "监护人同意登记未满14周岁的同行儿童",
    version: "2026-1",
    text: "您填写的同行人员中有未满14周岁的儿童，其个人信息是敏感个人信息，须由父母或其他监护人同意。您同意，即确认您是所填儿童的\
监护人；不是的，请不要填写。安排本批次的工会（个人信息处理者）保存什么：儿童的姓名、证件号码或手机号码，加密保存；出生日期只用来\
判断年龄，不保存。用来做什么：只用于安排所选的体检、疗休养批次。谁能看：办理本批次的工会干部只看到遮盖的姓名和号码，体检机构和\
疗休养基地只看到同行人数。保存多久：批次结束后按当地规定的天数删除，一般为30天；您作出同意的记录依法保留。为什么需要、有什么\
影响：没有这些信息无法为儿童留位子和核对；万一泄露，可能影响儿童的安全，所以加密并限制查看。您可以随时在“我的个人信息”中撤回。\
不同意的，不能带未满14周岁的儿童同行，您本人和其他同行人员不受影响。",
    ends: "撤回后停止的：您填写的未满14周岁同行儿童的信息立即删除，还没开始的批次里他们的位子一并退回。不受影响的：您本人和其他\
同行人员的位子。您可以随时在本页重新同意，再重新填写。",
    on_withdraw: Some(withdraw),
};

/// Forgets the children who come along with somebody; their seats in batches to come are free again.
fn withdraw<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let own = claim::Entity::find().select_only().column(claim::Column::Id);
        let own = own.filter(claim::Column::PersonId.eq(person)).into_query();
        let children = companion::Entity::find()
            .filter(companion::Column::ClaimId.in_subquery(own))
            .filter(companion::Column::ConsentId.is_not_null())
            .all(unit)
            .await?;
        let mut seats: BTreeMap<(Id, Id), i64> = BTreeMap::new();
        for child in &children {
            *seats.entry((child.claim_id, child.batch_id)).or_default() += 1;
        }
        for ((claim, batch), free) in seats {
            let coming = batch::Entity::find_by_id(batch).filter(batch::Column::StartsOn.gt(context.today()));
            if coming.one(unit).await?.is_some() {
                take(unit, batch, -free).await?;
                let fewer = Expr::col(seat::Column::Companions).sub(free);
                let his = seat::Entity::update_many().col_expr(seat::Column::Companions, fewer);
                his.filter(seat::Column::ClaimId.eq(claim)).exec(unit).await?;
            }
        }
        let known = companion::Column::Id.is_in(children.iter().map(|child| child.id));
        companion::Entity::delete_many().filter(known).exec(unit).await?;
        Ok(())
    })
}
