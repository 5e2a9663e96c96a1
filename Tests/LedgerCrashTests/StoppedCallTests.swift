import Testing
import _TestSupport

/// One system call of an append after the other is the last one, or fails.
@Suite struct StoppedCallTests {
  /// A ledger, and what an append to it does.
  enum Scene: String, CaseIterable {
    /// There is no index, and none is made.
    case small
    /// An index is made.
    case indexing
    /// An index is there and is extended.
    case extending
    /// What a writer that died has left is cut off.
    case torn

    /// Whether the append has many calls and the ledger takes long to verify.
    var isLong: Bool { self == .indexing || self == .extending }

    fileprivate func ledger() throws -> CrashLedger {
      switch self {
      case .small: return try CrashLedger()
      case .indexing: return try CrashLedger(entries: 255)
      case .extending: return try CrashLedger(entries: 511, indexed: 256)
      case .torn:
        let ledger = try CrashLedger()
        let bytes = try ledger.folder.read("ledger")
        try ledger.folder.write("ledger", bytes + bytes[..<99])
        return ledger
      }
    }
  }

  /// The append that is disturbed.
  private static let line = CrashLedger.report("new")

  private let ledger: CrashLedger
  private let start: CrashLedger.State
  /// The calls of an undisturbed append.
  private let log: SystemCallLog
  /// The first of them that has to do with the ledger.
  private let firstCall: Int
  private let count: Int
  private let isLong: Bool

  private init(_ scene: Scene) throws {
    ledger = try scene.ledger()
    start = try ledger.state()
    isLong = scene.isLong
    count = try ledger.lines().count - (scene == .torn ? 1 : 0)
    let trace = ledger.folder.path("trace")
    let ended = try ledger.append([Self.line], under: ["strace", "-f", "-qq", "-o", trace])
    guard ended.text == "\(count) new\n" else { throw TestFailure(ended.errors) }
    log = try SystemCallLog(reading: trace)
    firstCall = try #require(log.firstOpening(ledger.path))
  }

  private init() throws { try self.init(.small) }

  /// Appends with one disturbed call and looks at what is left.
  private func disturb(_ call: Int, _ fault: String) throws -> Subprocess {
    try ledger.restore(start)
    let name = log.calls[call].name
    let trace = ledger.folder.path("trace")
    let what = "\(fault) at call \(call - firstCall), \(name)"
    let ended = try ledger.append(
      [Self.line],
      under: [
        "strace", "-f", "-qq", "-o", trace, "-e",
        "inject=\(name):\(fault):when=\(log.ordinal(of: call))",
      ])
    let disturbed = try SystemCallLog(reading: trace)
    #expect(disturbed.unsafeReceipt(ledger: ledger.path) == nil, "\(what)")

    if !isLong || fault.hasPrefix("signal") {
      let left = try ledger.verify()
      #expect(left.status == 0, "\(what): \(left.text)\(left.errors)")
    }
    let wholeLines = try ledger.folder.read("ledger").count { $0 == UInt8(ascii: "\n") }
    let places = try ledger.places(of: "new").filter { $0 < wholeLines }
    if !ended.text.isEmpty {
      #expect(ended.text == "\(count) new\n", "\(what)")
      #expect(places == [count], "\(what): a receipt for nothing")
    }
    let again = try ledger.append([Self.line])
    let isThere = !places.isEmpty
    #expect(again.text == "\(count) new\(isThere ? " again" : "")\n", "\(what): \(again.errors)")
    #expect(try ledger.places(of: "new") == [count], "\(what)")
    let whole = try ledger.verify()
    #expect(whole.status == 0 && whole.errors.isEmpty, "\(what): \(whole.text)\(whole.errors)")
    return ended
  }

}

extension StoppedCallTests {
  /// Calls that change what is on the disk.
  private static let changing: Set<String> = [
    "fdatasync", "flock", "fsync", "ftruncate", "openat", "pwrite64", "rename", "unlink", "write",
  ]

  /// A call at which a process is killed is not made.
  ///
  /// Where there are many, those that change nothing are left out: being killed there is the same
  /// as being killed at the next one.
  @Test(arguments: Scene.allCases)
  static func killedAtEachCall(_ scene: Scene) throws {
    let tests = try StoppedCallTests(scene)
    for call in tests.firstCall..<tests.log.calls.count
    where !scene.isLong || changing.contains(tests.log.calls[call].name) {
      let ended = try tests.disturb(call, "signal=KILL")
      #expect(ended.status == 137, "call \(call) is not made every time")
    }
  }

  /// Calls that can fail for other reasons than a mistake of the program.
  private static let failing: Set<String> = [
    "access", "close", "fdatasync", "flock", "fstat", "fstatfs", "fsync", "ftruncate",
    "newfstatat", "openat", "pread64", "pwrite64", "read", "rename", "unlink", "write",
  ]

  @Test(
    arguments: [
      (.small, ["EIO", "ENOSPC", "EINTR", "EDQUOT"]), (.torn, ["EIO", "EINTR"]),
      (.indexing, ["EIO", "ENOSPC"]), (.extending, ["EIO", "ENOSPC"]),
    ] as [(Scene, [String])])
  static func failingCall(_ scene: Scene, _ errors: [String]) throws {
    let tests = try StoppedCallTests(scene)
    for call in tests.firstCall..<tests.log.calls.count
    where failing.contains(tests.log.calls[call].name) {
      for error in errors
      where error != "ENOSPC" || changing.contains(tests.log.calls[call].name) {
        let ended = try tests.disturb(call, "error=\(error)")
        let what = "\(error) at call \(call - tests.firstCall), \(tests.log.calls[call].name)"
        switch ended.status {
        case 0: #expect(!ended.text.isEmpty, "\(what): nothing was done")
        case 2:
          // The next line of input could not be read.
          #expect(ended.text.isEmpty || tests.log.calls[call].name == "read", "\(what)")
          #expect(ended.errors.contains(": error: "), "\(what): silent: \(ended.errors)")
        default: Issue.record("\(what): status \(ended.status): \(ended.errors)")
        }
      }
    }
  }
}
