//! What many states have in common and few change.

use super::digest::{Canon, Digest, Walk};
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, OnceLock};

/// A value that is copied when it is changed, not when the state around it is. Its digest is worked
/// out once, however many states have it, and stands for it in theirs.
#[derive(Debug, Default, PartialEq)]
pub struct Shared<T>(Arc<Kept<T>>);

/// A value with its digest, once somebody has asked for it.
#[derive(Debug, Default)]
struct Kept<T> {
    value: T,
    digest: OnceLock<Digest>,
}

impl<T: PartialEq> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

impl<T> From<T> for Kept<T> {
    fn from(value: T) -> Self {
        let digest = OnceLock::new();
        Self { value, digest }
    }
}

impl<T: Clone> Clone for Kept<T> {
    /// A copy is made to be changed, so it has no digest yet.
    fn clone(&self) -> Self {
        Self::from(self.value.clone())
    }
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> From<T> for Shared<T> {
    fn from(value: T) -> Self {
        Self(Arc::new(Kept::from(value)))
    }
}

impl<T> Deref for Shared<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0.value
    }
}

impl<T: Clone> DerefMut for Shared<T> {
    fn deref_mut(&mut self) -> &mut T {
        let kept = Arc::make_mut(&mut self.0);
        kept.digest.take();
        &mut kept.value
    }
}

impl<'a, T> IntoIterator for &'a Shared<T>
where
    &'a T: IntoIterator,
{
    type Item = <&'a T as IntoIterator>::Item;
    type IntoIter = <&'a T as IntoIterator>::IntoIter;
    fn into_iter(self) -> Self::IntoIter {
        (**self).into_iter()
    }
}

impl<T: Canon> Canon for Shared<T> {
    fn canon(&self, walk: &mut Walk) {
        let kept = &*self.0;
        let digest = kept.digest.get_or_init(|| walk.apart(&kept.value));
        digest.canon(walk);
    }
}
