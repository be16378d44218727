import DashboardTestSupport
import Testing

@testable import DashboardCore

/// The editing commands of a prompt, on `ab cd` with the caret behind it.
@Suite("Editing in a prompt", .timeLimit(.minutes(5)))
struct PromptEditingTests {
  private func editing(_ chords: String...) -> (text: String?, caret: Int?) {
    var scenario = Scenario.loaded(5)
    scenario.press(":")
    scenario.type("ab cd")
    for chord in chords { scenario.press(chord) }
    return (scenario.state.input.prompt?.text, scenario.state.input.prompt?.caret)
  }

  @Test(
    "prompt-left (Left) and prompt-right (Right) move the caret by one character",
    arguments: [("Left", "Right"), ("Ctrl-b", "Ctrl-f")])
  func byCharacter(left: String, right: String) {
    #expect(editing(left, left) == ("ab cd", 3))
    #expect(editing(left, left, right) == ("ab cd", 4))
    #expect(editing(right) == ("ab cd", 5))
  }

  @Test(
    "prompt-start (Home) and prompt-end (End) move the caret to the ends",
    arguments: [("Home", "End"), ("Ctrl-a", "Ctrl-e")])
  func toEnds(start: String, end: String) {
    #expect(editing(start) == ("ab cd", 0))
    #expect(editing(start, "Left") == ("ab cd", 0))
    #expect(editing(start, end) == ("ab cd", 5))
  }

  @Test("prompt-backspace (Backspace) deletes the character before the caret")
  func backspace() {
    #expect(editing("Backspace") == ("ab c", 4))
    #expect(editing("Home", "Backspace").text == "ab cd")
  }

  @Test("prompt-delete (Del) deletes the character at the caret")
  func delete() {
    #expect(editing("Home", "Del") == ("b cd", 0))
    #expect(editing("Del").text == "ab cd")
  }

  @Test("prompt-delete-word (Ctrl-w) deletes the word before the caret")
  func deleteWord() { #expect(editing("Ctrl-w") == ("ab ", 3)) }

  @Test("prompt-clear (Ctrl-u) deletes the whole line")
  func clear() { #expect(editing("Left", "Ctrl-u") == ("", 0)) }

  @Test("prompt-cancel (Esc) closes the prompt and runs nothing")
  func cancel() { #expect(editing("Esc").text == nil) }

  @Test("prompt-accept (Enter) closes the prompt and keeps the filter")
  func accept() {
    var scenario = Scenario.loaded(30)
    scenario.press("/")
    scenario.type("key-29")
    scenario.press("Enter")
    #expect(scenario.state.input.prompt == nil && scenario.visibleNames == ["key-29"])
  }

  @Test("prompt-complete (Tab) completes the word at the caret")
  func complete() {
    var scenario = Scenario.loaded(5)
    scenario.press(":")
    scenario.type("hist")
    scenario.press("Tab")
    #expect(scenario.state.input.prompt?.text.hasPrefix("histogram") == true)
  }

  @Test("prompt-older (Up) and prompt-newer (Down) recall the history and return to the typed line")
  func history() {
    var scenario = Scenario.loaded(30)
    for filter in ["key-1", "key-2"] {
      scenario.press("/", "Ctrl-u")
      scenario.type(filter)
      scenario.press("Enter")
    }
    scenario.press("/", "Ctrl-u")
    scenario.type("new")
    scenario.press("Up")
    #expect(scenario.state.input.prompt?.text == "key-2")
    scenario.press("Up")
    #expect(scenario.state.input.prompt?.text == "key-1")
    scenario.press("Down", "Down")
    #expect(scenario.state.input.prompt?.text == "new")
  }
}
