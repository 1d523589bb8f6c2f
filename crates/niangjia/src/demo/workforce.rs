//! Who works in the region: platform companies of made-up names with their branches by county, and head-counts that
//! leave the demo's members at the shares of story 1.

use std::collections::BTreeMap;

use chrono::{Datelike, Days, NaiveDate};
use kernel::{
    Context, Id, Problem,
    organisation::{
        Level, head_count,
        platform::{self, Rank, branch},
    },
};
use rand::Rng;
use rand_chacha::ChaCha20Rng;
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{members::Known, organisations::Union};

/// Twelve head companies and five key ones, as in story 1; no real company.
const HEAD: &[&str] = &[
    "蓝鹰外卖",
    "飞驼外卖",
    "青城跑腿",
    "草原快送",
    "驼铃出行",
    "云马出行",
    "北驿速递",
    "百灵快递",
    "沙枣快运",
    "金鬃货运",
    "满载货运",
    "长调物流",
];
const KEY: &[&str] = &["晨光家政", "安达代驾", "牧歌同城", "白桦冷链", "河套集配"];
/// Of 100 branches of a head or key company, how many have a union.
const WITH_UNION: (u32, u32) = (86, 71);
const SOURCE: &str = "演示数据：行业主管部门与平台企业核对";

/// A head-count's group and how many of 100 active workers are members: around the targets of story 1.
const SHARES: &[(&str, u32)] = &[
    ("truck_driver", 45),
    ("ride_hailing_driver", 57),
    ("courier", 61),
    ("delivery_rider", 53),
    ("domestic_worker", 38),
    ("security_guard", 42),
    ("cleaner", 66),
];

/// Writes companies and branches; answers the companies' keys.
pub async fn platforms(context: &Context, unions: &[Union], random: &mut ChaCha20Rng) -> Result<Vec<Id>, Problem> {
    let named = |names: &'static [&'static str], rank| names.iter().map(move |name| (context.id(), *name, rank));
    let companies: Vec<(Id, &str, Rank)> = named(HEAD, Rank::Head).chain(named(KEY, Rank::Key)).collect();
    let rows = companies.iter().map(|(id, name, rank)| platform::ActiveModel {
        id: Set(*id),
        name: Set((*name).to_owned()),
        rank: Set(*rank),
        credit_code: Set(None),
        version: Set(1),
    });
    let rows: Vec<_> = rows.collect();
    let counties = unions.iter().filter(|union| union.level == Level::County);
    let mut branches = Vec::new();
    for county in counties {
        for (company, name, rank) in &companies {
            if random.random_range(0..100) < 62 {
                branches.push(branch_row(context, county, (*company, name, *rank), random));
            }
        }
    }
    let (rows, branches) = (&rows, &branches);
    let written = context.unit(|unit| async move {
        platform::Entity::insert_many(rows.clone()).exec_without_returning(&unit).await?;
        for chunk in branches.chunks(1000) {
            branch::Entity::insert_many(chunk.to_vec()).exec_without_returning(&unit).await?;
        }
        Ok(())
    });
    written.await?;
    Ok(companies.into_iter().map(|(id, ..)| id).collect())
}

fn branch_row(
    context: &Context,
    county: &Union,
    (company, name, rank): (Id, &str, Rank),
    random: &mut ChaCha20Rng,
) -> branch::ActiveModel {
    let place = county.name.trim_end_matches("总工会");
    let chance = if rank == Rank::Head { WITH_UNION.0 } else { WITH_UNION.1 };
    let first = NaiveDate::from_ymd_opt(2022, 3, 1).unwrap_or_default();
    let days = (context.today() - first).num_days().unsigned_abs();
    let since = first.checked_add_days(Days::new(random.random_range(0..days.max(1))));
    branch::ActiveModel {
        id: Set(context.id()),
        platform_id: Set(company),
        organisation_id: Set(county.id),
        name: Set(format!("{name}{place}分公司")),
        union_organisation_id: Set(None),
        union_since: Set(since.filter(|_| random.random_range(0..100) < chance)),
        opened_on: Set(None),
        closed_on: Set(None),
        version: Set(1),
    }
}

/// Writes each county's head-counts, counted at the end of last year and of June.
pub async fn head_counts(context: &Context, known: &[Known], random: &mut ChaCha20Rng) -> Result<(), Problem> {
    let mut places: BTreeMap<(Id, &str), i64> = BTreeMap::new();
    for member in known.iter().filter(|one| one.is_member) {
        *places.entry((member.county, member.group)).or_default() += 1;
    }
    let year = context.today().year();
    let days = [NaiveDate::from_ymd_opt(year - 1, 12, 31), NaiveDate::from_ymd_opt(year, 6, 30)];
    let mut rows = Vec::new();
    for ((county, group), members) in places {
        let Some((_, share)) = SHARES.iter().find(|(code, _)| *code == group) else { continue };
        let share = i64::from(share + random.random_range(0..15)) - 7;
        for day in days.into_iter().flatten().filter(|day| *day <= context.today()) {
            rows.push(head_count::ActiveModel {
                id: Set(context.id()),
                organisation_id: Set(county),
                worker_group: Set(group.to_owned()),
                counted_on: Set(day),
                workers: Set(members * 100 / share.max(1) + random.random_range(0..6)),
                source: Set(SOURCE.to_owned()),
            });
        }
    }
    let rows = &rows;
    let written = context.unit(|unit| async move {
        for chunk in rows.chunks(1000) {
            head_count::Entity::insert_many(chunk.to_vec()).exec_without_returning(&unit).await?;
        }
        Ok(())
    });
    written.await
}
