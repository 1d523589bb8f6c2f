//! The rush: never one too many, never one lost, whoever asks when, in one process or in two.

use std::{collections::HashSet, net::SocketAddr, sync::Arc, time::Duration};

use axum::{Extension, extract::ConnectInfo};
use futures::future::join_all;
use kernel::permission::LoggedIn;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use testing::{App, Client};
use tokio::time::Instant;

use crate::benefit::{Town, claims, published, round, sends, town, workers};

/// Claims that take a place, people who have one, and what the shares say is given.
async fn counted(app: &App) -> [i64; 3] {
    let caller = app.caller::<LoggedIn>();
    let mut numbers = [0; 3];
    let questions = [
        "SELECT COUNT(*) AS number FROM benefit_claim WHERE slot = 0",
        "SELECT COUNT(DISTINCT person_id) AS number FROM benefit_claim WHERE slot = 0",
        "SELECT CAST(SUM(given) AS BIGINT) AS number FROM benefit_share",
    ];
    for (number, sql) in numbers.iter_mut().zip(questions) {
        let asked = Statement::from_string(caller.read().get_database_backend(), sql);
        *number = caller.read().query_one_raw(asked).await.unwrap().unwrap().try_get("", "number").unwrap();
    }
    numbers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixty_four_at_once_want_the_last_ten_in_two_processes() {
    App::each(&server::programmes(), async |app| {
        let mut town: Town = town(&app).await;
        let riders = Arc::new(workers(&app, town.riders, 1..65).await);
        let offer = published(&app, &mut town, 10, &json!({})).await;
        let (round, other) =
            (Arc::new(round(&offer)), Client::new(server::router(&app.another_process().await).unwrap()));
        // Each asks in both processes at once, as a phone does that sends again; every third under another key.
        let asking = riders.iter().enumerate().flat_map(|(n, rider)| {
            let keys = [format!("{n}"), if n % 3 == 0 { format!("{n} again") } else { format!("{n}") }];
            let (round, processes) = (round.clone(), [town.phone.clone(), other.clone()]);
            keys.into_iter().zip(processes).map(move |(key, process)| {
                let round = round.clone();
                async move { (rider.id, claims(&process, rider, &round, &key).await) }
            })
        });
        let answers = join_all(asking).await;
        let mut vouchers = HashSet::new();
        let mut people = HashSet::new();
        for (person, answer) in &answers {
            match answer.status.as_u16() {
                201 => {
                    vouchers.insert(answer.json()["voucher_id"].as_str().unwrap().to_owned());
                    people.insert(*person);
                }
                409 => assert!(["all_gone", "already_had"].contains(&answer.code().as_str()), "{}", answer.json()),
                _ => panic!("{}", answer.json()),
            }
        }
        assert_eq!((vouchers.len(), people.len()), (10, 10));
        assert_eq!(counted(&app).await, [10, 10, 10]);
        // Who has one is never told that all are gone, wherever and however late he asks again.
        for (n, rider) in riders.iter().enumerate() {
            for process in [&town.phone, &other] {
                let answer = claims(process, rider, &round, &format!("{n}")).await;
                let right = if people.contains(&rider.id) {
                    answer.status == 201 || answer.code() == "already_had"
                } else {
                    answer.code() == "all_gone"
                };
                assert!(right, "{}", answer.json());
            }
        }
        drop((town, other));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_given_back_here_is_had_there_within_a_second() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..4).await;
        let offer = published(&app, &mut town, 1, &json!({})).await;
        let (round, other) = (round(&offer), Client::new(server::router(&app.another_process().await).unwrap()));
        let first = claims(&town.phone, &riders[0], &round, "a").await.json();
        // Both processes know now that nothing is left.
        for process in [&town.phone, &other] {
            assert_eq!(claims(process, &riders[1], &round, "b").await.code(), "all_gone");
        }
        let path = format!("vouchers/{}/cancel", first["voucher_id"].as_str().unwrap());
        assert_eq!(sends(&town.phone, &riders[0], &path, "c").await.status, 200);
        let cancelled = Instant::now();
        loop {
            let answer = claims(&other, &riders[1], &round, "d").await;
            if answer.status == 201 {
                break;
            }
            assert_eq!(answer.code(), "all_gone");
            assert!(cancelled.elapsed() < Duration::from_secs(1), "a free piece is still refused");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert_eq!(counted(&app).await, [1, 1, 1]);
        drop((town, other));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn claims_and_returns_at_once_leave_the_count_right() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = Arc::new(workers(&app, town.riders, 1..33).await);
        let offer = published(&app, &mut town, 5, &json!({})).await;
        let round = Arc::new(round(&offer));
        let turns = riders.iter().enumerate().map(|(n, rider)| {
            let (round, process) = (round.clone(), town.phone.clone());
            async move {
                let mut has = false;
                for turn in 0..4 {
                    let answer = claims(&process, rider, &round, &format!("{n} {turn}")).await;
                    if answer.status == 201 {
                        has = true;
                        if (n + turn) % 4 != 0 {
                            let voucher = answer.json()["voucher_id"].as_str().unwrap().to_owned();
                            let path = format!("vouchers/{voucher}/cancel");
                            assert_eq!(sends(&process, rider, &path, &format!("{n} {turn} back")).await.status, 200);
                            has = false;
                        }
                    }
                }
                has
            }
        });
        let have = join_all(turns).await.into_iter().filter(|has| *has).count() as i64;
        assert_eq!(counted(&app).await, [have, have, have]);
        assert!(have <= 5);
        // What is left is given to who asks now, piece by piece, and not one more.
        let late = workers(&app, town.riders, 100..110).await;
        let mut more = 0;
        for worker in &late {
            more += i64::from(claims(&town.phone, worker, &round, "late").await.status == 201);
        }
        assert_eq!((have + more, counted(&app).await), (5, [5, 5, 5]));
        drop(town);
    })
    .await;
}

#[tokio::test]
async fn one_machine_waits_where_it_tries_account_after_account_and_so_does_one_who_presses_on_and_on() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let riders = workers(&app, town.riders, 1..3).await;
        let round = round(&published(&app, &mut town, 5, &json!({})).await);
        let from = |last: u8| {
            let at = Extension(ConnectInfo(SocketAddr::from(([192, 0, 2, last], 4_000))));
            Client::new(server::router(app.house()).unwrap().layer(at))
        };
        let limits = app.house().limits();
        while limits.claims.by("192.0.2.9").is_ok() {}
        assert_eq!(claims(&from(9), &riders[0], &round, "a").await.code(), "too_often");
        let path = format!("benefit-rounds/{round}/enter");
        assert_eq!(sends(&from(9), &riders[0], &path, "b").await.code(), "too_often");
        // From another address he gets his meal, and so does whoever sits beside him.
        for (n, rider) in riders.iter().enumerate() {
            assert_eq!(claims(&from(10), rider, &round, &format!("c{n}")).await.status, 201);
        }
        while limits.claims_of_worker.by(&format!("worker:{}", riders[0].id)).is_ok() {}
        assert_eq!(claims(&from(11), &riders[0], &round, "d").await.code(), "too_often");
        assert_eq!(claims(&from(11), &riders[1], &round, "d").await.code(), "already_had");
        drop(town);
    })
    .await;
}
