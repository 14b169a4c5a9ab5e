//! The shape that every type has which authors write as `(field: …)`: its fields may be left out, are
//! laid over one another, and are listed with their meaning.

/// One field of a type that authors write, for the field reference.
#[derive(Clone, Copy, Debug)]
pub struct FieldDoc {
    /// The field's name.
    pub name: &'static str,
    /// Its type as Rust writes it.
    pub of: &'static str,
    /// What it means.
    pub doc: &'static [&'static str],
}

macro_rules! files {
    ($(
        $(#[doc = $doc:literal])*
        $name:ident { $( $(#[doc = $fdoc:literal])* $field:ident : $ty:ty ),* $(,)? }
    )*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
            #[serde(default, deny_unknown_fields)]
            pub struct $name { $( $(#[doc = $fdoc])* pub $field: Option<$ty>, )* }

            impl Layer for $name {
                fn over(self, base: Self) -> Self {
                    Self { $( $field: self.$field.over(base.$field), )* }
                }
            }

            impl $name {
                /// The fields with their meaning.
                pub const FIELDS: &'static [FieldDoc] = &[$(FieldDoc {
                    name: stringify!($field),
                    of: stringify!($ty),
                    doc: &[$($fdoc),*],
                }),*];

                /// The names of the fields that are given.
                #[must_use]
                pub fn given(&self) -> Vec<&'static str> {
                    let mut names = Vec::new();
                    $( if self.$field.is_some() { names.push(stringify!($field)); } )*
                    names
                }
            }
        )*

        /// Every type that authors write as `(field: …)`, with its meaning and fields.
        pub const REFERENCE: &[(&str, &[&str], &[FieldDoc])] =
            &[$((stringify!($name), &[$($doc),*], $name::FIELDS)),*];
    };
}
pub(super) use files;
