//! Attachments: known by their content, kept whole, shown in scope.

use chrono::TimeDelta;
use kernel::{
    Context, Id, Problem,
    files::{self, LARGEST, fetch},
    outbox,
    permission::LoggedIn,
};
use testing::App;

use crate::{
    organisation_world::{programmes, region},
    people::{last_act, last_acts},
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
        assert_eq!((found.attachment.name.as_str(), found.attachment.media_type.as_str()), ("走访.jpg", "image/jpeg"));
        assert_eq!(fetch(&context.lent(vec![region.tongliao]), id).await.unwrap_err().status, 404);

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
