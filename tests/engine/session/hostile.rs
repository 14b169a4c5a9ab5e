//! Logs that somebody has changed: one byte, or everything with the check values made to fit.

use super::game::*;
use commonwatch::session::{Journal, MemoryStore, open, verify};
use proptest::prelude::*;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// What the chain begins with, as the format says: the letters CWLOG.
const START: u64 = u64::from_be_bytes(*b"CWLOG\0\0\0");

#[test]
fn no_single_changed_byte_goes_unnoticed() {
    let log = played().store().log.clone();
    assert!(verify(&log, &setting(), None).expect("whole").ok);
    let good = |log: &[u8]| verify(log, &setting(), None).is_ok_and(|report| report.ok);
    for at in 0..log.len() {
        let mut changed = log.clone();
        // Another digit, the other case, a line end where none is and none where one is.
        for byte in [log[at] ^ 1, log[at] ^ 0x20, b'\n', 0xff] {
            changed[at] = byte;
            if byte != log[at] {
                let read = Journal::read(&changed);
                assert!(
                    !matches!(read, Ok((_, None))),
                    "byte {at} as {byte:#04x} is taken"
                );
            }
        }
        assert!(!good(&changed) || changed == log, "byte {at}");
    }
}

#[test]
fn no_missing_or_added_byte_goes_unnoticed() {
    let log = played().store().log.clone();
    let whole = |log: &[u8]| matches!(Journal::read(log), Ok((_, None)));
    for at in 0..log.len() {
        let mut missing = log.clone();
        missing.remove(at);
        assert!(!whole(&missing), "without byte {at}");
        let mut added = log.clone();
        added.insert(at, if at % 2 == 0 { b'\n' } else { b'0' });
        assert!(!whole(&added), "with one more before byte {at}");
    }
    for end in [&b"\n"[..], b" ", b"\r\n", b"\0"] {
        assert!(!whole(&[log.as_slice(), end].concat()));
    }
}

#[test]
fn a_damaged_log_says_how_many_turns_are_good_and_gives_them_back() {
    let log = played().store().log.clone();
    let ends: Vec<usize> = (0..log.len()).filter(|at| log[*at] == b'\n').collect();
    for (line, pair) in ends.windows(2).enumerate() {
        let mut changed = log.clone();
        changed[pair[0] + 20] ^= 1;
        let (journal, damage) = Journal::read(&changed).expect("the header is good");
        let damage = damage.expect("a changed byte");
        assert_eq!((damage.line, damage.good_bytes), (line + 2, pair[0] + 1));
        assert_eq!(damage.good_turns, journal.played_turns());

        let (opened, notices) = open_game(&changed);
        let told = notices[0].to_string();
        assert!(
            told.contains(&format!("{} turn", damage.good_turns)),
            "{told}"
        );
        assert_eq!(opened.store().aside, [changed], "the damaged log is kept");
        assert!(opened.store().log.starts_with(&log[..=pair[0]]));
    }
}

/// The records of a log as text, without their check values.
fn texts(log: &[u8]) -> Vec<Vec<u8>> {
    let lines = log
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    lines.map(|line| line[17..].to_vec()).collect()
}

/// A log of these texts with check values that fit.
fn sealed(texts: &[Vec<u8>]) -> Vec<u8> {
    let (mut check, mut log) = (START, Vec::new());
    for text in texts {
        check = xxh3_64_with_seed(text, check);
        log.extend(format!("{check:016x} ").into_bytes());
        log.extend(text);
        log.push(b'\n');
    }
    log
}

/// Reads, opens and verifies; the only wrong answer is a panic.
fn take(log: &[u8]) {
    let _ = verify(log, &setting(), None);
    if let Ok(commonwatch::session::Opening::Game { mut session, .. }) =
        open(MemoryStore::holding(log), &setting())
    {
        let acts: Vec<u32> = session.journal().acts().iter().map(|act| act.n).collect();
        for n in acts.into_iter().take(8) {
            let _ = session.state_at(n);
        }
        for seat in ["street", "community", "nobody"] {
            let _ = session.redo(&id(seat));
            let _ = session.undo(&id(seat), commonwatch::session::Consent::Given);
        }
        let _ = session.journal().tips();
    }
}

#[test]
fn the_forger_of_these_tests_knows_the_format() {
    let log = played().store().log.clone();
    assert_eq!(sealed(&texts(&log)), log);
}

/// A log of the greatest length in which one desk has taken back a hundred thousand orders and
/// another gives as many.
#[test]
fn a_log_made_to_waste_time_is_read_in_seconds() {
    let header = texts(&GAME)[0].clone();
    let mut lines = vec![
        header,
        b"Act(n:1,parent:0,seat:\"coordination\",action:SetUp(table:Desks))".to_vec(),
    ];
    let undo = b"Head(n:1,why:Undo(by:\"street\",act:1))".to_vec();
    lines.extend(std::iter::repeat_n(undo, 100_000));
    let order = |n: u32| {
        let before = n - 1;
        format!("Act(n:{n},parent:{before},seat:\"community\",action:Withdraw(unit:\"a\"))")
    };
    lines.extend((2..90_000).map(|n| order(n).into_bytes()));
    let log = sealed(&lines);
    assert!(log.len() < commonwatch::session::log::MAX_LOG);
    let started = std::time::Instant::now();
    let (journal, damage) = Journal::read(&log).expect("the header is good");
    assert_eq!((journal.acts().len(), damage), (89_999, None));
    let took = started.elapsed();
    assert!(took.as_secs() < 10, "{took:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..Default::default() })]

    #[test]
    fn random_bytes_never_panic(log in proptest::collection::vec(any::<u8>(), 0..2000)) {
        take(&log);
    }

    #[test]
    fn forged_records_never_panic(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), edit()), 1..6)
    ) {
        let mut lines = texts(&GAME);
        for (at, edit) in edits {
            edit.make(&mut lines, at);
        }
        take(&sealed(&lines));
    }
}

