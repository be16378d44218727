import APIKeyClient
import Glibc
import SystemIO

/// How much memory the system lets this process have.
enum SystemMemory {
  /// Half of the least of: the machine's memory, the limits of its control groups, and the process's own limits.
  static let half = max(least(of: [physical, controlGroup] + own) / 2, LoadLimits.leastMemory)

  private static func least(of sizes: [Int?]) -> Int { sizes.compactMap { $0 }.min() ?? .max }

  private static var physical: Int? {
    let (pages, size) = (sysconf(Int32(_SC_PHYS_PAGES)), sysconf(Int32(_SC_PAGESIZE)))
    return pages > 0 && size > 0 ? pages * size : nil
  }

  private static var own: [Int?] {
    [RLIMIT_AS, RLIMIT_DATA].map { kind in
      var limit = rlimit()
      guard getrlimit(Int32(kind.rawValue), &limit) == 0, limit.rlim_cur < rlim_t(Int64.max) else { return nil }
      return Int(limit.rlim_cur)
    }
  }

  /// Of the group and of those around it; nil where none has a limit.
  private static var controlGroup: Int? {
    var sizes: [Int?] = []
    for line in text("/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3, parts[1].isEmpty || parts[1].split(separator: ",").contains("memory") else { continue }
      let (root, file) =
        parts[1].isEmpty ? ("/sys/fs/cgroup", "memory.max") : ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")
      var group = parts[2][...]
      while true {
        sizes.append(Int(text("\(root)\(group)/\(file)").prefix { $0.isNumber }))
        guard let slash = group.lastIndex(of: "/") else { break }
        group = group[..<slash]
      }
    }
    return sizes.compactMap { $0 }.min()
  }

  /// The first bytes of a file; empty where it cannot be read.
  private static func text(_ path: String) -> String {
    do throws(SystemError) {
      let file = try Descriptor.open(path, .readOnly)
      defer { file.close() }
      var bytes = [UInt8](repeating: 0, count: 4096)
      let count = try file.read(into: &bytes)
      return String(decoding: bytes[..<count], as: UTF8.self)
    } catch {
      return ""
    }
  }
}
