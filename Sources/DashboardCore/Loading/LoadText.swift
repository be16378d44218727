import APIKeyClient

/// Sentences about reading the list: what is on its way, how far it is, what stopped it.
package enum LoadText {
  // MARK: Loading

  static let readingAgain = "Reading the list again."
  static func loadingEverything(_ wording: CommandWording) -> String {
    "Loading every key; \(wording.label(.cancel)) stops it."
  }
  static func loadingToTheEnd(_ wording: CommandWording) -> String {
    "Loading to the end; \(wording.label(.cancel)) stops it."
  }
  static func stillLoading(_ count: Int) -> String { "Still loading; \(NumberText.count(count, "key")) so far." }
  static func everythingIsLoaded(unreadable: Int) -> String {
    unreadable == 0
      ? "Every key is loaded."
      : "Every key that can be read is loaded; \(NumberText.count(unreadable, "record")) could not be read."
  }
  static func loadedToTheLast(_ count: Int) -> String {
    "All \(NumberText.count(count, "key")) loaded; this is the last."
  }

  // MARK: Stopping and going on

  static func stopped(after count: Int, _ wording: CommandWording) -> String {
    "Stopped after \(NumberText.count(count, "key")); \(wording.label(.refresh)) resumes."
  }
  static let stoppedLooking = "Stopped looking for new keys."
  static func loadIsStopped(_ wording: CommandWording) -> String {
    "The load stopped. \(wording.telling(.refresh)) to resume it."
  }
  static func failed(_ error: KeySourceError) -> String { "\(error.message) \(error.nextStep)" }
  package static let serverIsBack = "The server answers again."
  package static let fileIsBack = "The file can be read again."
  static let tryingAgain = "Trying again."
  static func resuming(after count: Int) -> String { "Resuming after \(NumberText.count(count, "key"))." }

  /// `until` in seconds since the epoch.
  static func waitingToLoad(until: Int64, _ wording: CommandWording) -> String {
    "Waiting until \(MomentText.clock(until)) as the server asks; the load then continues to the end. "
      + "\(wording.telling(.refresh)) to try now."
  }
  static func placeLost(_ error: KeySourceError) -> String { "\(error.message) Reading the list again from the top." }

  // MARK: Reading again

  /// `time` is that of the list that stays, in seconds since the epoch; nil where it was never whole.
  static func stoppedRereading(listOf time: Int64?) -> String { "Stopped reading again. \(listStays(time))" }
  static func rereadFailed(_ error: KeySourceError, listOf time: Int64?) -> String {
    "Reading again failed: \(failed(error)) \(listStays(time))"
  }
  private static func listStays(_ time: Int64?) -> String {
    time.map { "The list is still that of \(MomentText.clock($0))." } ?? "The list is still the one before."
  }

  // MARK: New keys

  static let alreadyLooking = "Already looking for new keys."
  /// What a look found at `time`, in seconds since the epoch.
  static func looked(new count: Int, isChanged: Bool, at time: Int64, _ wording: CommandWording) -> String {
    let news = "\(count == 0 ? "No new keys" : NumberText.count(count, "new key")) at \(MomentText.clock(time))."
    guard isChanged else { return news }
    return (count == 0 ? "" : "\(news) ")
      + "The list changed on the server: \(wording.telling(.reread, inSentence: true)) to read it again."
  }
  static func refreshFailed(_ error: KeySourceError) -> String { "Nothing was changed. \(failed(error))" }
  static func fileStaysAsItIs(_ wording: CommandWording) -> String {
    "A file does not change by itself; \(wording.telling(.reread, inSentence: true)) to read it again."
  }
  static let inputIsReadOnce = "Standard input cannot be read twice."

  // MARK: What was odd about the responses

  static func flaws(_ flaws: LoadFlaws) -> String {
    var sentences: [String] = []
    if flaws.duplicates > 0 { sentences.append(sentTwice(flaws.duplicates, isFile: flaws.isFile)) }
    if flaws.unreadable > 0 { sentences.append(unreadable(flaws.unreadable, reason: flaws.reason)) }
    return (sentences + flaws.warnings).joined(separator: " ")
  }
  static func sentTwice(_ count: Int, isFile: Bool) -> String {
    let keys = NumberText.count(count, "key")
    return isFile
      ? "\(keys) \(count == 1 ? "is" : "are") in the file more than once; each is shown once."
      : "The server sent \(keys) twice; each is shown once."
  }
  static func unreadable(_ count: Int, reason: String?) -> String {
    "\(NumberText.count(count, "record")) could not be read\(reason.map { " (\($0))" } ?? "")."
  }
}
