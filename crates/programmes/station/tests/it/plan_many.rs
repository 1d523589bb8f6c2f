//! Inspections of several stations are planned by one act.

use kernel::{Id, listing::Paging};
use station::{
    permissions::InspectStations,
    standard::{
        InspectionKind, InspectionState,
        cancel_many::{CancelMany, cancel_many},
        inspections::{self, InspectionFilter},
        plan::{NewInspection, plan},
        plan_many::{PlanMany, plan_many},
    },
};
use testing::App;

use crate::world::{district, open_station, programmes};

const TEAM: &str = "市总工会保障工作部";

/// The days for which those were planned that pass a filter, read one by one.
async fn planned_for(app: &App, filter: &InspectionFilter) -> Vec<String> {
    let (mut cursor, mut days) = (None, Vec::new());
    loop {
        let paging = Paging { cursor, limit: Some(1) };
        let page = inspections::list(&app.caller(), filter, &paging).await.unwrap();
        days.extend(page.items.into_iter().map(|one| one.planned_on.to_string()));
        if page.next.is_none() {
            return days;
        }
        cursor = page.next;
    }
}

#[tokio::test]
async fn inspections_are_spread_over_working_days_and_what_is_not_planned_is_told() {
    App::each(&programmes(), async |app| {
        app.set_clock("2026-07-08T04:00:00Z".parse().unwrap());
        let union = district(&app).await;
        let mut stations: Vec<Id> = Vec::new();
        for (n, code) in (1..).zip(["BT-001", "BT-002", "BT-003", "BT-004", "BT-005"]) {
            stations.push(open_station(&app, union, code, n).await.0.id);
        }
        app.write("UPDATE station_station SET state = 'closed' WHERE code = 'BT-004'").await;
        let caller = app.caller::<InspectStations>();
        let day = |text: &str| text.parse().unwrap();
        let before = NewInspection {
            station_id: stations[4],
            kind: InspectionKind::Unannounced,
            planned_on: day("2026-07-20"),
            team: TEAM.into(),
        };
        plan(&caller, &before).await.unwrap();
        let form = |stations: &[Id], from: &str, to: &str| PlanMany {
            stations: stations.to_vec(),
            kind: InspectionKind::Planned,
            from: day(from),
            to: day(to),
            team: TEAM.into(),
        };
        let wrong = async |form: PlanMany| plan_many(&caller, &form).await.unwrap_err();
        assert_eq!(wrong(form(&[], "2026-07-10", "2026-07-13")).await.code, "stations_chosen");
        for (from, to, field, code) in [
            ("2026-07-07", "2026-07-13", "from", "from"),
            ("2026-07-13", "2026-07-10", "to", "to"),
            ("2026-07-11", "2026-07-12", "to", "no_working_day"),
        ] {
            let told = wrong(form(&stations, from, to)).await.fields.remove(0);
            assert_eq!((told.field.as_str(), told.code.as_str()), (field, code));
        }

        // Friday to Monday; the first was chosen twice.
        let chosen = [&stations[..1], &stations[..]].concat();
        let answer = plan_many(&caller, &form(&chosen, "2026-07-10", "2026-07-13")).await.unwrap();
        let refused: Vec<_> = answer.refused.iter().map(|one| (one.id, one.reason.as_str())).collect();
        let told =
            [(stations[3], "驿站已撤销，不能再安排检查。"), (stations[4], "已安排2026年7月20日检查，还没有登记结果。")];
        assert_eq!((answer.planned, refused), (3, told.to_vec()));
        let listed = inspections::list(&app.caller(), &InspectionFilter::default(), &Paging::default()).await.unwrap();
        let mut listed: Vec<_> =
            listed.items.iter().map(|one| (one.station_code.as_str(), one.planned_on.to_string())).collect();
        listed.sort_unstable();
        let days = ["2026-07-10", "2026-07-10", "2026-07-13", "2026-07-20"].map(str::to_owned);
        let codes = ["BT-001", "BT-002", "BT-003", "BT-005"];
        assert_eq!(listed, codes.into_iter().zip(days).collect::<Vec<_>>());
        let again = plan_many(&caller, &form(&stations, "2026-07-10", "2026-07-13")).await.unwrap();
        assert_eq!((again.planned, again.refused.len()), (0, 5));

        // What was planned by mistake is taken back by one act, and planned anew.
        let back = CancelMany { inspections: answer.inspections, reason: "选错了驿站".into() };
        for wanted in [(3, 0), (0, 3)] {
            let done = cancel_many(&caller, &back).await.unwrap();
            assert_eq!((done.cancelled, done.refused.len()), wanted);
        }
        let anew = plan_many(&caller, &form(&stations, "2026-07-10", "2026-07-13")).await.unwrap();
        assert_eq!((anew.planned, anew.inspections.len()), (3, 3));
        let none = CancelMany { inspections: Vec::new(), ..back };
        assert_eq!(cancel_many(&caller, &none).await.unwrap_err().code, "inspections_chosen");

        // Those to come stand in the order of their days, and those whose day is past apart.
        app.set_clock("2026-07-13T04:00:00Z".parse().unwrap());
        let planned = InspectionFilter { state: Some(InspectionState::Planned), ..InspectionFilter::default() };
        assert_eq!(planned_for(&app, &planned).await, ["2026-07-10", "2026-07-10", "2026-07-13", "2026-07-20"]);
        let late = InspectionFilter { late: Some(true), ..InspectionFilter::default() };
        assert_eq!(planned_for(&app, &late).await, ["2026-07-10", "2026-07-10"]);
        app.write("UPDATE station_station SET state = 'closed'").await;
        assert_eq!(planned_for(&app, &late).await, Vec::<String>::new());
    })
    .await;
}
