//! What an entry tells besides, as people read it: reasons, and what was before.

use chrono::{DateTime, NaiveDate, Utc};
use codes::text::yuan;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::{
    tells::{About, Codes},
    words::word,
};

/// Something that an entry tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = AuditTold)]
pub struct Told {
    /// What it is called.
    pub label: String,
    /// What people read for it.
    pub text: String,
}

/// What stands where nothing is told.
const NOTHING: &str = "—";
/// The keys whose values are themselves names of things.
const NAMES: [&str; 2] = ["fields", "changed"];
/// The key under which several codes may stand in one text, a blank between them, as a role keeps them.
const IN_ONE: &str = "permissions";

/// What an entry with this act and detail tells, one thing after the other.
pub(super) fn told(action: &str, detail: &Value, codes: &Codes<'_>) -> Vec<Told> {
    let Value::Object(all) = detail else { return Vec::new() };
    let about = codes.about(action, all.get("kind").and_then(Value::as_str));
    let says = Says { about, codes };
    all.iter().map(|(key, value)| Told { label: word(key).to_owned(), text: says.text(key, value) }).collect()
}

/// What is told, in one line: `原因：核对号码；用途：联系本人`.
pub(super) fn line(told: &[Told]) -> String {
    told.iter().map(|one| format!("{}：{}", one.label, one.text)).collect::<Vec<_>>().join("；")
}

struct Says<'a> {
    about: About<'a>,
    codes: &'a Codes<'a>,
}

impl Says<'_> {
    /// A value: money in yuan, days as written, yes and no; lists and what lies within one after the other.
    fn text(&self, key: &str, value: &Value) -> String {
        match value {
            Value::Null => NOTHING.to_owned(),
            Value::Bool(true) => "是".to_owned(),
            Value::Bool(false) => "否".to_owned(),
            Value::Number(number) => match number.as_i64() {
                Some(fen) if key.ends_with("_fen") => format!("{} 元", yuan(fen)),
                _ => number.to_string(),
            },
            Value::String(text) => self.words(key, text),
            Value::Array(all) => joined(all.iter().map(|one| self.text(key, one)), "、"),
            Value::Object(all) => {
                joined(all.iter().map(|(key, value)| format!("{} {}", word(key), self.text(key, value))), "，")
            }
        }
    }

    fn words(&self, key: &str, text: &str) -> String {
        if let Some(known) = self.codes.word(self.about, key, text) {
            return known.to_owned();
        }
        if text.is_empty() {
            return NOTHING.to_owned();
        }
        if key == IN_ONE && text.contains(' ') {
            return joined(text.split(' ').map(|code| self.words(key, code)), "、");
        }
        if NAMES.contains(&key) {
            return word(text).to_owned();
        }
        if let Ok(day) = text.parse::<NaiveDate>() {
            return calendar::day_in_words(day);
        }
        match DateTime::parse_from_rfc3339(text) {
            Ok(instant) => calendar::minute_in_words(instant.with_timezone(&Utc)),
            Err(_) => text.to_owned(),
        }
    }
}

