//! The two languages, and text that exists in both.
//!
//! Whatever a user reads is built as [`Words`]: both languages side by side, at the one place that knows what is to be
//! said. Which of them is printed is decided at the very end.

use std::borrow::Cow;
use std::fmt::{self, Display};

/// A language of the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    Zh,
    En,
}

impl Lang {
    /// The language of the system's locale: Chinese if the locale is, English otherwise.
    pub fn of_system() -> Self {
        Self::set().unwrap_or(Self::En)
    }

    /// Likewise; `None` where no locale is set, or one that names no language, as under cron.
    pub fn set() -> Option<Self> {
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
        // Windows keeps its language elsewhere.
        let locale = locale.or_else(sys_locale::get_locale)?;
        let names_none = matches!(locale.split('.').next(), Some("" | "C" | "POSIX") | None);
        (!names_none).then(|| Self::of_locale(&locale))
    }

    fn of_locale(locale: &str) -> Self {
        match locale.to_ascii_lowercase() {
            name if name.starts_with("zh") || name.starts_with("chinese") => Self::Zh,
            _ => Self::En,
        }
    }

    /// `zh` or `en`.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// The same thing said in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Words {
    pub zh: Cow<'static, str>,
    pub en: Cow<'static, str>,
}

/// Constant text in both languages.
pub const fn words(zh: &'static str, en: &'static str) -> Words {
    Words { zh: Cow::Borrowed(zh), en: Cow::Borrowed(en) }
}

/// Composed text in both languages.
pub fn say(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: Cow::Owned(zh.into()), en: Cow::Owned(en.into()) }
}

/// A number with its English noun: `1 visit`, `2 visits`.
pub fn counted(number: impl Into<u64>, noun: &str) -> String {
    let number = number.into();
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

impl Words {
    /// Text that reads the same in both languages: numbers, dates, names.
    pub fn same(text: impl Display) -> Self {
        let text = text.to_string();
        say(text.clone(), text)
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Both texts with `tail` behind them.
    pub fn then(self, tail: &Words) -> Self {
        say(format!("{}{}", self.zh, tail.zh), format!("{}{}", self.en, tail.en))
    }
}

/// English, the language of machine formats and logs.
impl Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_locale_speaks_chinese_and_any_other_english() {
        for (locale, lang) in [
            ("zh_CN.UTF-8", Lang::Zh),
            ("zh_TW", Lang::Zh),
            ("zh-Hans-CN", Lang::Zh),
            ("en_US.UTF-8", Lang::En),
            ("C", Lang::En),
            ("", Lang::En),
        ] {
            assert_eq!(Lang::of_locale(locale), lang, "{locale}");
        }
    }
}
