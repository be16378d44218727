extension KeySourceError {
  /// What a log may contain about it: its kind, and the status if there was one. No text of a server, a file or a user.
  package var logText: String {
    switch self {
    case .nameNotFound: "error=name-not-found"
    case .connectionRefused: "error=connection-refused"
    case .unreachable: "error=unreachable"
    case .tlsFailed: "error=tls"
    case .proxyFailed: "error=proxy"
    case .connectTimedOut: "error=connect-timeout"
    case .headersTimedOut: "error=head-timeout"
    case .idleTimedOut: "error=idle-timeout"
    case .requestTimedOut: "error=request-timeout"
    case .connectionLost: "error=connection-lost"
    case .truncatedResponse: "error=truncated"
    case .speaksTLS: "error=speaks-tls"
    case .status(let problem): "status=\(problem.status) error=\(problem.logWord)"
    case .receivedHTML(let status, _): "status=\(status) error=html"
    case .wrongContentType: "error=content-type"
    case .badJSON: "error=json"
    case .responseTooLarge: "error=too-large"
    case .headersTooLarge: "error=head-too-large"
    case .foreignListener, .unknownListener: "error=listener"
    case .unknownCompression: "error=compression"
    case .tooManyKeys: "error=max-keys"
    case .tooMuchMemory: "error=max-memory"
    case .tooLarge: "error=file-too-large"
    case .cursorIgnored: "error=cursor-ignored"
    case .cursorRepeated: "error=cursor-repeated"
    case .tooManyEmptyPages: "error=empty-pages"
    case .placeLost(let problem): "status=\(problem.status) error=place-lost"
    case .otherEndDiffers, .otherEndIsEmpty, .otherEndIsUnreadable, .endsWithEmptyPage, .conflictingRecords,
      .unstableOrder:
      "error=not-whole"
    case .checkFailed(let error): error.logText
    case .noSuchFile: "error=no-such-file"
    case .unreadableFile: "error=unreadable-file"
    case .badFile: "error=bad-file"
    case .damagedFile: "error=damaged-file"
    case .newerFile: "error=newer-file"
    case .notRereadable: "error=not-rereadable"
    case .unusableCertificates: "error=certificates"
    case .cancelled: "error=cancelled"
    }
  }
}

extension StatusProblem {
  fileprivate var logWord: String {
    if isAboutToken { return "not-authenticated" }
    if isLostPlace { return "lost-place" }
    return switch status {
    case ..<300: "no-list"
    case 304: "no-list"
    case ..<400: "redirect"
    case 403: "not-allowed"
    case 404: "no-such-endpoint"
    case 429: "rate-limited"
    case ..<500: "rejected"
    default: "server"
    }
  }
}
