//! Rotating the house's key: several processes, a crash in the middle, another master key, a wrong one, damaged values.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use kernel::{Context, House, Id, access::permissions::ManageKeys, audit, keys, listing::Paging, person};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Query},
};
use secret::{Keyring, MasterKey, Place};
use testing::App;

use crate::{
    organisation_world::{programmes, region},
    people::register,
};

const ROWS: i64 = 1_300;

pub(crate) fn master(seed: u8) -> MasterKey {
    let bytes: Vec<u8> = (0..40_u8).map(|at| at.wrapping_mul(at).wrapping_add(seed).wrapping_mul(31)).collect();
    MasterKey::from_bytes(&bytes).unwrap()
}

fn place(row: i64) -> Place<'static> {
    Place { table: "given_answer", column: "answer", row_key: row }
}

/// Fills a sealed column with rows of the present version.
pub(crate) async fn fill(context: &Context, house: &House, rows: std::ops::Range<i64>) {
    let rows = &rows;
    let filled = context.unit(|unit| async move {
        for row in rows.clone() {
            let sealed = house.keyring().seal(place(row), &format!("row {row}"), house.ambient().bytes());
            let insert = Query::insert()
                .into_table("given_answer")
                .columns(["fingerprint", "key", "answer", "given_at"])
                .values_panic([
                    format!("f{row}").into(),
                    row.into(),
                    sealed.into(),
                    context.now().timestamp_micros().into(),
                ])
                .to_owned();
            unit.execute(&insert).await?;
        }
        Ok(())
    });
    filled.await.unwrap();
}

pub(crate) async fn under(context: &Context, version: u16) -> i64 {
    let query = Query::select()
        .expr_as(Expr::col("key").count(), "rows")
        .from("given_answer")
        .and_where(Expr::col("answer").like(format!("v{version}.%")))
        .to_owned();
    context.read().query_one(&query).await.unwrap().unwrap().try_get("", "rows").unwrap()
}

#[tokio::test]
async fn a_process_that_dies_in_the_middle_leaves_nothing_undone() {
    App::each(&programmes(), async |app| {
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        fill(context, app.house(), 0..ROWS).await;
        assert_eq!(keys::rotate(context).await.unwrap(), 2);
        assert_eq!(app.house().keyring().current(), 1, "the others may not have heard of it yet");
        app.pass(TimeDelta::minutes(1));
        assert_eq!(keys::follow(app.house()).await.unwrap(), 2);
        fill(context, app.house(), ROWS..ROWS + 10).await;
        assert_eq!((under(context, 1).await, under(context, 2).await), (ROWS, 10));
        app.pass(TimeDelta::minutes(1));
        // The process is stopped as soon as the first rows are sealed anew, wherever that is.
        let watch = async {
            while under(context, 1).await == ROWS {
                tokio::task::yield_now().await;
            }
        };
        tokio::select! {
            () = app.settle() => panic!("it was too fast to be stopped"),
            () = watch => {}
        }
        assert!(under(context, 1).await > 0, "stopped in the middle");
        app.settle().await;
        assert!(under(context, 1).await > 0, "the dead process still holds the job");
        app.pass(TimeDelta::minutes(11));
        app.settle().await;
        assert_eq!((under(context, 1).await, under(context, 2).await), (0, ROWS + 10));
        let query = Query::select().columns(["key", "answer"]).from("given_answer").to_owned();
        for row in context.read().query_all(&query).await.unwrap() {
            let (key, answer): (i64, String) = (row.try_get("", "key").unwrap(), row.try_get("", "answer").unwrap());
            assert_eq!(app.house().keyring().open(place(key), &answer).unwrap(), format!("row {key}"));
        }
        assert_eq!(keys::stand(context).await.unwrap().outdated, []);
    })
    .await;
}

