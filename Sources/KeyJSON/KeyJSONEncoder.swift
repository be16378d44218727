import APIKeyModel
package import KeyTable

/// Writes many keys as JSON: the same bytes as ``KeyJSON``, without a value or a text in between where a row's fields
/// have their usual forms.
package struct KeyJSONEncoder {
  /// One object is put together here.
  private var scratch: [UInt8] = []
  /// The day written last, in days since the epoch, and its ten characters: neighbours in a list share it.
  private var day: Int64 = -1
  private var dayText = [UInt8](repeating: 0, count: 10)

  /// Every permission of the catalogue as `"name",`, end to end, and where each begins and the last one ends.
  private let permissions = PermissionCatalog.names.flatMap { Array("\"\($0)\",".utf8) }
  private let permissionStarts: [Int] = PermissionCatalog.names.reduce(into: [0]) { starts, name in
    starts.append(starts[starts.count - 1] + name.utf8.count + 3)
  }
  /// What an object takes at most, its name and its permissions left out.
  private static let size = 512
  /// Seconds of the years 1970 to 9999.
  private static let writableSeconds = 0..<Int64(253_402_300_800)

  package init() {}

  /// Adds the object of one row, without a line end.
  package mutating func append(_ table: KeyTable, row: Int, to bytes: inout [UInt8]) {
    let isWritten = table.withRegularRow(row) { regular in append(regular, to: &bytes) }
    if !isWritten { KeyJSON.append(table[row], to: &bytes) }
  }

  /// False, with nothing added, where a text needs escapes or the date is out of the ordinary.
  private mutating func append(_ row: RegularRow, to bytes: inout [UInt8]) -> Bool {
    let seconds = CivilDate.floorDivide(row.created, 1_000_000)
    guard KeyJSONEncoder.writableSeconds.contains(seconds), row.name.allSatisfy(KeyJSONEncoder.isUnescaped),
      (0..<4).allSatisfy({ KeyJSONEncoder.isUnescaped(UInt8(truncatingIfNeeded: row.lastFour >> UInt32($0 * 8))) })
    else { return false }
    prepare(nameLength: row.name.count, day: seconds / 86_400)
    let (dayText, permissions, permissionStarts) = (dayText, permissions, permissionStarts)
    scratch.withUnsafeMutableBytes { memory in
      guard let base = memory.baseAddress else { return }
      var cursor = Cursor(at: base)
      cursor.put(#"{"id":""#)
      cursor.put(row.id)
      cursor.put(#"","name":""#)
      cursor.put(UnsafeRawBufferPointer(row.name))
      cursor.put(#"","created_date":""#)
      dayText.withUnsafeBytes { cursor.put($0) }
      cursor.putTime(second: Int(seconds % 86_400), microsecond: row.created - seconds * 1_000_000, row.createdForm)
      cursor.put(#"","last_four_digits":""#)
      cursor.put(row.lastFour)
      cursor.put(#"","creator_id":""#)
      cursor.put(row.creator)
      cursor.put(row.isRestricted ? #"","restricted":true,"permissions":"# : #"","restricted":false,"permissions":"#)
      permissions.withUnsafeBytes { texts in
        permissionStarts.withUnsafeBufferPointer { cursor.put(row.permissions, texts, $0) }
      }
      cursor.put("}")
      bytes.append(contentsOf: UnsafeRawBufferPointer(start: base, count: cursor.at - base))
    }
    return true
  }

  private mutating func prepare(nameLength: Int, day: Int64) {
    let size = KeyJSONEncoder.size + permissions.count + nameLength
    if scratch.count < size { scratch = [UInt8](repeating: 0, count: size * 2) }
    if day != self.day {
      self.day = day
      dayText = Array(CivilTime(seconds: day * 86_400).isoDate.utf8)
    }
  }

  private static func isUnescaped(_ byte: UInt8) -> Bool {
    byte &- 0x20 < 0x5F && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }
}

/// Where the next byte goes; whoever makes one has made room.
private struct Cursor {
  var at: UnsafeMutableRawPointer

  @inline(__always)
  mutating func put(_ text: StaticString) {
    at.copyMemory(from: text.utf8Start, byteCount: text.utf8CodeUnitCount)
    at += text.utf8CodeUnitCount
  }

  @inline(__always)
  mutating func put(_ bytes: UnsafeRawBufferPointer) {
    guard let source = bytes.baseAddress else { return }
    at.copyMemory(from: source, byteCount: bytes.count)
    at += bytes.count
  }

  @inline(__always)
  mutating func put(_ uuid: UUID128) {
    uuid.writeText(to: at)
    at += UUID128.textLength
  }

  /// Four characters, the first in the lowest byte.
  @inline(__always)
  mutating func put(_ packed: UInt32) {
    at.storeBytes(of: packed.littleEndian, as: UInt32.self)
    at += 4
  }

  @inline(__always)
  mutating func putTwoDigits(_ value: Int) {
    at.storeBytes(of: UInt8(truncatingIfNeeded: 0x30 + value / 10), as: UInt8.self)
    at.storeBytes(of: UInt8(truncatingIfNeeded: 0x30 + value % 10), toByteOffset: 1, as: UInt8.self)
    at += 2
  }

  /// `T05:31:56` with the fraction and the zone of the form.
  mutating func putTime(second: Int, microsecond: Int64, _ form: CreatedDate.Form) {
    put("T")
    putTwoDigits(second / 3600)
    put(":")
    putTwoDigits(second / 60 % 60)
    put(":")
    putTwoDigits(second % 60)
    if form.fractionDigits > 0 {
      put(".")
      let start = at
      for pair in [10_000, 100, 1] { putTwoDigits(Int(microsecond) / pair % 100) }
      at = start + form.fractionDigits
    }
    switch form.zone {
    case .letterZ: put("Z")
    case .plusZero: put("+00:00")
    case .absent: break
    }
  }

  /// The list, or null.
  mutating func put(
    _ permissions: PermissionMask?, _ texts: UnsafeRawBufferPointer, _ starts: UnsafeBufferPointer<Int>
  ) {
    guard let permissions else { return put("null") }
    put("[")
    var left = permissions.rawValue
    let isEmpty = left == 0
    while left != 0 {
      let index = left.trailingZeroBitCount
      put(UnsafeRawBufferPointer(rebasing: texts[starts[index]..<starts[index + 1]]))
      left &= left - 1
    }
    // The last one has no comma after it.
    if !isEmpty { at -= 1 }
    put("]")
  }
}
