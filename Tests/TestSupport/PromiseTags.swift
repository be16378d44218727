import Testing

/// The promises of `scripts/promises.txt`: a test that shows one carries its tag.
extension Tag {
  /// No control byte from remote data reaches any output.
  @Tag package static var a1: Self
  /// Bidirectional and invisible characters are shown, not obeyed; different names look different.
  @Tag package static var a2: Self
  /// One record is one line; a name cannot forge a row.
  @Tag package static var a3: Self
  /// Overlong clusters of combining marks are bounded.
  @Tag package static var a4: Self
  /// Columns never drift.
  @Tag package static var a5: Self
  /// JSON output is inert and lossless.
  @Tag package static var a6: Self
  /// Sanitizing is total, and applied once: the type carries it.
  @Tag package static var a7: Self
  /// No OSC is sent except the user's own copy command.
  @Tag package static var a8: Self
  /// The token is never in an argument list; no option takes it.
  @Tag package static var b1: Self
  /// A token file is checked on the open descriptor: regular, ours, no group or other bits.
  @Tag package static var b2: Self
  /// A token is one line of printable ASCII, at most 8 KiB.
  @Tag package static var b3: Self
  /// The token command runs without a shell, bounded in time and output, with no token in its environment.
  @Tag package static var b4: Self
  /// The token is never in output, log, export or crash.
  @Tag package static var b5: Self
  /// No core file, and no tracing by the same user.
  @Tag package static var b6: Self
  /// Redirects are never followed, and named.
  @Tag package static var b7: Self
  /// Clear-text http only to this host, unless --allow-http is given.
  @Tag package static var b8: Self
  /// TLS is always verified; there is no insecure switch.
  @Tag package static var b9: Self
  /// Proxies by curl's rules; the proxy sees only CONNECT.
  @Tag package static var b10: Self
  /// CSV reads back exactly.
  @Tag package static var c1: Self
  /// No formula cells in CSV, unless --csv-raw is given.
  @Tag package static var c2: Self
  /// Created files are 0600, never overwrite without --force, never follow a link.
  @Tag package static var c3: Self
  /// An export is whole or absent.
  @Tag package static var c4: Self
  /// Output errors are reported.
  @Tag package static var c5: Self
  /// XDG directories for state, configuration and cache; never /tmp.
  @Tag package static var c6: Self
  /// Every exit restores the terminal.
  @Tag package static var d1: Self
  /// Signals end it within 500 ms, with the true status.
  @Tag package static var d2: Self
  /// A lost session ends the process, even with SIGHUP ignored.
  @Tag package static var d3: Self
  /// Suspend and resume, also with a resize while stopped.
  @Tag package static var d4: Self
  /// An unknown or dumb TERM is handled, and said.
  @Tag package static var d5: Self
  /// Any terminal size works.
  @Tag package static var d6: Self
  /// A storm of resizes is drawn a bounded number of times.
  @Tag package static var d7: Self
  /// Hostile input and paste are inert.
  @Tag package static var d8: Self
  /// Every request ends.
  @Tag package static var e1: Self
  /// Each network fault has its own words and exit code.
  @Tag package static var e2: Self
  /// Bodies and headers are bounded.
  @Tag package static var e3: Self
  /// HTML is named as such, with status and host.
  @Tag package static var e4: Self
  /// One bad record does not hide the rest.
  @Tag package static var e5: Self
  /// Paging ends, whatever the server answers.
  @Tag package static var e6: Self
  /// A part is never passed off as the whole.
  @Tag package static var e7: Self
  /// No pointless retry; Retry-After is honoured.
  @Tag package static var e8: Self
  /// Quitting cancels at any phase, a TLS handshake included.
  @Tag package static var e9: Self
  /// A late answer never replaces a newer one.
  @Tag package static var e10: Self
  /// The reference server stores tokens as SHA-256 of at least 128 random bits.
  @Tag package static var f1: Self
  /// A missing, malformed and unknown token get the same answer.
  @Tag package static var f2: Self
  /// The reference server conforms to its OpenAPI document.
  @Tag package static var f3: Self
  /// The reference server is bounded in headers, idle time and connections.
  @Tag package static var f4: Self
  /// The reference server's database survives kill -9.
  @Tag package static var f5: Self
  /// TERM and INT end the reference server in order.
  @Tag package static var f6: Self
  /// SQL only with bound arguments; errors reveal nothing.
  @Tag package static var f7: Self
  /// There are fuzz targets for what parses hostile input.
  @Tag package static var g1: Self
  /// The suite is clean under AddressSanitizer and ThreadSanitizer.
  @Tag package static var g2: Self
  /// Property tests print their seed.
  @Tag package static var g3: Self
  /// Plain mode is chosen by option, APIKEYS_PLAIN, ACCESSIBLE, then what the terminal can do.
  @Tag package static var p1: Self
  /// Where input or output is no terminal, plain mode answers and leaves, and never prompts.
  @Tag package static var p2: Self
  /// Plain mode says that it is on and why; help and the dashboard's first row name it.
  @Tag package static var p3: Self
  /// Every dashboard command has a plain command.
  @Tag package static var p4: Self
  /// No ESC, BEL, bare CR, backspace or tab byte in plain mode.
  @Tag package static var p5: Self
  /// Program text is ASCII; unseen characters in user data are shown by name.
  @Tag package static var p6: Self
  /// No line is only punctuation, and no symbol stands three times in a row.
  @Tag package static var p7: Self
  /// The terminal stays in canonical mode with its own echo.
  @Tag package static var p8: Self
  /// One key a line, the most important words first.
  @Tag package static var p9: Self
  /// A list starts with its count and completeness, and ends with its end.
  @Tag package static var p10: Self
  /// The detail has one field a line, in fixed order.
  @Tag package static var p11: Self
  /// Verbosity changes lists only.
  @Tag package static var p12: Self
  /// Permissions in words by resource, or each on a line.
  @Tag package static var p13: Self
  /// Dates, times and ages are words.
  @Tag package static var p15: Self
  /// Numbers have separators, and words in place of signs.
  @Tag package static var p16: Self
  /// The last four are spaced; the exact text is one command away.
  @Tag package static var p17: Self
  /// The prompt is "Command: ", and help is a word.
  @Tag package static var p18: Self
  /// Choices are numbered lines.
  @Tag package static var p19: Self
  /// Every command answers with at least one line.
  @Tag package static var p22: Self
  /// Nothing is printed while the user types.
  @Tag package static var p23: Self
  /// At most ten records at once, unless asked for.
  @Tag package static var p24: Self
  /// Long work speaks at its start, at most every 10 seconds, and at its end.
  @Tag package static var p25: Self
  /// An error says what, what was changed, and what to do, on one line.
  @Tag package static var p26: Self
  /// The last answer and the place can be asked for.
  @Tag package static var p27: Self
  /// Leaving, the end of input and Ctrl-C have their words and statuses.
  @Tag package static var p28: Self
  /// One line on the loss of the server, one on its return.
  @Tag package static var p29: Self
  /// The hardware cursor is on the focused item on every screen.
  @Tag package static var n1: Self
  /// A focused row starts with the name, then the access, within 40 cells.
  @Tag package static var n2: Self
  /// In cursor focus a move writes at most 16 bytes, and a reader says the new row once.
  @Tag package static var n3: Self
  /// In cursor focus nothing but the cursor changes on a move.
  @Tag package static var n4: Self
  /// A state change is said once, as the whole row.
  @Tag package static var n5: Self
  /// Messages stay through movements as long as they are true; all are kept in a list.
  @Tag package static var n6: Self
  /// Idle, the dashboard writes nothing.
  @Tag package static var n8: Self
  /// No meaning by colour alone: the text is the same without it.
  @Tag package static var n10: Self
  /// Granted and not granted are words as well as signs.
  @Tag package static var n11: Self
  /// No command needs Alt, a function key or a key that readers take.
  @Tag package static var n12: Self
  /// No braille patterns, emoji or Powerline glyphs.
  @Tag package static var n13: Self
  /// At 40 columns every state and action is still reachable.
  @Tag package static var n14: Self
  /// Leaving restores the screen.
  @Tag package static var n16: Self
  /// The clipboard gets sanitized text, and the message says so; exact bytes only where they are safe already.
  @Tag package static var s1: Self
  /// Over http on this machine the token goes to root's or our own listener only; with a token there is no default
  /// address.
  @Tag package static var s2: Self
  /// TLS is never laxer than curl: 1.2 or newer, ECDHE with AEAD, RSA from 2048 bits, no SHA-1, names by SAN alone.
  @Tag package static var s3: Self
  /// The installed binaries have no RUNPATH, full RELRO, BIND_NOW, stack protector, FORTIFY and no build path.
  @Tag package static var s4: Self
  /// No status line, header or date of a server ends the program.
  @Tag package static var s5: Self
  /// Every invisible scalar is named, escapes are unambiguous, and a cut name ends in a digest.
  @Tag package static var s6: Self
  /// Every deadly signal ends the program within 500 ms and restores the terminal, also where the terminal takes
  /// nothing.
  @Tag package static var s7: Self
  /// Every signal that can be caught restores the terminal; a file that may not grow is an error that is told.
  @Tag package static var s8: Self
  /// Work is linear in the bytes that come from outside, or bounded with a sentence.
  @Tag package static var s9: Self
  /// A whole load is bounded in keys and memory; lines and documents of files are bounded.
  @Tag package static var s10: Self
  /// Missing threads, descriptors or memory are a sentence and exit code 71, never a hang or a crash.
  @Tag package static var s11: Self
  /// No format has active content in the programs that read it.
  @Tag package static var s12: Self
  /// A token command has the terminal properly, is ended with us, and is not found through a relative PATH.
  @Tag package static var s13: Self
  /// The log holds status and length only, in a regular file of our own.
  @Tag package static var s14: Self
  /// Secrets reach neither helper programs nor saved state, and saved state loses nothing.
  @Tag package static var s15: Self
  /// Odd terminal types, files and clients leave nothing wrong.
  @Tag package static var s16: Self
  /// Arguments come from the start of the process, never from /proc.
  @Tag package static var s17: Self
  /// Versions are exact, listed with purpose and license, and a build can be made again.
  @Tag package static var s18: Self
  /// A record with an id is never hidden by one odd field.
  @Tag package static var t1: Self
  /// What was not reported, not understood and a value stay apart everywhere.
  @Tag package static var t2: Self
  /// Damaged text is repaired alone, and its key counted.
  @Tag package static var t3: Self
  /// Records that cannot be read are counted and named with their place; --allow-partial writes the rest.
  @Tag package static var t4: Self
  /// Dates are read as servers and people write them, and what could not be judged is said.
  @Tag package static var t5: Self
  /// Ids are compared without regard to case and written as they were sent, and a beginning that is unique is an
  /// id.
  @Tag package static var t6: Self
  /// Every form of saved file is read whole, or is an error with its line.
  @Tag package static var t7: Self
  /// A file's completeness is what it says; unknown is a third state.
  @Tag package static var t8: Self
  /// Provenance and evidence go with every export.
  @Tag package static var t9: Self
  /// Complete is the time of the last whole read; r says what it looked at, R keeps the list until the new one is
  /// whole.
  @Tag package static var t10: Self
  /// R says and shows what differs, and keeps marks, selection and filter; no count speaks of keys that are gone.
  @Tag package static var t11: Self
  /// The other end of the list is asked before a list is called complete.
  @Tag package static var t12: Self
  /// An empty page after has_more is no end, and a lost place is stepped back from, then read again, then quoted.
  @Tag package static var t13: Self
  /// A lookup reads the rest of the list first; several matches are listed and none is picked.
  @Tag package static var t14: Self
  /// Numbers are rows or the last four, and lists of rows mark those rows or none.
  @Tag package static var t15: Self
  /// One loader for every front end, and after a wait nothing wakes.
  @Tag package static var t16: Self
  /// Every status and every failure has its cause, the server's own words and a next step that helps.
  @Tag package static var t17: Self
  /// Bodies of responses reach neither the log nor the screen, but for the error message.
  @Tag package static var t18: Self
  /// A token that is replaced is read again, by r, R and once after a 401.
  @Tag package static var t19: Self
  /// Mistakes in addresses, tokens and TLS are each named, with what to do.
  @Tag package static var t20: Self
  /// The same question has the same answer in every locale, and files are UTF-8.
  @Tag package static var t21: Self
  /// Scripts neither read nor write the saved look.
  @Tag package static var t22: Self
  /// A drill-down asks within the filter: the number on the row is the number delivered, Esc goes back to the row.
  @Tag package static var t23: Self
  /// A likely mistake in a filter gets a hint, and a name that nothing has is never all or nothing without a word.
  @Tag package static var t24: Self
  /// No text from outside speaks as the program, and a message leaves when it is no longer true.
  @Tag package static var t25: Self
  /// Without /proc arguments arrive, or the program refuses.
  @Tag package static var t26: Self
  /// Whatever the server does while it is read, no number, no "complete" and no list is false: checked by a second
  /// program.
  @Tag package static var t27: Self
  /// The reference server is like real ones: deleted cursors, recent keys.
  @Tag package static var t28: Self
}
