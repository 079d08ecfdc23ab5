//! Catalogues: one file an entry, one word a file.

/// Declares the modules of a folder and the list of what they describe, in menu order.
///
/// `catalogue! { pub ALL: TRANSITION: Transition = dissolve wipe }` declares `mod dissolve; mod
/// wipe;` and `pub const ALL: &[&Transition] = &[&dissolve::TRANSITION, &wipe::TRANSITION];`.
#[macro_export]
macro_rules! catalogue {
    ($(#[$doc:meta])* $seen:vis $list:ident: $entry:ident: $kind:ty = $($name:ident)+) => {
        $(mod $name;)+
        $(#[$doc])*
        $seen const $list: &[&$kind] = &[$(&$name::$entry),+];
    };
}
