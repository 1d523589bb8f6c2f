use utoipa_axum::{router::OpenApiRouter, routes};

use super::{
    close, create, employer, founding, head_count, import, list, merge, platform, relocate, show, split, update,
    worker_group,
};
use crate::House;

/// The use cases of organisations and of what they look after, over HTTP.
pub fn routes() -> OpenApiRouter<House> {
    OpenApiRouter::new().merge(tree()).merge(workforce())
}

fn tree() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(list::list_organisations, create::create_organisation))
        .routes(routes!(list::organisation_tree))
        .routes(routes!(import::get_template))
        .routes(routes!(import::post_import))
        .routes(routes!(show::show_organisation, update::update_organisation))
        .routes(routes!(relocate::move_organisation))
        .routes(routes!(merge::merge_organisation))
        .routes(routes!(split::split_organisation))
        .routes(routes!(close::close_organisation))
        .routes(routes!(founding::line::show_founding, founding::record::record_founding))
        .routes(routes!(founding::take_back::take_founding_back))
}

fn workforce() -> OpenApiRouter<House> {
    OpenApiRouter::new()
        .routes(routes!(employer::keep::list_employers, employer::keep::create_employer))
        .routes(routes!(employer::keep::show_employer, employer::keep::update_employer))
        .routes(routes!(platform::keep::list_platforms, platform::keep::create_platform))
        .routes(routes!(platform::keep::show_platform, platform::keep::update_platform))
        .routes(routes!(platform::list_branches::list_branches, platform::branch::create_branch))
        .routes(routes!(platform::branch::show_branch, platform::branch::update_branch))
        .routes(routes!(head_count::keep::list_head_counts, head_count::keep::enter_head_count))
        .routes(routes!(worker_group::keep::list_worker_groups, worker_group::keep::create_worker_group))
        .routes(routes!(worker_group::keep::update_worker_group))
}
