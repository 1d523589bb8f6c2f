//! A station's year: which month a thing is counted in, what it is compared with, and what no longer counts.

use chrono::NaiveDate;
use kernel::{
    Id,
    ledger::{By, FigureQuery, Tree, figures},
    listing::Paging,
};
use station::{
    days::{
        list::{EntryFilter, entries},
        many::{Tally, enter_many},
        take_back::{EntryTakeBack, take_back},
    },
    desk::{
        DeskKind,
        form::DeskForm,
        many::{Booked, Furnished, furnish_many},
    },
    guests::{
        RequestKind,
        take_back::{GuestTakeBack, take_back as take_guest_back},
        write_down::{NewGuest, NewRequest, write_down},
    },
    permissions::{CorrectEntries, KeepStations, SeeStations},
    register::many::{Founded, found_many},
    roster::{
        form::ShiftForm,
        many::{Helper, Planned, plan_many},
    },
    rules::hours::OpeningHours,
    year::{StationYear, YearFilter, YearLine, YearSubject, look},
};
use testing::App;

use crate::world::{district, form, person, programmes};

/// A station that serves since a day, and a person of its union.
async fn serving(app: &App, union: Id, since: &str) -> (Id, Id) {
    let (caller, master) = (&app.caller::<KeepStations>(), person(app, 1, union).await);
    let (id, opened_on) = (caller.id(), since.parse().unwrap());
    let form = form(union, "BT-001");
    let all = &[Founded { id, form, opened_on, master, post: caller.id(), faults: Vec::new() }];
    caller.unit(|unit| async move { found_many(&unit, caller, all).await }).await.unwrap();
    (id, master)
}

/// The year that is asked for.
async fn year(app: &App, station: Id, year: i32) -> StationYear {
    look(&app.caller::<SeeStations>(), station, &YearFilter { year: Some(year) }).await.unwrap()
}

fn line(year: &StationYear, subject: YearSubject) -> &YearLine {
    year.lines.iter().find(|line| line.subject == subject).unwrap()
}

fn subjects(year: &StationYear) -> Vec<YearSubject> {
    year.lines.iter().map(|line| line.subject).collect()
}

#[tokio::test]
async fn a_year_is_told_by_month_beside_the_same_days_of_the_year_before() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, _) = serving(&app, union, "2025-02-01").await;
        let caller = &app.caller::<KeepStations>();
        let tally = |at: &str, service: Option<&str>, quantity: i64| Tally {
            station,
            organisation: union,
            service: service.map(str::to_owned),
            person: None,
            group: None,
            quantity,
            at: at.parse().unwrap(),
        };
        let all = &[
            tally("2025-03-07T04:00:00Z", None, 4),
            tally("2025-12-01T04:00:00Z", None, 100),
            tally("2026-03-05T04:00:00Z", None, 5),
            // In Beijing it is April.
            tally("2026-03-31T16:30:00Z", None, 2),
            tally("2026-06-30T04:00:00Z", Some("haircut"), 3),
        ];
        caller.unit(|unit| async move { enter_many(&unit, caller, all).await }).await.unwrap();

        let now = look(&app.caller::<SeeStations>(), station, &YearFilter::default()).await.unwrap();
        assert_eq!((now.year, now.years.as_slice()), (2026, [2026, 2025].as_slice()));
        assert_eq!(subjects(&now), [YearSubject::Visits, YearSubject::People, YearSubject::Service]);
        let visits = line(&now, YearSubject::Visits);
        assert_eq!((visits.sum, visits.before, visits.growth_bp), (7, 4, Some(7_500)));
        let months: Vec<(i64, i64)> = visits.months.iter().map(|month| (month.value, month.before)).collect();
        assert_eq!(months, [(0, 0), (0, 0), (5, 4), (2, 0), (0, 0), (0, 0), (0, 0)]);
        let cut = line(&now, YearSubject::Service);
        assert_eq!((cut.code.as_str(), cut.label.as_str(), cut.sum, cut.growth_bp), ("haircut", "义剪", 3, None));
        // Nobody showed a code.
        assert_eq!(line(&now, YearSubject::People).sum, 0);

        let last = year(&app, station, 2025).await;
        let visits = line(&last, YearSubject::Visits);
        assert_eq!((visits.sum, visits.before, visits.months.len(), visits.months[11].value), (104, 0, 12, 100));
        // The ledger says the same of the union, whose only station it is.
        let query = FigureQuery {
            organisation: union,
            kinds: vec!["station_visit".into()],
            groups: Vec::new(),
            from: last.from,
            to: last.to,
            tree: Tree::Dated,
            by: By::None,
        };
        assert_eq!(figures(caller, &query).await.unwrap().items[0].person_times, visits.sum);

        // What is taken back is counted no more.
        let sees = app.caller::<SeeStations>();
        let on: NaiveDate = "2025-12-01".parse().unwrap();
        let listed = async |service: &str| {
            let filter = EntryFilter { from: Some(on), to: Some(on), service: Some(service.to_owned()) };
            entries(&sees, station, &filter, &Paging::default()).await.unwrap().items
        };
        assert!(listed("haircut").await.is_empty());
        let wrong = listed("-").await[0].id;
        let undo = EntryTakeBack { entry_id: wrong, reason: "多记了一遍".into() };
        take_back(&app.caller::<CorrectEntries>(), station, &undo).await.unwrap();
        assert_eq!(line(&year(&app, station, 2025).await, YearSubject::Visits).sum, 4);

        for strange in [2024, 2027] {
            let refused = look(caller, station, &YearFilter { year: Some(strange) }).await.unwrap_err();
            assert_eq!(refused.fields[0].field, "year");
        }
        let elsewhere = caller.lent(vec![Id(7)]);
        assert_eq!(look(&elsewhere, station, &YearFilter::default()).await.unwrap_err().code, "not_found");
    })
    .await;
}

