import APIKeyModel
import TestSupport
import Testing

@Suite("The permission catalogue", .timeLimit(.minutes(5)))
struct PermissionCatalogTests {
  @Test("The catalogue has 53 names in 19 groups")
  func catalogue() {
    #expect(PermissionCatalog.count == 53 && Set(PermissionCatalog.names).count == 53)
    #expect(PermissionCatalog.groups.count == 19)
    #expect(Set(PermissionCatalog.groups.map(\.resource)).count == 19)
    #expect(PermissionCatalog.groups.flatMap { Array($0.permissions) } == Array(0..<53))
    #expect(PermissionCatalog.groups.reduce(PermissionMask()) { $0.union($1.mask) } == .all)
    for (index, name) in PermissionCatalog.names.enumerated() {
      #expect(PermissionCatalog.index(of: name) == index)
      #expect(PermissionCatalog.resource(of: name) + "." + PermissionCatalog.action(of: name) == name)
    }
    #expect(PermissionCatalog.index(of: "phones.import") == nil)
  }
}
