import APIKeyClient
import APIKeyModel
import APIKeyWire
import Digests
import SystemIO

/// Evidence in a file of its own beside the keys: `keys.csv.evidence.json` for `keys.csv`.
struct SideEvidence: Sendable {
  let path: String
  /// Nil where the file holds no evidence.
  let value: JSONValue?

  /// Evidence is this long at most, in bytes.
  static let longest = 1 << 20

  /// Nil where there is no such file.
  init?(of path: String) {
    self.path = path + ".evidence.json"
    let bytes: [UInt8]
    do throws(SystemError) {
      let file = try Descriptor.open(self.path, [.readOnly, .noControllingTerminal, .nonBlocking])
      defer { file.close() }
      guard try file.status().isRegular else { return nil }
      bytes = try file.readToEnd(limit: SideEvidence.longest)
    } catch {
      return nil
    }
    value = bytes.count > SideEvidence.longest ? nil : JSONValue(parsing: bytes)
  }
}

/// Combines what a file states about itself.
struct FileEvidence {
  let file: String
  /// Seconds since the epoch.
  let readAt: Int64
  let facts: FileFacts
  /// How many records were read, those that cannot be understood included.
  let records: Int
  var side: SideEvidence?
  /// Of the file's bytes; nil if it was not requested.
  var digest: String?
  /// Writes a key as an export does; nil if there is no encoder.
  var encode: FileKeySource.KeyWriter?

  /// The newest form of evidence that is understood.
  static let format = 1

  private struct Claim {
    var evidence: JSONValue?
    var isComplete: Bool?
    var isSound = true

    /// Evidence that reports something missing contradicts a list, or itself, that calls it complete: the weaker claim
    /// is trusted. The sentence that reports it; nil if nothing contradicts it.
    mutating func takeLess(of who: String) -> String? {
      guard isComplete == true, let evidence else { return nil }
      var reason: String?
      switch evidence["complete"] {
      case .bool(true)?, nil: break
      case .bool(false)?: (isComplete, reason) = (false, "its evidence calls it a part")
      default: (isComplete, reason) = (nil, "its evidence does not say so")
      }
      if let number = evidence["unreadable"], number != .null, number.whole != 0 {
        isComplete = isComplete.flatMap { $0 ? nil : false }
        reason = reason ?? "its evidence speaks of records that could not be read"
      }
      return reason.map { "\(who) is called complete, and \($0)." }
    }
  }

  /// The number of a form that only a newer version understands, if there is one.
  var newerFormat: Int? {
    let own = facts.lists.flatMap { [$0.marks.format, $0.evidence?["format"]?.whole] }
    return (own + [side?.value?["format"]?.whole]).compactMap { $0 }.first { $0 > FileEvidence.format }
  }

  func provenance() -> ListProvenance {
    var result = ListProvenance(file: file, fileReadAt: readAt)
    let claims = claims(&result.warnings)
    result.isComplete = isComplete(claims)
    let evidence = claims.compactMap(\.evidence)
    let sources = distinct(evidence.map { $0["source"]?.text })
    let filters = distinct(evidence.map { $0["filter"]?.text ?? "" })
    result.source = sources.compactMap { $0 }.isEmpty ? nil : sources.map { $0 ?? "unknown" }.joined(separator: ", ")
    result.fetchedAt = oldest(evidence)
    result.order = evidence.count == 1 ? evidence.first?["order"]?.text : nil
    if filters.count == 1 {
      result.filter = filters[0]
    } else if !filters.contains("") {
      result.filter = filters.map { "(\($0))" }.joined(separator: " | ")
    }
    if result.isComplete == true, let doubt = doubtOfSeveral(claims) {
      result.isComplete = nil
      result.warnings.append(doubt)
    }
    // Parts of different lists are a whole of neither.
    if sources.count > 1, filters.count > 1, result.isComplete == true { result.isComplete = nil }
    result.derivedFrom = derivedFrom(evidence, isComplete: result.isComplete)
    return result
  }

