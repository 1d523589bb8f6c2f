//! What is written down at once where a house is set up counts like what was written down one by one.

use chrono::{Days, TimeDelta};
use kernel::{
    Id,
    ledger::{By, Figure, FigureQuery, Tree, figures},
    listing::Paging,
};
use station::{
    activities::{
        ActivityKind,
        form::ActivityForm,
        list::{ActivityFilter, list as activities},
        many::{Held, Signed, hold_many},
    },
    days::many::Tally,
    donations::{
        list::{GiftFilter, list as gifts},
        many::{Given, Taken, give_many},
    },
    guests::{
        RequestKind,
        list::{GuestFilter, list as listed},
        many::{Turn, take_turns},
        requests::{RequestFilter, list as requests},
        take_back::{GuestTakeBack, take_back},
        write_down::{NewGuest, NewRequest},
    },
    permissions::{CorrectEntries, KeepStations, SeeStations},
    ratings::{
        list::public,
        many::{Said, Visited, visit_many},
    },
};
use testing::App;

use crate::world::{district, open_station, person, programmes};

/// What the ledger says of a kind in the year up to today.
async fn counted(app: &App, union: Id, kind: &str) -> Figure {
    let caller = app.caller::<SeeStations>();
    let query = FigureQuery {
        organisation: union,
        kinds: vec![kind.into()],
        groups: Vec::new(),
        from: caller.today() - Days::new(365),
        to: caller.today(),
        tree: Tree::Dated,
        by: By::None,
    };
    figures(&caller, &query).await.unwrap().items.remove(0)
}

#[tokio::test]
async fn activities_that_were_held_count_those_who_came() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, master) = open_station(&app, union, "BT-001", 1).await;
        let other = person(&app, 2, union).await;
        let caller = &app.caller::<KeepStations>();
        let starts = caller.now() - TimeDelta::days(40);
        let form = ActivityForm {
            kind: ActivityKind::Lecture,
            title: "骑手交通安全课".into(),
            about: String::new(),
            host: "交管支队".into(),
            starts_at: starts.into(),
            ends_at: (starts + TimeDelta::hours(1)).into(),
            capacity: 20,
        };
        let signed = |person, came| Signed { person, group: None, came };
        let signed = vec![signed(master, false), signed(other, true)];
        let held = &[Held { station: station.id, organisation: union, form, signed }];
        caller.unit(|unit| async move { hold_many(&unit, caller, held).await }).await.unwrap();

        let sees = app.caller::<SeeStations>();
        let mut page = activities(&sees, &ActivityFilter::default(), &Paging::default()).await.unwrap();
        let shown = page.items.remove(0);
        assert_eq!((shown.over, shown.seated, shown.attended), (true, 2, 1));
        let told = counted(&app, union, "station_activity").await;
        assert_eq!((told.person_times, told.people), (1, 1));
    })
    .await;
}

