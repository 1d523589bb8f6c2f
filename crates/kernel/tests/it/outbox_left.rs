//! A job that used up its attempts is tried again or put aside by the operator, and by nothing else.

use std::sync::atomic::{AtomicBool, Ordering};

use kernel::{
    Answer, Context, Id, Problem,
    outbox::{self, JobKind, Left},
    permission::LoggedIn,
};
use testing::App;

use crate::{
    outbox_jobs::{note, noted, programmes},
    people::last_acts,
};

/// Whether what stands in the way is gone, of each database's own test.
static MENDED: [AtomicBool; 2] = [AtomicBool::new(false), AtomicBool::new(false)];

fn works<'a>(context: &'a Context, payload: &'a str) -> Answer<'a> {
    Box::pin(async move {
        if !MENDED[usize::from(payload == "true")].load(Ordering::SeqCst) {
            return Err(Problem::new(500, "away", "对方没有应答。"));
        }
        note(context, "done").await
    })
}

const LEFT: JobKind = JobKind::new("test.left", 1, works);

async fn order(app: &App) -> Id {
    let context = &app.caller::<LoggedIn>();
    let about = &app.is_on_server();
    let ordered = context
        .unit(|unit| async move { outbox::enqueue(&unit, context, LEFT.code, about, context.now().into()).await });
    let job = ordered.await.unwrap();
    app.settle().await;
    job
}

#[tokio::test]
async fn what_stopped_is_done_once_it_can_be_or_is_put_aside_with_a_reason() {
    App::each(&programmes(&[LEFT]), async |app| {
        let context = &app.caller::<LoggedIn>();
        let (first, second) = (order(&app).await, order(&app).await);
        let told = |job: Id| Left { job, kind: LEFT.code.into(), failure: "away".into() };
        assert_eq!(outbox::left(context, 9).await.unwrap(), [told(first), told(second)]);
        assert_eq!(outbox::left(context, 1).await.unwrap(), [told(first)]);

        // Nothing is done by half.
        let unknown = outbox::try_again(context, &[first, Id(7)]).await.unwrap_err();
        assert_eq!((unknown.status, unknown.code), (404, "no_job_left"));
        assert_eq!(outbox::set_aside(context, &[first], " ").await.unwrap_err().fields[0].field, "reason");
        assert_eq!(outbox::stand(context).await.unwrap().left, 2);

        // Tried too early it is left again.
        outbox::try_again(context, &[first]).await.unwrap();
        assert_eq!(outbox::stand(context).await.unwrap().left, 1);
        app.settle().await;
        assert_eq!(outbox::left(context, 9).await.unwrap().len(), 2);
        MENDED[usize::from(app.is_on_server())].store(true, Ordering::SeqCst);
        app.settle().await;
        assert_eq!(noted(&app, "done").await, 0, "nobody has it tried again");
        outbox::try_again(context, &[first]).await.unwrap();
        app.settle().await;
        assert_eq!((noted(&app, "done").await, outbox::left(context, 9).await.unwrap()), (1, vec![told(second)]));
        assert_eq!(outbox::try_again(context, &[first]).await.unwrap_err().code, "no_job_left");

        outbox::set_aside(context, &[second], "已由经办人补办").await.unwrap();
        app.settle().await;
        assert_eq!((noted(&app, "done").await, outbox::stand(context).await.unwrap().left), (1, 0));
        let acts = last_acts(&app, "jobs.try_again").await;
        assert!(acts.len() == 2 && acts[0].detail.contains("test.left"), "{acts:?}");
        let acts = last_acts(&app, "jobs.set_aside").await;
        assert!(acts[0].detail.contains("已由经办人补办") && acts[0].detail.contains("away"), "{}", acts[0].detail);
    })
    .await;
}
