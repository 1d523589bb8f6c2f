//! What waits for a station's master, counted at the head of his page.

use chrono::{DateTime, Utc};
use serde_json::Value;
use testing::{App, people};

use crate::stations::{Day, day};

/// How many things are short, gifts kept, hours to be confirmed, comments unanswered, alarms lasting.
async fn waiting(day: &mut Day) -> [u64; 5] {
    let duty: Value = day.master.get(&format!("/api/v1/me/stations/{}", day.station)).await.ok();
    ["short", "kept", "hours", "unanswered", "alarms"].map(|field| duty[field].as_u64().unwrap())
}

/// An instant as tables keep it.
fn at(text: &str) -> String {
    text.parse::<DateTime<Utc>>().unwrap().timestamp_micros().to_string()
}

#[tokio::test]
async fn what_waits_at_a_station_is_counted_and_nothing_that_is_done_or_elsewhere() {
    App::each(&server::programmes(), async |app| {
        let mut day = day(&app).await;
        let person = day.officer.get(&format!("/api/v1/people?q={}", people::phone(2))).await.ok::<Value>();
        let person = person["items"][0]["id"].as_str().unwrap().to_owned();
        assert_eq!(waiting(&mut day).await, [0; 5]);
        let (late, lately, long_ago) =
            (at("2026-07-09T00:00:00Z"), at("2026-06-20T00:00:00Z"), at("2026-05-20T00:00:00Z"));
        for (table, columns, rows) in [
            (
                "station_good",
                "id, station_id, kind, name, unit, least, made_at",
                vec![
                    // Too few, enough, expiring, elsewhere.
                    "1, HERE, 'goods', '雨衣', '件', 5, 0",
                    "2, HERE, 'goods', '手套', '副', 5, 0",
                    "3, HERE, 'medicine', '创可贴', '盒', 0, 0",
                    "4, 7, 'goods', '雨衣', '件', 5, 0",
                ],
            ),
            (
                "station_batch",
                "id, good_id, expires_on, \"left\", made_at",
                vec!["1, 1, NULL, 2, 0", "2, 2, NULL, 9, 0", "3, 3, '2026-07-10', 1, 0"],
            ),
            (
                "station_gift",
                "id, station_id, organisation_id, name, unit, quantity, \"left\", each, giver_kind, given_at",
                vec!["1, HERE, 1, '书', '本', 9, 5, 1, 'company', 0", "2, 7, 1, '书', '本', 9, 5, 1, 'company', 0"],
            ),
            (
                "station_gift_claim",
                "id, gift_id, person_id, quantity, state, until",
                vec!["1, 1, WHO, 1, 'reserved', LATE", "2, 1, 7, 1, 'taken', LATE", "3, 2, WHO, 1, 'reserved', LATE"],
            ),
            (
                "station_shift",
                "id, station_id, day, from_hour, until_hour, task, wanted, guided, off, made_at, version",
                vec![
                    "1, HERE, '2026-06-30', 18, 20, '整理', 3, TRUE, NULL, 0, 1",
                    "2, HERE, '2026-07-01', 9, 11, '整理', 3, TRUE, NULL, 0, 1",
                    "3, HERE, '2026-07-01', 10, 11, '整理', 3, TRUE, NULL, 0, 1",
                    "4, HERE, '2026-06-30', 9, 11, '整理', 3, TRUE, '下雨', 0, 1",
                    "5, 7, '2026-06-30', 9, 11, '整理', 3, TRUE, NULL, 0, 1",
                ],
            ),
            (
                "station_volunteer",
                "id, shift_id, person_id, offered, signed_at, hours",
                vec![
                    // Begun; today's first hour begins now, the next has not; called off; elsewhere; confirmed.
                    "1, 1, WHO, FALSE, 0, NULL",
                    "2, 2, WHO, FALSE, 0, NULL",
                    "3, 3, WHO, FALSE, 0, NULL",
                    "4, 4, WHO, FALSE, 0, NULL",
                    "5, 5, WHO, FALSE, 0, NULL",
                    "6, 1, 7, FALSE, 0, 2",
                ],
            ),
            (
                "station_rating",
                "entry_id, station_id, person_id, points, said, said_at, reply, hidden",
                vec![
                    "1, HERE, WHO, 3, '热水不热', LATELY, NULL, NULL",
                    "2, HERE, WHO, 3, NULL, LATELY, NULL, NULL",
                    "3, HERE, WHO, 3, '热水不热', LATELY, '已修', NULL",
                    "4, HERE, WHO, 3, '骂人', LATELY, NULL, '不文明'",
                    "5, HERE, WHO, 3, '热水不热', LONG_AGO, NULL, NULL",
                    "6, 7, WHO, 3, '热水不热', LATELY, NULL, NULL",
                ],
            ),
            (
                "station_alarm",
                "id, station_id, organisation_id, device_id, kind, words, raised_at, over_at",
                vec![
                    "1, HERE, 1, 1, 'smoke', '有烟', 0, NULL",
                    "2, HERE, 1, 1, 'smoke', '有烟', 0, 1",
                    "3, 7, 1, 1, 'smoke', '有烟', 0, NULL",
                ],
            ),
        ] {
            for row in rows {
                let mut row = row.to_owned();
                for (word, value) in [
                    ("HERE", &day.station),
                    ("WHO", &person),
                    ("LATELY", &lately),
                    ("LATE", &late),
                    ("LONG_AGO", &long_ago),
                ] {
                    row = row.replace(word, value);
                }
                app.write(&format!("INSERT INTO {table} ({columns}) VALUES ({row})")).await;
            }
        }
        assert_eq!(waiting(&mut day).await, [2, 1, 2, 1, 1]);
    })
    .await;
}
