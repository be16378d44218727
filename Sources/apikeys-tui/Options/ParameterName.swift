import ArgumentParser

/// The name of a query parameter, as an option gives it.
enum ParameterName {
  /// Refuses names that a query could not carry as they are.
  static func check(_ names: [String]) throws {
    for name in names {
      guard !name.isEmpty, name.utf8.allSatisfy({ isNameByte($0) }) else {
        throw ValidationError("A parameter name is made of letters, digits, hyphens and underscores.")
      }
    }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
      || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
}
