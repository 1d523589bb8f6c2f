//! The papers that a person holds: added, put right and taken away, with all that hangs on a number.

use chrono::TimeDelta;
use kernel::{
    Context, Id,
    etag::IfMatch,
    listing::Paging,
    permission::LoggedIn,
    person::{
        self,
        list::{PersonFilter, list},
        merge::{MergePerson, merge},
        papers::{NewPaper, PaperCorrection, PaperRemoval, add, correct, remove},
        permissions::{Manage, Merge, Reveal, View},
        reveal::{MaskedField, RevealPurpose, RevealRequest, reveal},
        show::show,
    },
};
use testing::{App, people};

use crate::{
    organisation_world::{programmes, region},
    people::{last_act, register},
};

const BECAUSE: &str = "登记时看错了证件";

/// Whom a whole number finds.
async fn found(app: &App, number: &str) -> Vec<Id> {
    let filter = PersonFilter { q: Some(number.into()), ..PersonFilter::default() };
    let page = list(&app.caller::<View>(), &filter, &Paging::default()).await.unwrap();
    page.items.into_iter().map(|row| row.id).collect()
}

fn to(paper_id: Id, number: &str) -> PaperCorrection {
    PaperCorrection { paper_id, number: Some(number.into()), valid_from: None, valid_to: None, reason: BECAUSE.into() }
}

fn passport(number: &str) -> NewPaper {
    NewPaper { kind: "passport".into(), number: number.into(), ..NewPaper::default() }
}

#[tokio::test]
async fn what_hangs_on_a_number_follows_when_it_is_put_right() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (wrong, right) = (people::number(1001), people::number(1));
        let id = register(&app, region.county, 1001, "王小明", None).await;
        let before = show(&app.caller::<View>(), id).await.unwrap();
        assert_eq!((before.birth_year, before.papers.len()), (Some(1961), 1));
        let paper = before.papers[0].id;
        let caller = &app.caller::<Manage>();
        let seen = IfMatch::version(1);

        let blank = PaperCorrection { reason: " ".into(), ..to(paper, &right) };
        assert_eq!(correct(caller, id, &seen, &blank).await.unwrap_err().fields[0].field, "reason");
        let mistyped = correct(caller, id, &seen, &to(paper, &right[..17])).await.unwrap_err();
        assert_eq!((mistyped.status, mistyped.fields[0].field.as_str()), (422, "number"));
        let same = correct(caller, id, &seen, &to(paper, &wrong)).await.unwrap();
        assert_eq!(same.version, 1, "nothing was put right");

        let after = correct(caller, id, &seen, &to(paper, &right)).await.unwrap();
        assert_eq!((after.birth_year, after.version, after.papers[0].id), (Some(1960), 2, paper));
        assert_ne!(after.papers[0].number, before.papers[0].number);
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), act.object_id), ("people.correct_paper", Some(id)));
        assert!(act.detail.contains(BECAUSE), "{}", act.detail);
        for kept_out in [&wrong, &right, &before.papers[0].number, &after.papers[0].number] {
            assert!(!act.detail.contains(kept_out), "{kept_out}: {}", act.detail);
        }
        let stale = correct(caller, id, &seen, &to(paper, &wrong)).await.unwrap_err();
        assert_eq!((stale.status, stale.changed), (412, vec!["birth_date".to_owned(), "papers".to_owned()]));

        assert_eq!((found(&app, &wrong).await, found(&app, &right).await), (vec![], vec![id]));
        let ask = RevealRequest {
            field: MaskedField::DocumentNumber,
            paper_id: Some(paper),
            purpose: RevealPurpose::Verify,
            reason: "核对证件".into(),
        };
        assert_eq!(reveal(&app.caller::<Reveal>(), id, &ask).await.unwrap().value, right);
        let holder = register(&app, region.county, 1001, "李大力", None).await;
        assert_ne!(holder, id, "the number's true holder has a record of his own");
        assert_eq!(register(&app, region.county, 1, "王小明", None).await, id);
    })
    .await;
}

