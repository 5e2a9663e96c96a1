import _TestSupport

/// What strace has written about a run: `strace -f -qq -o FILE`.
struct SystemCallLog {
  /// A call of a program.
  struct Call {
    let process: String
    let name: String
    /// From the bracket to the end of the line, with the result unless the call was cut off.
    let rest: String

    /// The first argument as a number.
    var descriptor: Int? {
      Int(rest.drop { !$0.isNumber && $0 != "-" }.prefix { $0.isNumber || $0 == "-" })
    }

    /// What it has returned, nil when it never did.
    var result: Int? {
      guard let start = rest.ranges(of: " = ").last else { return nil }
      return Int(rest[start.upperBound...].prefix { $0.isNumber || $0 == "-" })
    }
  }

  /// A moment of a call.
  private struct Moment {
    let call: Int
    let isEnd: Bool
  }

  private(set) var calls: [Call] = []
  private var moments: [Moment] = []

  init(_ text: String) {
    var unfinished: [String: Int] = [:]
    for line in text.split(separator: "\n") {
      let process = String(line.prefix { $0.isNumber })
      let words = line.dropFirst(process.count).drop { $0 == " " }
      if words.hasPrefix("<... "), let call = unfinished.removeValue(forKey: process) {
        let rest = words.drop { $0 != ">" }.dropFirst()
        calls[call] = Call(
          process: process, name: calls[call].name, rest: calls[call].rest + rest)
        moments.append(Moment(call: call, isEnd: true))
      } else if let bracket = words.firstIndex(of: "("), words.first?.isLetter == true {
        let call = calls.count
        var rest = words[bracket...]
        moments.append(Moment(call: call, isEnd: false))
        if rest.hasSuffix("<unfinished ...>") {
          unfinished[process] = call
          rest = rest.dropLast("<unfinished ...>".count)
        } else {
          moments.append(Moment(call: call, isEnd: true))
        }
        calls.append(Call(process: process, name: String(words[..<bracket]), rest: String(rest)))
      }
    }
  }

  init(reading path: String) throws {
    self.init(String(decoding: try contents(of: path), as: UTF8.self))
  }

  /// The first call that opens a file.
  func firstOpening(_ path: String) -> Int? {
    calls.firstIndex { $0.name == "openat" && $0.rest.contains("\"\(path)\"") }
  }

  /// How often a call's process had made a call of this name when it came to it, from 1: what
  /// strace counts in `when=`.
  func ordinal(of call: Int) -> Int {
    calls[...call].count { $0.name == calls[call].name && $0.process == calls[call].process }
  }

  /// The first write to standard output that came before all that was written to the ledger was
  /// known to be on the disk; nil when there is none.
  ///
  /// Entries that the process has found in the ledger may not be on the disk either: a sync must
  /// have come before the first receipt in any case.
  func unsafeReceipt(ledger: String) -> String? {
    let opened = calls.first {
      $0.name == "openat" && $0.rest.contains("\"\(ledger)\"") && $0.rest.contains("O_APPEND")
    }
    var isSafe = false
    for moment in moments {
      let call = calls[moment.call]
      switch (call.name, moment.isEnd) {
      case ("write", false) where call.descriptor == 1:
        if !isSafe { return call.name + call.rest }
      case ("write", false), ("ftruncate", false):
        if call.descriptor == opened?.result { isSafe = false }
      case ("fdatasync", true), ("fsync", true):
        if call.descriptor == opened?.result, call.result == 0 { isSafe = true }
      default: break
      }
    }
    return nil
  }
}
