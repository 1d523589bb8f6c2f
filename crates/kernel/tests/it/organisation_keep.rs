#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use axum::http::{Method, StatusCode};
use kernel::{
    Id,
    access::{self, Officer},
    etag::IfMatch,
    ledger::Tree,
    listing::Paging,
    organisation::{
        Level,
        create::{self, NewOrganisation},
        employer::{
            self, EmployerKind,
            keep::{EmployerFilter, EmployerForm},
        },
        form::OrganisationForm,
        head_count::{
            self,
            keep::{HeadCountFilter, NewHeadCount},
        },
        list::{self, OrganisationFilter},
        permissions::{Manage, ManageWorkforce, View, ViewWorkforce},
        platform::{
            self, Rank,
            branch::{self, BranchForm},
            keep::PlatformForm,
            list_branches::{self, BranchFilter},
        },
        show, update, worker_group,
    },
};
use serde_json::json;
use testing::{App, Client};

use crate::{
    access_world::{logged_in, officer},
    organisation_world::{day, form, found, programmes, region},
};

/// A right credit code for a 17-sign body.
fn credit_code(body: &str) -> String {
    format!("{body}{}", codes::credit_code::check_character(body).unwrap())
}

#[tokio::test]
async fn who_saves_over_somebody_elses_change_is_told_what_changed() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<Manage>();
        let seen = show::show(&app.caller::<View>(), region.county).await.unwrap();
        let mine = IfMatch::version(seen.version);
        let theirs = OrganisationForm { chair: Some("其其格".into()), ..form("152201", "乌兰浩特市总工会") };
        let saved = update::update(&caller, region.county, &mine, &theirs).await.unwrap();
        assert_eq!((saved.version, saved.name.as_str()), (seen.version + 1, "乌兰浩特市总工会"));
        let late = update::update(&caller, region.county, &mine, &form("152201", "别名")).await.unwrap_err();
        assert_eq!(late.status, 412);
        assert_eq!(late.changed, ["chair", "division", "name"]);
    })
    .await;
}

#[tokio::test]
async fn a_form_is_refused_field_by_field() {
    let app = App::sqlite(&programmes()).await;
    let region = region(&app).await;
    let form = OrganisationForm {
        credit_code: Some(credit_code("91150100MA0000001")),
        division: Some("991234".into()),
        founded_on: Some(day("2027-01-01")),
        ..form("有空 格", "x")
    };
    let new = NewOrganisation { parent_id: Some(region.county), level: Level::Grassroots, form };
    let problem = create::create(&app.caller::<Manage>(), &new).await.unwrap_err();
    let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(fields, ["code", "name", "division", "credit_code", "founded_on"]);
    let taken = NewOrganisation { form: self::form("152200", "重名"), ..new };
    let told = create::create(&app.caller::<Manage>(), &taken).await.unwrap_err().fields;
    assert_eq!(told[0].code, "code_taken");
    assert!(told[0].message.contains("撤销了的也算"), "whoever looks for it in the list finds none that was closed");
    app.close().await;
}

#[tokio::test]
async fn lists_go_page_by_page_in_the_callers_scope() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        for n in 0..5 {
            found(&app, Some(region.county), &format!("152201-{n}A"), Level::Grassroots).await;
        }
        let caller = app.caller::<View>();
        let filter = OrganisationFilter { under: Some(region.hinggan), ..Default::default() };
        let mut paging = Paging { limit: Some(3), ..Default::default() };
        let mut seen = Vec::new();
        loop {
            let page = list::list(&caller, &filter, &paging).await.unwrap();
            assert_eq!(page.total, 7);
            seen.extend(page.items.into_iter().map(|row| row.code));
            if page.next.is_none() {
                break;
            }
            paging.cursor = page.next;
        }
        assert_eq!(seen.len(), 7);
        assert!(seen.is_sorted());
        for (q, total) in [("152201", 6), ("152201-3a", 1), ("0500总", 1), ("总工会", 9), ("没有", 0)] {
            let filter = OrganisationFilter { q: Some(q.into()), ..Default::default() };
            assert_eq!(list::list(&caller, &filter, &Paging::default()).await.unwrap().total, total, "{q}");
        }
        let direct = OrganisationFilter { parent: Some(region.hinggan), ..Default::default() };
        let page = list::list(&caller, &direct, &Paging::default()).await.unwrap();
        assert_eq!(page.items[0].child_count, 5);
        assert_eq!(page.items[0].parent_id, Some(region.hinggan));
    })
    .await;
}