#[tokio::test]
async fn a_number_of_another_record_leads_to_a_merger_after_which_the_wrong_one_goes() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let wrong = register(&app, region.county, 1001, "王小明", None).await;
        let right = register(&app, region.tongliao, 1, "王小明", None).await;
        let paper = show(&app.caller::<View>(), wrong).await.unwrap().papers[0].id;
        let caller = &app.caller::<Manage>();
        let seen = IfMatch::version;
        let taken = correct(caller, wrong, &seen(1), &to(paper, &people::number(1))).await.unwrap_err();
        assert_eq!((taken.status, taken.code), (409, "paper_taken"));
        assert_eq!(taken.extra.unwrap()["person_id"], right.to_string());
        let removal = PaperRemoval { paper_id: paper, reason: BECAUSE.into() };
        assert_eq!(remove(caller, wrong, &seen(1), &removal).await.unwrap_err().code, "paper_last");
        let foreign = remove(caller, right, &seen(1), &removal).await.unwrap_err();
        assert_eq!(foreign.status, 404, "a paper of somebody else");

        let form = MergePerson { into_id: right, reason: BECAUSE.into() };
        let both = merge(&app.caller::<Merge>(), wrong, &form).await.unwrap();
        assert_eq!(remove(caller, wrong, &seen(2), &removal).await.unwrap_err().code, "person_merged");
        let after = remove(caller, right, &seen(both.version), &removal).await.unwrap();
        assert_eq!((after.papers.len(), after.birth_year), (1, Some(1960)));
        assert_eq!(found(&app, &people::number(1001)).await, []);
        assert_eq!(found(&app, &people::number(1)).await, [right]);
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), act.object_id), ("people.remove_paper", Some(right)));
        assert!(!act.detail.contains(&people::number(1001)), "{}", act.detail);
    })
    .await;
}

#[tokio::test]
async fn a_person_may_hold_several_papers_and_one_that_ran_out_is_marked() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = register(&app, region.county, 1, "王小明", None).await;
        let other = register(&app, region.county, 2, "李大力", None).await;
        let caller = &app.caller::<Manage>();
        let seen = IfMatch::version;
        let after = add(caller, id, &seen(1), &passport("e12345678")).await.unwrap();
        assert_eq!((after.papers.len(), after.birth_year, after.version), (2, Some(1960), 2));
        assert_eq!(after.papers[1].kind_label, "护照");
        assert_eq!(found(&app, "E12345678").await, [id]);
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), act.object_id), ("people.add_paper", Some(id)));
        assert!(!act.detail.contains("E12345678"), "{}", act.detail);

        let citizen = NewPaper { kind: "citizen_number".into(), number: people::number(3), ..NewPaper::default() };
        let unknown = NewPaper { kind: "none".into(), ..passport("E1234567") };
        let today = caller.today();
        let turned =
            NewPaper { valid_from: Some(today), valid_to: Some(today - TimeDelta::days(1)), ..passport("E1234567") };
        for (input, code, field) in [
            (&citizen, "paper_second_citizen_number", None),
            (&passport("E12345678"), "paper_held", None),
            (&unknown, "invalid", Some("kind")),
            (&turned, "invalid", Some("valid_to")),
            (&passport("1"), "invalid", Some("number")),
        ] {
            let refused = add(caller, id, &seen(2), input).await.unwrap_err();
            let told = refused.fields.first().map(|told| told.field.as_str());
            assert_eq!((refused.code, told), (code, field), "{input:?}");
        }
        assert_eq!(add(caller, other, &seen(1), &passport("E12345678")).await.unwrap_err().code, "paper_taken");

        let mut over = to(after.papers[1].id, "");
        over.valid_to = Some(today - TimeDelta::days(1));
        let marked = correct(caller, id, &seen(2), &over).await.unwrap();
        assert_eq!((marked.papers[1].valid_to, marked.papers[1].expired), (over.valid_to, true));
        assert_eq!(found(&app, "E12345678").await, [id], "the number stays");
        over.valid_to = Some(today);
        assert!(!correct(caller, id, &seen(3), &over).await.unwrap().papers[1].expired);

        let context: &Context = &app.caller::<LoggedIn>();
        context.unit(|unit| async move { person::erase(&unit, context, id, "asked").await }).await.unwrap();
        let nameless = add(caller, id, &seen(5), &passport("E7654321")).await.unwrap_err();
        assert_eq!(nameless.code, "person_erased");
    })
    .await;
}