#[tokio::test]
async fn activities_stand_in_the_order_of_their_days_whenever_they_were_announced() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let caller = &app.caller::<KeepStations>();
        let held = [30_i64, -2, 5, -40].map(|days| {
            let starts = caller.now() + TimeDelta::days(days);
            let form = ActivityForm {
                kind: ActivityKind::Lecture,
                title: format!("第 {days} 天"),
                about: String::new(),
                host: "交管支队".into(),
                starts_at: starts.into(),
                ends_at: (starts + TimeDelta::hours(1)).into(),
                capacity: 20,
            };
            Held { station: station.id, organisation: union, form, signed: Vec::new() }
        });
        let held = &held;
        caller.unit(|unit| async move { hold_many(&unit, caller, held).await }).await.unwrap();
        let sees = app.caller::<SeeStations>();
        for (over, wanted) in [
            (Some(false), vec!["第 5 天", "第 30 天"]),
            (Some(true), vec!["第 -2 天", "第 -40 天"]),
            (None, vec!["第 30 天", "第 5 天", "第 -2 天", "第 -40 天"]),
        ] {
            let filter = ActivityFilter { over, ..ActivityFilter::default() };
            let (mut cursor, mut seen) = (None, Vec::new());
            for _ in 0..wanted.len() {
                let paging = Paging { cursor, limit: Some(1) };
                let page = activities(&sees, &filter, &paging).await.unwrap();
                seen.extend(page.items.into_iter().map(|row| row.form.title));
                cursor = page.next;
            }
            assert_eq!((seen, cursor), (wanted.into_iter().map(str::to_owned).collect(), None), "{over:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn each_of_many_turns_is_taken_back_with_its_own_facts() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let caller = &app.caller::<KeepStations>();
        let turn = |ago, activities, wishes: &[&str]| Turn {
            organisation: union,
            day: NewGuest {
                station_id: station.id,
                name: "王建国".into(),
                office: "市人社局副局长".into(),
                day: caller.today() - Days::new(ago),
                activities,
                did: "走访骑手".into(),
                requests: wishes
                    .iter()
                    .map(|wish| NewRequest { kind: RequestKind::Rest, group: None, wish: (*wish).into() })
                    .collect(),
            },
        };
        let turns = &[turn(20, 3, &[]), turn(10, 0, &["添几把椅子", "晚一点关门"]), turn(5, 2, &["加个插座"])];
        caller.unit(|unit| async move { take_turns(&unit, caller, turns).await }).await.unwrap();

        let asked = requests(caller, &RequestFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!((asked.total, asked.items[0].wish.as_str()), (3, "加个插座"));
        for figures in [[3, 5, 3], [2, 3, 2]] {
            let guest = counted(&app, union, "station_guest").await.items;
            let activities = counted(&app, union, "station_guest_activity").await.items;
            let requests = counted(&app, union, "station_request").await.items;
            assert_eq!([guest, activities, requests], figures);
            let sees = app.caller::<SeeStations>();
            let page = listed(&sees, &GuestFilter::default(), &Paging::default()).await.unwrap();
            let last = page.items.into_iter().find(|one| one.taken_back.is_none()).unwrap();
            let reason = GuestTakeBack { reason: "登记错了驿站".into() };
            take_back(&app.caller::<CorrectEntries>(), last.id, &reason).await.unwrap();
        }
    })
    .await;
}

#[tokio::test]
async fn visits_with_what_was_said_and_gifts_that_were_taken_are_told() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, master) = open_station(&app, union, "BT-001", 1).await;
        let other = person(&app, 2, union).await;
        let caller = &app.caller::<KeepStations>();
        let (organisation, at) = (union, caller.now() - TimeDelta::days(3));
        let visit = |person| Tally {
            station: station.id,
            organisation,
            service: None,
            person: Some(person),
            group: None,
            quantity: 1,
            at,
        };
        let said = Said { points: 3, words: Some("空调不太凉"), at, reply: Some(("滤网已清洗", at)) };
        let visited =
            &[Visited { visit: visit(other), said: None }, Visited { visit: visit(master), said: Some(said) }];
        let taken = vec![Taken { person: other, group: None, at, thanks: Some("正好用得上") }];
        let (station, name, unit) = (station.id, "保温杯", "个");
        let given = &[Given { station, organisation, name, unit, quantity: 30, company: None, at, taken }];
        let set_up = caller.unit(|unit| async move {
            visit_many(&unit, caller, visited).await?;
            give_many(&unit, caller, given).await
        });
        set_up.await.unwrap();

        let told = counted(&app, union, "station_visit").await;
        assert_eq!((told.person_times, told.people), (2, 2));
        let ratings = public(caller, station).await.unwrap();
        assert_eq!((ratings.number, ratings.average.as_deref()), (1, Some("3.0 分")));
        assert_eq!(ratings.comments[0].reply.as_deref(), Some("滤网已清洗"));
        let sees = app.caller::<SeeStations>();
        let gift = gifts(&sees, &GiftFilter::default(), &Paging::default()).await.unwrap().items.remove(0);
        assert_eq!((gift.quantity, gift.left, gift.thanked), (30, 29, 1));
        assert_eq!(gift.thanks.as_deref(), Some("正好用得上"));
        assert_eq!(counted(&app, union, "station_gift").await.items, 1);
    })
    .await;
}
