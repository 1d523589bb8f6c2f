//! Long lists.

use kernel::{
    listing::{InSteps, Paging},
    organisation::{
        permissions::ViewWorkforce,
        platform::{
            Column, Entity, Rank,
            keep::{PlatformFilter, list},
        },
    },
};
use sea_orm::EntityTrait;
use testing::App;

use crate::organisation_world::programmes;

#[tokio::test]
async fn rows_are_counted_as_far_as_anybody_would_page() {
    App::each(&programmes(), async |app| {
        let caller = app.caller::<ViewWorkforce>();
        let rows = "INSERT INTO platform_company (id, name, rank, credit_code, version) \
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100200) \
                    SELECT i, '平台', CASE WHEN i <= 100000 THEN 'other' ELSE 'key' END, NULL, 1 FROM n";
        app.write(rows).await;
        let first = Paging { limit: Some(1), ..Paging::default() };
        for (rank, total) in [(None, 100_001), (Some(Rank::Other), 100_000), (Some(Rank::Key), 200)] {
            let page = list(&caller, &PlatformFilter { rank, ..PlatformFilter::default() }, &first).await.unwrap();
            assert_eq!((page.items.len(), page.next.is_some(), page.total), (1, true, total), "{rank:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn pages_are_the_list_in_pieces() {
    App::each(&programmes(), async |app| {
        let caller = app.caller::<ViewWorkforce>();
        let rows = "INSERT INTO platform_company (id, name, rank, credit_code, version) \
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6) \
                    SELECT i, '平台', 'other', NULL, 1 FROM n";
        app.write(rows).await;
        for (newest, keys) in [(true, [6, 5, 4, 3, 2, 1]), (false, [1, 2, 3, 4, 5, 6])] {
            for size in 1..=7 {
                let mut cursor = None;
                for piece in keys.chunks(size) {
                    let paging = Paging { cursor, limit: u64::try_from(size).ok() };
                    let page = match newest {
                        true => paging.newest_first(caller.read(), Entity::find(), Column::Id, |row| row.id).await,
                        false => paging.oldest_first(caller.read(), Entity::find(), Column::Id, |row| row.id).await,
                    };
                    let page = page.unwrap();
                    let got: Vec<i64> = page.items.iter().map(|row| row.id.0).collect();
                    assert_eq!((got.as_slice(), page.total), (piece, 6), "{newest}, {size} a page");
                    cursor = page.next;
                }
                assert_eq!(cursor, None, "{newest}, {size} a page");
            }
        }
        for size in 1..=7 {
            let mut steps = InSteps::of(Entity::find(), Column::Id, |row| row.id, size);
            let mut seen = Vec::new();
            while let Some(rows) = steps.next(caller.read()).await.unwrap() {
                assert!((1..=size).contains(&(rows.len() as u64)), "{size} a step");
                seen.extend(rows.into_iter().map(|row| row.id.0));
            }
            assert_eq!(seen, [1, 2, 3, 4, 5, 6], "{size} a step");
        }
    })
    .await;
}
