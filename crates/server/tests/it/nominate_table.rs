//! A table of those whom a union nominates.

use serde_json::{Value, json};
use testing::{Answer, App, Client, people};

use crate::{
    benefit::{round, town, workers},
    nominate::{at, stay},
    roles::officer,
};

/// Sends a table of nominations, as a spreadsheet saves it.
async fn sends_table(client: &mut Client, round: &str, table: &str) -> Answer {
    let file = ("推荐表.csv", table.as_bytes());
    client.post_form("/api/v1/benefit-nominations/table", &[], &[("round_id", round)], file).await
}

#[tokio::test]
async fn a_table_nominates_within_the_share_and_gives_back_what_it_can_not() {
    App::each(&server::programmes(), async |app| {
        let mut town = town(&app).await;
        let mut union = officer(&app, "riders", "业务干部", town.riders).await;
        workers(&app, town.riders, 1..6).await;
        workers(&app, town.couriers, 6..7).await;
        let offer = stay(&app, &mut town, (3, 3)).await;
        let id = &round(&offer);
        let (name, phone, number) = (people::name, people::phone, people::number);
        let mut table = String::from("某县推荐表\n序号,姓 名,手机号码（11位）,证件号码,所在工会,推荐理由（必填）\n");
        for row in [
            format!("1,{},{},,骑手联合工会,连续三年投诉为零", name(1), phone(1)),
            format!("2,{},,{},,抢险救灾表现突出", name(2), number(2)),
            format!("3,{},{},,快递员联合工会,工会不对", name(3), phone(3)),
            format!("4,{},{},,,名字和号码不是一个人", name(4), phone(3)),
            format!("5,{},{},,,别的工会的人", name(6), phone(6)),
            format!("6,{},{},,,", name(5), phone(5)),
            format!("7,{},{},,,重复的一行", name(1), phone(1)),
            format!("8,{},{},,,第三个名额", name(4), phone(4)),
            format!("9,{},{},,,第四个", name(5), phone(5)),
            format!("10,{},{},,,#REF!", name(5), phone(5)),
        ] {
            table.push_str(&row);
            table.push('\n');
        }
        let headless = sends_table(&mut union, id, "姓名,推荐理由\n王,好\n").await;
        assert_eq!(headless.code(), "heading_missing");
        assert_eq!(sends_table(&mut union, id, "姓名,手机号码,推荐理由\n").await.code(), "rows_missing");
        let told: Value = sends_table(&mut union, id, &table).await.ok();
        assert_eq!(told["nominated"], 3, "{told}");
        let refused: Vec<(u64, &str)> = told["refused"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| (row["row"].as_u64().unwrap(), row["reason"].as_str().unwrap()))
            .collect();
        let wanted = [
            (5, "现在属于“骑手联合工会”"),
            (6, "没有找到"),
            (7, "没有找到"),
            (8, "推荐理由"),
            (9, "已经被推荐过"),
            (11, "名额共3个"),
            (12, "“推荐理由”一格是公式出错的结果"),
        ];
        assert_eq!(refused.len(), wanted.len(), "{told}");
        for ((row, reason), (at, words)) in refused.into_iter().zip(wanted) {
            assert!(row == at && reason.contains(words), "{row} {reason}, not {at} {words}");
        }
        let file = union.get(&format!("/api/v1/exports/{}/file", told["to_mend"].as_str().unwrap())).await;
        assert!(file.body.starts_with(b"PK"), "{}", file.status);
        let list: Value = union.get(&format!("/api/v1/benefit-nomination-rounds/{id}/nominations")).await.ok();
        assert_eq!((&list["total"], &list["items"][1]["reason"]), (&json!(3), &json!("抢险救灾表现突出")));

        // Once the time of nominations is over, no table helps.
        app.set_clock(at("2026-07-03T02:00:00Z"));
        let mut later = officer(&app, "riders.later", "业务干部", town.riders).await;
        assert_eq!(sends_table(&mut later, id, &table).await.code(), "nominations_closed");
        drop((town, union, later));
    })
    .await;
}
