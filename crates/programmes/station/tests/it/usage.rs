//! How stations are used: what is summed as it is written equals what was written.

use std::collections::BTreeMap;

use chrono::{DateTime, Datelike, Days, NaiveDate, TimeDelta, Timelike, Utc};
use kernel::{Id, listing::Paging, organisation::Level};
use station::{
    days::{
        list::{EntryFilter, entries},
        many::{Tally, enter_many},
        ranks::{self, RankFilter, UseRanking},
        take_back::{EntryTakeBack, take_back},
        usage::{StationUse, UseFigure, UseFilter, look},
        view::EntryView,
    },
    permissions::{CorrectEntries, KeepStations, SeeStations},
};
use testing::App;

use crate::world::{district, found, open_station, programmes};

/// Writes many entries down at some stations, over two years and at all hours.
pub async fn write(app: &App, stations: &[(Id, Id)]) {
    let caller = &app.caller::<KeepStations>();
    let (services, groups) =
        ([Some("haircut"), None, None, Some("charger"), None], [None, Some("courier"), Some("truck_driver")]);
    let tally = |n: usize| {
        let (station, organisation) = *stations.get(n % stations.len()).unwrap();
        let back = u64::try_from(n * 37 % 740).unwrap();
        let hour = TimeDelta::hours(i64::try_from(n * 5 % 24).unwrap());
        Tally {
            station,
            organisation,
            service: services.get(n % services.len()).unwrap().map(str::to_owned),
            group: groups.get(n % groups.len()).unwrap().map(str::to_owned),
            person: None,
            quantity: i64::try_from(n % 7).unwrap() + 1,
            at: calendar::day_start(caller.today() - Days::new(back)) + hour,
        }
    };
    let all: &Vec<Tally> = &(0..700).map(tally).collect();
    caller.unit(|unit| async move { enter_many(&unit, caller, all).await }).await.unwrap();
}

/// The entries of a station.
pub async fn written(app: &App, station: Id) -> Vec<EntryView> {
    let (caller, mut cursor, mut all) = (app.caller::<SeeStations>(), None, Vec::new());
    loop {
        let paging = Paging { cursor, limit: Some(200) };
        let page = entries(&caller, station, &EntryFilter::default(), &paging).await.unwrap();
        all.extend(page.items);
        cursor = page.next;
        if cursor.is_none() {
            return all;
        }
    }
}

fn local(entry: &EntryView) -> (NaiveDate, String, String) {
    let at: DateTime<Utc> = entry.happened_at.at();
    let day = calendar::beijing_day(at);
    let hour = calendar::beijing_time(at).hour();
    (day, hour.to_string(), day.weekday().num_days_from_monday().to_string())
}

/// The sums of what still counts of some entries, by a key; what has none is left out.
fn sums(all: &[EntryView], key: impl Fn(&EntryView) -> Option<String>) -> BTreeMap<String, i64> {
    let mut sums = BTreeMap::new();
    for entry in all.iter().filter(|entry| entry.taken_back.is_none()) {
        if let Some(key) = key(entry) {
            *sums.entry(key).or_default() += entry.quantity;
        }
    }
    sums
}

fn told(figures: &[UseFigure], of: impl Fn(&UseFigure) -> i64) -> BTreeMap<String, i64> {
    figures.iter().map(|figure| (figure.key.clone(), of(figure))).filter(|(_, number)| *number != 0).collect()
}

/// Holds figures against the entries that they are of.
fn compare(used: &StationUse, all: &[EntryView]) {
    let year_before = |day: NaiveDate| day - chrono::Months::new(12);
    for before in [false, true] {
        let (from, to) = if before { (year_before(used.from), year_before(used.to)) } else { (used.from, used.to) };
        let within = |entry: &EntryView| (from..=to).contains(&local(entry).0);
        let visit = |entry: &EntryView| entry.service.is_none() && within(entry);
        let of = |figure: &UseFigure| if before { figure.before.unwrap() } else { figure.value };
        let by = |key: fn(&EntryView) -> String| sums(all, |entry| visit(entry).then(|| key(entry)));
        assert_eq!(told(&used.by_hour, of), by(|entry| local(entry).1), "{from} to {to}");
        assert_eq!(told(&used.by_weekday, of), by(|entry| local(entry).2), "{from} to {to}");
        let groups = sums(all, |entry| visit(entry).then(|| entry.group_label.clone().unwrap_or("不分群体".into())));
        let labelled: Vec<UseFigure> =
            used.by_group.iter().map(|figure| UseFigure { key: figure.label.clone(), ..figure.clone() }).collect();
        assert_eq!(told(&labelled, of), groups, "{from} to {to}");
        let services = sums(all, |entry| entry.service.clone().filter(|_| within(entry)));
        assert_eq!(told(&used.by_service, of), services, "{from} to {to}");
        let (visits, served) = if before {
            (used.visits_before.unwrap(), used.services_before.unwrap())
        } else {
            (used.visits, used.services)
        };
        let sum = |sums: BTreeMap<String, i64>| sums.into_values().sum::<i64>();
        assert_eq!((visits, served), (sum(by(|_| String::new())), sum(services)), "{from} to {to}");
        if !before {
            assert_eq!(told(&used.by_day, of), by(|entry| local(entry).0.to_string()), "{from} to {to}");
        }
    }
}