#[tokio::test]
async fn employers_carry_their_own_checked_code() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ManageWorkforce>();
        let form = EmployerForm {
            organisation_id: region.county,
            name: "兴安盟快运有限公司".into(),
            credit_code: credit_code("91152200MA0000001").to_lowercase(),
            kind: EmployerKind::Enterprise,
            division: Some("152201".into()),
            industry: Some("G60 邮政业".into()),
            ownership: None,
            workers: 120,
            women: 31,
        };
        let model = employer::keep::create(&caller, &form).await.unwrap();
        assert_eq!(model.credit_code, credit_code("91152200MA0000001"));
        let again = employer::keep::create(&caller, &form).await.unwrap_err();
        assert_eq!(again.fields[0].code, "credit_code_taken");
        let wrong = EmployerForm { credit_code: "91152200MA00000010".into(), women: 121, ..form.clone() };
        let problem = employer::keep::create(&caller, &wrong).await.unwrap_err();
        let fields: Vec<&str> = problem.fields.iter().map(|field| field.field.as_str()).collect();
        assert_eq!(fields, ["credit_code", "women"]);
        let grown = EmployerForm { workers: 150, ..form };
        let saved = employer::keep::update(&caller, model.id, &IfMatch::version(1), &grown).await.unwrap();
        assert_eq!((saved.workers, saved.version), (150, 2));
        let stale = employer::keep::update(&caller, model.id, &IfMatch::version(1), &grown).await.unwrap_err();
        assert_eq!((stale.status, stale.changed), (412, vec!["workers".to_owned()]));
        let viewer = app.caller::<ViewWorkforce>();
        for q in ["快运", "91152200ma"] {
            let (q, organisation) = (Some(q.to_owned()), Some(region.hinggan));
            let filter = EmployerFilter { q, organisation, ..EmployerFilter::default() };
            assert_eq!(employer::keep::list(&viewer, &filter, &Paging::default()).await.unwrap().total, 1);
        }
        let elsewhere = EmployerFilter { organisation: Some(region.tongliao), ..EmployerFilter::default() };
        assert_eq!(employer::keep::list(&viewer, &elsewhere, &Paging::default()).await.unwrap().total, 0);
    })
    .await;
}

#[tokio::test]
async fn coverage_counts_the_branches_that_have_a_union_on_the_day() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ManageWorkforce>();
        let company = PlatformForm { name: "示例外卖平台".into(), rank: Rank::Head, credit_code: None };
        let company = platform::keep::create(&caller, &company).await.unwrap();
        for (organisation, since, closed) in [
            (region.county, Some("2026-03-01"), None),
            (region.county, None, None),
            (region.county, Some("2026-03-01"), Some("2026-04-01")),
            (region.tongliao, None, None),
        ] {
            let form = BranchForm {
                platform_id: company.id,
                organisation_id: organisation,
                name: "分公司".into(),
                union_organisation_id: None,
                union_since: since.map(day),
                opened_on: None,
                closed_on: closed.map(day),
            };
            branch::create(&caller, &form).await.unwrap();
        }
        for (root, on, wanted) in [
            (region.hinggan, "2026-02-28", (0, 3)),
            (region.hinggan, "2026-03-31", (2, 3)),
            (region.hinggan, "2026-06-30", (1, 2)),
            (region.province, "2026-06-30", (1, 3)),
            (region.tongliao, "2026-06-30", (0, 1)),
        ] {
            assert_eq!(platform::coverage(&caller, root, &[], day(on), Tree::Dated).await.unwrap(), wanted);
        }
        let viewer = app.caller::<ViewWorkforce>();
        let of = |has_union| BranchFilter { has_union, organisation: Some(region.hinggan), ..BranchFilter::default() };
        for (has_union, total) in [(None, 3), (Some(true), 1), (Some(false), 1)] {
            let page = list_branches::list(&viewer, &of(has_union), &Paging::default()).await.unwrap();
            assert_eq!(page.total, total);
            let row = &page.items[0];
            assert_eq!((row.platform.as_str(), row.organisation.as_str()), ("示例外卖平台", "152201总工会"));
        }
        // As it was on a day: a union that was founded later is none yet, and what was closed later still stands.
        for (on, ranks, has_union, total) in [
            ("2026-02-28", "head", Some(true), 0),
            ("2026-02-28", "head", Some(false), 3),
            ("2026-03-31", "head,key", Some(true), 2),
            ("2026-06-30", "", None, 2),
            ("2026-06-30", "other", None, 0),
        ] {
            let filter = BranchFilter { on: Some(day(on)), ranks: Some(ranks.into()), ..of(has_union) };
            let page = list_branches::list(&viewer, &filter, &Paging::default()).await.unwrap();
            assert_eq!(page.total, total, "{on} {ranks} {has_union:?}");
        }
        let unknown = BranchFilter { ranks: Some("biggest".into()), ..of(None) };
        let refused = list_branches::list(&viewer, &unknown, &Paging::default()).await.unwrap_err();
        assert_eq!(refused.fields[0].field, "ranks");
    })
    .await;
}

