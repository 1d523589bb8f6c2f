//! The master keys as the operator keeps them: in a file that nobody else may read, or in the environment.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    os::unix::fs::{MetadataExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

use kernel::Ambient;
use secret::{Keyring, MasterKey};

use crate::{house::Failure, settings::Settings};

/// Who else may read a key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// Its owner alone.
    Owner,
    /// Its group, too.
    Group,
    /// Everybody on the machine.
    Everybody,
}

/// Who may read a file.
///
/// # Errors
/// There is no such file.
pub fn readers(path: &Path) -> std::io::Result<Readers> {
    let mode = fs::metadata(path)?.mode();
    Ok(match mode {
        _ if mode & 0o007 != 0 => Readers::Everybody,
        _ if mode & 0o070 != 0 => Readers::Group,
        _ => Readers::Owner,
    })
}

/// The master keys, each with the first version that comes from it. The demo makes one on first use; elsewhere a missing or
/// weak key stops the start, and so does a key file that everybody may read.
///
/// # Errors
/// When there is no key, a weak one, or one that others may read.
pub fn read(settings: &Settings) -> Result<Vec<(u16, MasterKey)>, Failure> {
    if let Some(text) = &settings.key {
        return parse(text);
    }
    if settings.demo {
        make(settings)?;
    }
    let path = settings.key_path();
    let missing = |err: std::io::Error| match err.kind() {
        std::io::ErrorKind::NotFound => Failure::Key(format!(
            "没有找到密钥文件 {}。首次使用请运行 niangjia init 生成；已有数据的，请放回原来的密钥文件",
            path.display()
        )),
        _ => Failure::File(path.clone(), err),
    };
    let readers = readers(&path).map_err(missing)?;
    if readers == Readers::Everybody && !settings.demo {
        let path = path.display();
        return Err(Failure::Key(format!("密钥文件 {path} 别的用户也能读，请运行 chmod 600 {path} 后再启动")));
    }
    parse(&fs::read_to_string(&path).map_err(missing)?)
}

/// The keys of a house, sealing under version 1 until it follows the house's own.
///
/// # Errors
/// Those of [`read`].
pub fn keyring(settings: &Settings) -> Result<Keyring, Failure> {
    let all = read(settings)?;
    let wrong = |err: secret::KeyringProblem| Failure::Key(err.to_string());
    let (_, first) = all.first().ok_or_else(|| Failure::Key("密钥文件是空的".into()))?;
    let keyring = Keyring::derive(first, 1).map_err(wrong)?;
    for (from, master) in all.iter().skip(1) {
        keyring.add_master(*from, master).map_err(wrong)?;
    }
    Ok(keyring)
}

/// One key a line; behind the first one, each stands behind the version that it begins with. `#` begins a remark.
fn parse(text: &str) -> Result<Vec<(u16, MasterKey)>, Failure> {
    let mut all: Vec<(u16, MasterKey)> = Vec::new();
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    for line in lines.filter(|line| !line.is_empty()) {
        let (from, key) = match line.split_once(char::is_whitespace) {
            Some((version, key)) => (version.parse().unwrap_or(0), key),
            None => (1, line),
        };
        let newest = all.last().map_or(0, |(from, _)| *from);
        if from <= newest || (all.is_empty() && from != 1) {
            let why = "密钥文件的各行须依次是：首个密钥，然后每行一个“版本号 密钥”，版本号逐行增大";
            return Err(Failure::Key(why.into()));
        }
        all.push((from, MasterKey::from_text(key).map_err(|err| Failure::Key(err.to_string()))?));
    }
    if all.is_empty() { Err(Failure::Key("密钥文件是空的".into())) } else { Ok(all) }
}

/// Writes a new master key that only its owner may read, unless there is a key already. Gives the file if it wrote one.
///
/// # Errors
/// When the file can't be written.
pub fn make(settings: &Settings) -> Result<Option<PathBuf>, Failure> {
    let path = settings.key_path();
    if settings.key.is_some() || path.exists() {
        return Ok(None);
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|err| Failure::File(folder.to_owned(), err))?;
    }
    write(&path, &draw())?;
    Ok(Some(path))
}

