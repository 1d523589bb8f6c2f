//! Where organisations stand with indicators on a day: what the board, the breakdown, reminders, the home page and
//! reports all tell, so that they can't differ.

use calendar::Period;
use chrono::NaiveDate;
use database::{Id, Moment};
use kernel::{Context, Fault, Problem, ledger::Tree, rulebook};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    actual::{Ask, Reading, read},
    programme::{ABOUT, FAR_BEHIND, ON_COURSE},
    rules::{
        breakdown::Origin,
        comparison::months_before,
        forecast, half_up, period,
        progress::{self, Status, Thresholds, share_bp},
        scale::Scale,
    },
    spent::spent,
    tables::{indicator, plan},
};

/// Who is asked about what.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// The indicator.
    pub indicator: &'a indicator::Model,
    /// The organisation.
    pub organisation: Id,
    /// Its target and where it comes from, if it has one.
    pub target: Option<(i64, Origin)>,
}

/// Where the year is expected to end; once its time is over, what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Forecast {
    /// The last day of the target.
    pub until: NaiveDate,
    /// The expected value, on the indicator's scale.
    pub value: i64,
    /// The expected value ÷ target, in basis points.
    pub share_bp: Option<i64>,
    /// How much is short of the target; 0 if it will be reached.
    pub short: i64,
    /// In words.
    pub text: String,
}

/// The same day a month before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MonthBefore {
    /// The day.
    pub on: NaiveDate,
    /// What was reached then.
    pub actual: Option<i64>,
    /// How much was added since.
    pub change: Option<i64>,
}

/// Where one organisation stands with one indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = IndicatorStanding)]
pub struct Standing {
    /// The target that holds for the organisation.
    pub target: Option<i64>,
    /// Where that target comes from.
    pub origin: Option<Origin>,
    /// What was reached, on the indicator's scale.
    pub actual: Option<i64>,
    /// For a share: what is divided.
    pub numerator: Option<i64>,
    /// For a share: by what.
    pub denominator: Option<i64>,
    /// For a share of members: those who are not in it, as nobody counted the workers where they are.
    pub outside: Option<i64>,
    /// For a share: the day of the oldest count in the denominator; for a hand-recorded value, its day.
    pub counted_on: Option<NaiveDate>,
    /// Actual ÷ target, in basis points; over 10000 shows as it is.
    pub share_bp: Option<i64>,
    /// The elapsed share of the target's time, in basis points; absent for what does not add up over the year.
    pub elapsed_bp: Option<i64>,
    /// The state; absent without a target.
    pub status: Option<Status>,
    /// The state in words.
    pub status_label: Option<String>,
    /// Where the year is expected to end.
    pub forecast: Option<Forecast>,
    /// The same day a month before; of what adds up, absent where that day was the last year's.
    pub month_before: Option<MonthBefore>,
    /// The money that the counted facts carry and that the budget's lines for the indicator paid, in fen; what both tell of
    /// stands in it once.
    pub amount_fen: i64,
    /// Of it what the budget's lines paid and no counted fact carries, in fen.
    pub paid_fen: i64,
    /// That money for one counted person or thing, in fen; absent if there is none.
    pub cost_each_fen: Option<i64>,
}

/// How many months back the trend of a share begins.
const TREND_MONTHS: u32 = 3;

/// The year of a plan.
///
/// # Errors
/// A fault if the stored year is none.
pub fn year_of(plan: &plan::Model) -> Result<Period, Problem> {
    Period::year(plan.year).map_err(|_| Fault::Stored(format!("the plan {} has no year", plan.id)).into())
}

/// The lines between states that hold for an organisation.
///
/// # Errors
/// A fault of the database.
pub async fn thresholds(context: &Context, organisation: Id, on: NaiveDate) -> Result<Thresholds, Problem> {
    let conn = context.read();
    Ok(Thresholds {
        on_course_bp: rulebook::number(conn, context, &ON_COURSE, organisation, on).await?,
        far_behind_bp: rulebook::number(conn, context, &FAR_BEHIND, organisation, on).await?,
        about_bp: rulebook::number(conn, context, &ABOUT, organisation, on).await?,
    })
}

