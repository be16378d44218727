import Testing

@testable import KeyTable

@Suite(.timeLimit(.minutes(5))) struct NearestNamesTests {
  @Test(
    "The distance of two names counts insertions, deletions, replacements and swaps of neighbours",
    arguments: [("", "", 0), ("abc", "", 3), ("kitten", "sitting", 3), ("export", "exprot", 1), ("sort", "sort", 0)])
  func distances(left: String, right: String, distance: Int) {
    #expect(NearestNames.distance(left, right) == distance && NearestNames.distance(right, left) == distance)
  }
}