#[tokio::test]
async fn figures_of_use_equal_what_was_written_down_in_any_period() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let other = found(&app, Some(union), "150202001", "回民街道总工会", Level::Township).await;
        let stations = [
            (open_station(&app, union, "BT-001", 1).await.0.id, union),
            (open_station(&app, union, "BT-002", 2).await.0.id, union),
            (open_station(&app, other, "BT-003", 3).await.0.id, other),
        ];
        write(&app, &stations).await;
        let corrects = app.caller::<CorrectEntries>();
        for (station, _) in stations {
            for entry in written(&app, station).await.iter().step_by(40) {
                let back = EntryTakeBack { entry_id: entry.id, reason: "多记了".into() };
                take_back(&corrects, station, &back).await.unwrap();
            }
        }
        let (caller, today) = (app.caller::<SeeStations>(), app.caller::<SeeStations>().today());
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let mut all = Vec::new();
        for (station, _) in stations {
            all.push(written(&app, station).await);
        }
        for (from, to) in [
            (today - Days::new(29), today),
            (day("2026-01-01"), today),
            (day("2025-07-01"), day("2026-06-30")),
            (day("2026-02-19"), day("2026-05-03")),
            (day("2026-04-01"), day("2026-04-30")),
            (today, today),
        ] {
            for (organisation, of) in [(None, all.concat()), (Some(other), all[2].clone())] {
                let filter = UseFilter { organisation, from: Some(from), to: Some(to), before: Some(true) };
                compare(&look(&caller, &filter).await.unwrap(), &of);
            }
            let filter = RankFilter { from: Some(from), to: Some(to), ..RankFilter::default() };
            let ranked = ranks::look(&caller, &filter).await.unwrap();
            assert!(ranked.items.is_sorted_by_key(|rank| -rank.visits) && ranked.total == 3);
            for rank in ranked.items {
                let at = stations.iter().position(|(station, _)| *station == rank.id).unwrap();
                let sum = |served: bool| -> i64 {
                    let own = all[at].iter().filter(|entry| entry.taken_back.is_none());
                    let own = own.filter(|entry| entry.service.is_some() == served);
                    own.filter(|entry| (from..=to).contains(&local(entry).0)).map(|entry| entry.quantity).sum()
                };
                assert_eq!((rank.visits, rank.services), (sum(false), sum(true)), "{from} to {to}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_station_that_nobody_came_to_for_days_is_told_with_its_last_visit() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (used, _) = open_station(&app, union, "BT-001", 1).await;
        let (quiet, _) = open_station(&app, union, "BT-002", 2).await;
        let (never, _) = open_station(&app, union, "BT-003", 3).await;
        app.pass(TimeDelta::days(40));
        open_station(&app, union, "BT-004", 4).await;
        let caller = &app.caller::<SeeStations>();
        let at = |station, back| Tally {
            station,
            organisation: union,
            service: None,
            group: None,
            person: None,
            quantity: 2,
            at: caller.now() - TimeDelta::days(back),
        };
        let all = &[at(used.id, 1), at(used.id, 35), at(quiet.id, 33)];
        caller.unit(|unit| async move { enter_many(&unit, caller, all).await }).await.unwrap();
        let by = async |ranking, days| {
            let filter = RankFilter { ranking: Some(ranking), days, ..RankFilter::default() };
            ranks::look(caller, &filter).await.unwrap().items
        };
        let ids = |named: &[ranks::Rank]| named.iter().map(|rank| rank.id).collect::<Vec<_>>();
        let named = by(UseRanking::Quiet, None).await;
        assert_eq!(ids(&named), [never.id, quiet.id]);
        assert_eq!(named[1].last_visit, Some(caller.today() - Days::new(33)));
        assert_eq!(ids(&by(UseRanking::Quiet, Some(34)).await), [never.id]);
        assert_eq!(by(UseRanking::Least, None).await[0].id, quiet.id);
        assert!(by(UseRanking::Faults, None).await.is_empty());
        app.write("UPDATE station_item SET works = FALSE WHERE code = 'charger'").await;
        // A file is told to have as many rows as it gets.
        for (ranking, days, wanted) in [
            (UseRanking::Busiest, None, 4),
            (UseRanking::Least, None, 4),
            (UseRanking::Quiet, None, 2),
            (UseRanking::Quiet, Some(34), 1),
            (UseRanking::Faults, None, 4),
        ] {
            let filter = RankFilter { ranking: Some(ranking), days, ..RankFilter::default() };
            let filter = serde_json::to_string(&filter).unwrap();
            let rows = (ranks::USE.next)(caller, &filter, None).await.unwrap().rows.len();
            assert_eq!((ranks::USE.count)(caller, &filter).await.unwrap(), wanted, "{filter}");
            assert_eq!(rows, usize::try_from(wanted).unwrap(), "{filter}");
        }
    })
    .await;
}
