//! Benefits for those whom unions nominate: each union within its share, the union that offers approves, those approved are
//! publicly shown for some working days, whoever objects is answered, and then the vouchers are given by the program.

pub mod answer;
pub mod decide;
pub mod decide_many;
pub mod export;
pub mod forget;
pub mod give;
mod leave_out;
pub mod list;
pub mod object;
pub mod propose;
pub mod publicity;
pub mod read_table;
pub mod reopen;
pub mod rounds;
pub mod show;

use database::{Id, Unit};
use kernel::{Context, Problem, audit};
use secret::Place;

use crate::tables::nomination;

kernel::refusals! {
    /// Why a nomination stays as it is.
    pub enum NominationRefusal {
        /// It is not by nomination.
        NotNominated = 409 "not_by_nomination" "这项服务不通过推荐分配。",
        /// The time of nominations is not there yet, or over.
        NotOpen = 409 "nominations_closed" "不在推荐时间内，不能推荐。",
        /// No piece was set aside for the person's union.
        NoShare = 409 "nomination_without_share" "没有分配给该职工所在工会的名额。",
        /// As many were nominated as there are pieces.
        ShareFull { quota: i64 } = 409 "share_full" "名额共{quota}个，已全部推荐。撤回一人后才能再推荐。",
        /// He is nominated.
        Nominated = 409 "already_nominated" "这名职工在本场已经被推荐过；没有通过的，公示前可以请审批的工会重新审批。",
        /// The offer is not for him, in words.
        NotFor { why: String } = 409 "nominee_not_for" "不符合条件：{why}。",
        /// It was decided or withdrawn.
        Decided = 409 "nomination_decided" "这条推荐已经办理，请刷新后查看。",
        /// Only a refusal is decided anew.
        NotRefused = 409 "nomination_not_refused" "这条推荐没有被否决，不用重新审批，请刷新后查看。",
        /// Who nominates does not decide.
        OwnNomination = 409 "own_nomination" "不能审批自己推荐的人，请由其他干部审批。",
        /// They are publicly shown, or were.
        Shown = 409 "nominations_shown" "已经公示，推荐和审批不能再改。",
        /// The time of nominations goes on.
        StillOpen = 409 "nominations_open" "推荐时间还没有结束，结束后才能公示。",
        /// Some wait for a decision.
        Undecided { count: u64 } = 409 "nominations_undecided" "还有{count}人待审批，全部审批后才能公示。",
        /// The showing would end when nobody can use the vouchers any more.
        TooLate { until: String, last: String } = 409 "publicity_too_late" "公示到{until}才期满，使用截止日是{last}，来不及使用。请先延后使用截止日。",
        /// The offer was ended.
        Ended = 409 "nominations_ended" "该服务已结束，不再审批和公示。",
        /// Nobody was approved.
        Nobody = 409 "nobody_approved" "没有审批通过的人，不用公示。",
        /// None of those approved qualifies any more.
        NobodyLeft { why: String } = 409 "nobody_qualifies" "审批通过的人现在都不符合条件，不能公示：{why}。",
    }
}

/// Where the reason of a nomination lies.
pub(super) fn reason(id: Id) -> Place<'static> {
    Place { table: "benefit_nomination", column: "reason", row_key: id.0 }
}

/// Where the reason of an objection lies.
pub(super) fn objection(id: Id) -> Place<'static> {
    Place { table: "benefit_objection", column: "reason", row_key: id.0 }
}

/// Writes an act on a nomination into the audit chain.
async fn note(
    unit: &Unit,
    context: &Context,
    action: &str,
    nomination: &nomination::Model,
    detail: serde_json::Value,
) -> Result<(), Problem> {
    let act = (action, "benefit/nomination", nomination.id);
    audit::record(unit, context, act, nomination.organisation_id, detail).await
}
