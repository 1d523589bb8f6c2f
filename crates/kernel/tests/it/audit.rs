//! The audit chain as its administrator reads it.

use futures::StreamExt;
use kernel::{
    Caller, Context, Id,
    access::{self, LogIn, Officer, tokens::NewToken},
    audit::{self, AuditFilter, list, permissions::View},
    export::{Asked, ExportForm, ExportFormat, ExportState, ask, fetch},
    listing::Paging,
    permission::LoggedIn,
};
use testing::App;

use crate::organisation_world::{day, programmes, region};

async fn act(context: &Context, action: &str, organisation_id: Option<Id>, object_id: Option<Id>) {
    let act = (action, "kernel/test", object_id);
    let detail = &serde_json::json!({ "n": 1 });
    context
        .unit(|unit| async move { audit::record(&unit, context, act, organisation_id, detail).await })
        .await
        .unwrap();
}

fn asked(q: &str) -> AuditFilter {
    AuditFilter { q: Some(q.into()), ..AuditFilter::default() }
}

#[tokio::test]
async fn entries_are_found_labelled_paged_and_taken_away() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let caller: &Caller<View> = &app.caller();
        act(context, "people.reveal", Some(region.county), Some(Id(77))).await;
        act(context, "nobody.declares_this", None, None).await;
        let found = |filter: AuditFilter| async move {
            let page = list(caller, &filter, &Paging::default()).await.unwrap();
            assert_eq!(page.total, page.items.len() as u64);
            page.items
        };
        let rows = found(asked("77")).await;
        assert_eq!(rows.len(), 1);
        assert_eq!((rows[0].action_label.as_str(), rows[0].actor_label.as_str()), ("查看敏感信息原文", "系统"));
        assert_eq!(rows[0].organisation_name.as_deref(), Some("152201总工会"));
        assert_eq!(found(asked(&rows[0].id.to_string())).await, rows, "as a checkpoint names it");
        assert_eq!(found(asked("敏感信息")).await.len(), 1);
        assert_eq!(found(asked("没有这种操作")).await.len(), 0);
        let only = AuditFilter { action: Some("nobody.declares_this".into()), ..AuditFilter::default() };
        assert_eq!(found(only).await[0].action_label, "nobody.declares_this");
        let days = |from, to| AuditFilter { from: Some(day(from)), to: Some(day(to)), ..AuditFilter::default() };
        let all = found(AuditFilter::default()).await;
        assert_eq!(found(days("2026-07-01", "2026-07-01")).await.len(), all.len());
        assert_eq!(found(days("2026-06-01", "2026-06-30")).await.len(), 0);

        let first = list(caller, &AuditFilter::default(), &Paging { cursor: None, limit: Some(2) }).await.unwrap();
        let second =
            list(caller, &AuditFilter::default(), &Paging { cursor: first.next, limit: Some(2) }).await.unwrap();
        assert_eq!([first.items, second.items].concat(), all[..4]);

        let reader = app.caller::<LoggedIn>();
        let form = ExportForm {
            organisation_id: Some(region.province),
            format: ExportFormat::Csv,
            filter: AuditFilter::default(),
            reason: None,
        };
        let wish = Asked::new("审计记录", &form).unwrap();
        let made = ask(&reader, &audit::ENTRIES, &wish).await.unwrap();
        assert_eq!(made.state, ExportState::Done, "nobody may hold it back");
        let pieces: Vec<_> = fetch(&reader, made.id).await.unwrap().pieces.map(Result::unwrap).collect().await;
        let text = String::from_utf8(pieces.concat()).unwrap();
        // Headings, the act of asking, and who took it away.
        assert_eq!(text.lines().count(), all.len() + 3);
        assert!(text.contains("查看敏感信息原文"));
        assert_eq!(found(asked("下载导出文件")).await.len(), 1, "taking it away is an act");
    })
    .await;
}

