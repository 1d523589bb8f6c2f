//! The route by which the rows of a list are taken away.

/// A route that asks for an [`ExportKind`](crate::export::ExportKind) by the filter of its list, which has an `organisation`
/// ([`ask_for_list`](crate::export::ask_for_list)): path and name in the interface, the part of it, the filter, the kind, and
/// the permission with its code.
#[macro_export]
macro_rules! list_export {
    (
        $(#[$words:meta])*
        post $path:tt $operation:tt of $tag:tt, $filter:ident => $kind:ident, for $permission:ident $code:tt
    ) => {
        $(#[$words])*
        #[utoipa::path(
            post, path = $path, tag = $tag, operation_id = $operation,
            extensions(("x-permission" = json!($code))), request_body = $crate::export::ExportForm<$filter>,
            responses((status = 201, body = $crate::export::ExportView), $crate::export::ExportRefusal),
        )]
        pub async fn post_export(
            caller: $crate::Caller<$permission>,
            axum::Json(form): axum::Json<$crate::export::ExportForm<$filter>>,
        ) -> Result<(axum::http::StatusCode, axum::Json<$crate::export::ExportView>), $crate::Problem> {
            let asked = $crate::export::ask_for_list(&caller, &$kind, form, |filter| &mut filter.organisation).await?;
            Ok((axum::http::StatusCode::CREATED, axum::Json(asked)))
        }
    };
}
