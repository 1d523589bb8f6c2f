//! The plan of story 1, with its real targets; measures of care are named after its activities.

use chrono::{Days, NaiveDate};
use kernel::{Caller, House, Id, Problem, etag::IfMatch};
use plan::{
    BudgetDraft, Counting, Goal, IndicatorDraft, IndicatorSource as From, MeasureDraft, PlanDraft,
    breakdown::{
        BreakdownParams,
        propose::propose,
        set::{Targets, set},
    },
    budget::{
        budget,
        pay::{NewPayment, pay},
    },
    create_from,
    permissions::{BreakDown, KeepBudget},
    publish,
    rules::breakdown::Key,
};

use super::organisations::Union;

const ORGANISE: &str = "一、扩大组织覆盖";
const PROTECT: &str = "二、维护劳动权益";
const CARE: &str = "三、做实关心关爱";
const LEAD: &str = "四、加强思想引领";

/// Chapters, each with its care measures.
const CHAPTERS: &[(&str, &[&str])] = &[
    (ORGANISE, &["建会入会集结行动", "行业工会联合会建设"]),
    (PROTECT, &["集体协商要约行动", "法治宣传与援助"]),
    (CARE, &["两节慰问送温暖", "免费健康体检", "疗休养", "医疗互助保障", "驿站爱心餐与暖心礼包"]),
    (LEAD, &["思政宣讲与技能提升"]),
];

