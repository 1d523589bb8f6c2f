//! Unions from a table: all of its rows are founded, or none.

use kernel::{Id, organisation::Level};
use serde_json::{Value, json};
use testing::{Answer, App, Client, texts_of};

use crate::{
    roles::{found, officer},
    stock::post_file,
};

const HEADINGS: &str = "代码,名称,类别,级别,上级代码,成立日期,用人单位信用代码";

/// A county with a neighbour, and who may found unions below it.
async fn county(app: &App) -> (Id, Id, Client) {
    let root = found(app, None, "150000", "自治区总工会", Level::Province).await;
    let county = found(app, Some(root), "150202", "东河区总工会", Level::County).await;
    let other = found(app, Some(root), "150203", "昆都仑区总工会", Level::County).await;
    (county, other, officer(app, "system", "系统管理员", county).await)
}

/// Sends a table, as a spreadsheet saves it.
async fn sends(client: &mut Client, place: Id, table: &str) -> Answer {
    post_file(client, "organisations/import", place, "组织.csv", table.as_bytes()).await
}

/// The same under a key.
async fn sends_under(client: &mut Client, key: &str, place: Id, table: &str) -> Answer {
    let (place, file) = (place.to_string(), ("组织.csv", table.as_bytes()));
    let texts = [("organisation_id", place.as_str())];
    client.post_form("/api/v1/organisations/import", &[("idempotency-key", key)], &texts, file).await
}

/// The codes of a union and of those above it, the highest first.
fn path(union: &Value) -> Vec<&str> {
    union["path"].as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap()).collect()
}

/// What is wrong with a table, field by field.
fn wrong(answer: &Answer) -> Vec<(String, String)> {
    let told = answer.json();
    let text = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    told["fields"].as_array().unwrap().iter().map(|one| (text(one, "field"), text(one, "code"))).collect()
}

/// The unions of a code that somebody sees.
async fn seen(client: &mut Client, code: &str) -> Vec<Value> {
    let page: Value = client.get(&format!("/api/v1/organisations?q={code}")).await.ok();
    page["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_table_founds_unions_each_below_the_one_that_its_row_names() {
    App::each(&server::programmes(), async |app| {
        let (county, _, mut system) = county(&app).await;
        let employer = json!({
            "organisation_id": county, "name": "东河物流有限公司", "credit_code": "914403001922038216", "kind": "enterprise",
            "workers": 80,
        });
        let mut work = officer(&app, "work", "业务干部", county).await;
        let employer: Value = work.post("/api/v1/employers", &employer).await.ok();
        let table = "东河区工会一览\n\
             序号,代码,名称,类别,级别,上级代码,主席,联系电话,成立日期,本届任期到,职工人数,其中女职工,用人单位信用代码\n\
             1,T-1,沙尔沁镇工会,乡镇（街道）工会,乡镇街道,,其其格,0472-1234567,2019年6月1日,2029/5/31,\"1,200\",300,\n\
             2,T-001,东河物流工会,基层工会,基层,t-1,,,20200601,,,,914403001922038216\n";
        let made = sends_under(&mut system, "key", county, table).await;
        assert_eq!(made.ok::<Value>(), json!({ "made": 2 }));
        let founded = made.trace.acts().into_iter().filter(|act| act.code == "organisations.create");
        assert_eq!(founded.count(), 2, "each leaves what one made by hand leaves");

        let keys = seen(&mut system, "T-").await;
        let mut unions = Vec::new();
        for row in &keys {
            unions.push(
                system
                    .get(&format!("/api/v1/organisations/{}", row["id"].as_str().unwrap()))
                    .await
                    .ok::<Value>(),
            );
        }
        let [lower, upper] = &unions[..] else { panic!("{unions:?}") };
        assert_eq!((path(upper), path(lower)), (vec!["150000", "150202", "T-1"], vec!["150000", "150202", "T-1", "T-001"]));
        assert_eq!((&upper["level"], &upper["kind"]), (&json!("township"), &json!("township_union")));
        assert_eq!((&upper["chair"], &upper["contact"]), (&json!("其其格"), &json!("0472-1234567")));
        assert_eq!((&upper["founded_on"], &upper["term_ends_on"]), (&json!("2019-06-01"), &json!("2029-05-31")));
        assert_eq!((&upper["workers"], &upper["women"]), (&json!(1_200), &json!(300)));
        assert_eq!((&lower["founded_on"], &lower["employer_id"]), (&json!("2020-06-01"), &employer["id"]));

        // Sent again it is answered the same, and nothing else under its key.
        let again = sends_under(&mut system, "key", county, table).await;
        assert_eq!(again.ok::<Value>(), json!({ "made": 2 }));
        let other = sends_under(&mut system, "key", county, &table.replace("T-", "S-")).await;
        assert_eq!(other.code(), "key_used_otherwise");
        let without = sends(&mut system, county, table).await;
        assert_eq!(wrong(&without), ["row.3", "row.4"].map(|row| (row.to_owned(), "code_taken".to_owned())));
        drop((system, work));
    })
    .await;
}

#[tokio::test]
async fn one_wrong_row_refuses_all_and_each_is_told_by_its_number() {
    App::each(&server::programmes(), async |app| {
        let (county, _, mut system) = county(&app).await;
        let rows = [
            ("A-1,好工会,基层工会,基层,,,", None),
            ("A-1,重复工会,基层工会,基层,,,", Some("code_twice")),
            ("150203,占用工会,基层工会,基层,,,", Some("code_taken")),
            ("A-2,别区工会,基层工会,基层,150203,,", Some("unknown_parent")),
            ("A-3,高层工会,总工会,市级,,,", Some("parent_level")),
            ("A-4,类别工会,街道工会,基层,,,", Some("kind")),
            ("A-5,后面工会,基层工会,基层,A-6,,", Some("unknown_parent")),
            ("A-6,未来工会,基层工会,基层,,2099-01-01,", Some("day_in_future")),
            ("A-7,下级工会,基层工会,基层,A-6,,", Some("unknown_parent")),
            ("A-8,单位工会,基层工会,基层,,去年,914403001922038216", Some("founded_on")),
            ("A-9,单位工会,基层工会,基层,,,914403001922038216", Some("unknown_employer")),
            ("A-10,自己工会,基层工会,基层,A-10,,", Some("unknown_parent")),
        ];
        let table: Vec<&str> = [HEADINGS].into_iter().chain(rows.iter().map(|(row, _)| *row)).collect();
        let refused = sends(&mut system, county, &table.join("\n")).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (422, "invalid".to_owned()));
        let wanted =
            rows.iter().zip(2..).filter_map(|((_, code), row)| Some((format!("row.{row}"), (*code)?.to_owned())));
        assert_eq!(wrong(&refused), wanted.collect::<Vec<_>>(), "{}", refused.json());
        let told = refused.json();
        let messages: Vec<&str> =
            told["fields"].as_array().unwrap().iter().map(|one| one["message"].as_str().unwrap()).collect();
        assert_eq!(messages[0], "第3行：代码和第2行的相同，请另填一个。");
        assert!(messages[4].starts_with("第7行：“类别”应为总工会或"), "{messages:?}");
        assert_eq!(messages[5], "第8行：上级代码是第9行的，请把那一行移到这一行前面。");
        assert_eq!(messages[7], "第10行：上级代码是第9行的，请先改正那一行。");
        let file = system.get(&format!("/api/v1/exports/{}/file", told["extra"]["to_mend"].as_str().unwrap())).await;
        let back = texts_of(&file.body);
        assert_eq!(back.len(), 2 + rows.len(), "the table comes back as a whole");
        assert!(back[3].last().unwrap().starts_with("原文件第3行：代码和第2行的相同"), "{:?}", back[3]);
        assert!(seen(&mut system, "A-").await.is_empty(), "nothing was founded");
        drop(system);
    })
    .await;
}

