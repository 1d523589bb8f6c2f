use database::{Connection, Id};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::factor;
use crate::{
    Context, Problem,
    access::{grant, identify, offices, role},
    rulebook::{self, RuleDefinition},
};

/// Who must have a second factor.
pub const RULE: RuleDefinition = RuleDefinition {
    code: "access.second_factor",
    label: "登录须用动态口令的人员（0 不要求，1 三员和可导出、可查看原文的，2 全体干部）",
    unit: rulebook::OF_THREE,
    default: 1,
    source: "GB/T 22239-2019 8.1.4.1 身份鉴别（两种或两种以上鉴别技术）",
};

/// How an account stands to the second factor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// The password is enough.
    None,
    /// Set up: it is asked for, whatever the rule says.
    Set,
    /// Must be set up before the next session begins.
    Due,
}

/// Whether the rule's value reaches somebody who holds these permissions.
#[must_use]
pub fn must<'a>(value: i64, codes: impl IntoIterator<Item = &'a str>) -> bool {
    let takes_out =
        |code: &str| code.rsplit(['.', '_']).next().is_some_and(|word| word == "export" || word == "reveal");
    match value {
        ..=0 => false,
        1 => codes.into_iter().any(|code| offices::office(code).is_some() || takes_out(code)),
        2.. => true,
    }
}

/// Whether one of its roles or the rulebook asks an account for a second factor: where it has roles in several places, the
/// strictest of them.
pub(super) async fn is_required(conn: &Connection, context: &Context, account: Id) -> Result<bool, Problem> {
    if !context.house().settings().second_factor {
        return Ok(false);
    }
    let held = grant::Entity::find().filter(grant::Column::AccountId.eq(account)).find_also_related(role::Entity);
    if held.all(conn).await?.iter().any(|(_, role)| role.as_ref().is_some_and(|role| role.second_factor)) {
        return Ok(true);
    }
    let grants = identify::grants(conn, account).await?;
    let places = grants.iter().map(|(_, place)| *place);
    let strictest = rulebook::strictest(conn, context, &RULE, places).await?;
    Ok(must(strictest, grants.iter().map(|(code, _)| code.as_str())))
}

/// How an account stands now.
pub(crate) async fn standing(conn: &Connection, context: &Context, account: Id) -> Result<Standing, Problem> {
    let set = factor::Entity::find_by_id(account).one(conn).await?.is_some_and(|factor| factor.secret.is_some());
    if set {
        return Ok(Standing::Set);
    }
    Ok(if is_required(conn, context, account).await? { Standing::Due } else { Standing::None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_and_who_takes_data_out_come_first() {
        let plain = ["membership.view", "plan.approve", "export.approve"];
        for strong in ["access.view", "audit.view", "rulebook.manage", "people.reveal", "membership.export"] {
            assert!(must(1, plain.into_iter().chain([strong])), "{strong}");
            assert!(!must(0, [strong]));
        }
        assert!(!must(1, plain));
        assert!(must(2, plain));
    }
}
