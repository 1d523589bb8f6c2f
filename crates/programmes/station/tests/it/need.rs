use std::{mem, sync::Mutex};

use kernel::{
    Answer, Context, Programme, Unit,
    listing::Paging,
    organisation::{
        Level,
        head_count::keep::{NewHeadCount, create},
        permissions::ManageWorkforce,
    },
    outbox::{EventRecord, React, Subscription},
};
use station::{
    days::{
        many::{Tally, enter_many},
        need::{NeedFilter, look},
    },
    guests::{
        RequestKind,
        list::{GuestFilter, list},
        requests::{self, RequestFilter},
        take_back::{GuestTakeBack, RequestWithdrawn, take_back},
        write_down::{NewGuest, NewRequest, RequestCollected, write_down},
    },
    permissions::{CorrectEntries, KeepStations, SeeStations},
};
use testing::App;

use crate::world::{district, found, open_station, programmes};

#[tokio::test]
async fn many_workers_for_one_station_want_more_of_them() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let caller = app.caller::<SeeStations>();
        let here = NeedFilter { organisation: Some(union) };
        let none = look(&caller, &here).await.unwrap();
        assert_eq!((none.wanted, none.places[0].workers_each), (0, None));
        let manager = app.caller::<ManageWorkforce>();
        // Domestic workers are none of those who work on the road.
        for (group, workers) in [("courier", 800), ("delivery_rider", 500), ("domestic_worker", 9_000)] {
            let day = "2026-06-01".parse().unwrap();
            let count =
                NewHeadCount {
                    organisation_id: union, group: group.into(), day, workers, source: "人社局统计".into()
                };
            create(&manager, &count).await.unwrap();
        }
        assert_eq!(
            look(&caller, &here).await.unwrap().places[0].why,
            "1,300名户外劳动者，没有开放的驿站；建议增设3个。"
        );
        open_station(&app, union, "BT-001", 1).await;
        let short = look(&caller, &here).await.unwrap();
        let place = &short.places[0];
        assert_eq!((place.workers, place.stations, place.workers_each, place.wanted), (1300, 1, Some(1300), 2));
        assert_eq!(place.why, "每个开放驿站对应1,300名户外劳动者，超过500人；建议增设2个。");
        assert_eq!(look(&caller, &NeedFilter::default()).await.unwrap().wanted, 2);
    })
    .await;
}

#[tokio::test]
async fn a_union_of_whose_children_nothing_is_known_is_told_of_itself() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let street = found(&app, Some(union), "150202001", "回民街道总工会", Level::Township).await;
        open_station(&app, union, "BT-001", 1).await;
        let here = NeedFilter { organisation: Some(union) };
        let told = async || {
            let need = look(&app.caller::<SeeStations>(), &here).await.unwrap();
            need.places.iter().map(|row| (row.organisation_id, row.stations)).collect::<Vec<_>>()
        };
        assert_eq!(told().await, [(union, 1)]);
        open_station(&app, street, "BT-002", 2).await;
        let mut both = told().await;
        both.sort_unstable();
        let mut each = [(street, 1), (union, 1)];
        each.sort_unstable();
        assert_eq!(both, each);
    })
    .await;
}

#[tokio::test]
async fn what_a_union_keeps_itself_stands_beside_what_those_below_it_keep() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let street = found(&app, Some(union), "150202001", "回民街道总工会", Level::Township).await;
        let (own, _) = open_station(&app, union, "BT-001", 1).await;
        let (below, _) = open_station(&app, street, "BT-002", 2).await;
        let caller = &app.caller::<SeeStations>();
        let came = |station, organisation, quantity| Tally {
            station,
            organisation,
            service: None,
            group: None,
            person: None,
            quantity,
            at: caller.now(),
        };
        let all = &[came(own.id, union, 3_000), came(below.id, street, 2)];
        caller.unit(|unit| async move { enter_many(&unit, caller, all).await }).await.unwrap();
        let need = look(caller, &NeedFilter { organisation: Some(union) }).await.unwrap();
        let told: Vec<_> = need.places.iter().map(|row| (row.organisation_id, row.stations, row.visits)).collect();
        assert_eq!(told, [(union, 1, 3_000), (street, 1, 2)]);
        assert!(need.places[0].organisation.ends_with("（本级）"));
        assert_eq!(need.places[0].why, "每站日均到站100人次，超过60人次；建议增设1个。");
        assert_eq!((need.wanted, need.places[1].why.as_str()), (1, "驿站够用。"));
    })
    .await;
}

#[tokio::test]
async fn how_many_places_were_not_compared_is_told() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let mut below = Vec::new();
        for n in 0..203 {
            let (code, name) = (format!("150202{n:03}"), format!("第{n}街道总工会"));
            below.push(found(&app, Some(union), &code, &name, Level::Township).await);
        }
        open_station(&app, below[0], "BT-001", 1).await;
        let need = look(&app.caller::<SeeStations>(), &NeedFilter { organisation: Some(union) }).await.unwrap();
        assert_eq!((need.places.len(), need.left_out), (200, 3));
        let whole = look(&app.caller::<SeeStations>(), &NeedFilter::default()).await.unwrap();
        assert_eq!((whole.places.len(), whole.left_out), (1, 0));
    })
    .await;
}

