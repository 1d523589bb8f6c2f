//! What officers' roles hold of this programme.

use kernel::audit::Label;

kernel::permissions! {
    /// See stations and what is done there.
    SeeStations = "station.view" "查看工会驿站";
    /// Make and change stations, open, pause and close them.
    KeepStations = "station.keep" "维护驿站档案";
    /// Appoint and relieve station masters and deputies.
    AppointMasters = "station.appoint" "任免驿站站长";
    /// Keep the catalogue of equipment, services and daily checks.
    KeepCatalogue = "station.catalogue" "维护设施与服务目录";
    /// Bring stations in from a file.
    ImportStations = "station.import" "导入驿站";
    /// Take stations away as a file.
    ExportStations = "station.export" "导出驿站";
    /// Take back what a master recorded by mistake.
    CorrectEntries = "station.correct" "更正驿站服务记录";
}

/// What the acts of this programme are called in the audit chain.
pub const ACTS: &[Label] = &[
    Label("stations.create", "新建驿站"),
    Label("stations.change", "修改驿站"),
    Label("stations.open", "开放驿站"),
    Label("stations.pause", "暂停驿站"),
    Label("stations.close", "撤销驿站"),
    Label("stations.appoint", "任命驿站站长"),
    Label("stations.relieve", "免去驿站副站长"),
    Label("stations.follow_merger", "驿站随工会合并转移"),
    Label("stations.import", "导入驿站"),
    Label("stations.geojson", "导出驿站地图数据"),
    Label("stations.take_back", "更正驿站服务记录"),
    Label("station_devices.create", "登记驿站设备"),
    Label("station_devices.change", "修改驿站设备"),
    Label("station_catalogue.create", "新增驿站目录项"),
    Label("station_catalogue.change", "修改驿站目录项"),
];
