package import APIKeyModel

extension KeySourceError {
  /// Seconds the server asks to wait, if it sent them.
  package var retryAfter: Int? { statusProblem?.retryAfter }

  /// The status of the response; nil where there was none, or it was that of a page.
  package var status: Int? {
    if case .receivedHTML(let status, _) = self { status } else { statusProblem?.status }
  }

  /// The server's own words, as ``StatusProblem/words`` has them.
  package var serverWords: String? { statusProblem?.words }

  private var statusProblem: StatusProblem? {
    switch self {
    case .status(let problem), .placeLost(let problem): problem
    case .checkFailed(let error): error.statusProblem
    default: nil
    }
  }

  /// What happened, as one sentence. May hold text from the network: sinks sanitise it.
  package var message: String {
    switch self {
    case .nameNotFound(let host): "The name \(host) was not found."
    case .connectionRefused(let host, let port): "\(host) refused the connection on port \(port)."
    case .unreachable(let host, let reason): "\(host) cannot be reached (\(reason))."
    case .tlsFailed(let host, let reason): "No secure connection to \(host): \(reason.text)."
    case .proxyFailed(let proxy, let reason): "The proxy \(proxy) did not connect (\(reason.text))."
    case .connectTimedOut(let host, let seconds): "\(host) did not answer the connection within \(spoken(seconds))."
    case .headersTimedOut(let host, let seconds): "\(host) did not begin its answer within \(spoken(seconds))."
    case .idleTimedOut(let host, let seconds): "\(host) sent nothing for \(spoken(seconds))."
    case .requestTimedOut(let host, let seconds): "\(host) did not finish its answer within \(spoken(seconds))."
    case .connectionLost(let host): "The connection to \(host) was lost."
    case .truncatedResponse(let host): "The answer of \(host) ended too early."
    case .foreignListener(let host, let port, let user, let userID):
      "Port \(port) of \(host) belongs to the user \(user)\(user == String(userID) ? "" : " (\(userID))"), not to you or "
        + "root, so the token was not sent."
    case .unknownListener(let host, let port, let reason):
      "It is not known who listens on port \(port) of \(host) (\(reason)), so the token was not sent."
    case .speaksTLS(let host, let port): "Port \(port) of \(host) speaks TLS, and the address begins with http://."
    case .status(let problem): problem.message
    case .receivedHTML(let status, let host): "\(host) answered with a web page (\(status)): a login page or a proxy?"
    case .wrongContentType(let type): "The answer is \(type), not JSON."
    case .badJSON(let reason): "The answer is not understood: \(reason)."
    case .responseTooLarge(let limit): "The answer is larger than \(limit / 1_048_576) MiB."
    case .headersTooLarge(let limit): "The header fields of the answer are larger than \(limit / 1024) KiB."
    case .unknownCompression(let coding):
      "The response is compressed with \(coding), which is not understood: only gzip was asked for."
    case .cursorIgnored(let parameter): "The server ignored `\(parameter)`: it sent the same keys again."
    case .cursorRepeated: "The server's pages go round in a circle."
    case .tooManyEmptyPages: "The server sends empty pages without end."
    case .placeLost(let problem): problem.message
    case .otherEndDiffers, .otherEndIsEmpty, .otherEndIsUnreadable, .endsWithEmptyPage, .conflictingRecords,
      .unstableOrder:
      "The list is not complete: \(contradiction)."
    case .checkFailed(let error):
      "The list was read to its end, but the check from the other end failed: \(error.message)"
    case .tooManyKeys(let limit): "The limit of --max-keys, \(grouped(limit)) keys, is reached."
    case .tooMuchMemory(let limit): "The limit of --max-memory, \(limit / 1_048_576) MiB, is reached."
    case .noSuchFile(let path): "There is no file \(path)."
    case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)."
    case .badFile(let path, let reason): "\(path) does not hold keys: \(reason)."
    case .damagedFile(let path, let reason): "\(path) is damaged: \(reason)."
    case .newerFile(let path, let format):
      "\(path) or its evidence has format \(format), which a newer version of apikeys-tui wrote: this one reads format 1."
    case .notRereadable: "Standard input cannot be read twice."
    case .tooLarge(let path, let part, let limit): "\(path): \(part) is longer than \(limit / 1_048_576) MiB."
    case .unusableCertificates(let path, let reason): "The certificates in \(path) cannot be used: \(reason)."
    case .cancelled: "Cancelled."
    }
  }

  /// Why a list that was read to its end is not complete, for use inside a sentence.
  package var contradiction: String {
    switch self {
    case .otherEndDiffers: "the other end of the list is another key"
    case .otherEndIsEmpty: "the other end of the list is empty"
    case .otherEndIsUnreadable: "the other end of the list is a record that cannot be read"
    case .endsWithEmptyPage: "the server announced more keys and sent an empty page"
    case .unstableOrder(let count):
      "\(count == 1 ? "a record" : "\(grouped(count)) records") came again among others, so the server's order is not stable and keys may be missing"
    case .conflictingRecords(1, let id): "a second record has the id \(id) and other fields; the first is shown"
    case .conflictingRecords(let count, let id):
      "\(count) records have ids of other keys and other fields, the first of them \(id); what came first is shown"
    default: String(message.hasSuffix(".") ? message.dropLast() : message[...])
    }
  }

  /// ``contradiction`` in few words, for a line that is too short for it.
  package var shortContradiction: String {
    switch self {
    case .unstableOrder: "the server's order is not stable"
    case .conflictingRecords: "records with the same id differ"
    default: contradiction
    }
  }

  /// What to do about it, as one sentence.
  package var nextStep: String {
    switch self {
    case .nameNotFound, .connectionRefused, .unreachable:
      "Check the address given with --url, and that the server runs."
    case .tlsFailed(_, let reason): reason.nextStep
    case .proxyFailed(_, let reason): reason.nextStep
    case .speaksTLS: "Give the same address with https:// in place of http://."
    case .connectTimedOut: "Check the address and the network, or wait longer with --connect-timeout."
    case .headersTimedOut: "Try again, or wait longer with --answer-timeout."
    case .idleTimedOut: "Try again, or wait longer with --idle-timeout."
    case .requestTimedOut: "Try again, wait longer with --timeout, or ask for smaller pages with --page-size."
    case .connectionLost, .truncatedResponse: "Try again."
    case .status(let problem): problem.nextStep
    case .receivedHTML: "Check --url, and whether a proxy or a login stands in between."
    case .wrongContentType, .badJSON: "Check that --url names an API of this kind."
    case .responseTooLarge: "Ask for smaller pages with --page-size."
    case .headersTooLarge: "Check --url, and whether a proxy stands in between."
    case .unknownCompression:
      "Ask who runs the server, or a proxy in between, to heed the header Accept-Encoding: gzip, or to send it as it is."
    case .foreignListener(_, _, let user, _):
      "Check --url; use https, or accept that user with --listener-user \(user), or anybody with --allow-http."
    case .unknownListener: "Use https, or accept whoever listens with --allow-http."
    case .cursorIgnored: "Give the server's own name for it with --after-param."
    case .cursorRepeated, .tooManyEmptyPages: "Tell the people who run the server."
    case .placeLost: "Keys were deleted while the list was read: read it again."
    case .unstableOrder:
      "Read the list again; if it stays so, tell the people who run the server that keys of one date need a fixed order."
    case .conflictingRecords:
      "Read the list again; if it stays so, tell the people who run the server, or look into the file."
    case .otherEndDiffers, .otherEndIsEmpty, .otherEndIsUnreadable, .endsWithEmptyPage:
      "Read the list again; if it stays so, tell the people who run the server."
    case .checkFailed(let error): error.nextStep
    case .tooManyKeys: "Give a higher --max-keys if the server really has so many."
    case .tooMuchMemory: "Give a higher --max-memory if the machine has it."
    case .tooLarge: "Save one key a line, or give a higher --max-memory."
    case .damagedFile: "Save it again, or give another file with --from."
    case .newerFile: "Read it with the version that wrote it."
    case .noSuchFile, .unreadableFile, .badFile: "Give another file with --from."
    case .notRereadable: "Save it to a file first, and read that."
    case .unusableCertificates: "Give a file of certificates in PEM form."
    case .cancelled: "Nothing was changed."
    }
  }

  /// Set where a limit of this program ended the load: asking again brings nothing more.
  package var isLimit: Bool {
    switch self {
    case .tooManyKeys, .tooMuchMemory: true
    default: false
    }
  }

  /// The program's exit status, by sysexits.
  package var exitStatus: ProgramStatus {
    switch self {
    case .status(let problem): problem.meaning.exitStatus
    case .proxyFailed(_, .wantsPassword): .noPermission
    case .nameNotFound, .connectionRefused, .unreachable, .tlsFailed, .proxyFailed, .connectionLost, .truncatedResponse,
      .speaksTLS:
      .unavailable
    case .connectTimedOut, .headersTimedOut, .idleTimedOut, .requestTimedOut, .placeLost: .tryLater
    case .checkFailed(let error): error.exitStatus
    case .foreignListener, .unknownListener: .noPermission
    case .receivedHTML, .wrongContentType, .badJSON, .responseTooLarge, .headersTooLarge,
      .unknownCompression,
      .cursorIgnored,
      .cursorRepeated, .tooManyEmptyPages, .otherEndDiffers, .otherEndIsEmpty, .otherEndIsUnreadable,
      .endsWithEmptyPage,
      .conflictingRecords, .unstableOrder, .badFile,
      .damagedFile, .newerFile, .tooManyKeys, .tooMuchMemory, .tooLarge:
      .badData
    case .noSuchFile, .unreadableFile, .notRereadable, .unusableCertificates: .noInput
    case .cancelled: .interrupted
    }
  }

  /// ``exitStatus`` as a number.
  package var exitCode: Int32 { exitStatus.rawValue }
}
