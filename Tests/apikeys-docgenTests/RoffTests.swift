import Testing

@testable import apikeys_docgen

@Suite("Man page markup", .timeLimit(.minutes(5)))
struct RoffTests {
  @Test(
    "Roff escapes backslashes, hyphens and leading control characters",
    arguments: [
      ("a-b", "a\\-b"), ("C:\\x", "C:\\ex"), (".SH", "\\&.SH"), ("'x", "\\&'x"),
      ("--long-option", "\\-\\-long\\-option"),
      ("a.b", "a.b"), ("", ""),
    ])
  func escaped(text: String, markup: String) { #expect(Roff.escaped(text) == markup) }

  @Test("Roff quotes titles")
  func quoted() { #expect(Roff.quoted("say \"-x\"") == "\"say \\(dq\\-x\\(dq\"") }

  @Test("Blank lines separate paragraphs, and an item joins its lines")
  func blocks() {
    var page = Roff()
    page.section("NAME")
    page.paragraphs("one\n\n.two")
    page.item("label", "first\nsecond")
    page.item("empty", "")
    #expect(
      page.text == ".SH \"NAME\"\none\n.PP\n\\&.two\n.TP\nlabel\nfirst second\n.TP\nempty\n\\&\n")
  }
}
