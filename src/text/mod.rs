//! The product's words, in English and Simplified Chinese.
