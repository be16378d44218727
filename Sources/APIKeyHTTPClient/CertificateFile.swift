import APIKeyClient
import NIOSSL
import SystemIO

/// A file of certificates whose signatures are believed: whoever may write it may be the server.
enum CertificateFile {
  /// Many times what the system's own bundle has.
  private static let limit = 8 << 20

  /// Reads a file in PEM form, checked on the open descriptor: a regular file, ours or root's, with no right to write
  /// for others; 8 MiB at most. A pipe is refused at once.
  static func read(_ path: String) throws(KeySourceError) -> [NIOSSLCertificate] {
    func problem(_ reason: String) -> KeySourceError { .unusableCertificates(path: path, reason: reason) }
    let file: Descriptor
    do throws(SystemError) {
      file = try Descriptor.open(path, [.readOnly, .nonBlocking, .noControllingTerminal])
    } catch {
      throw problem(error == .notFound ? "there is no such file" : error.text)
    }
    defer { file.close() }
    let status: FileStatus
    var bytes: [UInt8] = []
    do throws(SystemError) {
      status = try file.status()
      if flaw(of: status) == nil { bytes = try file.readToEnd(limit: limit) }
    } catch {
      throw problem(error.text)
    }
    if let flaw = flaw(of: status) { throw problem(flaw) }
    guard bytes.count <= limit else { throw problem("it is larger than \(limit >> 20) MiB") }
    let certificates: [NIOSSLCertificate]
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(bytes)
    } catch {
      let text = String(decoding: bytes, as: UTF8.self)
      let isWhole = text.contains("-----BEGIN CERTIFICATE-----") && text.contains("-----END CERTIFICATE-----")
      throw problem(isWhole ? "a certificate in it cannot be read" : "it holds no certificate in PEM form")
    }
    guard !certificates.isEmpty else { throw problem("it holds no certificate in PEM form") }
    return certificates
  }

  /// Why a file of this kind, owner, mode and size is not trusted; nil where it is.
  private static func flaw(of status: FileStatus) -> String? {
    switch status.kind {
    case .regular: break
    case .directory: return "it is a directory"
    default: return "it is not a regular file"
    }
    if !status.isOurs, status.owner != 0 { return "it belongs to user \(status.owner), not to you or root" }
    if status.mode & 0o022 != 0 {
      return "others may write it (mode \(String(status.mode, radix: 8))); run chmod go-w on it"
    }
    return status.size > limit ? "it is larger than \(limit >> 20) MiB" : nil
  }
}