fn joined(all: impl Iterator<Item = String>, between: &str) -> String {
    let all: Vec<String> = all.collect();
    if all.is_empty() { NOTHING.to_owned() } else { all.join(between) }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use database::Id;
    use serde_json::json;

    use super::*;
    use crate::{
        Programme,
        audit::{Label, Tells, tells::List},
        own,
    };

    /// What an entry reads like where the kernel alone is known, and one union.
    fn read(action: &str, detail: &Value) -> String {
        read_by(&[own::programme()], vec![list("kernel", "service", "rest", "休息")], action, detail)
    }

    fn read_by(programmes: &[Programme], lists: Vec<List>, action: &str, detail: &Value) -> String {
        let codes = Codes { programmes, unions: HashMap::from([(Id(7), "包头市总工会".to_owned())]), lists };
        line(&told(action, detail, &codes))
    }

    /// A programme's list of one code.
    fn list(programme: &'static str, under: &'static str, code: &str, word: &str) -> List {
        List { programme, under: vec![under].leak(), words: HashMap::from([(code.to_owned(), word.to_owned())]) }
    }

    const SHOP_ACTS: &[Label] = &[Label("shops.keep", "登记商店")];
    const SHOP_WORDS: &[Tells] = &[Tells::Code("kind", |code| (code == "own").then_some("自营"))];
    const CLUB_ACTS: &[Label] = &[Label("clubs.keep", "登记社团")];
    const CLUB_WORDS: &[Tells] = &[Tells::Code("kind", |code| (code == "own").then_some("自办"))];

    #[test]
    fn a_code_that_two_programmes_have_is_told_as_the_one_calls_it_whose_act_it_is() {
        let shops = Programme { name: "shop", acts: SHOP_ACTS, tells: SHOP_WORDS, exports: &[], ..own::programme() };
        let clubs = Programme { name: "club", acts: CLUB_ACTS, tells: CLUB_WORDS, exports: &[], ..own::programme() };
        let all = [own::programme(), shops, clubs];
        for (action, said) in [
            ("shops.keep", "代码：金牌；种类：自营"),
            ("clubs.keep", "代码：金杯；种类：自办"),
            // What its own programme has no word for is told by one that has.
            ("events.skip", "代码：司机；种类：自营"),
        ] {
            let lists = vec![
                list("kernel", "code", "gold", "司机"),
                list("shop", "code", "gold", "金牌"),
                list("club", "code", "gold", "金杯"),
            ];
            assert_eq!(read_by(&all, lists, action, &json!({ "code": "gold", "kind": "own" })), said);
        }
    }

    #[test]
    fn values_stand_as_people_write_them() {
        for (detail, said) in [
            (json!({ "amount_fen": 300_050 }), "金额：3,000.50 元"),
            (json!({ "year": 2026 }), "年度：2026"),
            (json!({ "paid_on": "2026-11-29" }), "付款日期：2026年11月29日"),
            (json!({ "opens_at": "2026-11-29T08:30:00+08:00" }), "开始时间：2026年11月29日 08:30"),
            (json!({ "active": true, "reason": null }), "启用：是；原因：—"),
            (json!({ "fields": ["state", "title"] }), "改动的项目：状态、标题"),
            (json!({ "filter": {} }), "导出条件：—"),
            (json!({ "filter": { "taken_back": true } }), "导出条件：已撤销 是"),
            (json!({ "not_yet_known": "x" }), "not_yet_known：x"),
            (Value::Null, ""),
        ] {
            assert_eq!(read("ledger.record", &detail), said);
        }
    }

    #[test]
    fn codes_and_keys_are_told_by_their_words() {
        for (action, detail, said) in [
            ("organisations.step", json!({ "step": "approved_to_prepare" }), "步骤：批复筹建"),
            ("exports.make", json!({ "format": "csv", "kind": "facts" }), "格式：CSV；种类：服务台账明细"),
            ("people.reveal", json!({ "field": "phone", "purpose": "verify" }), "查看的内容：手机号码；用途：核对身份"),
            ("people.add_paper", json!({ "kind": "passport" }), "种类：护照"),
            ("transfers.ask", json!({ "of": "8", "to": "7" }), "所在工会：8；到：包头市总工会"),
            ("roles.update", json!({ "permissions": "audit.view audit.export" }), "权限：查看审计记录、导出审计记录"),
            ("roles.update", json!({ "before": { "permissions": ["audit.view"] } }), "修改前：权限 查看审计记录"),
            ("rule_packs.set", json!({ "code": "access.password_days" }), "代码：密码更换周期"),
            ("exports.ask", json!({ "filter": { "tree": "dated" } }), "导出条件：隶属关系 按发生时隶属关系"),
            ("station_uses.enter", json!({ "service": "rest" }), "服务：休息"),
            ("exports.make", json!({ "filter": { "action": "people.erase" } }), "导出条件：事项 职工档案匿名化"),
        ] {
            assert_eq!(read(action, &detail), said);
        }
    }
}
