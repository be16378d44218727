import CKeyScan

/// Lower case of ASCII, Latin, Greek and Cyrillic letters in UTF-8, in place; the length never changes.
func foldCase(_ bytes: inout [UInt8]) {
  bytes.withUnsafeMutableBufferPointer { ck_fold($0.baseAddress, $0.count) }
}
