import MarkKeys

extension MarkKey {
  /// A key for tests.
  static func numbered(_ number: UInt8) -> MarkKey {
    MarkKey(name: "key \(number)", secret: Secret([UInt8](repeating: number, count: 32)))
  }
}