#[tokio::test]
async fn a_table_is_of_whoever_may_found_unions_there_and_has_its_bounds() {
    App::each(&server::programmes(), async |app| {
        let (county, other, mut system) = county(&app).await;
        let good = format!("{HEADINGS}\nB-1,好工会,基层工会,基层,,,\n");
        let mut work = officer(&app, "work", "业务干部", county).await;
        assert_eq!(sends(&mut work, county, &good).await.code(), "forbidden");
        assert_eq!(work.get("/api/v1/organisations/template.xlsx").await.code(), "forbidden");
        assert_eq!(sends(&mut system, other, &good).await.code(), "not_found");
        assert_eq!(sends(&mut system, county, "代码,名称\nB-1,好工会\n").await.code(), "heading_missing");
        assert_eq!(sends(&mut system, county, &good.replace("上级代码", "名称")).await.code(), "heading_twice");
        let strange = sends(&mut system, county, &good.replace("成立日期", "任期至")).await;
        assert_eq!(wrong(&strange), [("file".to_owned(), "heading_unknown".to_owned())]);
        assert_eq!(sends(&mut system, county, &format!("{HEADINGS}\n")).await.code(), "rows_missing");
        let rows = |number: usize| {
            let rows: Vec<String> = (0..number).map(|row| format!("B-{row},第{row}工会,街道工会,基层,,,")).collect();
            format!("{HEADINGS}\n{}", rows.join("\n"))
        };
        assert_eq!(sends(&mut system, county, &rows(1_001)).await.code(), "too_many_rows");
        // All that is wrong stands in the file; the answer itself stays small enough to be one.
        let refused = sends(&mut system, county, &rows(1_000)).await;
        let told = wrong(&refused);
        assert_eq!((refused.status.as_u16(), told.len()), (422, 101), "{told:?}");
        assert_eq!(refused.json()["fields"][100]["message"], "另有900处要改正，见标出问题的表格。");
        assert!(refused.json()["extra"]["to_mend"].is_string());

        let template = texts_of(&system.get("/api/v1/organisations/template.xlsx").await.body);
        let filled = format!("{}\nB-1,好工会,基层工会,基层,150202\n", template[0].join(","));
        assert_eq!(sends(&mut system, county, &filled).await.ok::<Value>(), json!({ "made": 1 }));
        drop((system, work));
    })
    .await;
}
