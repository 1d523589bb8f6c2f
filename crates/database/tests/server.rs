//! What PostgreSQL is told when it is connected to, on the server that `make test` starts.

use database::{
    Database, Settings,
    sea_orm::{ConnectionTrait, DbBackend, Statement},
};

#[tokio::test]
async fn no_plan_outlives_the_table_that_it_was_made_for() {
    let Ok(server) = std::env::var("NIANGJIA_TEST_POSTGRES") else { return };
    let settings = Settings { readers: 1, ..Settings::new(format!("{server}/postgres")) };
    let database = Database::open(&settings).await.unwrap();
    let ask = async |sql, of: i64| {
        let asked = Statement::from_sql_and_values(DbBackend::Postgres, sql, [of.into()]);
        database.reader().query_one_raw(asked).await.unwrap().unwrap()
    };
    for of in 0..10 {
        ask("SELECT count(*) FROM pg_class WHERE oid = $1::bigint::oid", of).await;
    }
    let plans = "SELECT custom_plans AS made, generic_plans AS kept FROM pg_prepared_statements \
                 WHERE statement LIKE '%pg_class WHERE oid%' ORDER BY prepare_time LIMIT $1";
    let plans = ask(plans, 1).await;
    let of = |name| plans.try_get::<i64>("", name).unwrap();
    assert_eq!((of("made"), of("kept")), (10, 0));
    database.close().await.unwrap();
}