static GAME: std::sync::LazyLock<Vec<u8>> =
    std::sync::LazyLock::new(|| played().store().log.clone());

/// A change to a list of records that a forger might make.
#[derive(Clone, Debug)]
enum Edit {
    Byte(prop::sample::Index, u8),
    Number(prop::sample::Index, u64),
    Swap(prop::sample::Index),
    Repeat(prop::sample::Index),
    Remove,
}

fn edit() -> impl Strategy<Value = Edit> {
    let index = any::<prop::sample::Index>;
    let odd = prop_oneof![
        0..40u64,
        Just(u64::from(u32::MAX)),
        Just(65_535),
        any::<u64>()
    ];
    prop_oneof![
        (index(), any::<u8>()).prop_map(|(at, byte)| Edit::Byte(at, byte)),
        (index(), odd).prop_map(|(at, number)| Edit::Number(at, number)),
        index().prop_map(Edit::Swap),
        index().prop_map(Edit::Repeat),
        Just(Edit::Remove),
    ]
}

impl Edit {
    fn make(self, lines: &mut Vec<Vec<u8>>, at: prop::sample::Index) {
        if lines.is_empty() {
            return;
        }
        let line = at.index(lines.len());
        match self {
            Self::Byte(at, byte) => {
                let at = at.index(lines[line].len());
                lines[line][at] = byte;
            }
            Self::Number(which, number) => {
                let text = String::from_utf8_lossy(&lines[line]).into_owned();
                let starts: Vec<usize> = text
                    .match_indices(|c: char| c.is_ascii_digit())
                    .map(|(at, _)| at)
                    .filter(|at| !text[..*at].ends_with(|c: char| c.is_ascii_digit()))
                    .collect();
                if let Some(start) = starts.get(which.index(starts.len().max(1))) {
                    let rest = text[*start..].trim_start_matches(|c: char| c.is_ascii_digit());
                    lines[line] = format!("{}{number}{rest}", &text[..*start]).into_bytes();
                }
            }
            Self::Swap(other) => {
                let other = other.index(lines.len());
                lines.swap(line, other);
            }
            Self::Repeat(from) => {
                let copy = lines[from.index(lines.len())].clone();
                lines.insert(line, copy);
            }
            Self::Remove => {
                lines.remove(line);
            }
        }
    }
}

/// A line of play that the rules refuse, hidden behind heads that jump: each opening finds the next
/// bad line only after the last, and must give up rather than go on for ever.
#[test]
fn a_log_made_to_waste_time_is_given_up() {
    let header = texts(&GAME)[0].clone();
    let mut lines = vec![header];
    for n in 1..=400 {
        lines.push(format!("Act(n:{n},parent:0,seat:\"nobody\",action:EndTurn)").into_bytes());
    }
    take(&sealed(&lines));
    let mut lines = vec![texts(&GAME)[0].clone()];
    lines.push(b"Act(n:1,parent:0,seat:\"nobody\",action:SetUp(table:Shared))".to_vec());
    for n in 2..=400 {
        lines.push(
            format!("Act(n:{n},parent:0,seat:\"nobody\",action:SetUp(table:Shared))").into_bytes(),
        );
        lines.push(format!("Head(n:{n},why:Fork(by:\"nobody\"))").into_bytes());
    }
    let opening = open(MemoryStore::holding(sealed(&lines)), &setting());
    assert!(
        matches!(opening, Err(commonwatch::session::OpenError::NotALog(_))),
        "{opening:?}"
    );
}

/// Deeply nested and very long records are refused before they are built.
#[test]
fn nesting_and_length_are_bounded() {
    let header = texts(&GAME)[0].clone();
    for text in [
        [b"Mark(".repeat(20_000), b")".repeat(20_000)].concat(),
        [b"[".repeat(10_000), b"]".repeat(10_000)].concat(),
        format!(
            "Mark(Note(seat:\"street\",text:\"{}\"))",
            "x".repeat(60_000)
        )
        .into_bytes(),
        vec![b'x'; 1_000_000],
    ] {
        let (journal, damage) = Journal::read(&sealed(&[header.clone(), text])).expect("a header");
        assert_eq!(damage.map(|damage| damage.line), Some(2));
        assert!(journal.acts().is_empty());
    }
    let many = Journal::read(&sealed(&vec![header; 3]));
    assert_eq!(many.expect("a header").1.map(|damage| damage.line), Some(2));
}
