//! What authors write, checked and resolved into what the rules can play.
