//! The next year's plan begins with what stands in this year's.

use plan::{
    PlanDraft,
    budget::budget,
    create::{NewPlan, create},
    permissions::{EditPlans, SeePlans},
    view::detail,
};
use testing::App;

use crate::world::{programmes, world};

fn next(organisation_id: kernel::Id, like: kernel::Id) -> NewPlan {
    let draft = PlanDraft {
        year: 2027,
        title: "2027年工作要点".into(),
        chapters: Vec::new(),
        measures: Vec::new(),
        indicators: Vec::new(),
        budget: Vec::new(),
    };
    NewPlan { organisation_id, like: Some(like), draft }
}

#[tokio::test]
async fn the_next_years_plan_is_made_like_this_years() {
    App::each(&programmes(), |app| async move {
        let world = world(&app).await;
        let caller = app.caller::<EditPlans>();
        let id = create(&caller, next(world.region, world.plan)).await.unwrap();
        let see = app.caller::<SeePlans>();
        let (before, made) = (detail(&see, world.plan).await.unwrap(), detail(&see, id).await.unwrap());
        assert_eq!((made.year, made.title.as_str()), (2027, "2027年工作要点"));
        let titles = |plan: &plan::view::PlanDetail| {
            let chapters = plan.chapters.iter().map(|one| one.title.clone());
            chapters.chain(plan.measures.iter().map(|one| one.title.clone())).collect::<Vec<_>>()
        };
        assert_eq!(titles(&made), titles(&before));
        assert_eq!(made.indicators.len(), before.indicators.len());
        for (one, old) in made.indicators.iter().zip(&before.indicators) {
            let shown =
                |one: &plan::view::IndicatorView| (one.form.name.clone(), one.form.kinds.clone(), one.form.target);
            assert_eq!(shown(one), shown(old));
            // Its own chapter, not the other plan's; and what was the base of this year is not that of the next.
            assert!(one.form.chapter_id.is_some() && one.form.chapter_id != old.form.chapter_id);
            assert_eq!(one.form.base, None);
        }
        let lines = budget(&see, id).await.unwrap().items;
        assert_eq!((lines[0].name.as_str(), lines[0].allotted_fen, lines[0].paid_fen), ("专项经费", 100_000, 0));
    })
    .await;
}
