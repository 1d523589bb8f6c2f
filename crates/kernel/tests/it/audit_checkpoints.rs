//! Checkpoints that are kept elsewhere name what was rewritten, though the chain is whole in itself.

use chrono::TimeDelta;
use kernel::{
    Context, Id,
    audit::{
        self,
        checkpoint::{Checkpoint, compare, latest},
    },
    ledger,
    permission::LoggedIn,
};
use sea_orm::{EntityTrait, IntoActiveModel, QueryOrder, entity::prelude::*};
use secret::Keyring;
use testing::App;

use crate::{
    keys::master,
    organisation_world::{programmes, region},
};

async fn act(app: &App, n: i64) {
    let context: &Context = &app.caller::<LoggedIn>();
    let act = ("people.reveal", "kernel/test", None::<Id>);
    let detail = &serde_json::json!({ "n": n });
    context.unit(|unit| async move { audit::record(&unit, context, act, None, detail).await }).await.unwrap();
}

async fn checkpoint(app: &App) -> Checkpoint {
    Checkpoint::read(&latest(&app.caller::<LoggedIn>()).await.unwrap().unwrap()).unwrap()
}

async fn differences(app: &App, kept: &[Checkpoint]) -> Vec<String> {
    let found = compare(&app.caller::<LoggedIn>(), kept).await.unwrap();
    found.iter().map(ToString::to_string).collect()
}

/// Changes an entry and writes the whole chain behind it anew, as the machine's owner could.
async fn rewrite(app: &App, position: i64) {
    let context: &Context = &app.caller::<LoggedIn>();
    let rewritten = context.unit(|unit| async move {
        let entries = audit::Entity::find().order_by_asc(audit::Column::Position).all(&unit).await?;
        let mut previous = String::new();
        for mut entry in entries {
            if entry.position == position {
                entry.detail = r#"{"n":"nothing happened"}"#.to_owned();
            }
            entry.hash = audit::hash(&previous, &entry);
            previous.clone_from(&entry.hash);
            entry.into_active_model().reset_all().update(&unit).await?;
        }
        Ok(())
    });
    rewritten.await.unwrap();
}

#[tokio::test]
async fn a_chain_that_was_written_anew_is_found_out() {
    App::each(&programmes(), |app| async move {
        region(&app).await;
        let mut kept = vec![checkpoint(&app).await];
        let first = kept[0].position;
        for n in 0..30 {
            act(&app, n).await;
        }
        kept.push(checkpoint(&app).await);
        for n in 0..5 {
            act(&app, n).await;
        }
        kept.push(checkpoint(&app).await);
        assert_eq!(kept[1].position, first + 30);
        assert_eq!(differences(&app, &kept).await, Vec::<String>::new());
        assert_eq!(checkpoint(&app).await, kept[2], "nothing new, nothing to sign");

        rewrite(&app, first + 12).await;
        let whole = ledger::verify(&app.caller::<LoggedIn>()).await.unwrap();
        assert!(whole.is_empty(), "the chain alone shows nothing: {whole:?}");
        let found = differences(&app, &kept).await;
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains(&format!("第 {} 条", first + 12)), "{found:?}");
        // The program refuses to sign over it.
        assert!(latest(&app.caller::<LoggedIn>()).await.is_err());
        // One's own copy alone is enough, whatever became of the table.
        let found = differences(&app, &kept[2..]).await;
        assert!(found[0].contains("条中的一条"), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn a_chain_that_was_cut_and_a_checkpoint_that_was_forged_are_found_out() {
    App::each(&programmes(), |app| async move {
        region(&app).await;
        act(&app, 1).await;
        let kept = checkpoint(&app).await;
        let mut forged = kept.clone();
        forged.hash = "0".repeat(64);
        let found = differences(&app, &[forged]).await;
        assert!(found.len() == 1 && found[0].contains("签名不符"), "{found:?}");
        // Signed by whoever signed it, but with another house's key.
        let stranger = Keyring::derive(&master(9), 1).unwrap();
        let foreign = Checkpoint { signed: stranger.sign_openly(&kept.text()), ..kept.clone() };
        let found = differences(&app, &[foreign]).await;
        assert!(found.len() == 1 && found[0].contains("不是用本库的密钥签发的"), "{found:?}");
        app.write("DELETE FROM audit_entry WHERE detail LIKE '%\"n\":1%'").await;
        let found = differences(&app, &[kept]).await;
        assert!(found.len() == 1 && found[0].contains("被改写或截去"), "{found:?}");
    })
    .await;
}

#[tokio::test]
async fn each_day_a_checkpoint_goes_elsewhere() {
    App::each(&programmes(), |app| async move {
        region(&app).await;
        app.schedule().await;
        let first = app.checkpoints().all();
        assert_eq!(first.len(), 1);
        let read = Checkpoint::read(&first[0]).unwrap();
        assert!(read.is_genuine());
        act(&app, 1).await;
        app.set_clock(app.house().ambient().now() + TimeDelta::hours(25));
        app.settle().await;
        let kept = app.checkpoints().all();
        assert_eq!((kept.len(), &kept[0]), (2, &first[0]), "each goes once");
        let lines: Vec<Checkpoint> = kept.iter().map(|line| Checkpoint::read(line).unwrap()).collect();
        assert!(lines[1].position > lines[0].position);
        assert_eq!(differences(&app, &lines).await, Vec::<String>::new());
    })
    .await;
}
