//! What a browser says it is, in words that people know their phone by. Pure.

/// Chat programs and browsers, the more special before those whose name they carry, too.
const PROGRAMS: [(&str, &str); 9] = [
    ("MicroMessenger", "微信"),
    ("DingTalk", "钉钉"),
    ("Lark", "飞书"),
    ("QQBrowser", "QQ浏览器"),
    ("Edg", "Edge浏览器"),
    ("HuaweiBrowser", "华为浏览器"),
    ("Firefox", "火狐浏览器"),
    ("Chrome", "谷歌浏览器"),
    ("Safari", "Safari浏览器"),
];

/// Systems, in the same order.
const SYSTEMS: [(&str, &str); 8] = [
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("HarmonyOS", "鸿蒙设备"),
    ("OpenHarmony", "鸿蒙设备"),
    ("Android", "安卓手机"),
    ("Windows", "Windows电脑"),
    ("Mac OS X", "苹果电脑"),
    ("Linux", "Linux电脑"),
];

/// The words for a `User-Agent`; nothing of it that is not on the lists is kept.
pub(crate) fn words(agent: &str) -> String {
    let find =
        |list: &[(&str, &'static str)]| list.iter().find(|(mark, _)| agent.contains(mark)).map(|(_, word)| *word);
    match (find(&SYSTEMS), find(&PROGRAMS)) {
        (Some(system), Some(program)) => format!("{system}，{program}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "未知设备".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn people_know_their_phones_again() {
        let chat = "Mozilla/5.0 (Linux; Android 14; V2314A) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36 \
                    MicroMessenger/8.0.50";
        assert_eq!(words(chat), "安卓手机，微信");
        let desk = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/139.0 Safari/537.36 Edg/139.0";
        assert_eq!(words(desk), "Windows电脑，Edge浏览器");
        let phone =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1";
        assert_eq!(words(phone), "苹果手机，Safari浏览器");
        assert_eq!(words("curl/8.5.0 <script>"), "未知设备");
    }
}