#[tokio::test]
async fn what_an_entry_tells_stands_in_words_on_the_page_and_in_the_file() {
    App::each(&programmes(), |app| async move {
        let county = region(&app).await.county;
        let context: &Context = &app.caller::<LoggedIn>();
        let act = ("organisations.step", "kernel/test", Some(Id(78)));
        li(context, county).await;
        let roles = access::roles::list(&app.caller()).await.unwrap();
        let role = roles.items.iter().find(|role| role.name == "审计管理员").unwrap().id;
        let detail =
            &serde_json::json!({ "for": "worker:1", "into": county, "role_id": role, "step": "approved_to_prepare" });
        context.unit(|unit| async move { audit::record(&unit, context, act, county, detail).await }).await.unwrap();
        let caller: &Caller<View> = &app.caller();
        let page = list(caller, &asked("78"), &Paging::default()).await.unwrap();
        let told: Vec<_> = page.items[0].told.iter().map(|one| (&*one.label, &*one.text)).collect();
        assert_eq!(told, [("申请人", "本人"), ("并入", "152201总工会"), ("角色", "审计管理员"), ("步骤", "批复筹建")]);

        let filter = asked("78");
        let form = ExportForm { organisation_id: Some(county), format: ExportFormat::Csv, filter, reason: None };
        let made = ask(context, &audit::ENTRIES, &Asked::new("审计记录", &form).unwrap()).await.unwrap();
        let (_, file) = app.taken(made.id).await;
        let text = String::from_utf8(file).unwrap();
        assert!(text.contains("并入：152201总工会；角色：审计管理员；步骤：批复筹建") && !text.contains('{'), "{text}");
    })
    .await;
}

/// Who audits one organisation.
async fn li(context: &Context, organisation: Id) -> Id {
    let officer = Officer {
        username: "li".into(),
        name: "李明".into(),
        password: "Niangjia-2026".into(),
        role: "审计管理员",
        organisation,
        must_change: false,
    };
    access::bootstrap(context, &officer).await.unwrap()
}

#[tokio::test]
async fn an_administrator_below_reads_his_own_part() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        act(context, "people.reveal", Some(region.county), None).await;
        act(context, "people.reveal", Some(region.tongliao), None).await;
        let account = li(context, region.hinggan).await;
        let below = &context.lent(vec![region.hinggan]);
        let page = list(below, &asked("敏感信息"), &Paging::default()).await.unwrap();
        assert_eq!(page.items.iter().map(|row| row.organisation_id).collect::<Vec<_>>(), [Some(region.county)]);
        // Log-ins concern no organisation: he reads those of his own officers only.
        let log_in = |password: &str| LogIn { username: "li".into(), password: password.into() };
        access::log_in(context, &log_in("Niangjia-2026")).await.unwrap();
        access::log_in(context, &log_in("wrong")).await.unwrap_err();
        let of_account = AuditFilter { account: Some(account), ..AuditFilter::default() };
        let logged = list(below, &of_account, &Paging::default()).await.unwrap().items;
        assert_eq!(
            logged.iter().map(|row| row.action_label.as_str()).collect::<Vec<_>>(),
            ["登录失败", "登录", "新建账号"]
        );
        // Who audits more reads it union by union, too.
        let part = AuditFilter { organisation: Some(region.tongliao), ..asked("敏感信息") };
        let page = list(context, &part, &Paging::default()).await.unwrap();
        assert_eq!(page.items.iter().map(|row| row.organisation_id).collect::<Vec<_>>(), [Some(region.tongliao)]);
        assert_eq!(list(below, &part, &Paging::default()).await.unwrap_err().code, "not_found");
        let his = AuditFilter { organisation: Some(region.hinggan), ..of_account.clone() };
        assert_eq!(list(context, &his, &Paging::default()).await.unwrap().total, 3);
        let elsewhere = &context.lent(vec![region.tongliao]);
        assert_eq!(list(elsewhere, &of_account, &Paging::default()).await.unwrap().total, 0);
        let above = &context.lent(vec![region.province]);
        assert_eq!(list(above, &asked("李明"), &Paging::default()).await.unwrap().total, 3);
        // Until it opens, who logs in is nobody: the file says, too, whose account it was.
        let filter = AuditFilter { action: Some("session.begin".into()), ..AuditFilter::default() };
        let form =
            ExportForm { organisation_id: Some(region.province), format: ExportFormat::Csv, filter, reason: None };
        let made = ask(context, &audit::ENTRIES, &Asked::new("审计记录", &form).unwrap()).await.unwrap();
        let (_, file) = app.taken(made.id).await;
        assert!(String::from_utf8_lossy(&file).contains("登录,李明（li）,"), "{}", String::from_utf8_lossy(&file));
    })
    .await;
}

