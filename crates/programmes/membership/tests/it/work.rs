use kernel::{Id, etag::IfMatch, organisation::platform::Rank};
use membership::{
    change_work::{MemberWork, change_work},
    keep::{Reason, keep},
    permissions::{KeepMembers, SeeMembers},
    rules::standing::Step,
    show::show,
};
use testing::App;

use crate::world::{company, member, programmes, region};

#[tokio::test]
async fn where_a_member_works_is_put_right_as_long_as_he_is_one() {
    App::each(&programmes(), |app| async move {
        let region = region(&app).await;
        let id = member(&app, 1, region.riders).await;
        let company = company(&app, "蓝鹰外卖", Rank::Head).await;
        let (see, keeper) = (app.caller::<SeeMembers>(), app.caller::<KeepMembers>());
        let shown = async || show(&see, id).await.unwrap().member;
        let seen = IfMatch::version(shown().await.version);
        let work = MemberWork { platform_id: Some(company), employer: Some(" 东河站点 ".into()) };
        change_work(&keeper, id, &seen, &work).await.unwrap();
        let told = shown().await;
        assert_eq!((told.platform.as_deref(), told.employer.as_deref()), (Some("蓝鹰外卖"), Some("东河站点")));
        assert_eq!(change_work(&keeper, id, &seen, &work).await.unwrap_err().status, 412);
        let (seen, unknown) = (IfMatch::version(told.version), Some(Id(7)));
        let unknown = MemberWork { platform_id: unknown, employer: None };
        assert_eq!(change_work(&keeper, id, &seen, &unknown).await.unwrap_err().code, "unknown_platform");
        let long = MemberWork { platform_id: None, employer: Some("长".repeat(101)) };
        assert_eq!(change_work(&keeper, id, &seen, &long).await.unwrap_err().fields[0].field, "employer");
        let left = Reason { reason: Some("本人申请".into()), day: None };
        let version = keep(&keeper, id, Step::Leave, &left).await.unwrap().version;
        let late = change_work(&keeper, id, &IfMatch::version(version), &work).await.unwrap_err();
        assert_eq!(late.code, "step_not_allowed");
    })
    .await;
}
