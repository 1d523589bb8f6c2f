//! A table of dues is taken back as a whole.

use kernel::{Id, audit, export, listing::Paging};
use membership::{
    dues::{
        files::{DuesFileFilter, list as files, look, undo},
        list::{DuesFilter, list},
        read_table::{SentTable, enter_table},
        take_back::{DuesTakenBack, take_back},
    },
    keep::{Reason, keep},
    permissions::{KeepDues, KeepMembers, SeeMembers},
    rules::standing::Step,
    show::show,
};
use sea_orm::entity::prelude::*;
use secret::masking;
use serde_json::{Value, json};
use testing::App;

use crate::world::{member, name, number, programmes, region};

fn table(union: Id, people: std::ops::RangeInclusive<u32>) -> SentTable {
    let mut text = String::from("证件号码,月份,金额（元）\n");
    for n in people {
        text.push_str(&format!("{},2026-07,10\n", number(n)));
    }
    SentTable { file: ("七月会费.csv".into(), text.into_bytes()), organisation_id: union, month: None }
}

#[tokio::test]
async fn a_table_is_taken_back_and_its_months_may_be_entered_again() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 1..=3 {
            member(&app, n, region.riders).await;
        }
        let caller = app.caller::<KeepDues>();
        // What nobody paid leaves no table behind.
        let nobody = enter_table(&caller, table(region.riders, 70..=71)).await.unwrap();
        assert_eq!((nobody.entered, nobody.refused.len()), (0, 2));
        enter_table(&caller, table(region.riders, 1..=1)).await.unwrap();
        let answer = enter_table(&caller, table(region.county, 1..=3)).await.unwrap();
        assert_eq!((answer.entered, answer.refused.len()), (2, 1));
        let kept = files(&caller, &DuesFileFilter::default(), &Paging::default()).await.unwrap();
        let told: Vec<(&str, i64, i64)> =
            kept.items.iter().map(|file| (&*file.file_name, file.entered, file.amount_fen)).collect();
        assert_eq!(told, [("七月会费.csv", 2, 2_000), ("七月会费.csv", 1, 1_000)]);
        let below = DuesFileFilter { organisation: Some(region.riders) };
        assert_eq!(files(&caller, &below, &Paging::default()).await.unwrap().total, 1);

        // One of its two entries was taken back by itself: it stays, and it is said why.
        let see = app.caller::<SeeMembers>();
        let july = DuesFilter { organisation: Some(region.county), ..DuesFilter::default() };
        let newest = list(&see, &july, &Paging::default()).await.unwrap().items[0].id;
        let why = |text: &str| DuesTakenBack { reason: text.into() };
        take_back(&caller, newest, &why("此人未缴")).await.unwrap();
        let id = kept.items[0].id;
        let looked = look(&caller, id).await.unwrap();
        assert_eq!((looked.entries, looked.amount_fen, looked.left), (1, 1_000, 1));
        assert!(looked.why[0].name.contains('*') && looked.why[0].reason.contains("此人未缴"), "{looked:?}");
        assert_eq!(list(&see, &july, &Paging::default()).await.unwrap().amount_fen, 2_000);

        assert_eq!(undo(&caller, id, &why(" ")).await.unwrap_err().fields[0].field, "reason");
        let undone = undo(&caller, id, &why("传错了表")).await.unwrap();
        assert_eq!((undone.entries, undone.left), (1, 1));
        let page = list(&see, &july, &Paging::default()).await.unwrap();
        // Nothing is deleted, and what another table entered stands.
        assert_eq!((page.total, page.amount_fen), (3, 1_000));
        let reasons: Vec<Option<&str>> = page.items.iter().map(|row| row.taken_back.as_deref()).collect();
        assert_eq!(reasons, [Some("此人未缴"), Some("传错了表"), None]);
        assert_eq!(undo(&caller, id, &why("再来一次")).await.unwrap_err().code, "nothing_to_take_back");
        let kept = files(&caller, &DuesFileFilter::default(), &Paging::default()).await.unwrap();
        assert_eq!((kept.items[0].undone.as_deref(), kept.items[1].undone.as_deref()), (Some("传错了表"), None));
        let acts = audit::Entity::find().filter(audit::Column::Action.eq("dues.undo_table"));
        let acts = acts.all(caller.read()).await.unwrap();
        assert!(acts.len() == 1 && acts[0].organisation_id == Some(region.riders), "{acts:?}");
        let again = enter_table(&caller, table(region.county, 2..=3)).await.unwrap();
        assert_eq!((again.entered, again.refused.len()), (2, 0));
        assert_eq!(look(&caller, region.county).await.unwrap_err().status, 404);
    })
    .await;
}