/// An indicator: chapter, measure, name, what is counted, unit, target, and how it is counted in words.
struct Wish(&'static str, &'static str, &'static str, What, &'static str, i64, &'static str);

enum What {
    Facts(&'static str, Counting),
    Members(&'static [&'static str]),
    Branches,
}

use Counting::{Items, People, PersonTimes, Yuan};
use What::{Branches, Facts, Members};

const RIDERS_AND_OTHERS: &[&str] = &["ride_hailing_driver", "courier", "delivery_rider"];

const WISHES: &[Wish] = &[
    Wish(
        ORGANISE,
        "建会入会集结行动",
        "头部和重点平台企业分支机构建会率",
        Branches,
        "%",
        8_500,
        "县级以上分支机构中已建会的占比",
    ),
    Wish(
        ORGANISE,
        "建会入会集结行动",
        "网约车司机、快递员、外卖配送员入会率",
        Members(RIDERS_AND_OTHERS),
        "%",
        6_000,
        "会员数÷在岗人数",
    ),
    Wish(ORGANISE, "建会入会集结行动", "货车司机入会率", Members(&["truck_driver"]), "%", 5_000, "会员数÷在岗人数"),
    Wish(
        ORGANISE,
        "行业工会联合会建设",
        "市县行业工会联合会专项经费",
        Facts("federation_funds_paid", Yuan),
        "元",
        390_000_000,
        "当年实际拨付额",
    ),
    Wish(
        PROTECT,
        "集体协商要约行动",
        "集体协商覆盖职工",
        Facts("collective_contract_cover", PersonTimes),
        "人",
        100_000,
        "有效期内合同、协议覆盖的人数",
    ),
    Wish(
        PROTECT,
        "法治宣传与援助",
        "线上线下普法宣传",
        Facts("legal_outreach", PersonTimes),
        "人次",
        50_000,
        "参加普法活动的人次",
    ),
    Wish(
        CARE,
        "两节慰问送温暖",
        "走访慰问",
        Facts("consolation_visit", PersonTimes),
        "人次",
        30_000,
        "两节和常态化走访慰问的人次",
    ),
    Wish(
        CARE,
        "免费健康体检",
        "免费健康体检",
        Facts("health_check", People),
        "人",
        14_000,
        "参加体检的人数，一人一年计一次",
    ),
    Wish(CARE, "疗休养", "疗休养", Facts("recuperation_stay", People), "人", 1_000, "参加疗休养的人数，一人一年计一次"),
    Wish(
        CARE,
        "医疗互助保障",
        "医疗互助保障赠送",
        Facts("medical_protection_gift", Items),
        "份",
        6_000,
        "赠送的保障份数",
    ),
    Wish(CARE, "驿站爱心餐与暖心礼包", "爱心餐", Facts("love_meal", Items), "份", 100_000, "驿站发放的爱心餐份数"),
    Wish(CARE, "驿站爱心餐与暖心礼包", "暖心礼包", Facts("warm_kit", Items), "份", 10_000, "发放的礼包份数"),
    Wish(LEAD, "思政宣讲与技能提升", "思政宣讲", Facts("political_lecture", PersonTimes), "人次", 8_000, "听讲的人次"),
    Wish(
        LEAD,
        "思政宣讲与技能提升",
        "技能培训",
        Facts("skills_training", PersonTimes),
        "人次",
        3_000,
        "参加培训的人次",
    ),
];

/// The plan of a year.
pub fn draft(year: i32) -> PlanDraft {
    let measure = |title: &&str| MeasureDraft { title: (*title).to_owned(), description: String::new() };
    let line = |name: &str, allotted_fen, indicator: &str| BudgetDraft {
        name: name.to_owned(),
        allotted_fen,
        indicator: Some(indicator.to_owned()),
    };
    PlanDraft {
        year,
        title: format!("{year}年新就业形态劳动者工会工作要点"),
        chapters: CHAPTERS.iter().map(|(title, _)| (*title).to_owned()).collect(),
        measures: CHAPTERS.iter().flat_map(|(_, measures)| *measures).map(measure).collect(),
        indicators: WISHES.iter().map(|wish| indicator(wish, year)).collect(),
        budget: vec![
            line("行业工会联合会专项经费", 390_000_000, "市县行业工会联合会专项经费"),
            line("走访慰问金", 1_600_000_000, "走访慰问"),
            // Twenty thousand meals more than are promised already, so that a visitor's own offer has room.
            line("爱心餐补贴", 180_000_000, "爱心餐"),
        ],
    }
}

fn indicator(Wish(chapter, measure, name, what, unit, target, definition): &Wish, year: i32) -> IndicatorDraft {
    let (source, kinds, groups, counting) = match what {
        Facts(kind, counting) => (From::Ledger, vec![(*kind).to_owned()], Vec::new(), Some(*counting)),
        Members(groups) => {
            (From::MemberShare, Vec::new(), groups.iter().map(|code| (*code).to_owned()).collect(), None)
        }
        Branches => (From::BranchCoverage, Vec::new(), Vec::new(), None),
    };
    let ranks = if matches!(what, Branches) { vec!["head".to_owned(), "key".to_owned()] } else { Vec::new() };
    IndicatorDraft {
        chapter: Some((*chapter).to_owned()),
        measure: Some((*measure).to_owned()),
        name: (*name).to_owned(),
        source,
        kinds,
        groups,
        counting,
        ranks,
        unit: (*unit).to_owned(),
        target: *target,
        goal: if matches!(what, Members(_)) { Goal::About } else { Goal::AtLeast },
        due_on: NaiveDate::from_ymd_opt(year, 12, 31),
        responsible: None,
        definition: (*definition).to_owned(),
        base: None,
        base_period: None,
    }
}

/// Writes and publishes the plan of each year, breaks its targets down to the leagues and pays federations of trades.
pub async fn load(house: &House, region: Id, leagues: &[&Union]) -> Result<(), Problem> {
    for year in super::years(house.ambient().today()) {
        load_year(house, region, leagues, year).await?;
    }
    Ok(())
}

async fn load_year(house: &House, region: Id, leagues: &[&Union], year: i32) -> Result<(), Problem> {
    let caller = &Caller::system(house, "the demo's loader");
    let id = create_from(caller, region, &draft(year)).await?;
    let plan = publish(caller, id).await?;
    for indicator in plan.indicators.iter().filter(|one| one.form.source == From::Ledger) {
        break_down(house, indicator.id).await?;
    }
    let lines = budget(&Caller::<KeepBudget>::system(house, "the demo's loader"), id).await?;
    match lines.items.first() {
        Some(line) => pay_all(house, line.id, leagues, year).await,
        None => Ok(()),
    }
}

/// By head-count, as the region's federation does it.
async fn break_down(house: &House, indicator: Id) -> Result<(), Problem> {
    let caller = &Caller::<BreakDown>::system(house, "the demo's loader");
    let here = BreakdownParams::default();
    let proposal = propose(caller, indicator, &here, Key::HeadCount).await?;
    let targets = Targets { targets: proposal.targets.into_iter().map(|one| one.given).collect() };
    set(caller, indicator, &here, &IfMatch::version(0), &targets).await.map(drop)
}

/// Each league is paid in two parts; a third of the second parts is still to come.
async fn pay_all(house: &House, line: Id, leagues: &[&Union], year: i32) -> Result<(), Problem> {
    let caller = &Caller::<KeepBudget>::system(house, "the demo's loader");
    let today = caller.today();
    let parts = leagues.iter().flat_map(|league| [(league, 20), (league, 100)]).enumerate();
    for (place, (league, after)) in parts.filter(|(place, _)| place % 6 != 5) {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(today);
        let day = first.checked_add_days(Days::new(after + place as u64 * 7)).unwrap_or(today).min(today);
        let payment = NewPayment {
            organisation_id: league.id,
            amount_fen: 16_000_000,
            day,
            payee: format!("{}行业工会联合会", league.name.trim_end_matches("总工会")),
            note: "市县行业工会联合会建设专项".to_owned(),
        };
        pay(caller, line, &payment).await?;
    }
    Ok(())
}
