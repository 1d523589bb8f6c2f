//! Units of work of several processes.

use kernel::Context;
use sea_orm::{ConnectionTrait, Statement};
use testing::App;

#[tokio::test]
async fn a_unit_sees_what_others_committed_while_it_waited_whatever_the_server_is_set_to() {
    App::each(&[kernel::own::programme()], async |app| {
        if !app.is_on_server() {
            return;
        }
        let set = "EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation TO ''repeatable read''', \
                   current_database())";
        app.write(&format!("DO $$ BEGIN {set}; END $$")).await;
        let house = app.another_process().await;
        let context = &Context::system(&house, "a test");
        let level = context.unit(|unit| async move {
            let sql = "SELECT current_setting('transaction_isolation') AS level";
            let asked = Statement::from_string(unit.get_database_backend(), sql);
            let row = unit.query_one_raw(asked).await?.unwrap();
            Ok(row.try_get::<String>("", "level")?)
        });
        assert_eq!(level.await.unwrap(), "read committed");
    })
    .await;
}
