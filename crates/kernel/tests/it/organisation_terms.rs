//! Half a year before a committee's term ends, and once it has, the union is found among those to be elected.

use kernel::{
    listing::Paging,
    organisation::{
        Level,
        create::{self, NewOrganisation},
        form::OrganisationForm,
        list::{OrganisationFilter, list},
        permissions::{Manage, View},
        terms::Term,
    },
};
use testing::App;

use crate::organisation_world::{day, form, programmes, region};

#[tokio::test]
async fn elections_are_called_in_time() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        // The clock stands at 2026-07-01.
        for (code, ends) in
            [("G1", Some("2027-01-01")), ("G2", Some("2027-01-02")), ("G3", Some("2026-03-01")), ("G4", None)]
        {
            let form = OrganisationForm { term_ends_on: ends.map(day), ..form(code, "基层工会") };
            let new = NewOrganisation { parent_id: Some(region.county), level: Level::Grassroots, form };
            create::create(&app.caller::<Manage>(), &new).await.unwrap();
        }
        let found = async |term| {
            let filter = OrganisationFilter { term, under: Some(region.county), ..OrganisationFilter::default() };
            let page = list(&app.caller::<View>(), &filter, &Paging::default()).await.unwrap();
            let rows = page.items.into_iter().map(|row| (row.code, row.term_ends_on.map(|day| day.to_string())));
            rows.collect::<Vec<_>>()
        };
        assert_eq!(found(None).await.len(), 5);
        let ending =
            [("G1", "2027-01-01"), ("G3", "2026-03-01")].map(|(code, on)| (code.to_owned(), Some(on.to_owned())));
        assert_eq!(found(Some(Term::Ending)).await, ending);
    })
    .await;
}
