//! The terminal: a drawing in place of the one before, and the terminal as it was afterwards.

use std::io::{self, Write};

/// The other screen, without a cursor.
const ENTER: &str = "\x1b[?1049h\x1b[?25l";
const LEAVE: &str = "\x1b[?25h\x1b[?1049l";

/// A terminal that is drawn on. It is as it was when this is dropped.
pub struct Screen<'a, W: Write> {
    out: &'a mut W,
}

impl<'a, W: Write> Screen<'a, W> {
    /// Takes the terminal.
    pub fn open(out: &'a mut W) -> io::Result<Self> {
        out.write_all(ENTER.as_bytes())?;
        Ok(Screen { out })
    }

    /// Shows text, cut to so many lines.
    pub fn show(&mut self, text: &str, height: usize) -> io::Result<()> {
        let lines: Vec<&str> = text.lines().take(height.saturating_sub(1).max(1)).collect();
        // Each line clears what was longer before; the last clears what is below.
        write!(self.out, "\x1b[H{}\x1b[K\x1b[J", lines.join("\x1b[K\r\n"))?;
        self.out.flush()
    }
}

impl<W: Write> Drop for Screen<'_, W> {
    fn drop(&mut self) {
        // Whoever closed it does not need it back.
        let _ = self.out.write_all(LEAVE.as_bytes());
        let _ = self.out.flush();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_terminal_is_given_back_as_it_was() {
        let mut out = Vec::new();
        let mut screen = Screen::open(&mut out).expect("a vector takes all");
        screen.show("one\ntwo\nthree\n", 3).expect("a vector takes all");
        drop(screen);
        let text = String::from_utf8(out).expect("text");
        assert_eq!(text, format!("{ENTER}\x1b[Hone\x1b[K\r\ntwo\x1b[K\x1b[J{LEAVE}"));
    }
}
