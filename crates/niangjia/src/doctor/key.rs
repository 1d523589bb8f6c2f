use super::Finding;
use crate::{
    master::{self, Readers},
    settings::Settings,
};

const WHAT: &str = "密钥";

/// The master keys, without showing anything of them. The demo's is made on its first start, not here.
pub(super) fn look(settings: &Settings) -> Finding {
    let path = settings.key_path();
    if settings.demo && settings.key.is_none() && !path.exists() {
        return Finding::good(WHAT, "演示模式，首次启动时生成");
    }
    let keys = match master::read(settings) {
        Ok(keys) => keys,
        Err(failure) => {
            let advice = "服务不会在没有合格密钥时启动。新系统运行 niangjia init；已有数据的，放回原来的密钥文件";
            return Finding::bad(WHAT, failure.to_string(), advice);
        }
    };
    let number = keys.len();
    if settings.key.is_some() {
        return Finding::good(WHAT, format!("由环境变量给出，共 {number} 个"));
    }
    let place = path.display();
    match master::readers(&path) {
        Ok(Readers::Owner) => Finding::good(WHAT, format!("{place}，共 {number} 个，只有属主可读")),
        Ok(Readers::Group) => {
            Finding::doubtful(WHAT, format!("{place} 同组的用户也能读"), format!("chmod 600 {place}"))
        }
        // Only the demo gets here: elsewhere it was refused above.
        Ok(Readers::Everybody) => Finding::doubtful(WHAT, format!("{place} 人人可读"), format!("chmod 600 {place}")),
        Err(err) => Finding::bad(WHAT, format!("{place}：{err}"), "检查文件的属主和权限"),
    }
}