#[tokio::test]
async fn an_upper_count_holds_for_all_below_it() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let caller = app.caller::<ManageWorkforce>();
        let enter = async |organisation_id: Id, group: &str, on: &str, workers| {
            let source = "人社局统计".to_owned();
            let count = NewHeadCount { organisation_id, group: group.into(), day: day(on), workers, source };
            head_count::keep::create(&caller, &count).await
        };
        enter(region.county, "courier", "2026-01-31", 100).await.unwrap();
        enter(region.county, "courier", "2026-05-31", 130).await.unwrap();
        enter(region.tongliao, "courier", "2026-03-31", 400).await.unwrap();
        enter(region.tongliao, "truck_driver", "2026-03-31", 50).await.unwrap();
        let ask = async |organisation, group, on: &str| {
            let found = head_count::active_workers(&caller, organisation, group, day(on), Tree::Dated).await.unwrap();
            (found.workers, found.counted_on.map(|day| day.to_string()))
        };
        let counted = |workers: i64, on: &str| (workers, Some(on.to_owned()));
        assert_eq!(ask(region.province, Some("courier"), "2026-01-30").await, (0, None));
        assert_eq!(ask(region.province, Some("courier"), "2026-02-01").await, counted(100, "2026-01-31"));
        assert_eq!(ask(region.province, Some("courier"), "2026-06-01").await, counted(530, "2026-03-31"));
        assert_eq!(ask(region.province, None, "2026-06-01").await, counted(580, "2026-03-31"));
        enter(region.hinggan, "courier", "2026-06-15", 900).await.unwrap();
        assert_eq!(ask(region.province, Some("courier"), "2026-06-30").await, counted(1300, "2026-03-31"));
        assert_eq!(ask(region.county, Some("courier"), "2026-06-30").await, counted(130, "2026-05-31"));
        enter(region.hinggan, "courier", "2026-06-15", 800).await.unwrap();
        assert_eq!(ask(region.hinggan, Some("courier"), "2026-06-30").await, counted(800, "2026-06-15"));
        assert_eq!(enter(region.county, "pilots", "2026-06-15", 1).await.unwrap_err().fields[0].field, "group");
        assert_eq!(enter(region.county, "courier", "2026-07-02", 1).await.unwrap_err().fields[0].field, "day");
        // One such count would break every sum that it stands in.
        let slip = enter(region.county, "courier", "2026-06-15", i64::MAX).await.unwrap_err();
        assert_eq!(slip.fields[0].code, "too_many");
        let rows = head_count::keep::list(&app.caller(), &HeadCountFilter::default(), &Paging::default()).await;
        assert_eq!(rows.unwrap().total, 5);
    })
    .await;
}

