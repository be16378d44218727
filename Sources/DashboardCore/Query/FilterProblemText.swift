package import KeyTable

extension FilterError {
  /// What is wrong, where, and what could stand there.
  var sentence: String {
    QueryText.mistake(message, column: column, suggestions: suggestions.prefix(4))
  }
}

extension FilterDoubt {
  /// What is doubtful, what that does, and what was probably meant.
  package var sentence: String {
    QueryText.doubt(message, matchesNothing: kind != .hint, suggestions: suggestions)
  }
}
