package import CommandLineSupport
import Glibc

/// What a player listens to while it plays: commands, keys, and signals that end it.
package final class PlayerInputs {
  private var control: FileDescriptor?
  private let keys: FileDescriptor?
  private let signals: CInt
  private var line: [UInt8] = []
  private var decoder = PlayerKeys()

  /// Whether commands can come.
  var isOpen: Bool { control != nil || keys != nil }
  /// Whether keys of a terminal are taken.
  var hasKeys: Bool { keys != nil }

  /// The longest line that is taken.
  private static let longestLine = 1024

  /// - Parameters:
  ///   - control: lines, nil without.
  ///   - keys: a terminal that gives single keys, nil without.
  ///   - signals: can be read when a signal wants the player to end.
  package init(control: FileDescriptor?, keys: FileDescriptor?, signals: CInt) {
    self.control = control
    self.keys = keys
    self.signals = signals
  }

  /// What came.
  struct News {
    var commands: [Result<PlayerCommand, PlayerCommandFault>] = []
    /// Whether a signal wants the player to end.
    var isEnding = false
    /// Whether the output can be written to.
    var canWrite = false
    /// Whether nobody reads the output any more.
    var isClosed = false
  }

  /// Waits for news.
  ///
  /// - Parameters:
  ///   - output: the descriptor of the output.
  ///   - wantsToWrite: whether room in it is news.
  ///   - milliseconds: how long at most.
  ///   - rate: the speed now.
  /// - Returns: what came; nothing when the time was over.
  /// - Throws: `SystemError`.
  func wait(
    output: CInt, wantsToWrite: Bool, milliseconds: CInt, rate: Double
  ) throws -> News {
    var places = [
      pollfd(fd: output, events: wantsToWrite ? Int16(POLLOUT) : 0, revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: control?.number ?? -1, events: Int16(POLLIN), revents: 0),
      pollfd(fd: keys?.number ?? -1, events: Int16(POLLIN), revents: 0),
    ]
    var news = News()
    if poll(&places, nfds_t(places.count), milliseconds) < 0 {
      if errno == EINTR { return news }
      throw SystemError("cannot wait for", "the listener")
    }
    news.canWrite = places[0].revents & Int16(POLLOUT) != 0
    news.isClosed = places[0].revents & Int16(POLLERR) != 0
    news.isEnding = places[1].revents != 0
    if places[2].revents != 0, let control {
      let bytes = try control.readAvailable(4096)
      if bytes.isEmpty {
        self.control = nil
      } else {
        news.commands += lines(bytes)
      }
    }
    if places[3].revents != 0, let keys {
      let bytes = try keys.readAvailable(64)
      // The terminal is gone.
      if bytes.isEmpty { news.commands.append(.success(.quit)) }
      news.commands += decoder.commands(bytes, rate: rate).map { .success($0) }
    }
    return news
  }

  private func lines(_ bytes: [UInt8]) -> [Result<PlayerCommand, PlayerCommandFault>] {
    var result: [Result<PlayerCommand, PlayerCommandFault>] = []
    for byte in bytes {
      guard byte == UInt8(ascii: "\n") else {
        if line.count < Self.longestLine { line.append(byte) }
        continue
      }
      let text = String(decoding: line, as: UTF8.self)
      line.removeAll(keepingCapacity: true)
      if text.allSatisfy(\.isWhitespace) { continue }
      result.append(
        Result { () throws(PlayerCommandFault) in try PlayerCommand(text) })
    }
    return result
  }
}
