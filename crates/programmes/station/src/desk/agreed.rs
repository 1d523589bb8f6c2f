//! By what right somebody's booking and what he said at a desk are kept. What is said to a counsellor tells of his health: it
//! is booked and written down by a consent of its own (个人信息保护法 art. 28 to 30). With lawyers and job advisers he is told
//! before what is kept, and asked for nothing.

use kernel::{Answer, Context, Id, Unit, consent::Purpose};
use sea_orm::{ActiveValue::Set, QuerySelect, QueryTrait, entity::prelude::*};

use super::{DeskKind, tell::coming};
use crate::tables::{
    booking::{ActiveModel, BookingState, Column, Entity},
    desk,
};

/// Being counselled at a station.
pub const COUNSELLING: Purpose = Purpose {
    code: "counselling",
    label: "预约心理咨询和保存咨询记录",
    version: "2026-1",
    text: "驿站所属工会及其上级工会（个人信息处理者）为安排心理咨询，需要处理您的敏感个人信息。保存什么：您预约的窗口和时间、\
是否到场，以及咨询人员写下的咨询记录，记录可能涉及您的健康和私生活。谁能看：咨询记录加密保存，只有接待您的咨询人员和您本人\
能看，咨询人员每次打开都留下记录，您可以看到；他看到的姓名和手机号码是遮盖的。工会只看到窗口的预约次数，服务台账只记一次\
“驿站咨询”，不写是哪一种；不提供给您的单位、平台企业或其他人。保存多久：保存到您的职工档案依规定匿名化为止，届时咨询记录一并\
清空；此前您可以申请删除。为什么需要、对您有什么影响：没有这些信息无法留出时间和跟进；万一泄露，可能影响您的名誉和生活，所以\
加密并限制查看。您可以随时在“我的个人信息”中撤回同意。不同意的，不能在线预约心理咨询，其他服务不受影响。",
    ends: "撤回后停止的：还没到时间的心理咨询预约全部取消；咨询人员不能再写或修改您的咨询记录。不受影响的：已有的咨询记录仍按\
告知书保存，只有您和接待的人能看；法律援助、求职就业咨询和其他服务照常。想删除记录的，请在本页下方提出申请。您可以随时在本页\
重新同意。",
    on_withdraw: Some(withdraw),
};

/// The consent without which a desk of this kind is not booked.
pub(super) const fn needed(kind: DeskKind) -> Option<&'static Purpose> {
    match kind {
        DeskKind::Counselling => Some(&COUNSELLING),
        DeskKind::Legal | DeskKind::Job => None,
    }
}

/// What is told before a desk of this kind is booked that asks for no consent (个人信息保护法 art. 17, and 30, as an injury may
/// be spoken of).
///
/// He himself asks for the advice, and what is kept is what giving it and coming back to it takes: the basis is art. 13 (1) 2,
/// and where that holds no other provision's consent is needed (art. 13 (2)), nor the separate one of art. 29. To ask all the
/// same would promise that the adviser's notes end with the consent, and with them what the worker may rest his case on. Whoever
/// wants nothing kept comes without booking and stays nobody known, so nobody loses the advice by it (art. 16).
pub(super) fn told(kind: DeskKind) -> Option<String> {
    let said = match kind {
        DeskKind::Legal => "您说的事由和得到的答复，可能提到工伤、病情等",
        DeskKind::Job => "您的求职意向和得到的建议",
        DeskKind::Counselling => return None,
    };
    Some(format!(
        "驿站所属工会及其上级工会（个人信息处理者）按您的预约提供{}咨询，为接待和跟进所必需，保存您预约的窗口和时间、是否到场，以及咨询人员写下的咨询记录（{said}）。谁能看：咨询记录加密保存，只有接待您的咨询人员和您本人能看，咨询人员每次打开都留下记录，您可以看到；他看到的姓名和手机号码是遮盖的。工会只看到窗口的预约次数，服务台账只记一次“驿站咨询”，不写是哪一种；不提供给您的单位、平台企业、招聘单位或其他人。保存多久：保存到您的职工档案依规定匿名化为止，届时咨询记录一并清空。万一泄露，可能影响您的名誉和工作，所以加密并限制查看。您可以在“我的个人信息”中查阅，申请更正或删除。不愿留名的，可以不预约，到窗口不记名咨询。",
        kind.label()
    ))
}

/// Cancels what the worker booked with counsellors and is still to come.
fn withdraw<'a>(unit: &'a Unit, context: &'a Context, person: Id) -> Answer<'a> {
    Box::pin(async move {
        let counsellors = desk::Entity::find().select_only().column(desk::Column::Id);
        let counsellors = counsellors.filter(desk::Column::Kind.eq(DeskKind::Counselling)).into_query();
        let cancelled = ActiveModel { state: Set(BookingState::Cancelled), ..Default::default() };
        Entity::update_many()
            .set(cancelled)
            .filter(coming(context))
            .filter(Column::PersonId.eq(person))
            .filter(Column::DeskId.in_subquery(counsellors))
            .exec(unit)
            .await?;
        Ok(())
    })
}
