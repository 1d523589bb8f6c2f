//! An event that its listener will never take is passed over by the operator, and by nothing else.

use kernel::{
    Answer, Context, Problem, Unit,
    outbox::{self, EventRecord, React, Subscription},
    permission::LoggedIn,
};
use testing::App;

use crate::{outbox_jobs::noted, outbox_listeners::with_listeners, people::last_acts};

/// Takes every word but one.
fn picks<'a>(unit: &'a Unit, context: &'a Context, event: &'a EventRecord) -> Answer<'a> {
    Box::pin(async move {
        if event.told::<String>()? == "never" {
            return Err(Problem::new(409, "never_taken", "办不成。"));
        }
        outbox::publish(unit, context, "picked", &())
    })
}

const PICKY: &[Subscription] = &[Subscription { name: "test.picky", event: "said", react: React::Each(picks) }];

async fn say(context: &Context, word: &str) {
    context.unit(|unit| async move { outbox::publish(&unit, context, "said", &word) }).await.unwrap();
}

#[tokio::test]
async fn what_is_never_taken_holds_up_only_what_is_behind_it_until_it_is_skipped() {
    App::each(&with_listeners(PICKY), async |app| {
        let context = &app.caller::<LoggedIn>();
        for word in ["first", "second", "never", "last"] {
            say(context, word).await;
        }
        assert_eq!(outbox::settle(app.house()).await.unwrap_err().code, "never_taken");
        assert_eq!(noted(&app, "picked").await, 2);
        let stand = outbox::stand(context).await.unwrap();
        let stuck = &stand.failing[0];
        assert_eq!((stand.failing.len(), &*stuck.listener, &*stuck.code), (1, "test.picky", "never_taken"));
        let skip =
            async |listener: &str, event: i64, reason: &str| outbox::skip(context, listener, event, reason).await;
        let (listener, event, reason) = ("test.picky", stuck.event, "所指的记录已经作废");
        assert_eq!(skip("test.nobody", event, reason).await.unwrap_err().code, "unknown_listener");
        assert_eq!(skip(listener, event + 1, reason).await.unwrap_err().code, "not_next");
        assert_eq!(skip(listener, event, " ").await.unwrap_err().fields[0].field, "reason");
        assert!(last_acts(&app, "events.skip").await.is_empty());
        skip(listener, event, reason).await.unwrap();
        app.settle().await;
        assert_eq!(noted(&app, "picked").await, 3);
        assert_eq!(outbox::stand(context).await.unwrap().failing, []);
        let acts = last_acts(&app, "events.skip").await;
        let act = &acts[0];
        assert!(act.detail.contains(reason) && act.detail.contains("never_taken"), "{}", act.detail);
        assert_eq!(skip(listener, event, reason).await.unwrap_err().code, "not_failing");
    })
    .await;
}