/// Tells where each row stands at the end of a day; also when the last fact in it was recorded.
///
/// # Errors
/// 404 if an organisation is absent or foreign.
pub async fn stand(
    context: &Context,
    plan: &plan::Model,
    rows: &[Row<'_>],
    on: NaiveDate,
    tree: Tree,
) -> Result<(Vec<Standing>, Moment), Problem> {
    let year = year_of(plan)?;
    let thresholds = thresholds(context, plan.organisation_id, on).await?;
    // The days of each row: now first, then back to where its comparison and its trend begin.
    let days: Vec<NaiveDate> = (0..=TREND_MONTHS).filter_map(|months| months_before(on, months)).collect();
    let wanted = |row: &Row<'_>| if row.indicator.is_cumulative() { 2 } else { days.len() };
    let counts: Vec<usize> = rows.iter().map(|row| wanted(row).min(days.len())).collect();
    let mut asks: Vec<Ask<'_>> = Vec::new();
    for row in rows {
        let Row { indicator, organisation, .. } = *row;
        asks.extend(days.iter().take(wanted(row)).map(|on| Ask { indicator, organisation, year, on: *on, tree }));
    }
    let (readings, cut_off) = read(context, &asks).await?;
    let mut readings = readings.into_iter();
    let paid = spent(context, rows, year, on, tree).await?;
    let told = rows.iter().zip(counts).zip(paid).map(|((row, count), paid)| {
        let mut own: Vec<(NaiveDate, Reading)> = days.iter().copied().zip(readings.by_ref().take(count)).collect();
        if let Some((_, now)) = own.first_mut() {
            now.amount_fen = now.amount_fen.saturating_add(paid);
        }
        Standing { paid_fen: paid, ..tell(row, year, &own, thresholds) }
    });
    Ok((told.collect(), cut_off))
}

/// Where a row stands, by its readings: the newest first.
fn tell(row: &Row<'_>, year: Period, readings: &[(NaiveDate, Reading)], thresholds: Thresholds) -> Standing {
    let (on, now) = readings.first().copied().unwrap_or_default();
    let time = period::of_target(year, row.indicator.due_on);
    let cumulative = row.indicator.is_cumulative();
    let expected = if cumulative {
        let passed = (on - time.first()).num_days() + 1;
        now.actual.and_then(|actual| forecast::by_pace(actual, passed, time.days()))
    } else {
        let trend = readings.iter().rev().filter_map(|(day, reading)| reading.actual.map(|actual| (*day, actual)));
        forecast::by_trend(&trend.collect::<Vec<_>>(), time.last())
    };
    let elapsed_bp = cumulative.then(|| time.elapsed_bp(on));
    let target = row.target.map(|(value, _)| value);
    let status = target.filter(|target| *target > 0).map(|target| {
        let goal = row.indicator.goal;
        match (now.actual, elapsed_bp) {
            (None, _) => Status::Unknown,
            (Some(actual), Some(elapsed)) => progress::cumulative(actual, target, goal, elapsed, thresholds),
            (Some(actual), None) => progress::standing(actual, target, goal, expected, thresholds),
        }
    });
    let is_over = on >= time.last();
    let status = status.map(|status| if is_over { status.in_the_end() } else { status });
    let words: Words = if is_over { forecast::outcome } else { forecast::sentence };
    // What adds up begins anew with the year: of a day before, nothing is to be compared.
    let before = readings.get(1).copied().filter(|(day, _)| !cumulative || *day >= time.first());
    Standing {
        target,
        origin: row.target.map(|(_, origin)| origin),
        actual: now.actual,
        numerator: now.numerator,
        denominator: now.denominator,
        outside: now.outside,
        counted_on: now.counted_on,
        share_bp: now.actual.zip(target).and_then(|(actual, target)| share_bp(actual, target)),
        elapsed_bp,
        status,
        status_label: status.map(|status| status.label().to_owned()),
        forecast: expected.zip(target).map(|(value, target)| told((row.indicator, words), value, target, time.last())),
        month_before: month_before(now, before),
        amount_fen: now.amount_fen,
        paid_fen: 0,
        cost_each_fen: cost_each(row.indicator, now),
    }
}

/// A forecast, or an outcome, in words.
type Words = fn(Scale, &str, i64, i64, NaiveDate) -> String;

fn told((indicator, words): (&indicator::Model, Words), value: i64, target: i64, until: NaiveDate) -> Forecast {
    Forecast {
        until,
        value,
        share_bp: share_bp(value, target),
        short: target.saturating_sub(value).max(0),
        text: words(indicator.scale(), &indicator.unit, value, target, until),
    }
}

fn month_before(now: Reading, before: Option<(NaiveDate, Reading)>) -> Option<MonthBefore> {
    let (on, before) = before?;
    let change = now.actual.zip(before.actual).map(|(now, before)| now.saturating_sub(before));
    Some(MonthBefore { on, actual: before.actual, change })
}

fn cost_each(indicator: &indicator::Model, now: Reading) -> Option<i64> {
    let counts = indicator.scale() == Scale::Count && now.amount_fen > 0;
    let actual = now.actual.filter(|actual| counts && *actual > 0)?;
    Some(half_up(i128::from(now.amount_fen), i128::from(actual)))
}