  private func distinct<Value: Equatable>(_ values: [Value]) -> [Value] {
    values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The oldest moment counts: not all keys were read later. Nil where one of them is not known.
  private func oldest(_ evidence: [JSONValue]) -> Int64? {
    let moments = evidence.map { $0["fetched_at"]?.text.flatMap { CreatedDate($0)?.seconds } }
    return moments.contains(nil) ? nil : moments.compactMap { $0 }.min()
  }

  // MARK: What is claimed

  private func claims(_ warnings: inout [String]) -> [Claim] {
    var claims: [Claim] = []
    for list in facts.lists {
      var claim = Claim(evidence: list.evidence, isComplete: completeness(of: list))
      for problem in problems(of: list) {
        warnings.append(problem)
        claim.isSound = false
      }
      if let doubt = claim.takeLess(of: file) { warnings.append(doubt) }
      claims.append(claim)
    }
    guard let side, facts.lists.allSatisfy({ $0.evidence == nil }) else { return claims }
    guard let value = side.value, let wanted = value["sha256"]?.text else {
      warnings.append("\(side.path) holds no evidence of this form, and was passed over.")
      return claims
    }
    var claim = Claim(evidence: value, isComplete: FileEvidence.boolean(value["complete"]))
    if wanted != digest {
      warnings.append(
        "\(side.path) does not belong to this file: the SHA-256 in it is that of other bytes. It was passed over.")
      return claims
    }
    if let count = value["count"]?.whole, count != records {
      warnings.append("\(side.path) speaks of \(count) keys, and \(records) are in the file.")
      claim.isSound = false
    }
    if let doubt = claim.takeLess(of: file) { warnings.append(doubt) }
    return claims + [claim]
  }

  private func completeness(of list: SavedList) -> Bool? {
    // Evidence that cannot be read may name a filter.
    if list.marks.evidence != nil, list.evidence == nil { return list.marks.complete == .some(false) ? false : nil }
    if let given = list.marks.complete { return given }
    return FileEvidence.boolean(list.evidence?["complete"])
  }

  private static func boolean(_ value: JSONValue?) -> Bool? { if case .bool(let value) = value { value } else { nil } }

  /// What a list states about itself that is not true.
  private func problems(of list: SavedList) -> [String] {
    var problems: [String] = []
    let counts = [list.marks.count, list.evidence?["count"]?.whole].compactMap { $0 }
    if let count = counts.first(where: { $0 != list.records }) {
      problems.append("\(file) says that it holds \(count) keys, and there are \(list.records): it was changed.")
    } else if list.hasItsDigest == false, !hasItsDigestWrittenAgain(list) {
      problems.append("The keys in \(file) do not have the SHA-256 that its evidence names: it was changed.")
    }
    return problems
  }

  /// A list that a tool has reformatted has the digest when its keys are written as an export writes them.
  private func hasItsDigestWrittenAgain(_ list: SavedList) -> Bool {
    guard let encode, let keys = list.keys, keys.count == list.records else { return false }
    var hash = SHA256()
    var line: [UInt8] = []
    for row in 0..<keys.count {
      line.removeAll(keepingCapacity: true)
      encode(keys[row], &line)
      line.append(0x0A)
      hash.update(line)
    }
    return hash.hexDigest() == list.evidence?["sha256"]?.text
  }

  private func isComplete(_ claims: [Claim]) -> Bool? {
    if claims.contains(where: { $0.isSound && $0.isComplete == false }) { return false }
    if claims.isEmpty { return facts.hasPage ? facts.hasMore.map { !$0 } : nil }
    if facts.hasMore == true { return false }
    // Keys and pages beside a list that states what it is: it is unknown what they are.
    let isMixed = !facts.lists.isEmpty && (facts.hasBareKeys || facts.pages > facts.lists.count)
    if isMixed || claims.contains(where: { !$0.isSound || $0.isComplete == nil }) { return nil }
    return true
  }

  /// Why several lists that are whole do not make a whole one; nil where they do.
  ///
  /// Those of one server, or of an unknown one, must have been read at one time: what was added or deleted between
  /// two times would make them a list that the server never had.
  private func doubtOfSeveral(_ claims: [Claim]) -> String? {
    for (index, claim) in claims.enumerated() {
      for other in claims[..<index] {
        let (source, otherSource) = (claim.evidence?["source"]?.text, other.evidence?["source"]?.text)
        if let source, let otherSource, source != otherSource { continue }
        let time = claim.evidence?["fetched_at"]?.text
        if source != nil, otherSource != nil, let time, time == other.evidence?["fetched_at"]?.text { continue }
        return
          "\(file) holds lists that were read at different times, or nobody knows when: together they may be no list "
          + "that there ever was."
      }
    }
    guard claims.isEmpty, facts.ends > 1 else { return nil }
    return
      "\(file) holds \(facts.ends) lists that end, one after another, and does not say when each was read: together "
      + "they may be no list that there ever was."
  }

  // MARK: What is passed on

  private func derivedFrom(_ evidence: [JSONValue], isComplete: Bool?) -> [JSONValue] {
    var fileMembers: [JSONValue.Member] = [
      .init("file", .text(file)), .init("file_read_at", .text(CreatedDate(seconds: readAt).canonicalText)),
    ]
    if let digest { fileMembers.append(.init("file_sha256", .text(digest))) }
    guard !evidence.isEmpty else {
      return [
        .object(
          fileMembers + [.init("complete", isComplete.map { .bool($0) } ?? .null), .init("count", number(records))])
      ]
    }
    return evidence.flatMap { value -> [JSONValue] in
      guard case .object(let members) = value else { return [] }
      let known = Set(fileMembers.map(\.name))
      let own = members.filter { $0.name != "derived_from" && !known.contains($0.name) }
      return [.object(fileMembers + own)] + (value["derived_from"]?.list ?? [])
    }
  }

  private func number(_ value: Int) -> JSONValue { .number(String(value)) }
}
