use kernel::permission::LoggedIn;
use station::{
    permissions::{AppointMasters, KeepStations},
    posts::{
        PostRole,
        appoint::{Appointment, appoint},
        relieve::{Relief, relieve},
    },
    register::state::{StationClosing, StationReopening, close, reopen},
};
use testing::App;

use crate::world::{district, open_station, person, programmes};

#[tokio::test]
async fn one_answers_at_any_time_and_deputies_come_and_go() {
    App::each(&programmes(), async |app| {
        let union = district(&app).await;
        let (made, first) = open_station(&app, union, "BT-001", 1).await;
        let (second, third) = (person(&app, 2, union).await, person(&app, 3, union).await);
        let caller = app.caller::<AppointMasters>();
        let post = |person_id, role, from: Option<&str>| Appointment {
            person_id,
            role,
            from_day: from.map(|day| day.parse().unwrap()),
        };
        let next = appoint(&caller, made.id, &post(second, PostRole::Master, Some("2026-07-10"))).await.unwrap();
        let masters: Vec<_> = next.posts.iter().filter(|post| post.role == PostRole::Master).collect();
        assert_eq!(masters.iter().filter(|post| post.holds).count(), 1);
        assert_eq!((masters[0].person_id, masters[0].until_day), (first, Some("2026-07-10".parse().unwrap())));
        assert!(masters[0].name.contains('*'));
        let early = appoint(&caller, made.id, &post(third, PostRole::Master, Some("2026-07-05"))).await.unwrap_err();
        assert_eq!(early.code, "post_later");
        assert!(early.detail.starts_with("已有站长自2026年7月10日起任职"), "{}", early.detail);
        let far = appoint(&caller, made.id, &post(third, PostRole::Master, Some("2027-07-05"))).await.unwrap_err();
        assert_eq!(far.code, "from_day_wrong");

        // Who is master, or will be, is no deputy beside it; the day his successor begins he may be.
        for (person, from) in [(first, None), (first, Some("2026-07-09")), (second, None)] {
            let both = appoint(&caller, made.id, &post(person, PostRole::Deputy, from)).await.unwrap_err();
            assert_eq!(both.code, "post_is_master");
        }
        let back = appoint(&caller, made.id, &post(first, PostRole::Deputy, Some("2026-07-10"))).await.unwrap();
        let stepped = back.posts.iter().find(|post| post.role == PostRole::Deputy).unwrap().id;
        // A deputy who rises is deputy no longer.
        let risen = appoint(&caller, made.id, &post(first, PostRole::Master, Some("2026-07-12"))).await.unwrap();
        let ended = risen.posts.iter().find(|post| post.id == stepped).unwrap();
        assert_eq!(ended.until_day, Some("2026-07-12".parse().unwrap()));
        let helped = appoint(&caller, made.id, &post(third, PostRole::Deputy, None)).await.unwrap();
        let deputy = helped.posts.iter().find(|post| post.role == PostRole::Deputy && post.holds).unwrap();
        let twice = appoint(&caller, made.id, &post(third, PostRole::Deputy, None)).await.unwrap_err();
        assert_eq!(twice.code, "post_held");
        let gone = relieve(&caller, made.id, &Relief { post_id: deputy.id }).await.unwrap();
        assert!(gone.posts.iter().all(|post| post.role == PostRole::Master || !post.holds));
        let stays = relieve(&caller, made.id, &Relief { post_id: masters[0].id }).await.unwrap_err();
        assert_eq!(stays.code, "master_stays");

        // Who answers for a station, or is to from a later day, stays known; who did no longer has to.
        let system = &app.caller::<LoggedIn>();
        let erased = async |person| {
            system.unit(|unit| async move { station::posts::persons::not_in_post(&unit, system, person).await }).await
        };
        for person in [first, second] {
            assert_eq!(erased(person).await.unwrap_err().code, "still_station_master");
        }
        assert!(erased(third).await.is_ok());

        // Who was relieved is so once; eight deputies are enough, and a station that is closed needs nobody.
        let over = relieve(&caller, made.id, &Relief { post_id: deputy.id }).await.unwrap_err();
        assert_eq!(over.code, "post_over");
        for n in 4..12 {
            let next = person(&app, n, union).await;
            appoint(&caller, made.id, &post(next, PostRole::Deputy, None)).await.unwrap();
        }
        let ninth = appoint(&caller, made.id, &post(third, PostRole::Deputy, None)).await.unwrap_err();
        assert_eq!(ninth.code, "too_many_deputies");
        let end = StationClosing { reason: "场地到期".into() };
        close(&app.caller::<KeepStations>(), made.id, &end).await.unwrap();
        let late = appoint(&caller, made.id, &post(third, PostRole::Master, None)).await.unwrap_err();
        assert_eq!(late.code, "station_closed");

        // As nobody takes over from them there, they may go; prepared anew it has no master.
        for person in [first, second] {
            assert!(erased(person).await.is_ok());
        }
        let again = StationReopening { reason: "撤错了".into() };
        let anew = reopen(&app.caller::<KeepStations>(), made.id, &again).await.unwrap();
        assert!(anew.posts.iter().all(|post| post.role == PostRole::Deputy || !post.holds));
    })
    .await;
}