#[tokio::test]
async fn another_system_is_called_by_its_name() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        li(context, region.hinggan).await;
        let roles = access::roles::list(&app.caller()).await.unwrap();
        let wish = NewToken {
            name: "市政数据平台".into(),
            role_id: roles.items.iter().find(|role| role.name == "业务干部").unwrap().id,
            organisation_id: region.county,
            expires_on: day("2026-07-31"),
        };
        let made = access::tokens::create(&app.caller(), &wish).await.unwrap();
        act(context, "people.reveal", None, Some(Id(77))).await;
        let by = |actor: &str| format!("UPDATE audit_entry SET actor = '{actor}' WHERE object_id = 77");
        app.write(&by(&format!("token:{}", made.id))).await;
        let called = |asked: AuditFilter| async move {
            let page = list(context, &asked, &Paging::default()).await.unwrap();
            page.items.into_iter().map(|row| (row.actor_label, row.object_label)).collect::<Vec<_>>()
        };
        assert_eq!(called(asked("77")).await, [("对接系统（市政数据平台）".to_owned(), None)]);
        let given = called(asked(&made.id.to_string())).await;
        assert_eq!(given, [("系统".to_owned(), Some("市政数据平台".to_owned()))]);
        // So that the chain is whole again.
        app.write(&by("system:a test")).await;
    })
    .await;
}

/// As many more officers as there are in a region, each with the same name and place as the only one there is.
const MORE: [&str; 2] = [
    "INSERT INTO account (id, username, name, password, password_set_at, failures, enabled, must_change, version) \
     WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 33000) \
     SELECT id + n, username || n, name, password, password_set_at, failures, enabled, must_change, version \
     FROM account, more WHERE username = 'li'",
    "INSERT INTO account_grant (account_id, role_id, organisation_id) \
     SELECT other.id, role_id, organisation_id FROM account_grant, account AS own, account AS other \
     WHERE account_id = own.id AND own.username = 'li' AND other.username <> 'li'",
];

#[tokio::test]
async fn the_officers_of_a_whole_region_are_looked_through() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let context: &Context = &app.caller::<LoggedIn>();
        let account = li(context, region.hinggan).await;
        act(context, "people.reveal", None, Some(Id(77))).await;
        let by = |actor: &str| format!("UPDATE audit_entry SET actor = '{actor}' WHERE object_id = 77");
        for sql in MORE {
            app.write(sql).await;
        }
        app.write(&by(&format!("officer:{account}"))).await;
        let below = &context.lent(vec![region.hinggan]);
        // What he did at no place, and that his account was made.
        for filter in [asked("李明"), AuditFilter { account: Some(account), ..AuditFilter::default() }] {
            let found = list(below, &filter, &Paging::default()).await.unwrap();
            let told: Vec<&str> = found.items.iter().map(|row| row.action_label.as_str()).collect();
            assert_eq!(told, ["查看敏感信息原文", "新建账号"]);
        }
        // So that the chain is whole again.
        app.write(&by("system:a test")).await;
    })
    .await;
}
