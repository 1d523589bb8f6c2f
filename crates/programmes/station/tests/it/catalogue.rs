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

#[tokio::test]
async fn a_file_of_stations_can_name_each_entry_by_its_label() {
    App::each(&programmes(), async |app| {
        district(&app).await;
        let caller = app.caller::<KeepCatalogue>();
        let new = |code: &str, kind, label: &str| NewCatalogueEntry {
            code: code.into(),
            kind,
            form: CatalogueForm { label: label.into(), offered: true, sort: 5 },
        };
        for (label, wrong) in [("雨伞、雨衣", "label_divides"), ("微波炉", "label_taken")] {
            let refused = create(&caller, &new("second", CatalogueKind::Equipment, label)).await.unwrap_err();
            assert_eq!(refused.fields[0].code, wrong, "{label}");
        }
        // What is of another kind stands in another column, and what is looked at each day in none.
        create(&caller, &new("microwave_use", CatalogueKind::Service, "微波炉")).await.unwrap();
        create(&caller, &new("check_tidy", CatalogueKind::Check, "微波炉，冰箱干净")).await.unwrap();
        let other = CatalogueForm { label: "冰箱".into(), offered: true, sort: 5 };
        let refused = change(&caller, "microwave", &IfMatch::version(1), &other).await.unwrap_err();
        assert_eq!(refused.fields[0].code, "label_taken");
        let gone = CatalogueForm { label: "微波炉".into(), offered: false, sort: 5 };
        assert!(change(&caller, "microwave", &IfMatch::version(1), &gone).await.is_ok());
    })
    .await;
}
