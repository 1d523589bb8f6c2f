//! Attachments: known by their content, kept whole, shown in scope.

use chrono::TimeDelta;
use kernel::{
    Context, Id, Problem,
    files::{self, LARGEST, fetch},
    keys, outbox,
    permission::LoggedIn,
    person::{
        erasing::hold::{HoldReason, lift, place},
        permissions::Hold,
    },
};
use sea_orm::{
    ConnectionTrait, DbBackend, ExprTrait, Statement,
    sea_query::{Expr, Query},
};
use testing::App;

use crate::{
    keys::rotate,
    organisation_world::{programmes, region},
    people::{last_act, last_acts, register},
};

async fn store(context: &Context, organisation: Id, name: &str, media_type: &str, bytes: &[u8]) -> Result<Id, Problem> {
    context.unit(|unit| async move { files::store(&unit, context, organisation, name, media_type, bytes).await }).await
}

#[tokio::test]
async fn an_attachment_comes_back_as_it_was_handed_in() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let photo: Vec<u8> = b"\xff\xd8\xff\xe0".iter().copied().chain((0..=255).cycle().take(3_000_000)).collect();
        let id = store(context, region.county, "../走访.exe", "image/jpeg", &photo).await.unwrap();
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), act.object_id), ("attachments.add", Some(id)));

        let found = fetch(&context.lent(vec![region.hinggan]), id).await.unwrap();
        assert_eq!(found.bytes, photo);
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), &*act.object_kind), ("attachments.fetch", "kernel/attachment"));
        assert!(act.object_id == Some(id) && act.detail.contains(&found.attachment.hash), "{act:?}");
        assert_eq!((found.attachment.name.as_str(), found.attachment.media_type.as_str()), ("走访.jpg", "image/jpeg"));
        assert_eq!(fetch(&context.lent(vec![region.tongliao]), id).await.unwrap_err().status, 404);
        assert_eq!(last_acts(&app, "attachments.fetch").await.len(), 1);

        let too_large = [b"%PDF-1.7".to_vec(), vec![b' '; LARGEST]].concat();
        for (media_type, bytes, code) in [
            ("application/pdf", too_large.as_slice(), "attachment_too_large"),
            ("image/png", b"<html><script>", "attachment_type"),
            ("image/png", b"%PDF-1.7", "attachment_type"),
            ("", b"", "attachment_empty"),
        ] {
            assert_eq!(store(context, region.county, "x", media_type, bytes).await.unwrap_err().code, code);
        }
    })
    .await;
}

#[tokio::test]
async fn a_photo_does_not_tell_where_it_was_taken() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let seen = b"\xff\xda\x00\x02lines\xff\xd9";
        let photo = [&b"\xff\xd8\xff\xe1\x00\x10Exif\0\0N40E111!"[..], seen].concat();
        let id = store(context, region.county, "走访.jpg", "image/jpeg", &photo).await.unwrap();
        let found = fetch(context, id).await.unwrap();
        assert_eq!(found.bytes, [&b"\xff\xd8"[..], seen].concat());
        assert_eq!(found.attachment.size, 13);
    })
    .await;
}

#[tokio::test]
async fn what_an_attachment_holds_goes_after_its_term() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let id = store(context, region.county, "总结.pdf", "application/pdf", b"%PDF-1.7").await.unwrap();
        outbox::schedule(app.house()).await.unwrap();
        let start = app.house().ambient().now();
        app.set_clock(start + TimeDelta::days(3649));
        app.settle().await;
        assert_eq!(fetch(context, id).await.unwrap().bytes, b"%PDF-1.7");
        app.set_clock(start + TimeDelta::days(3652));
        app.settle().await;
        assert_eq!(fetch(context, id).await.unwrap_err().code, "attachment_over");
        let noted = last_acts(&app, "attachments.expire").await;
        assert_eq!(noted.len(), 1);
        assert!(noted[0].detail.contains("\"hash\":") && noted[0].object_id == Some(id), "{:?}", noted[0]);
    })
    .await;
}

#[tokio::test]
async fn what_somebody_handed_in_is_kept_while_he_is_held_and_does_not_name_him_after() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let (first, second) = (
            register(&app, region.county, 1, "王芳", None).await,
            register(&app, region.county, 2, "王芳", None).await,
        );
        let id = store(context, region.county, "王芳拍的.pdf", "", PDF).await.unwrap();
        let other = store(context, region.county, "王芳的证明.pdf", "", PDF).await.unwrap();
        app.write(&format!("UPDATE attachment SET stored_by = 'worker:{second}' WHERE id = {id}")).await;
        let (holder, why) = (&app.caller::<Hold>(), &HoldReason { reason: "诉讼一号".into() });
        place(holder, first, why).await.unwrap();
        app.merge_people(second, first).await;
        app.pass(TimeDelta::days(3652));
        app.work("kernel.attachment_expire").await.unwrap();
        assert_eq!(fetch(context, other).await.unwrap_err().code, "attachment_over");
        assert_eq!(fetch(context, id).await.unwrap().attachment.name, "王芳拍的.pdf");

        lift(holder, first, why).await.unwrap();
        app.erase(first).await;
        assert_eq!(fetch(context, id).await.unwrap().attachment.name, "附件.pdf");
        app.work("kernel.attachment_expire").await.unwrap();
        assert_eq!(fetch(context, id).await.unwrap_err().code, "attachment_over");
    })
    .await;
}

