//! What fails for want of the database or the disk fails by no fault of its own: it is tried until they are back.

use kernel::{
    Answer, Context, Fault, Problem,
    outbox::{self, JobKind},
    permission::LoggedIn,
};
use testing::App;

use crate::outbox_jobs::{programmes, wait};

fn wants<'a>(_: &'a Context, _: &'a str) -> Answer<'a> {
    Box::pin(async { Err(Problem::from(Fault::TooSlow(30))) })
}

const WANTING: JobKind = JobKind::new("test.wanting", 3, wants);

#[tokio::test]
async fn a_job_that_wants_for_the_database_is_not_left_to_the_operator() {
    App::each(&programmes(&[WANTING]), async |app| {
        let caller = &app.caller::<LoggedIn>();
        let ordered = caller.unit(|unit| async move {
            outbox::enqueue(&unit, caller, WANTING.code, &"wanting", caller.now().into()).await.map(drop)
        });
        ordered.await.unwrap();
        for _ in 0..=WANTING.attempts {
            app.settle().await;
            wait(&app, 60);
        }
        let stand = outbox::stand(&app.caller::<LoggedIn>()).await.unwrap();
        assert_eq!((stand.due, stand.left), (1, 0));
    })
    .await;
}
