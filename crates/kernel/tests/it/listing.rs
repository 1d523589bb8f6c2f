//! Long lists.

use kernel::{
    listing::Paging,
    organisation::{
        permissions::ViewWorkforce,
        platform::{
            Rank,
            keep::{PlatformFilter, list},
        },
    },
};
use sea_orm::ConnectionTrait;
use testing::App;

use crate::organisation_world::programmes;

#[tokio::test]
async fn rows_are_counted_as_far_as_anybody_would_page() {
    App::each(&programmes(), async |app| {
        let caller = app.caller::<ViewWorkforce>();
        let rows = "INSERT INTO platform_company (id, name, rank, credit_code, version) \
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100200) \
                    SELECT i, '平台', CASE WHEN i <= 100000 THEN 'other' ELSE 'key' END, NULL, 1 FROM n";
        let written = caller.unit(|unit| async move {
            unit.execute_unprepared(rows).await?;
            Ok(())
        });
        written.await.unwrap();
        let first = Paging { limit: Some(1), ..Paging::default() };
        for (rank, total) in [(None, 100_001), (Some(Rank::Other), 100_000), (Some(Rank::Key), 200)] {
            let page = list(&caller, &PlatformFilter { rank, ..PlatformFilter::default() }, &first).await.unwrap();
            assert_eq!((page.items.len(), page.next.is_some(), page.total), (1, true, total), "{rank:?}");
        }
    })
    .await;
}