/// What lies in the database of a file: the version of the key that is noted beside it, and the bytes.
async fn lies(context: &Context, id: Id) -> (i32, Vec<u8>) {
    let query = Query::select()
        .columns(["key_version", "bytes"])
        .from("attachment_content")
        .and_where(Expr::col("attachment_id").eq(id.0))
        .to_owned();
    let row = context.read().query_one(&query).await.unwrap().unwrap();
    (row.try_get("", "key_version").unwrap(), row.try_get("", "bytes").unwrap())
}

/// Puts a file where another one lies.
async fn overwrite(context: &Context, id: Id, version: i32, bytes: &[u8]) {
    let update = &Query::update()
        .table("attachment_content")
        .value("key_version", version)
        .value("bytes", bytes.to_vec())
        .and_where(Expr::col("attachment_id").eq(id.0))
        .to_owned();
    let written = context.unit(|unit| async move {
        unit.execute(update).await?;
        Ok(())
    });
    written.await.unwrap();
}

const PDF: &[u8] = "%PDF-1.7 王芳的困难证明".as_bytes();

#[tokio::test]
async fn a_file_lies_sealed_and_goes_along_to_the_next_key() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        keys::follow(app.house()).await.unwrap();
        let id = store(context, region.county, "证明.pdf", "application/pdf", PDF).await.unwrap();
        let other = store(context, region.county, "其他.pdf", "application/pdf", b"%PDF-1.7").await.unwrap();
        let first = lies(context, id).await;
        assert!(first.0 == 1 && !first.1.windows(4).any(|part| part == b"%PDF"), "{first:?}");

        assert_eq!(rotate(&app).await, 2);
        assert_eq!(keys::stand(context).await.unwrap().outdated, []);
        let second = lies(context, id).await;
        assert!(second.0 == 2 && second.1 != first.1);
        assert_eq!(fetch(context, id).await.unwrap().bytes, PDF);

        // One that was moved is not shown, is named, and holds the end of the next rotation up.
        overwrite(context, id, 2, &lies(context, other).await.1).await;
        assert_eq!(fetch(context, id).await.unwrap_err().code, "damaged");
        assert_eq!(rotate(&app).await, 3);
        let stand = keys::stand(context).await.unwrap();
        assert_eq!(stand.outdated, [("attachment_content", "bytes", 1)]);
        assert_eq!(stand.unopened, [format!("attachment_content.bytes {id}")]);

        // A copy is found and put back: the daily look takes it along, and it is named no longer.
        overwrite(context, id, 2, &second.1).await;
        app.schedule().await;
        assert_eq!(lies(context, id).await.0, 3);
        assert_eq!(keys::stand(context).await.unwrap().unopened, [""; 0]);
    })
    .await;
}

#[tokio::test]
async fn a_file_that_lay_plain_is_read_and_sealed_without_a_rotation() {
    App::each(&programmes(), async |app| {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        keys::follow(app.house()).await.unwrap();
        let mut all = Vec::new();
        for name in ["甲.pdf", "乙.pdf", "丙.pdf"] {
            let id = store(context, region.county, name, "application/pdf", PDF).await.unwrap();
            overwrite(context, id, 0, PDF).await;
            assert_eq!(fetch(context, id).await.unwrap().bytes, PDF);
            all.push(id);
        }
        assert_eq!(keys::stand(context).await.unwrap().outdated, [("attachment_content", "bytes", 3)]);
        app.schedule().await;
        assert_eq!(keys::stand(context).await.unwrap().outdated, []);
        for id in all {
            let (version, bytes) = lies(context, id).await;
            assert!(version == 1 && bytes != PDF, "{version}");
            assert_eq!(fetch(context, id).await.unwrap().bytes, PDF);
        }
    })
    .await;
}

/// Files that are sealed already are not read to find those that are not.
#[tokio::test]
async fn what_is_to_be_sealed_is_found_by_an_index_alone() {
    let app = App::sqlite(&programmes()).await;
    let question = "SELECT attachment_id, key_version FROM attachment_content \
                    WHERE key_version IN (0, 1) AND attachment_id > 5 ORDER BY attachment_id LIMIT 1";
    let steps = app.plan(Statement::from_string(DbBackend::Sqlite, question)).await;
    assert!(steps.first().is_some_and(|step| step.contains("COVERING INDEX attachment_content_version")), "{steps:?}");
    app.close().await;
}