#[tokio::test]
async fn what_a_slower_process_sealed_meanwhile_is_found() {
    App::each(&programmes(), async |app| {
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        let slower =
            Keyring::derive(&MasterKey::from_bytes(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEF").unwrap(), 1).unwrap();
        assert_eq!(keys::rotate(context).await.unwrap(), 2);
        app.pass(TimeDelta::minutes(1));
        keys::follow(app.house()).await.unwrap();
        let newer = app.house().keyring().seal(place(1), "text", [1; 12]);
        assert!(newer.starts_with("v2."));
        assert_eq!(slower.open(place(1), &newer).unwrap(), "text", "it reads what the faster one writes");
        let sealed = slower.seal(place(0), "text", [2; 12]);
        fill(context, app.house(), 0..1).await;
        let sealed = &sealed;
        let overwritten = context.unit(|unit| async move {
            let update = Query::update().table("given_answer").value("answer", sealed.clone()).to_owned();
            unit.execute(&update).await?;
            Ok(())
        });
        overwritten.await.unwrap();
        assert_eq!(under(context, 1).await, 1);
        app.pass(TimeDelta::minutes(2));
        app.settle().await;
        assert_eq!((under(context, 1).await, under(context, 2).await), (0, 1));
    })
    .await;
}

#[tokio::test]
async fn another_master_key_is_picked_up_without_a_start_and_a_wrong_one_is_told() {
    let file: Arc<Mutex<Option<u8>>> = Arc::default();
    let read = file.clone();
    let masters: keys::Masters =
        Arc::new(move || Ok(read.lock().unwrap().map(|seed| (2, master(seed))).into_iter().collect()));
    App::each_with(
        &programmes(),
        |told| told.masters = Some(masters.clone()),
        async |app| {
            *file.lock().unwrap() = None;
            let context = &Context::system(app.house(), "a test");
            keys::follow(app.house()).await.unwrap();
            let old = app.house().keyring().seal(place(1), "old", [1; 12]);
            // The operator's command, in a process of its own, has read the new file.
            let theirs =
                Keyring::derive(&MasterKey::from_bytes(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEF").unwrap(), 1)
                    .unwrap();
            theirs.add_master(2, &master(5)).unwrap();
            let check = &theirs.check_value(2);
            let raised = context.unit(|unit| async move {
                let row = Query::insert()
                    .into_table("key_version")
                    .columns(["version", "check_value", "made_at", "done_at"])
                    .values_panic([2.into(), check.clone().into(), 1_i64.into(), 1_i64.into()])
                    .to_owned();
                unit.execute(&row).await?;
                Ok(())
            });
            raised.await.unwrap();
            let told = keys::follow(app.house()).await.unwrap_err().to_string();
            assert!(told.contains("版本 2"), "{told}");
            assert_eq!(app.house().keyring().current(), 1, "it does not seal under a key that the others don't have");
            assert!(!keys::stand(context).await.unwrap().known);
            *file.lock().unwrap() = Some(5);
            assert_eq!(keys::follow(app.house()).await.unwrap(), 2);
            let new = app.house().keyring().seal(place(1), "new", [1; 12]);
            theirs.raise(2).unwrap();
            assert_eq!(theirs.open(place(1), &new).unwrap(), "new");
            assert_eq!(app.house().keyring().open(place(1), &old).unwrap(), "old");
            assert_eq!(
                app.house().keyring().blind_index("phone", "13800000000"),
                theirs.blind_index("phone", "13800000000")
            );
        },
    )
    .await;
}

/// The blind index of a person's phone, and under which version the phone is sealed.
async fn kept(context: &Context, id: kernel::Id) -> (String, String) {
    let person = person::Entity::find_by_id(id).one(context.read()).await.unwrap().unwrap();
    (person.phone_index.unwrap(), person.phone_sealed.unwrap().split('.').next().unwrap().to_owned())
}

#[tokio::test]
async fn people_are_found_at_every_moment_of_a_rotation_and_written_down_once() {
    App::each(&programmes(), async |app| {
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        let place = region(&app).await.county;
        let names = ["张小雨", "王大海", "李春花"];
        let found = async |n: u32, id: kernel::Id| {
            let name = names[usize::try_from(n).unwrap() - 1];
            assert_eq!(register(&app, place, n, name, None).await, id, "{name} is written down twice");
            let phones = app.house().keyring().blind_indexes("phone", &format!("1380000000{n}"));
            let holder = person::Entity::find().filter(person::Column::PhoneIndex.is_in(phones));
            assert_eq!(holder.one(context.read()).await.unwrap().map(|one| one.id), Some(id), "{name}'s phone");
        };
        let phone = |n: u32| format!("1380000000{n}");
        let zhang = register(&app, place, 1, names[0], Some(&phone(1))).await;
        let before = kept(context, zhang).await;
        keys::rotate(context).await.unwrap();
        found(1, zhang).await;
        let wang = register(&app, place, 2, names[1], Some(&phone(2))).await;
        assert_eq!(kept(context, wang).await.1, "v1", "announced, not in use");

        app.pass(TimeDelta::minutes(1));
        keys::follow(app.house()).await.unwrap();
        let li = register(&app, place, 3, names[2], Some(&phone(3))).await;
        assert_eq!((kept(context, li).await.1.as_str(), &kept(context, zhang).await), ("v2", &before));
        for (n, id) in [(1, zhang), (2, wang), (3, li)] {
            found(n, id).await;
        }
        // A process that heard of it, whose clock is a little behind, finds what this one writes.
        let slower =
            Keyring::derive(&MasterKey::from_bytes(b"0123456789abcdefghijklmnopqrstuvwxyzABCDEF").unwrap(), 1).unwrap();
        slower.look_also_under(&[2, 1]);
        assert!(slower.blind_indexes("phone", &phone(3)).contains(&kept(context, li).await.0));

        app.pass(TimeDelta::minutes(1));
        app.settle().await;
        let after = kept(context, zhang).await;
        assert!(after.1 == "v2" && after.0 != before.0, "indexed anew");
        assert_eq!(app.house().keyring().blind_indexes("phone", &phone(1)), [after.0], "the old key is not needed");
        for (n, id) in [(1, zhang), (2, wang), (3, li)] {
            found(n, id).await;
        }
    })
    .await;
}

/// Overwrites a row of the sealed column.
async fn overwrite(context: &Context, row: i64, with: &str) {
    let update =
        Query::update().table("given_answer").value("answer", with).and_where(Expr::col("key").eq(row)).to_owned();
    let update = &update;
    let written = context.unit(|unit| async move {
        unit.execute(update).await?;
        Ok(())
    });
    written.await.unwrap();
}

async fn answer(context: &Context, row: i64) -> String {
    let query = Query::select().column("answer").from("given_answer").and_where(Expr::col("key").eq(row)).to_owned();
    context.read().query_one(&query).await.unwrap().unwrap().try_get("", "answer").unwrap()
}

/// Rotates the key, waits until the job has done what it can, and answers the version.
pub(crate) async fn rotate(app: &App) -> u16 {
    let version = keys::rotate(&Context::system(app.house(), "a test")).await.unwrap();
    app.pass(TimeDelta::minutes(2));
    app.settle().await;
    version
}

#[tokio::test]
async fn what_can_t_be_opened_is_named_and_set_aside_and_the_next_rotation_begins() {
    App::each(&programmes(), async |app| {
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        fill(context, app.house(), 0..5).await;
        let whole = answer(context, 3).await;
        // One is cut off, one was moved from another row, one names a key that there never was.
        let damaged = [(1, "v1.AAAA".to_owned()), (3, answer(context, 2).await), (4, whole.replace("v1.", "v7."))];
        for (row, bytes) in &damaged {
            overwrite(context, *row, bytes).await;
        }
        assert_eq!(rotate(&app).await, 2);
        assert_eq!(under(context, 2).await, 2);
        let stand = keys::stand(context).await.unwrap();
        assert_eq!(stand.unopened, ["given_answer.answer 1", "given_answer.answer 3", "given_answer.answer 4"]);
        assert_eq!(stand.outdated, [("given_answer", "answer", 3)]);

        let caller = app.caller::<ManageKeys>();
        let found = keys::list(&caller, &Paging::default()).await.unwrap().items;
        let told: Vec<_> = found.iter().map(|one| (&*one.table, &*one.row, one.sealed_under)).collect();
        assert_eq!(
            told,
            [("given_answer", "1", Some(1)), ("given_answer", "3", Some(1)), ("given_answer", "4", Some(7))]
        );
        let set_aside = async |ids: &[Id], reason: &str| {
            keys::set_aside(&caller, &keys::SetAside { ids: ids.to_vec(), reason: reason.to_owned() }).await
        };
        assert_eq!(set_aside(&[found[0].id], " ").await.unwrap_err().fields[0].field, "reason");
        assert_eq!(set_aside(&[found[0].id, Id(1)], "备份里也没有").await.unwrap_err().status, 404);
        set_aside(&[found[0].id], "备份里也没有").await.unwrap();
        app.settle().await;
        assert_eq!(keys::rotate(context).await.unwrap_err().code, "rotation_under_way", "two are left");
        set_aside(&[found[1].id, found[2].id], "备份里也没有").await.unwrap();
        assert_eq!(set_aside(&[found[1].id], "再来一次").await.unwrap_err().status, 404);
        app.settle().await;
        let standing = keys::standing(&caller).await.unwrap();
        assert!(standing.done_at.is_some() && standing.unopened == 0, "{standing:?}");
        let context = &Context::system(app.house(), "a test");
        assert_eq!(keys::age(context).await.unwrap(), TimeDelta::minutes(2), "since the newest was announced");

        // What was set aside stands in the audit chain, by its place and its bytes' digest, and lies where it lay.
        let acts = audit::Entity::find().filter(audit::Column::Action.eq("keys.set_aside"));
        let acts = acts.all(context.read()).await.unwrap();
        assert_eq!(acts.len(), 3);
        for (row, bytes) in &damaged {
            assert_eq!(&answer(context, *row).await, bytes);
            let act = acts.iter().find(|act| act.object_id == Some(Id(*row))).unwrap();
            assert!(act.detail.contains(&secret::digest::sm3_hex(bytes.as_bytes())), "{}", act.detail);
            assert!(act.detail.contains("given_answer") && !act.detail.contains(bytes.as_str()), "{}", act.detail);
        }

        // A copy of one is found and put back: the next rotation takes it along, and leaves the others aside.
        overwrite(context, 3, &whole).await;
        assert_eq!(app.house().keyring().open(place(3), &whole).unwrap(), "row 3", "the old key still opens it");
        assert_eq!(rotate(&app).await, 3);
        let anew = answer(context, 3).await;
        assert!(anew.starts_with("v3."), "{anew}");
        assert_eq!(app.house().keyring().open(place(3), &anew).unwrap(), "row 3");
        let stand = keys::stand(context).await.unwrap();
        assert_eq!((stand.outdated, stand.unopened, stand.set_aside), (vec![], vec![], 2));
        assert_eq!(rotate(&app).await, 4);
    })
    .await;
}

#[tokio::test]
async fn who_sets_aside_what_was_written_anew_meanwhile_stands_in_the_audit_chain_too() {
    App::each(&programmes(), async |app| {
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        fill(context, app.house(), 0..2).await;
        overwrite(context, 1, "v1.AAAA").await;
        rotate(&app).await;
        let caller = app.caller::<ManageKeys>();
        let found = keys::list(&caller, &Paging::default()).await.unwrap().items;
        overwrite(context, 1, &answer(context, 0).await).await;
        let input = keys::SetAside { ids: vec![found[0].id], reason: "备份里也没有".into() };
        keys::set_aside(&caller, &input).await.unwrap();
        let acts = audit::Entity::find().filter(audit::Column::Action.eq("keys.set_aside"));
        let acts = acts.all(context.read()).await.unwrap();
        assert!(acts.len() == 1 && acts[0].detail.contains(r#""gone":true"#), "{acts:?}");
        app.settle().await;
        assert_eq!(keys::stand(context).await.unwrap().set_aside, 0);
    })
    .await;
}

#[tokio::test]
async fn a_rotation_that_waits_goes_on_by_itself_once_a_copy_was_put_back() {
    App::each(&programmes(), async |app| {
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        fill(context, app.house(), 0..2).await;
        let whole = answer(context, 1).await;
        overwrite(context, 1, "v1.AAAA").await;
        rotate(&app).await;
        assert_eq!(keys::stand(context).await.unwrap().unopened, ["given_answer.answer 1"]);
        overwrite(context, 1, &whole).await;
        app.pass(TimeDelta::days(1));
        app.settle().await;
        assert_eq!(keys::stand(context).await.unwrap().unopened, [""; 0]);
        assert_eq!(under(context, 2).await, 2);
        assert_eq!(rotate(&app).await, 3);
    })
    .await;
}

/// A file takes bytes that are no text where a text should be, as a damaged one has them; a server takes none.
#[tokio::test]
async fn bytes_that_are_no_text_any_more_are_named_too() {
    App::each(&programmes(), async |app| {
        if app.is_on_server() {
            return;
        }
        let context = &Context::system(app.house(), "a test");
        keys::follow(app.house()).await.unwrap();
        fill(context, app.house(), 0..2).await;
        let update = &Query::update()
            .table("given_answer")
            .value("answer", vec![0xff_u8, 0xfe, 0x00])
            .and_where(Expr::col("key").eq(1))
            .to_owned();
        let damaged = context.unit(|unit| async move {
            unit.execute(update).await?;
            Ok(())
        });
        damaged.await.unwrap();
        rotate(&app).await;
        let caller = app.caller::<ManageKeys>();
        let found = keys::list(&caller, &Paging::default()).await.unwrap().items;
        assert_eq!(found.iter().map(|one| (&*one.row, one.sealed_under)).collect::<Vec<_>>(), [("1", None)]);
        let input = keys::SetAside { ids: vec![found[0].id], reason: "备份里也没有".into() };
        keys::set_aside(&caller, &input).await.unwrap();
        app.settle().await;
        assert_eq!(rotate(&app).await, 3);
    })
    .await;
}
