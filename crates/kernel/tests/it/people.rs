//! People over their use cases: found by name or whole number, masked, changed, opened with a reason.

use codes::document::DocumentKind;
use kernel::{
    Context, Id,
    access::session,
    audit,
    etag::IfMatch,
    listing::Paging,
    permission::LoggedIn,
    person::{
        self, NewPerson,
        change::{PersonChange, change},
        list::{PersonFilter, list},
        permissions::{Manage, Reveal, View},
        reveal::{MaskedField, RevealPurpose, RevealRequest, reveal},
        show::show,
    },
};
use sea_orm::{EntityTrait, QueryOrder, Statement, entity::prelude::*};
use serde_json::json;
use testing::{App, people};

use crate::{
    access_world::client,
    organisation_world::{programmes, region},
};

/// Writes a person down, told apart by a number.
pub async fn register(app: &App, organisation_id: Id, n: u32, name: &str, phone: Option<&str>) -> Id {
    let new = &NewPerson {
        name: name.into(),
        document_kind: DocumentKind::CitizenNumber,
        document_number: people::number(n),
        phone: phone.map(str::to_owned),
        worker_group: Some("courier".into()),
        organisation_id,
    };
    let context: &Context = &app.caller::<LoggedIn>();
    context.unit(|unit| async move { person::register(&unit, context, new).await }).await.unwrap().id
}

/// The acts of a kind.
pub async fn last_acts(app: &App, action: &str) -> Vec<audit::Model> {
    let query = audit::Entity::find().filter(audit::Column::Action.eq(action));
    query.all(app.caller::<LoggedIn>().read()).await.unwrap()
}

/// The newest entry of the audit chain.
pub async fn last_act(app: &App) -> audit::Model {
    let query = audit::Entity::find().order_by_desc(audit::Column::Position);
    query.one(app.caller::<LoggedIn>().read()).await.unwrap().unwrap()
}

#[tokio::test]
async fn people_are_found_by_name_or_whole_number_and_shown_masked() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let ayguli = register(&app, region.county, 1, "阿依古丽·买买提", Some("13900000001")).await;
        let zhang = register(&app, region.tongliao, 2, "张小雨", None).await;
        let caller = &app.caller::<View>();
        let found = |q: &str, organisation: Option<Id>, group: Option<&str>| {
            let q = (!q.is_empty()).then(|| q.to_owned());
            let filter = PersonFilter { q, organisation, group: group.map(str::to_owned) };
            async move {
                let page = list(caller, &filter, &Paging::default()).await.unwrap();
                assert_eq!(page.total, page.items.len() as u64);
                page.items.into_iter().map(|row| row.id).collect::<Vec<_>>()
            }
        };
        for q in ["阿依古丽·买买提", "阿依古丽•买买提", "阿依古丽买买提", "古丽", "139 0000 0001", "+8613900000001"]
        {
            assert_eq!(found(q, None, None).await, [ayguli], "{q}");
        }
        let number = people::number(2);
        assert_eq!(found(&number, None, None).await, [zhang]);
        assert_eq!(found(&number[..17], None, None).await, [], "a part of a number finds nobody");
        assert_eq!(found("1390000", None, None).await, []);
        assert_eq!(found("", None, None).await, [zhang, ayguli], "the newest first");
        assert_eq!(found("", Some(region.hinggan), None).await, [ayguli]);
        assert_eq!(found("", None, Some("cleaner")).await, []);

        let row = list(caller, &PersonFilter::default(), &Paging { cursor: None, limit: Some(1) }).await.unwrap();
        assert_eq!(row.items[0].name, "张*雨");
        assert_eq!(row.items[0].document.as_deref(), Some(format!("152{}{}", "*".repeat(11), &number[14..]).as_str()));
        let next = Paging { cursor: row.next, limit: Some(1) };
        assert_eq!(list(caller, &PersonFilter::default(), &next).await.unwrap().items[0].id, ayguli);
        let counted = list(caller, &PersonFilter::default(), &Paging { cursor: None, limit: Some(0) }).await.unwrap();
        assert_eq!((counted.items.len(), counted.next, counted.total), (0, None, 2));
        assert_eq!(show(caller, ayguli).await.unwrap().phone.as_deref(), Some("139****0001"));
    })
    .await;
}

