import Foundation

/// Certificates made with openssl for one test, in a directory that goes with it.
package final class TestCertificates: Sendable {
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
  }

  private let directory: URL
  /// The certificate of the authority, in PEM form.
  package let authority: String

  package init() throws {
    directory = FileManager.default.temporaryDirectory.appendingPathComponent("tls-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    authority = directory.appendingPathComponent("authority.pem").path
    try openssl([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
      "/CN=Test authority", "-keyout", path("authority.key"), "-out", authority,
    ])
  }

  deinit {
    do { try FileManager.default.removeItem(at: directory) } catch { print("left behind: \(directory.path)") }
  }

  /// A certificate of the authority for these names (`DNS:localhost,IP:127.0.0.1`), valid for so many days from now.
  package func identity(_ name: String, for names: String, days: Int = 1) throws -> FaultServer.Identity {
    try "subjectAltName=\(names)\n".write(toFile: path("\(name).ext"), atomically: false, encoding: .utf8)
    try openssl([
      "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=\(name)",
      "-keyout", path("\(name).key"), "-out", path("\(name).csr"),
    ])
    try openssl([
      "x509", "-req", "-in", path("\(name).csr"), "-CA", authority, "-CAkey", path("authority.key"),
      "-CAcreateserial", "-days", "\(days)", "-extfile", path("\(name).ext"), "-out", path("\(name).pem"),
    ])
    return FaultServer.Identity(certificate: path("\(name).pem"), privateKey: path("\(name).key"), keeper: self)
  }

  /// A certificate that vouches for itself.
  package func selfSigned(for names: String) throws -> FaultServer.Identity {
    try openssl([
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "1", "-subj",
      "/CN=self", "-addext", "subjectAltName=\(names)", "-keyout", path("self.key"), "-out", path("self.pem"),
    ])
    return FaultServer.Identity(certificate: path("self.pem"), privateKey: path("self.key"), keeper: self)
  }

  private func path(_ name: String) -> String { directory.appendingPathComponent(name).path }

  private func openssl(_ arguments: [String]) throws {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["openssl"] + arguments
    let errors = Pipe()
    process.standardOutput = FileHandle.nullDevice
    process.standardError = errors
    try process.run()
    let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure(description: "openssl \(arguments[0]): \(text)") }
  }
}
