use kernel::{
    Programme,
    etag::IfMatch,
    rulebook::{
        self, CalendarDay, CalendarForm, NewRulePack, Numbers, RuleDefinition,
        permissions::{Manage, View},
    },
};
use testing::App;

use crate::organisation_world::{day, programmes, region};

const ANSWER: RuleDefinition = RuleDefinition {
    code: "sample.answer_working_days",
    label: "答复期限",
    unit: "个工作日",
    default: 5,
    source: "惯例",
};
const WAYS: RuleDefinition = RuleDefinition { code: "sample.ways", unit: rulebook::OF_THREE, ..ANSWER };
const SHOWN: RuleDefinition = RuleDefinition { code: "sample.shown_seconds", unit: "秒", ..ANSWER };
const UNDECLARED: RuleDefinition = RuleDefinition { code: "sample.undeclared", ..ANSWER };

fn with_a_rule() -> Vec<Programme> {
    programmes().into_iter().map(|own| Programme { rules: &[ANSWER, WAYS, SHOWN], ..own }).collect()
}

fn pack(region: &str, from: &str, to: Option<&str>, value: i64) -> NewRulePack {
    NewRulePack {
        code: ANSWER.code.into(),
        region: region.into(),
        valid_from: day(from),
        valid_to: to.map(day),
        value,
        source: "总工办发〔2026〕1号".into(),
    }
}

