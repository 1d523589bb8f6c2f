//! What a union's record must hold by the field's rules and does not hold yet. Pure.

use super::{Kind, Model, employer};

/// What is still to be filled in, in the words of the form. Groups and women's committees need nothing but their name.
#[must_use]
pub fn missing(model: &Model, employer: Option<&employer::Model>) -> Vec<&'static str> {
    if matches!(model.kind, Kind::UnionGroup | Kind::WomensCommittee) {
        return Vec::new();
    }
    let has_employer = model.kind == Kind::GrassrootsUnion;
    let counted = employer.is_some() || (model.workers.is_some() && model.women.is_some());
    let wanted = [
        (model.credit_code.is_none(), "统一社会信用代码"),
        (model.division.is_none(), "行政区划代码"),
        (has_employer && employer.is_none(), "所在用人单位"),
        (has_employer && employer.is_some_and(|employer| employer.ownership.is_none()), "用人单位所有制"),
        (has_employer && model.industry.is_none(), "行业"),
        (model.founded_on.is_none(), "成立日期"),
        (model.term_ends_on.is_none(), "本届任期"),
        (model.chair.is_none(), "主席"),
        (model.contact.is_none(), "联系电话"),
        (!counted && model.level >= super::Level::Township, "职工人数和女职工人数"),
    ];
    wanted.into_iter().filter(|(is_missing, _)| *is_missing).map(|(_, label)| label).collect()
}

#[cfg(test)]
mod tests {
    use database::Id;

    use super::*;
    use crate::organisation::Level;

    fn model(kind: Kind, level: Level) -> Model {
        Model {
            id: Id(1),
            code: "1".to_owned(),
            name: "工会".to_owned(),
            level,
            kind,
            division: Some("152201".to_owned()),
            credit_code: Some("81".to_owned()),
            employer_id: None,
            industry: None,
            chair: Some("其其格".to_owned()),
            contact: Some("0482".to_owned()),
            founded_on: "2026-01-01".parse().ok(),
            term_ends_on: "2029-01-01".parse().ok(),
            closed_on: None,
            workers: Some(30),
            women: Some(0),
            version: 1,
        }
    }

    #[test]
    fn each_kind_needs_its_own() {
        assert!(missing(&model(Kind::JointUnion, Level::Grassroots), None).is_empty());
        assert_eq!(missing(&model(Kind::GrassrootsUnion, Level::Grassroots), None), ["所在用人单位", "行业"]);
        let bare = Model { chair: None, workers: None, ..model(Kind::Federation, Level::County) };
        assert_eq!(missing(&bare, None), ["主席"]);
        assert!(missing(&Model { kind: Kind::UnionGroup, ..bare }, None).is_empty());
    }
}
