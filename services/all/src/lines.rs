//! What the program says to the person at the terminal: one line each.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the one place that speaks to the terminal")]

/// A step of the start.
pub(crate) fn step(text: &str) {
    println!("→ {text}");
}

/// A line as it is.
pub(crate) fn plain(text: &str) {
    println!("{text}");
}

/// What went wrong and what to do.
pub(crate) fn problem(text: &str) {
    eprintln!("✗ {text}");
}

/// A question that is answered by `yes`.
pub(crate) fn asks(question: &str) -> bool {
    use std::io::Write as _;
    print!("{question} ");
    let _ = std::io::stdout().flush();
    let mut answer = String::new();
    let _ = std::io::stdin().read_line(&mut answer);
    matches!(answer.trim(), "y" | "Y" | "yes" | "是")
}
