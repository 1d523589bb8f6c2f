use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
    time::Duration,
};

use kernel::Ambient;

use super::Finding;
use crate::{house, settings::Settings};

const WHAT: &str = "磁盘";
/// Below this a day's work may fill the disk.
const TOO_LITTLE: u64 = 512 * MIB;
/// Below this a backup beside the database may.
const LITTLE: u64 = 5 * 1024 * MIB;
const MIB: u64 = 1024 * 1024;
/// Each group of writes waits for one sync.
const SLOW: Duration = Duration::from_millis(50);

/// Room and speed where the data lies.
pub(super) fn look(settings: &Settings) -> Vec<Finding> {
    let data = &settings.data;
    let place = data.display();
    if !data.exists() {
        let said = format!("数据目录 {place} 还不存在");
        return vec![Finding::doubtful(WHAT, said, "首次使用运行 niangjia init；已有数据的，核对 data 的设置")];
    }
    vec![room(data), speed(data)]
}

fn room(data: &Path) -> Finding {
    let place = data.display();
    let free = match rustix::fs::statvfs(data) {
        Ok(found) => found.f_bavail.saturating_mul(found.f_frsize),
        Err(err) => return Finding::bad(WHAT, format!("{place} 看不到余量：{err}"), "检查目录的权限和挂载"),
    };
    let said = format!("{place} 所在的盘还有 {} MiB", free / MIB);
    match free {
        ..TOO_LITTLE => Finding::bad(WHAT, said, "马上清理或扩容；写满后所有登记都会被拒绝（已登记的不会丢）"),
        TOO_LITTLE..LITTLE => Finding::doubtful(WHAT, said, "尽快清理或扩容，并把备份放到别的盘"),
        _ => Finding::good(WHAT, said),
    }
}

fn speed(data: &Path) -> Finding {
    match sync(data) {
        Ok(took) if took > SLOW => {
            let said = format!("写一次要 {} 毫秒，繁忙时登记会慢", took.as_millis());
            Finding::doubtful(WHAT, said, "把数据目录放到固态盘上，不要放在网络盘上")
        }
        Ok(took) => {
            Finding::good(WHAT, format!("可写，写一次 {}.{} 毫秒", took.as_millis(), took.subsec_micros() % 1000 / 100))
        }
        Err(err) => {
            let place = data.display();
            let said = format!("{place} 写不进去：{}", house::words(&err));
            Finding::bad(WHAT, said, "检查目录的属主、权限，以及盘是否写满或只读")
        }
    }
}

/// How long a few bytes take to be on the disk.
fn sync(data: &Path) -> io::Result<Duration> {
    let ambient = Ambient::system();
    let path = data.join(format!(".doctor-{}", ambient.id()));
    let try_it = || {
        let mut file = File::create_new(&path)?;
        file.write_all(b"doctor")?;
        let started = ambient.now();
        file.sync_all()?;
        Ok((ambient.now() - started).to_std().unwrap_or_default())
    };
    let took = try_it();
    // What can't be removed was not made either, or the next finding tells.
    let _gone = fs::remove_file(&path);
    took
}
