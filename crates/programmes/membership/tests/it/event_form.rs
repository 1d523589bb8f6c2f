//! What an event's form must say.

use kernel::{Id, Moment};
use membership::event::{
    form::EventForm,
    gates::Gate,
    gifts::{Gift, GiftKind},
};

fn form() -> EventForm {
    EventForm {
        organisation_id: Id(1),
        title: "骑手入会日".into(),
        place: "工人文化宫".into(),
        starts_at: Moment(0),
        ends_at: Moment(3_600_000_000),
        unions: vec![Id(2)],
        gifts: vec![Gift { kind: GiftKind::Kit, name: "暖心礼包".into() }],
        kits_total: 10,
        gates: vec![],
        approves_at_once: true,
    }
}

#[test]
fn each_wrong_field_is_named() {
    assert!(form().check().is_ok());
    let wrong = EventForm {
        title: " ".into(),
        place: "长".repeat(101),
        ends_at: Moment(0),
        unions: vec![],
        gifts: vec![Gift { kind: GiftKind::Other, name: String::new() }],
        kits_total: -1,
        ..form()
    };
    let problem = wrong.check().unwrap_err();
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["title", "place", "ends_at", "unions", "gifts", "kits_total"]);
    let gate = |name: &str, kits| Gate { name: name.into(), kits };
    for gates in [vec![gate(" ", 1)], vec![gate("一号台", -1)], vec![gate("一号台", 1), gate("一号台 ", 1)]] {
        assert_eq!(EventForm { gates, ..form() }.check().unwrap_err().fields[0].field, "gates");
    }
    let tables = EventForm { gates: vec![gate("一号台", 30), gate("二号台", 20)], ..form() };
    assert_eq!((tables.check().is_ok(), tables.kits(), form().kits()), (true, 50, 10));
    let long = EventForm { ends_at: Moment(33 * 86_400_000_000), ..form() };
    assert_eq!(long.check().unwrap_err().fields[0].code, "too_long");
}