#[tokio::test]
async fn the_nearest_and_newest_pack_holds() {
    App::each(&with_a_rule(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<Manage>();
        for new in [
            pack("", "2026-01-01", None, 10),
            pack("150000", "2026-02-01", None, 12),
            pack("152200", "2026-03-01", Some("2026-03-31"), 3),
            pack("152200", "2026-03-15", Some("2026-03-20"), 2),
        ] {
            rulebook::set_pack(&caller, &new).await.unwrap();
        }
        for (organisation, on, wanted) in [
            (region.county, "2025-12-31", 5),
            (region.county, "2026-01-01", 10),
            (region.county, "2026-02-01", 12),
            (region.county, "2026-03-10", 3),
            (region.county, "2026-03-20", 2),
            (region.county, "2026-03-21", 3),
            (region.county, "2026-04-01", 12),
            (region.tongliao, "2026-03-20", 12),
        ] {
            let found = rulebook::number(caller.read(), &caller, &ANSWER, organisation, day(on)).await.unwrap();
            assert_eq!(found, wanted, "{on}");
        }
        rulebook::set_pack(&caller, &pack("15", "2026-02-01", None, 13)).await.unwrap();
        let found = rulebook::number(caller.read(), &caller, &ANSWER, region.tongliao, day("2026-06-01")).await;
        assert_eq!(found.unwrap(), 13);
        let undeclared = rulebook::number(caller.read(), &caller, &UNDECLARED, region.county, day("2026-06-01")).await;
        assert!(undeclared.unwrap_err().fault.is_some());
        let question = serde_json::from_value(serde_json::json!({ "organisation": region.county })).unwrap();
        let standing = rulebook::list_packs(&app.caller::<View>(), &question).await.unwrap();
        assert_eq!((standing[0].value, standing[0].default, standing[0].packs.len()), (13, 5, 4));
        // Asked together they are the same; what is known is not asked again.
        let (mut known, mut one_by_one) = (Numbers::of(&ANSWER), Numbers::of(&ANSWER));
        let all = [region.county, region.tongliao, region.hinggan, region.county];
        known.know(&caller, all).await.unwrap();
        for organisation in all {
            let wanted = one_by_one.at(&caller, organisation).await.unwrap();
            assert_eq!(known.at(&caller, organisation).await.unwrap(), wanted);
        }
        let before = known.at(&caller, region.county).await.unwrap();
        let now = NewRulePack { valid_from: caller.today(), ..pack("152200", "2026-01-01", None, before + 1) };
        rulebook::set_pack(&caller, &now).await.unwrap();
        assert_eq!(known.at(&caller, region.county).await.unwrap(), before);
        assert!(Numbers::of(&UNDECLARED).know(&caller, all).await.unwrap_err().fault.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_is_the_houses_own_is_one_number_that_its_top_sets() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<Manage>();
        let answers = RuleDefinition { code: "kernel.answers_kept_hours", ..ANSWER };
        let pack =
            |region: &str, value| NewRulePack { code: answers.code.into(), ..pack(region, "2026-01-01", None, value) };
        let refused = rulebook::set_pack(&caller, &pack("152200", 30)).await.unwrap_err();
        assert_eq!(refused.code, "house_wide");
        rulebook::set_pack(&caller, &pack("150000", 48)).await.unwrap();
        let found = rulebook::of_the_house(caller.read(), &caller, &answers, caller.today()).await.unwrap();
        assert_eq!(found, 48);
        for (organisation, code, value) in [
            (region.province, answers.code, 48),
            (region.county, answers.code, 48),
            (region.county, "files.kept_days", 3650),
        ] {
            let question = serde_json::from_value(serde_json::json!({ "organisation": organisation })).unwrap();
            let standing = rulebook::list_packs(&app.caller::<View>(), &question).await.unwrap();
            let rule = standing.iter().find(|rule| rule.code == code).unwrap();
            assert_eq!((rule.value, rule.is_house_wide), (value, code == answers.code));
        }
    })
    .await;
}

#[tokio::test]
async fn a_slip_of_the_hand_neither_shuts_everybody_out_nor_does_away_with_people() {
    App::each(&programmes(), |app| async move {
        let caller = app.caller::<Manage>();
        for (code, value, refused) in [
            ("access.password_days", 0, "rule_too_small"),
            ("access.password_length", 65, "rule_too_large"),
            ("access.password_history", 25, "rule_too_large"),
            ("access.log_ins_at_once", 0, "rule_too_small"),
            ("export.kept_days", 0, "rule_too_small"),
            ("people.kept_days", 10, "rule_too_small"),
            ("files.kept_days", 364, "rule_too_small"),
        ] {
            let new = NewRulePack { code: code.into(), ..pack("", "2026-01-01", None, value) };
            assert_eq!(rulebook::set_pack(&caller, &new).await.unwrap_err().code, refused, "{code}");
        }
        let year = NewRulePack { code: "people.kept_days".into(), ..pack("", "2026-01-01", None, 365) };
        rulebook::set_pack(&caller, &year).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn senseless_packs_are_refused() {
    let app = App::sqlite(&with_a_rule()).await;
    let caller = app.caller::<Manage>();
    let unknown = NewRulePack { code: "nobody.asks".into(), ..pack("", "2026-01-01", None, 1) };
    let fourth = NewRulePack { code: WAYS.code.into(), ..pack("", "2026-01-01", None, 3) };
    let gone = NewRulePack { code: SHOWN.code.into(), ..pack("", "2026-01-01", None, 4) };
    let unsourced = NewRulePack { source: " ".into(), ..pack("", "2026-01-01", None, 1) };
    for (new, code) in [
        (unknown, "unknown_rule"),
        (fourth, "rule_too_large"),
        (gone, "rule_too_small"),
        (unsourced, "no_source"),
        (pack("", "2026-01-01", Some("2025-12-31"), 1), "ends_before_it_begins"),
        (pack("", "2026-01-01", None, -1), "negative"),
        (pack("", "2026-01-01", None, 1_000_001), "rule_too_large"),
        (pack("99", "2026-01-01", None, 1), "invalid"),
    ] {
        assert_eq!(rulebook::set_pack(&caller, &new).await.unwrap_err().code, code);
    }
    app.close().await;
}

fn local(on: &str, is_off: bool) -> CalendarForm {
    CalendarForm { days: vec![CalendarDay { day: day(on), is_off, name: "那达慕".into() }] }
}

#[tokio::test]
async fn a_regions_own_days_lie_over_the_nations() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<Manage>();
        // What a page saw is named by its tag, which the handler makes; an empty list of own days has always the same.
        let nothing = IfMatch::content("[]");
        let saved =
            rulebook::save_calendar(&caller, 2026, "152200", &nothing, &local("2026-08-06", true)).await.unwrap();
        assert_eq!((saved.own.len(), saved.loaded), (1, true));
        assert!(saved.days.len() > 30);
        let late = rulebook::save_calendar(&caller, 2026, "152200", &nothing, &local("2026-08-07", true)).await;
        assert_eq!(late.unwrap_err().status, 412);
        let works = async |organisation, on| {
            let calendar = rulebook::working_calendar(caller.read(), organisation).await.unwrap();
            calendar.is_working_day(day(on))
        };
        assert_eq!(works(region.county, "2026-08-06").await, Ok(false));
        assert_eq!(works(region.tongliao, "2026-08-06").await, Ok(true));
        assert_eq!(works(region.county, "2026-10-10").await, Ok(true));
        let all = [region.county, region.tongliao, region.hinggan];
        let together = rulebook::working_calendars(caller.read(), all).await.unwrap();
        for organisation in all {
            let own = rulebook::working_calendar(caller.read(), organisation).await.unwrap();
            assert_eq!(*together[&organisation], own);
        }
        assert!(works(region.county, "2027-03-03").await.is_err());
        let half = rulebook::save_calendar(&caller, 2027, "", &nothing, &local("2027-01-01", true)).await;
        assert_eq!(half.unwrap_err().fields[0].code, "year_incomplete");
        let week = (1..=11).map(|n| day(&format!("2027-01-{n:02}")));
        let days = week.map(|day| CalendarDay { day, is_off: true, name: "元旦".into() }).collect();
        let year = rulebook::save_calendar(&caller, 2027, "", &nothing, &CalendarForm { days }).await.unwrap();
        assert!(year.loaded);
        assert_eq!(works(region.county, "2027-01-01").await, Ok(false));
        assert_eq!(works(region.county, "2027-03-03").await, Ok(true));
        let weekday = rulebook::save_calendar(&caller, 2026, "15", &nothing, &local("2026-01-07", false)).await;
        assert_eq!(weekday.unwrap_err().fields[0].code, "year_working_weekday");
    })
    .await;
}
