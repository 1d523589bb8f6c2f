//! Permissions are types, so that a handler without one does not compile.

/// A right to do one kind of thing, named by a type.
pub trait Permission: Send + Sync + 'static {
    /// The stable code, `programme.verb`.
    const CODE: &'static str;
    /// What officers read.
    const LABEL: &'static str;
    /// Who must be calling.
    const WHO: Who = Who::Officer;
}

/// Who must be calling for a permission to be asked at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Anybody, logged in or not.
    Anyone,
    /// Any officer, worker or token that is logged in, for what is its own.
    LoggedIn,
    /// A worker, for what is his own.
    Worker,
    /// An officer (or a token) with a role that holds the permission.
    Officer,
}

/// A permission's code and label, for the list that a programme declares.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// The stable code.
    pub code: &'static str,
    /// What officers read.
    pub label: &'static str,
}

impl Listed {
    /// The entry of a permission type.
    #[must_use]
    pub const fn of<P: Permission>() -> Self {
        Self { code: P::CODE, label: P::LABEL }
    }
}

/// Nobody need be logged in. Must be written out, and a test holds the list of where it is.
#[derive(Debug)]
pub struct Everyone;
impl Permission for Everyone {
    const CODE: &'static str = "everyone";
    const LABEL: &'static str = "任何人";
    const WHO: Who = Who::Anyone;
}

/// Whoever is logged in, for his own log-in only.
#[derive(Debug)]
pub struct LoggedIn;
impl Permission for LoggedIn {
    const CODE: &'static str = "logged_in";
    const LABEL: &'static str = "已登录";
    const WHO: Who = Who::LoggedIn;
}

/// A worker, for his own record only.
#[derive(Debug)]
pub struct Oneself;
impl Permission for Oneself {
    const CODE: &'static str = "oneself";
    const LABEL: &'static str = "职工本人";
    const WHO: Who = Who::Worker;
}

/// Declares permission types that officers' roles hold: `pub Name = "code" "中文名";`, and the list `ALL` of them.
#[macro_export]
macro_rules! permissions {
    ($($(#[$meta:meta])* $name:ident = $code:literal $label:literal;)*) => {
        $($(#[$meta])* #[derive(Debug)] pub struct $name;
        impl $crate::permission::Permission for $name {
            const CODE: &'static str = $code;
            const LABEL: &'static str = $label;
        })*
        /// The permissions declared here.
        pub const ALL: &[$crate::permission::Listed] = &[$($crate::permission::Listed::of::<$name>()),*];
    };
}