#[tokio::test]
async fn the_first_groups_are_there_and_the_list_can_be_changed() {
    App::each(&programmes(), |app| async move {
        let caller = app.caller::<ManageWorkforce>();
        let groups = worker_group::list(caller.read()).await.unwrap();
        assert_eq!(groups.len(), 9);
        assert_eq!(groups.iter().filter(|group| group.focus).count(), 4);
        let form =
            worker_group::keep::WorkerGroupForm { label: "网络主播".into(), focus: false, offered: true, sort: 10 };
        let new = worker_group::keep::NewWorkerGroup { code: "streamer".into(), form: form.clone() };
        worker_group::keep::create(&caller, &new).await.unwrap();
        assert_eq!(worker_group::keep::create(&caller, &new).await.unwrap_err().code, "group_taken");
        worker_group::check(caller.read(), "streamer").await.unwrap();
        let hidden = worker_group::keep::WorkerGroupForm { offered: false, ..form };
        worker_group::keep::update(&caller, "streamer", &IfMatch::version(1), &hidden).await.unwrap();
        let stale = worker_group::keep::update(&caller, "streamer", &IfMatch::version(1), &hidden).await.unwrap_err();
        assert_eq!(stale.changed, ["offered"]);
        assert_eq!(worker_group::check(caller.read(), "streamer").await.unwrap_err().fields[0].field, "group");
        // The list is everybody's: a county adds nothing to it.
        officer(&app, "below", "业务干部", region(&app).await.county).await;
        let own = json!({ "code": "own_group", "label": "本县群体" });
        assert_eq!(logged_in(&app, "below").await.post("/api/v1/worker-groups", &own).await.code(), "not_whole");
    })
    .await;
}

#[tokio::test]
async fn over_http_a_neighbours_union_is_not_found_and_a_save_needs_its_version() {
    let app = App::sqlite(&programmes()).await;
    let region = region(&app).await;
    let officer = Officer {
        username: "hinggan".into(),
        name: "干部".into(),
        password: "Xing-an-2026!".into(),
        role: "系统管理员",
        organisation: region.hinggan,
        must_change: false,
    };
    access::bootstrap(&app.caller::<Manage>(), &officer).await.unwrap();
    let (router, _) = (kernel::own::programme().routes)().split_for_parts();
    let mut client = Client::new(axum::Router::new().nest("/api/v1", router).with_state(app.house().clone()));
    assert_eq!(client.get("/api/v1/organisations").await.status, StatusCode::UNAUTHORIZED);
    assert!(client.log_in("hinggan", "Xing-an-2026!").await.status.is_success());
    let tree = client.get("/api/v1/organisations/tree").await.json();
    assert_eq!(tree[0]["code"], "152200");
    assert_eq!(tree[0]["child_count"], 1);
    let list = client.get("/api/v1/organisations?limit=1&level=county").await.json();
    assert_eq!((&list["total"], &list["items"][0]["code"]), (&json!(1), &json!("152201")));
    let year = client.get("/api/v1/calendar/2026?region=152200").await;
    assert_eq!((year.status, &year.json()["loaded"]), (StatusCode::OK, &json!(true)));
    let above = json!({ "days": [] });
    let tag = year.headers["etag"].to_str().unwrap().to_owned();
    let put = |region: &str| format!("/api/v1/calendar/2026?region={region}");
    let headers = [("if-match", tag.as_str())];
    assert_eq!(client.send_json(Method::PUT, &put("152200"), &headers, &above).await.status, StatusCode::OK);
    assert_eq!(client.send_json(Method::PUT, &put("150000"), &headers, &above).await.code(), "region_above");
    let foreign = format!("/api/v1/organisations/{}", region.tongliao);
    assert_eq!(client.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let own = format!("/api/v1/organisations/{}", region.county);
    let shown = client.get(&own).await;
    assert_eq!(shown.headers["etag"], "\"1\"");
    let body = json!({ "code": "152201", "name": "乌兰浩特市总工会", "kind": "federation" });
    assert_eq!(client.send_json(Method::PUT, &own, &[], &body).await.status, StatusCode::PRECONDITION_REQUIRED);
    let saved = client.send_json(Method::PUT, &own, &[("if-match", "\"1\"")], &body).await;
    assert_eq!((saved.status, &saved.headers["etag"]), (StatusCode::OK, &"\"2\"".parse().unwrap()));
    let stale = client.send_json(Method::PUT, &own, &[("if-match", "\"1\"")], &body).await;
    assert_eq!(
        (stale.status, &stale.json()["changed"]),
        (StatusCode::PRECONDITION_FAILED, &json!(["division", "founded_on", "name"]))
    );
    let away = json!({ "parent_id": region.tongliao, "day": "2026-06-01" });
    assert_eq!(client.post(&format!("{own}/move"), &away).await.status, StatusCode::NOT_FOUND);
    drop(client);
    app.close().await;
}
