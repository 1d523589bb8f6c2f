use kernel::etag::IfMatch;
use station::{
    catalogue::{
        CatalogueKind,
        keep::{CatalogueForm, NewCatalogueEntry, change, create},
        list,
    },
    permissions::KeepCatalogue,
};
use testing::App;

use crate::world::{district, programmes};

#[tokio::test]
async fn the_catalogue_is_seeded_and_kept() {
    App::each(&programmes(), async |app| {
        district(&app).await;
        let caller = app.caller::<KeepCatalogue>();
        let first = list(caller.read()).await.unwrap();
        assert!(first.iter().any(|entry| entry.code == "microwave" && entry.label == "微波炉"));
        let form = |label: &str, offered| CatalogueForm { label: label.into(), offered, sort: 5 };
        let new =
            NewCatalogueEntry { code: "ice_water".into(), kind: CatalogueKind::Equipment, form: form("冰水", true) };
        assert_eq!(create(&caller, &new).await.unwrap().version, 1);
        assert_eq!(create(&caller, &new).await.unwrap_err().code, "catalogue_code_taken");
        let seen = IfMatch::version(1);
        let after = change(&caller, "ice_water", &seen, &form("冰镇饮水", false)).await.unwrap();
        assert_eq!((after.version, after.offered), (2, false));
        let late = change(&caller, "ice_water", &seen, &form("凉水", true)).await.unwrap_err();
        assert_eq!((late.status, late.changed), (412, vec!["label".to_owned(), "offered".to_owned()]));
    })
    .await;
}