#[tokio::test]
async fn a_change_keeps_what_is_not_sent_and_refuses_who_did_not_see_the_last_one() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = register(&app, region.county, 1, "王小明", Some("13900000001")).await;
        let caller = &app.caller::<Manage>();
        let renamed = PersonChange { name: Some("王晓明".into()), ..PersonChange::default() };
        let after = change(caller, id, &IfMatch::version(1), &renamed).await.unwrap();
        assert_eq!((after.name.as_str(), after.phone.as_deref(), after.version), ("王*明", Some("139****0001"), 2));
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), act.object_id), ("people.update", Some(id)));
        assert!(act.detail.contains("name") && !act.detail.contains("晓明"), "{}", act.detail);

        let phone = PersonChange { phone: Some("13900000002".into()), ..PersonChange::default() };
        let stale = change(caller, id, &IfMatch::version(1), &phone).await.unwrap_err();
        assert_eq!((stale.status, stale.changed), (412, vec!["name".to_owned()]));
        change(caller, id, &IfMatch::version(2), &phone).await.unwrap();
        let by_phone = PersonFilter { q: Some("13900000002".into()), ..PersonFilter::default() };
        assert_eq!(list(&app.caller::<View>(), &by_phone, &Paging::default()).await.unwrap().total, 1);
        // Whom another's number is given would lock him out, and himself.
        register(&app, region.tongliao, 2, "张小雨", Some("13900000003")).await;
        let taken = PersonChange { phone: Some("13900000003".into()), ..PersonChange::default() };
        let refused = change(caller, id, &IfMatch::version(3), &taken).await.unwrap_err();
        assert_eq!((refused.status, refused.code), (409, "phone_taken"));
        let none = PersonChange { phone: Some(String::new()), group: Some(String::new()), name: None };
        let after = change(caller, id, &IfMatch::version(3), &none).await.unwrap();
        assert_eq!((after.phone, after.group), (None, None));

        let wrong = PersonChange { name: Some("王3".into()), phone: Some("12".into()), group: Some("none".into()) };
        let problem = change(caller, id, &IfMatch::version(4), &wrong).await.unwrap_err();
        assert_eq!(
            problem.fields.iter().map(|field| field.field.as_str()).collect::<Vec<_>>(),
            ["name", "phone", "group"]
        );
    })
    .await;
}

/// With his number one logs in as him, so a change that he did not ask for must come to light.
#[tokio::test]
async fn whose_number_is_changed_is_logged_out_and_told_at_both_numbers() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let (old, new) = ("13900000001", "13900000002");
        let id = register(&app, region.county, 1, "王小明", Some(old)).await;
        let mut phone = client(&app);
        assert!(phone.post("/api/v1/worker/code", &json!({ "phone": old })).await.status.is_success());
        let log_in = json!({ "phone": old, "code": app.sms().last(old).unwrap() });
        assert!(phone.post("/api/v1/worker/session", &log_in).await.status.is_success());
        let caller = &app.caller::<Manage>();
        let log_ins = || async {
            let his = session::Entity::find().filter(session::Column::PersonId.eq(id));
            his.count(caller.read()).await.unwrap()
        };
        let renamed = PersonChange { name: Some("王晓明".into()), ..PersonChange::default() };
        change(caller, id, &IfMatch::version(1), &renamed).await.unwrap();
        assert_eq!(log_ins().await, 1);

        let moved = PersonChange { phone: Some(new.into()), ..PersonChange::default() };
        change(caller, id, &IfMatch::version(2), &moved).await.unwrap();
        assert_eq!(log_ins().await, 0);
        let kept = Statement::from_string(caller.read().get_database_backend(), "SELECT payload FROM job");
        for row in caller.read().query_all_raw(kept).await.unwrap() {
            let payload: String = row.try_get("", "payload").unwrap();
            assert!(!payload.contains(old) && !payload.contains(new), "{payload}");
        }
        app.settle().await;
        let [gone, came] = [old, new].map(|phone| app.sms().last_text(phone).unwrap());
        assert!(gone.contains("152201总工会") && gone.contains("不能再登录"), "{gone}");
        assert!(came.contains("152201总工会") && came.contains("登记为职工档案的登录手机号"), "{came}");

        let none = PersonChange { phone: Some(String::new()), ..PersonChange::default() };
        change(caller, id, &IfMatch::version(3), &none).await.unwrap();
        app.settle().await;
        assert!(app.sms().last_text(new).unwrap().contains("不能再登录"));
    })
    .await;
}

#[tokio::test]
async fn a_field_is_opened_with_a_reason_that_stands_in_the_chain() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = register(&app, region.county, 7, "王小明", None).await;
        let caller = &app.caller::<Reveal>();
        let ask = |field, reason: &str| RevealRequest {
            field,
            paper_id: None,
            purpose: RevealPurpose::Verify,
            reason: reason.into(),
        };
        let blank = reveal(caller, id, &ask(MaskedField::Name, "　 ")).await.unwrap_err();
        assert_eq!(blank.fields[0].field, "reason");
        let revealed = reveal(caller, id, &ask(MaskedField::DocumentNumber, "核对入会材料")).await.unwrap();
        assert_eq!(revealed.value, people::number(7));
        let act = last_act(&app).await;
        assert_eq!((act.action.as_str(), act.object_id), ("people.reveal", Some(id)));
        assert!(act.detail.contains("核对入会材料") && !act.detail.contains(&people::number(7)));
        let absent = reveal(caller, id, &ask(MaskedField::Phone, "联系本人")).await.unwrap_err();
        assert_eq!(absent.code, "nothing_kept");
    })
    .await;
}
