//! Rows of a roster that did not go in: whoever brought it gets them back, anybody else needs the right to export.

use axum::http::StatusCode;
use kernel::organisation::Level;
use serde_json::json;
use testing::{App, people};

use crate::{
    roles::{found, officer},
    scope::{give, make_role},
    stock::send_file,
};

#[tokio::test]
async fn wrong_rows_of_another_one_s_roster_want_the_right_to_export() {
    App::each(&server::programmes(), async |app| {
        let union = found(&app, None, "152201", "乌兰浩特市总工会", Level::County).await;
        let mut own = officer(&app, "own", "业务干部", union).await;
        let mut security = officer(&app, "security", "安全管理员", union).await;
        let mut other = officer(&app, "other.importer", "只读领导", union).await;
        let roster = format!("姓名,证件号码\n{},150102199901011234\n", people::name(1));
        let import = send_file(&mut own, "imports", union, "名册.csv", roster.as_bytes()).await;
        let path = format!("/api/v1/imports/{}", import["id"].as_str().unwrap());
        let begun = own.post(&format!("{path}/check"), &json!({})).await;
        assert!(begun.status.is_success(), "{}", begun.json());
        app.settle().await;
        let bad = format!("{path}/bad.xlsx");
        assert_eq!(own.get(&bad).await.status, StatusCode::OK);

        let imports = make_role(&mut security, "导入岗", &["membership.import"]).await;
        give(&mut security, "other.importer", &[(&imports, union)]).await;
        // Nor is the file made for who may not have it: what can't be read isn't looked at.
        app.write("UPDATE membership_import_block SET verdicts = 'x' || verdicts").await;
        assert_eq!(own.get(&bad).await.status, StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(other.get(&bad).await.code(), "forbidden");
        app.write("UPDATE membership_import_block SET verdicts = SUBSTR(verdicts, 2)").await;
        let exports = make_role(&mut security, "导出岗", &["membership.export"]).await;
        give(&mut security, "other.importer", &[(&imports, union), (&exports, union)]).await;
        assert_eq!(other.get(&bad).await.status, StatusCode::OK);
        drop((own, security, other));
    })
    .await;
}