#[tokio::test]
async fn rows_that_were_not_taken_go_with_whom_they_tell_of() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let caller = app.caller::<KeepDues>();
        let sent = async |people| enter_table(&caller, table(region.couriers, people)).await.unwrap().to_mend.unwrap();
        let (his, others) = (sent(1..=2).await, sent(3..=4).await);
        let left = Reason { reason: Some("本人申请".into()), day: None };
        keep(&app.caller::<KeepMembers>(), id, Step::Leave, &left).await.unwrap();
        let person = show(&app.caller::<SeeMembers>(), id).await.unwrap().member.person_id;
        app.erase(person).await;
        assert_eq!(export::fetch(&app.caller(), his).await.err().unwrap().code, "export_no_file");
        assert!(export::fetch(&app.caller(), others).await.is_ok());
        let gone = audit::Entity::find().filter(audit::Column::Action.eq("exports.expire"));
        let gone = gone.all(caller.read()).await.unwrap();
        assert!(gone.len() == 1 && gone[0].object_id == Some(his), "{gone:?}");
    })
    .await;
}

#[tokio::test]
async fn of_the_rows_that_were_not_taken_the_last_twenty_files_are_kept() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<KeepDues>();
        let sent = async || enter_table(&caller, table(region.riders, 70..=70)).await.unwrap().to_mend.unwrap();
        let (first, second) = (sent().await, sent().await);
        for _ in 3..=20 {
            sent().await;
        }
        assert!(export::fetch(&app.caller(), first).await.is_ok());
        sent().await;
        assert_eq!(export::fetch(&app.caller(), first).await.err().unwrap().code, "export_no_file");
        assert!(export::fetch(&app.caller(), second).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_is_entered_is_noted_once_for_each_union() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for (n, union) in [(1, region.riders), (2, region.riders), (3, region.couriers)] {
            member(&app, n, union).await;
        }
        let caller = app.caller::<KeepDues>();
        enter_table(&caller, table(region.county, 1..=3)).await.unwrap();
        let noted = async |union: Id| {
            let acts = audit::Entity::find().filter(audit::Column::Action.eq("dues.enter"));
            let acts = acts.filter(audit::Column::ObjectId.eq(union)).all(caller.read()).await.unwrap();
            acts.into_iter().map(|act| serde_json::from_str(&act.detail).unwrap()).collect::<Vec<Value>>()
        };
        assert_eq!(noted(region.riders).await, [json!({ "count": 2, "amount_fen": 2_000 })]);
        assert_eq!(noted(region.couriers).await, [json!({ "count": 1, "amount_fen": 1_000 })]);
    })
    .await;
}

#[tokio::test]
async fn a_card_of_another_union_is_not_found_by_a_table() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let mut text = String::from("会员证号,月份,金额（元）\n");
        for (n, union) in [(1, region.riders), (2, region.couriers)] {
            let id = member(&app, n, union).await;
            let card = show(&app.caller::<SeeMembers>(), id).await.unwrap().member.card_number.unwrap();
            text.push_str(&format!("{card},2026-07,10\n"));
        }
        let file = ("七月会费.csv".into(), text.into_bytes());
        let sent = SentTable { file, organisation_id: region.riders, month: None };
        let answer = enter_table(&app.caller::<KeepDues>(), sent).await.unwrap();
        assert_eq!((answer.entered, answer.refused.len(), answer.refused[0].row), (1, 1, Some(3)), "{answer:?}");
    })
    .await;
}

#[tokio::test]
async fn dues_of_a_row_whose_name_is_not_the_members_are_not_entered() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 1..=4 {
            member(&app, n, region.riders).await;
        }
        let caller = app.caller::<KeepDues>();
        // Of two rows the number is another member's. A masked name passes where it fits.
        let rows = [(1, name(1)), (2, "张冠李戴".into()), (3, masking::name(&name(3))), (4, "戴*冠".into())];
        let mut text = String::from("姓名,证件号码,月份,金额（元）\n");
        for (n, name) in &rows {
            text.push_str(&format!("{name},{},2026-07,10\n", number(*n)));
        }
        let file = ("七月会费.csv".into(), text.into_bytes());
        let sent = SentTable { file, organisation_id: region.county, month: None };
        let answer = enter_table(&caller, sent).await.unwrap();
        let refused: Vec<(Option<u64>, &str)> =
            answer.refused.iter().map(|refused| (refused.row, &*refused.name)).collect();
        assert_eq!((answer.entered, refused), (2, vec![(Some(3), "张冠李戴"), (Some(5), "戴*冠")]), "{answer:?}");
        // Whose the number is is told as lists tell it.
        let told = &answer.refused[0].reason;
        assert!(told.contains(&masking::name(&name(2))) && !told.contains(&name(2)), "{told}");
    })
    .await;
}
