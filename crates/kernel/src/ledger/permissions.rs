//! What officers may do with the ledger.

crate::permissions! {
    /// See figures and the facts behind them, with people masked.
    View = "ledger.view" "查看数据与服务台账";
    /// Take figures and facts away as files.
    Export = "ledger.export" "导出数据与服务台账";
    /// Record services by hand.
    Record = "ledger.record" "登记服务记录";
    /// Take a recorded service back.
    Reverse = "ledger.reverse" "冲销服务记录";
}
