import APIKeyClient

/// The text of a file as UTF-8, whichever of the Unicode encodings it is in.
///
/// UTF-16 and UTF-32 are known by their byte order mark, or by the zeros around the first character, which JSON has in
/// no other encoding. The mark itself stays, as U+FEFF: whoever reads JSON passes over it. Half of a surrogate pair
/// becomes a byte that no UTF-8 has, so that it is counted as damage at its position.
final class TextInput {
  private let input: FileInput
  private var form = Form.unknown
  /// What was converted and not passed on.
  private var text: [UInt8] = []
  private var textStart = 0
  /// Bytes of a character whose others have not come.
  private var rest: [UInt8] = []
  private let raw = UnsafeMutablePointer<UInt8>.allocate(capacity: TextInput.rawSize)
  private var ownDamage: String?

  private enum Form: Equatable {
    case unknown, utf8
    case units(UnitForm)
  }

  /// How wide a unit is, in bytes, and whether its highest byte comes first.
  struct UnitForm: Equatable {
    var width: Int
    var isBigEndian: Bool
  }

  private static let rawSize = 1 << 16

  init(_ input: FileInput) { self.input = input }

  deinit { raw.deallocate() }

  var problem: String? { input.problem }
  var damage: String? { input.damage ?? ownDamage }
  var isReady: Bool { textStart < text.count || input.isReady }

  /// As ``FileInput/read(_:room:)``.
  func read(_ target: UnsafeMutablePointer<UInt8>, room: Int) -> Int? {
    if form == .unknown { guard findForm() else { return nil } }
    while true {
      if textStart < text.count { return give(target, room) }
      guard case .units(let units) = form else { return input.read(target, room: room) }
      guard let count = input.read(raw, room: TextInput.rawSize) else { return nil }
      if count == 0 {
        if !rest.isEmpty, damage == nil, problem == nil { ownDamage = "its last character is cut off" }
        return 0
      }
      convert(count, units)
    }
  }

  private func give(_ target: UnsafeMutablePointer<UInt8>, _ room: Int) -> Int {
    let count = min(room, text.count - textStart)
    text.withUnsafeBufferPointer {
      if let base = $0.baseAddress { target.update(from: base + textStart, count: count) }
    }
    textStart += count
    if textStart == text.count { (text, textStart) = ([], 0) }
    return count
  }

  /// Reads the first bytes; false when cancelled while waiting for them.
  private func findForm() -> Bool {
    while rest.count < 2 || rest.count < 4 && TextInput.mayBeWide(rest) {
      guard let count = input.read(raw, room: 4 - rest.count) else { return false }
      if count == 0 { break }
      rest += UnsafeBufferPointer(start: raw, count: count)
    }
    if let units = TextInput.units(of: rest) {
      form = .units(units)
      convert(0, units)
    } else {
      form = .utf8
      (text, rest) = (rest, [])
    }
    return true
  }

  private static func mayBeWide(_ start: [UInt8]) -> Bool {
    start.starts(with: [0xFF]) || start[0] == 0xFE || start.contains(0)
  }

  /// The form that the first bytes are in; nil for UTF-8, and for what is no text.
  static func units(of start: [UInt8]) -> UnitForm? {
    let zeros = start.map { $0 == 0 }
    if start.starts(with: [0xFF, 0xFE, 0, 0]) || zeros == [false, true, true, true] {
      return UnitForm(width: 4, isBigEndian: false)
    }
    if start == [0, 0, 0xFE, 0xFF] || zeros == [true, true, true, false] {
      return UnitForm(width: 4, isBigEndian: true)
    }
    if start.starts(with: [0xFF, 0xFE]) || zeros.starts(with: [false, true]) {
      return UnitForm(width: 2, isBigEndian: false)
    }
    if start.starts(with: [0xFE, 0xFF]) || zeros.starts(with: [true, false]) {
      return UnitForm(width: 2, isBigEndian: true)
    }
    return nil
  }

  /// Converts what is left over and `count` bytes more.
  private func convert(_ count: Int, _ units: UnitForm) {
    rest += UnsafeBufferPointer(start: raw, count: count)
    var place = 0
    text.reserveCapacity(rest.count * 3 / units.width + 4)
    while let first = unit(at: place, units) {
      place += units.width
      guard let scalar = Unicode.Scalar(first) else {
        guard units.width == 2, first < 0xDC00 else {
          text.append(TextInput.damagedByte)
          continue
        }
        // The other half may be still to come.
        guard let second = unit(at: place, units) else {
          place -= units.width
          break
        }
        guard (0xDC00...0xDFFF).contains(second),
          let scalar = Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10 | second & 0x3FF))
        else {
          text.append(TextInput.damagedByte)
          continue
        }
        place += units.width
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        continue
      }
      if scalar.isASCII {
        text.append(UInt8(truncatingIfNeeded: first))
      } else {
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      }
    }
    rest.removeFirst(place)
  }

  /// No byte of UTF-8.
  private static let damagedByte: UInt8 = 0xFF

  private func unit(at place: Int, _ units: UnitForm) -> UInt32? {
    guard place + units.width <= rest.count else { return nil }
    var value: UInt32 = 0
    for index in 0..<units.width {
      let shift = 8 * (units.isBigEndian ? units.width - 1 - index : index)
      value |= UInt32(rest[place + index]) << UInt32(shift)
    }
    return value
  }
}
