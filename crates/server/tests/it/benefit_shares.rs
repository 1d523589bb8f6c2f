//! Of many rounds, each set aside for as many unions as it may be.

use benefit::offer::form::check_inside;
use kernel::{Context, Id};
use testing::App;

use crate::benefit::town;

#[tokio::test]
async fn pieces_for_more_unions_than_a_question_takes_are_looked_at() {
    App::each(&server::programmes(), async |app| {
        let town = town(&app).await;
        let named = (1..=40_000).map(Id).collect();
        let system = &Context::system(app.house(), "a test");
        let refused = check_inside(system.read(), town.county, named).await.unwrap_err();
        assert_eq!(refused.fields.first().map(|field| field.code.as_str()), Some("outside"));
        drop(town);
    })
    .await;
}
