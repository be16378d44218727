import APIKeyClient
import APIKeyModel

/// The address of one page: the endpoint and its query.
enum PageURL {
  static func text(_ request: PageRequest, endpoint: String, names: HTTPOptions.ParameterNames) -> String {
    var query = "\(names.limit)=\(request.limit)&\(names.order)=\(request.order.rawValue)"
    if case .after(let id)? = request.cursor { query += "&\(names.after)=\(percentEncoded(id.text))" }
    return endpoint + "?" + query
  }

  /// Every byte but the unreserved ones of RFC 3986 as `%XX`.
  private static func percentEncoded(_ text: String) -> String {
    var output = ""
    for byte in text.utf8 {
      let isUnreserved =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == 0x2D || byte == 0x2E || byte == 0x5F || byte == 0x7E
      if isUnreserved {
        output.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        output += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return output
  }
}