#[tokio::test]
async fn consultations_hours_and_masters_for_a_day_stand_in_the_year() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (station, helper) = serving(&app, union, "2026-02-01").await;
        let caller = &app.caller::<KeepStations>();
        let booked = |at: &str, said| Booked { person: helper, group: None, starts_at: at.parse().unwrap(), said };
        let form = DeskForm {
            kind: DeskKind::Legal,
            adviser_id: Id(1),
            hours: OpeningHours::read("周一至周五 09:00-11:00").unwrap(),
            minutes: 30,
            about: String::new(),
        };
        let booked = vec![booked("2026-05-04T01:00:00Z", Some("欠薪")), booked("2026-07-02T01:00:00Z", None)];
        let desks = &[Furnished { station, organisation: union, form, booked }];
        let form = ShiftForm {
            day: "2026-06-30".parse().unwrap(),
            from_hour: 9,
            until_hour: 12,
            task: "义剪".into(),
            wanted: 2,
            guided: false,
            post_id: None,
        };
        let credited = |hours| Helper { person: helper, group: None, hours };
        let volunteers = vec![credited(Some(3)), credited(Some(0)), credited(None)];
        let shifts = &[Planned { station, organisation: union, form, volunteers }];
        let set_up = caller.unit(|unit| async move {
            furnish_many(&unit, caller, desks).await?;
            plan_many(&unit, caller, shifts).await
        });
        set_up.await.unwrap();
        let guest = NewGuest {
            station_id: station,
            name: "王建国".into(),
            office: "市人社局副局长".into(),
            day: caller.today(),
            activities: 2,
            did: "宣讲工伤保险，走访骑手".into(),
            requests: vec![NewRequest { kind: RequestKind::Platform, group: None, wish: "雨天放宽时限".into() }],
        };
        let made = write_down(caller, &guest).await.unwrap();

        let told = year(&app, station, 2026).await;
        for (subject, sum, month) in [
            (YearSubject::Consultations, 1, 4),
            (YearSubject::VolunteerHours, 3, 5),
            (YearSubject::Guests, 1, 6),
            (YearSubject::GuestActivities, 2, 6),
            (YearSubject::Requests, 1, 6),
        ] {
            let line = line(&told, subject);
            assert_eq!((line.sum, line.months[month].value), (sum, sum), "{subject:?}");
        }
        let reason = GuestTakeBack { reason: "登记错了驿站".into() };
        take_guest_back(&app.caller::<CorrectEntries>(), made.id, &reason).await.unwrap();
        let told = year(&app, station, 2026).await;
        assert_eq!(told.lines.len(), 4, "what was collected on a day that was taken back counts no more: {told:?}");
    })
    .await;
}