/// Adds a new master key from a version on to the file. What stands in it stays.
///
/// # Errors
/// When the keys come from the environment, or the file can't be written.
pub fn add(settings: &Settings, from: u16) -> Result<PathBuf, Failure> {
    if settings.key.is_some() {
        let why = "主密钥由环境变量 NIANGJIA_KEY 给出，请在那里另起一行加上“版本号 新密钥”";
        return Err(Failure::Key(why.into()));
    }
    let path = settings.key_path();
    append(&path, from)?;
    Ok(path)
}

fn append(path: &Path, from: u16) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let failed = |at: &Path| {
        let at = at.to_owned();
        move |err| Failure::File(at, err)
    };
    // One at a time: whoever waited reads what the other wrote, and loses none of it.
    let held = File::open(folder).map_err(failed(folder))?;
    held.lock().map_err(failed(folder))?;
    let before = fs::read_to_string(path).map_err(failed(path))?;
    if let Some((newest, _)) = parse(&before)?.last().filter(|(newest, _)| *newest >= from) {
        return Err(Failure::MasterAdded(*newest));
    }
    let after = format!("{}\n{from} {}\n", before.trim_end(), draw());
    parse(&after)?;
    // A new file in its place: a crash leaves the old keys or all of them, never half a file. What an earlier crash left there
    // was never in use.
    let beside = path.with_extension("new");
    match fs::remove_file(&beside) {
        Err(err) if err.kind() != std::io::ErrorKind::NotFound => return Err(Failure::File(beside, err)),
        _ => {}
    }
    write(&beside, &after)?;
    fs::rename(&beside, path).map_err(failed(path))?;
    held.sync_all().map_err(failed(folder))
}

fn draw() -> String {
    let bytes: [u8; 32] = Ambient::system().bytes();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn write(path: &Path, text: &str) -> Result<(), Failure> {
    let write = || {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()
    };
    write().map_err(|err| Failure::File(path.to_owned(), err))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "8f1d2c3b4a5968778695a4b3c2d1e0ff0e1d9c8b7a6f5e4d3c2b1a0918273645";
    const TWO: &str = "0e1d9c8b7a6f5e4d3c2b1a09182736458f1d2c3b4a5968778695a4b3c2d1e0ff";

    #[test]
    fn what_a_crash_left_beside_the_keys_stops_no_rotation() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("master.key");
        fs::write(&path, format!("{ONE}\n")).unwrap();
        fs::write(path.with_extension("new"), "half a l").unwrap();
        append(&path, 2).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(ONE) && parse(&text).unwrap().len() == 2, "the old key stays");
        assert_eq!(readers(&path).unwrap(), Readers::Owner);
        assert!(!path.with_extension("new").exists());
    }

    #[test]
    fn of_those_who_add_at_once_none_loses_another_s_key() {
        let dir = tempfile::tempdir().unwrap();
        let path = &dir.path().join("master.key");
        fs::write(path, format!("{ONE}\n")).unwrap();
        std::thread::scope(|scope| {
            let added: Vec<_> = (0..8).map(|_| scope.spawn(|| append(path, 2).is_ok())).collect();
            let added = added.into_iter().map(|one| one.join().unwrap());
            assert_eq!(added.filter(|added| *added).count(), 1, "the same version is added once");
        });
        assert_eq!(parse(&fs::read_to_string(path).unwrap()).unwrap().len(), 2);
    }

    #[test]
    fn a_file_holds_one_key_or_several_with_their_versions() {
        let versions = |text: &str| parse(text).map(|all| all.iter().map(|(from, _)| *from).collect::<Vec<_>>());
        assert_eq!(versions(&format!("{ONE}\n")).unwrap(), [1]);
        assert_eq!(versions(&format!("# ours\n{ONE}\n\n4 {TWO} # of 2027")).unwrap(), [1, 4]);
        for wrong in [
            "",
            "# nothing",
            &format!("2 {ONE}"),
            &format!("{ONE}\n{TWO}"),
            &format!("{ONE}\n1 {TWO}"),
            &format!("{ONE}\nx {TWO}"),
            &format!("{ONE}\n2 abcd"),
        ] {
            assert!(versions(wrong).is_err(), "{wrong}");
        }
    }
}
