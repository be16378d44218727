import APIKeyClient
import Glibc
import NIOSSL

/// A file of certificates whose signatures are believed: whoever may write it may be the server.
enum CertificateFile {
  /// Many times what the system's own bundle has.
  private static let limit = 8 << 20

  /// Reads a file in PEM form, checked on the open descriptor: a regular file, ours or root's, with no right to write
  /// for others; 8 MiB at most. A pipe is refused at once.
  static func read(_ path: String) throws(KeySourceError) -> [NIOSSLCertificate] {
    func problem(_ reason: String) -> KeySourceError { .unusableCertificates(path: path, reason: reason) }
    let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else {
      throw problem(errno == ENOENT ? "there is no such file" : String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw problem(String(cString: strerror(errno))) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw problem("it is a directory")
    default: throw problem("it is not a regular file")
    }
    guard status.st_uid == geteuid() || status.st_uid == 0 else {
      throw problem("it belongs to user \(status.st_uid), not to you or root")
    }
    guard status.st_mode & 0o022 == 0 else {
      throw problem("others may write it (mode \(String(status.st_mode & 0o7777, radix: 8))); run chmod go-w on it")
    }
    guard status.st_size <= limit else { throw problem("it is larger than \(limit >> 20) MiB") }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while bytes.count <= limit {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw problem(String(cString: strerror(errno))) }
      guard count > 0 else { break }
      bytes += buffer[..<count]
    }
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
}