static HEARD: Mutex<Vec<RequestCollected>> = Mutex::new(Vec::new());

fn hear<'a>(_: &'a Unit, _: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        HEARD.lock().unwrap().push(event.told().unwrap());
        Ok(())
    })
}

static DROPPED: Mutex<Vec<RequestWithdrawn>> = Mutex::new(Vec::new());

fn drop_it<'a>(_: &'a Unit, _: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        DROPPED.lock().unwrap().push(event.told().unwrap());
        Ok(())
    })
}

/// A programme to come listens to what is collected and withdrawn.
const LISTENS: &[Subscription] = &[
    Subscription { name: "rights.hear", event: "station_request_collected", react: React::Each(hear) },
    Subscription { name: "rights.drop", event: "station_request_withdrawn", react: React::Each(drop_it) },
];

#[tokio::test]
async fn a_master_for_a_day_is_counted_and_what_he_hears_is_passed_on() {
    let listening = Programme { subscriptions: LISTENS, ..station::programme() };
    App::each(&[kernel::own::programme(), listening], async |app| {
        let union = district(&app).await;
        let (station, _) = open_station(&app, union, "BT-001", 1).await;
        let caller = app.caller::<KeepStations>();
        let wish = NewRequest {
            kind: RequestKind::Platform,
            group: Some("delivery_rider".into()),
            wish: "雨天配送时限能不能放宽".into(),
        };
        let guest = NewGuest {
            station_id: station.id,
            name: "王建国".into(),
            office: "市人社局副局长".into(),
            day: caller.today(),
            activities: 2,
            did: "宣讲工伤保险，走访骑手".into(),
            requests: vec![wish],
        };
        let late = NewGuest { day: "2025-01-01".parse().unwrap(), ..guest.clone() };
        assert_eq!(write_down(&caller, &late).await.unwrap_err().fields[0].field, "day");
        let made = write_down(&caller, &guest).await.unwrap();
        assert_eq!((made.activities, made.requests), (2, 1));
        let twice = NewGuest { name: " 王建国 ".into(), ..guest.clone() };
        let twice = write_down(&caller, &twice).await.unwrap_err();
        assert_eq!(twice.code, "guest_already");
        assert!(twice.detail.starts_with("王建国2026年7月1日在这个驿站"), "{}", twice.detail);
        let other =
            NewGuest {
                name: "李秀英".into(), office: "市司法局局长".into(), requests: vec![], ..guest.clone()
            };
        write_down(&caller, &other).await.unwrap();
        let sees = app.caller::<SeeStations>();
        let seek = async |filter: GuestFilter| {
            let found = list(&sees, &filter, &Paging::default()).await.unwrap();
            found.items.into_iter().map(|one| one.name).collect::<Vec<String>>()
        };
        assert_eq!(seek(GuestFilter { q: Some("司法".into()), ..GuestFilter::default() }).await, ["李秀英"]);
        assert_eq!(seek(GuestFilter { from: caller.today().succ_opt(), ..GuestFilter::default() }).await.len(), 0);
        assert_eq!(seek(GuestFilter { to: Some(caller.today()), ..GuestFilter::default() }).await.len(), 2);
        app.settle().await;
        let heard = HEARD.lock().unwrap().iter().find(|one| one.station_id == station.id).cloned().unwrap();
        assert_eq!((heard.organisation_id, heard.kind), (union, RequestKind::Platform));
        let listed = requests::list(&caller, &RequestFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!((listed.items[0].id, listed.items[0].wish.as_str()), (heard.request_id, "雨天配送时限能不能放宽"));
        let day = caller.today();
        for (filter, expected) in [
            (RequestFilter { q: Some("BT-001".into()), from: Some(day), to: Some(day), ..RequestFilter::default() }, 1),
            (RequestFilter { q: Some("河西".into()), ..RequestFilter::default() }, 0),
            (RequestFilter { from: day.succ_opt(), ..RequestFilter::default() }, 0),
            (RequestFilter { to: day.pred_opt(), ..RequestFilter::default() }, 0),
        ] {
            assert_eq!(requests::list(&caller, &filter, &Paging::default()).await.unwrap().total, expected);
        }
        let reason = GuestTakeBack { reason: "登记错了驿站".into() };
        let corrector = app.caller::<CorrectEntries>();
        assert!(take_back(&corrector, made.id, &reason).await.unwrap().taken_back.is_some());
        assert_eq!(take_back(&corrector, made.id, &reason).await.unwrap_err().code, "guest_taken_back");
        app.settle().await;
        let dropped = mem::take(&mut *DROPPED.lock().unwrap());
        assert_eq!(dropped.iter().map(|one| one.request_id).collect::<Vec<_>>(), [heard.request_id]);
        let asked = async || requests::list(&caller, &RequestFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!(asked().await.total, 0);
        // What was taken back may be written down anew, and its wish is listed once.
        assert!(write_down(&caller, &guest).await.is_ok());
        let again = asked().await;
        assert_eq!(again.total, 1);
        assert_ne!(again.items[0].id, heard.request_id);
    })
    .await;
}
