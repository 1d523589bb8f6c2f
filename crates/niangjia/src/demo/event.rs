//! The enrolment event in progress, of story 6: a lecture for riders of the capital's districts.

use chrono::TimeDelta;
use kernel::{Caller, House, Id, Problem};
use membership::event::{
    create::create,
    form::EventForm,
    gates::Gate,
    gifts::{Gift, GiftKind},
};

use super::organisations::Union;

/// The city that holds it.
const HOLDER: &str = "150100";
/// Unions of these trades take part.
const TRADES: &[&str] = &["外卖配送", "快递网点", "网约车"];
/// How many.
const MOST: usize = 12;

/// Makes the event.
pub async fn load(house: &House, unions: &[&Union], holder: Id) -> Result<(), Problem> {
    let caller = &Caller::system(house, "the demo's loader");
    let takes_part =
        |union: &&&Union| union.ancestors.contains(&holder) && TRADES.iter().any(|trade| union.name.contains(trade));
    let form = EventForm {
        organisation_id: holder,
        title: "“骑手之家”集中入会暨安全宣讲".into(),
        place: "市工人文化宫一楼报告厅".into(),
        starts_at: (caller.now() - TimeDelta::hours(2)).into(),
        ends_at: (caller.now() + TimeDelta::days(30)).into(),
        unions: unions.iter().filter(takes_part).take(MOST).map(|union| union.id).collect(),
        gifts: vec![
            Gift { kind: GiftKind::Kit, name: "暖心礼包（头盔、雨衣、急救包）".into() },
            Gift { kind: GiftKind::Cover, name: "一年期意外伤害保障".into() },
        ],
        kits_total: 1_200,
        gates: ["一号台", "二号台", "三号台"].map(|name| Gate { name: name.into(), kits: 400 }).into(),
        approves_at_once: true,
    };
    create(caller, &form).await.map(drop)
}

/// The key of the union that holds it.
pub fn holder(unions: &[Union]) -> Option<Id> {
    super::key(unions, HOLDER)
}
